//! Whole files reconciled: opened, read, and read again if that is needed.

use std::fmt;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use super::error::{BillError, BillFault};
use super::mapping::{BillKind, Mapping};
use super::reader::Rows;
use super::reconcile::{Bookings, Reconciliation, SecondLook, Take, TooManyFiles};
use super::report::ReconciliationReport;
use super::scope::Scope;
use super::section::{BookedSection, Section, TradeSection};
use super::totals::Overflow;

/// A file of bills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillFile {
    /// What it has.
    pub kind: BillKind,
    /// Where it is.
    pub path: PathBuf,
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The file.
    pub file: &'a BillFile,
    /// Rows read of all files, in this pass.
    pub rows: u64,
    /// Whether the files are read for the second time.
    pub is_second_look: bool,
}

/// Why files could not be reconciled.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReconcileError {
    /// A file could not be read to its end. A row that cannot be read is not such an error, but a finding.
    Bill(BillError),
    /// A sum does not fit into 64 bits.
    Overflow(Overflow),
    /// There are too many files.
    TooManyFiles(TooManyFiles),
}

impl fmt::Display for ReconcileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bill(error) => error.fmt(f),
            Self::Overflow(error) => error.fmt(f),
            Self::TooManyFiles(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReconcileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bill(error) => Some(error),
            Self::Overflow(error) => Some(error),
            Self::TooManyFiles(error) => Some(error),
        }
    }
}

impl From<BillError> for ReconcileError {
    fn from(error: BillError) -> Self {
        Self::Bill(error)
    }
}

impl From<Overflow> for ReconcileError {
    fn from(error: Overflow) -> Self {
        Self::Overflow(error)
    }
}

impl From<TooManyFiles> for ReconcileError {
    fn from(error: TooManyFiles) -> Self {
        Self::TooManyFiles(error)
    }
}

/// Reads all files of these sections.
macro_rules! read {
    ($pass:ident, $mapping:ident, $to:ident: $($section:ident)*) => {
        $($pass.read(&$mapping.$section, &mut $to)?;)*
    };
}
/// Reconciles files, which are read in the order of [`BillKind`] whatever their order here, so that what happened comes
/// before what was booked. `progress` is called every 65,536 rows and at the end of each file.
///
/// ```no_run
/// use douyin_reconciliation::{BillFile, BillKind, Mapping, Scope, Window, reconcile_files};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mapping = Mapping::from_yaml(&std::fs::read_to_string("bills.yaml")?)?;
/// let window = Window::month(2026, 3).ok_or("no such month")?;
/// let diamonds = Window::diamond_month(2026, 3).ok_or("no such month")?;
/// let file = |kind, path: &str| BillFile { kind, path: path.into() };
/// let files = [
///     file(BillKind::Payments, "payments.csv"),
///     file(BillKind::Refunds, "refunds.csv"),
///     file(BillKind::Settlements, "settlements.csv"),
///     file(BillKind::Funds, "funds.csv"),
/// ];
/// let report = reconcile_files(&mapping, &files, Scope::new(window, diamonds), |_| ())?;
/// for found in &report.findings {
///     println!("{}", found.finding);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If a file cannot be opened or not be read to its end, a sum does not fit into 64 bits, or there are more than 65,536
/// files.
pub fn reconcile_files(
    mapping: &Mapping,
    files: &[BillFile],
    mut scope: Scope,
    progress: impl FnMut(Progress<'_>),
) -> Result<ReconciliationReport, ReconcileError> {
    scope.fund_order = mapping.funds.as_ref().map_or(scope.fund_order, |funds| funds.order);
    scope.fee_order = mapping.fees.as_ref().map_or(scope.fee_order, |fees| fees.order);
    let mut pass = Pass { files, rows: 0, is_second_look: false, progress };
    let mut trade = Reconciliation::new(scope);
    read!(pass, mapping, trade: payments refunds settlements returns withdrawals rebates diamonds);
    let mut booked = trade.then_bookings();
    read!(pass, mapping, booked: funds fees deductions);
    let mut second = booked.close()?;
    if second.is_needed() {
        (pass.rows, pass.is_second_look) = (0, true);
        read!(pass, mapping, second: payments refunds settlements returns withdrawals rebates diamonds);
        read!(pass, mapping, second: funds fees deductions);
    }
    Ok(second.report()?)
}

/// The last part of the path, which is enough to tell files apart and tells nothing else.
fn name(file: &BillFile) -> Arc<str> {
    file.path.file_name().unwrap_or(file.path.as_os_str()).to_string_lossy().into()
}

/// Where the rows of a kind of file go.
trait Sink<S> {
    fn file(&mut self, name: &Arc<str>) -> Result<u16, TooManyFiles>;
    fn unread(&mut self, error: BillError);
}

impl<S: TradeSection> Sink<S> for Reconciliation {
    fn file(&mut self, name: &Arc<str>) -> Result<u16, TooManyFiles> {
        self.file::<S>(Arc::clone(name))
    }

    fn unread(&mut self, error: BillError) {
        self.unread(error);
    }
}

impl<S: BookedSection> Sink<S> for Bookings {
    fn file(&mut self, name: &Arc<str>) -> Result<u16, TooManyFiles> {
        self.file::<S>(Arc::clone(name))
    }

    fn unread(&mut self, error: BillError) {
        self.unread(error);
    }
}

impl<S: Section> Sink<S> for SecondLook {
    fn file(&mut self, _: &Arc<str>) -> Result<u16, TooManyFiles> {
        self.file().ok_or(TooManyFiles)
    }

    /// It was noted before.
    fn unread(&mut self, _: BillError) {}
}

/// One pass over the files.
struct Pass<'a, P> {
    files: &'a [BillFile],
    rows: u64,
    is_second_look: bool,
    progress: P,
}

impl<'a, P: FnMut(Progress<'_>)> Pass<'a, P> {
    /// Reads all files of a section.
    fn read<S: Section>(
        &mut self,
        section: &Option<S>,
        to: &mut (impl Sink<S> + for<'r> Take<S::Row<&'r [u8]>>),
    ) -> Result<(), ReconcileError> {
        let files = self.files;
        files
            .iter()
            .filter(|file| file.kind == S::KIND)
            .try_for_each(|file| self.read_file(file, section, to))
    }

    fn read_file<S: Section>(
        &mut self,
        file: &'a BillFile,
        section: &Option<S>,
        to: &mut (impl Sink<S> + for<'r> Take<S::Row<&'r [u8]>>),
    ) -> Result<(), ReconcileError> {
        let name = name(file);
        let number = to.file(&name)?;
        let Some(section) = section else {
            let fault = BillFault::NotMapped { section: S::NAME };
            return Err(BillError::new(&name, fault).into());
        };
        let opened = File::open(&file.path);
        let input = opened.map_err(|error| BillError::new(&name, BillFault::Io(error)))?;
        let mut rows = Rows::open(section, name, number, input)?;
        let mut taken = Ok(());
        while let Some(shown) = rows.show(|row| taken = to.take(row)) {
            self.rows += 1;
            if self.rows.is_multiple_of(1 << 16) {
                self.tell(file);
            }
            match shown {
                Ok(()) => taken?,
                Err(error) if error.is_one_row() => to.unread(error),
                Err(error) => return Err(error.into()),
            }
        }
        self.tell(file);
        Ok(())
    }

    fn tell(&mut self, file: &'a BillFile) {
        let (rows, is_second_look) = (self.rows, self.is_second_look);
        (self.progress)(Progress { file, rows, is_second_look });
    }
}
