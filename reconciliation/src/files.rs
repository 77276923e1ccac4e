//! Whole files reconciled: opened, read, and read again if that is needed.

use std::fmt;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use super::error::{BillError, BillFault};
use super::mapping::Mapping;
use super::reader::Rows;
use super::reconcile::{Reconciliation, SecondLook, Take};
use super::report::Report;
use super::section::Section;
use super::setup::{BillKind, Setup};
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
    /// A file could not be read to its end. A row that cannot be read is no such error, but a finding.
    Bill(BillError),
    /// A sum does not fit into 64 bits.
    Overflow(Overflow),
}

impl fmt::Display for ReconcileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bill(error) => error.fmt(f),
            Self::Overflow(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReconcileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bill(error) => Some(error),
            Self::Overflow(error) => Some(error),
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

/// Reconciles files, which are read in the order of [`BillKind`] whatever their order here, so that bills of trade come
/// before what was booked. `progress` is told every 65,536 rows and at the end of each file.
///
/// ```no_run
/// use douyin_reconciliation::{BillFile, BillKind, Mapping, Setup, Window, reconcile_files};
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
/// let report = reconcile_files(&mapping, &files, Setup::new(window, diamonds), |_| ())?;
/// for found in &report.findings {
///     println!("{}", found.finding);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If a file cannot be opened or not be read to its end, or a sum does not fit into 64 bits.
pub fn reconcile_files(
    mapping: &Mapping,
    files: &[BillFile],
    mut setup: Setup,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<Report, ReconcileError> {
    setup.fund_order = mapping.funds.as_ref().map_or(setup.fund_order, |funds| funds.order);
    setup.fee_order = mapping.fees.as_ref().map_or(setup.fee_order, |fees| fees.order);
    let mut files: Vec<&BillFile> = files.iter().collect();
    files.sort_by_key(|file| file.kind);
    let mut first = Reconciliation::new(setup);
    let mut rows = 0;
    for file in &files {
        let number = first.file(name(file), file.kind);
        let told = |rows| progress(Progress { file, rows, is_second_look: false });
        feed(mapping, file, number, &mut first, &mut rows, told)?;
    }
    let mut second = first.close()?;
    if second.is_needed() {
        rows = 0;
        for (number, file) in (0..).zip(&files) {
            let told = |rows| progress(Progress { file, rows, is_second_look: true });
            feed(mapping, file, number, &mut second, &mut rows, told)?;
        }
    }
    Ok(second.report()?)
}

/// The last part of the path, which is enough to tell files apart and tells nothing else.
fn name(file: &BillFile) -> Arc<str> {
    file.path.file_name().unwrap_or(file.path.as_os_str()).to_string_lossy().into()
}

/// What becomes of rows that cannot be read.
trait Unread {
    fn unread(&mut self, error: BillError) -> Result<(), Overflow>;
}

impl Unread for Reconciliation {
    fn unread(&mut self, error: BillError) -> Result<(), Overflow> {
        Self::unread(self, error)
    }
}

impl Unread for SecondLook {
    fn unread(&mut self, _: BillError) -> Result<(), Overflow> {
        Ok(())
    }
}

fn feed<T>(
    mapping: &Mapping,
    file: &BillFile,
    number: u16,
    to: &mut T,
    rows: &mut u64,
    told: impl FnMut(u64),
) -> Result<(), ReconcileError>
where
    T: Unread
        + for<'a> Take<super::TradeRow<&'a [u8]>>
        + for<'a> Take<super::FundRow<&'a [u8]>>
        + for<'a> Take<super::WithdrawalRow<&'a [u8]>>
        + for<'a> Take<super::FeeRow<&'a [u8]>>
        + for<'a> Take<super::RebateRow<&'a [u8]>>
        + for<'a> Take<super::DiamondRow<&'a [u8]>>
        + for<'a> Take<super::DeductionRow<&'a [u8]>>,
{
    let mut feed = Feed { file, number, rows, told };
    match file.kind {
        BillKind::Payments => feed.section(&mapping.payments, to),
        BillKind::Refunds => feed.section(&mapping.refunds, to),
        BillKind::Settlements => feed.section(&mapping.settlements, to),
        BillKind::Returns => feed.section(&mapping.returns, to),
        BillKind::Funds => feed.section(&mapping.funds, to),
        BillKind::Withdrawals => feed.section(&mapping.withdrawals, to),
        BillKind::Fees => feed.section(&mapping.fees, to),
        BillKind::Rebates => feed.section(&mapping.rebates, to),
        BillKind::Diamonds => feed.section(&mapping.diamonds, to),
        BillKind::Deductions => feed.section(&mapping.deductions, to),
    }
}

/// One file on its way.
struct Feed<'a, P> {
    file: &'a BillFile,
    number: u16,
    rows: &'a mut u64,
    told: P,
}

impl<P: FnMut(u64)> Feed<'_, P> {
    fn section<S: Section>(
        &mut self,
        section: &Option<S>,
        to: &mut (impl for<'a> Take<S::Row<&'a [u8]>> + Unread),
    ) -> Result<(), ReconcileError> {
        let name = name(self.file);
        let Some(section) = section else {
            let fault = BillFault::NotMapped { section: S::NAME };
            return Err(BillError::new(&name, fault).into());
        };
        let opened = File::open(&self.file.path);
        let input = opened.map_err(|error| BillError::new(&name, BillFault::Io(error)))?;
        let mut rows = Rows::open(section, name, self.number, input)?;
        let mut taken = Ok(());
        while let Some(shown) = rows.show(|row| taken = to.take(row)) {
            *self.rows += 1;
            if self.rows.is_multiple_of(1 << 16) {
                (self.told)(*self.rows);
            }
            match shown {
                Ok(()) => taken?,
                Err(error) if error.is_one_row() => to.unread(error)?,
                Err(error) => return Err(error.into()),
            }
        }
        (self.told)(*self.rows);
        Ok(())
    }
}
