//! A file in, its rows out, one at a time.

use std::cell::Cell;
use std::io;
use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::cell::{AtCell, Cells, plain};
use super::error::{BillError, BillFault, MissingColumn, shorten};
use super::mapping::Format;
use super::number::{Number, Numeral};
use super::row::Place;
use super::section::Section;
use super::text::Text;
use super::usual::Day;

/// The rows of a file, in its order, by the section of the mapping for its kind.
///
/// Holds one row at a time, whatever the length of the file. A row that cannot be read is an `Err`, and the next follows;
/// what ends the reading ([`BillError::is_one_row`] tells) is the last item. Rows without any text are passed over.
pub struct Rows<S: Section, R> {
    csv: csv::Reader<Text<R>>,
    record: ByteRecord,
    plan: S::Plan,
    format: Format,
    day: Cell<Day>,
    header: Vec<String>,
    needed: usize,
    file: Arc<str>,
    number: u16,
    ended: bool,
}

/// Why a row cannot be read.
enum RowFault {
    Short,
    Wide,
    Cell(AtCell),
}

impl<S: Section, R: io::Read> Rows<S, R> {
    /// Reads the header. `file` is what errors call the file, and `number` what the places of its rows call it.
    ///
    /// # Errors
    ///
    /// If there is no header, it lacks columns of the mapping or has one of them twice, or the beginning of the file is
    /// not in its encoding.
    pub fn open(section: &S, file: Arc<str>, number: u16, input: R) -> Result<Self, BillError> {
        let format = section.format();
        let failed = |fault| BillError::new(&file, fault);
        let text =
            Text::new(input, format.encoding).map_err(|error| failed(BillFault::Io(error)))?;
        let mut csv = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            // A carriage return at the end is taken off with the blanks, so that lines are counted right.
            .terminator(Terminator::Any(b'\n'))
            .buffer_capacity(64 << 10)
            .from_reader(text);
        let mut record = ByteRecord::new();
        let header = read_header(&mut csv, &mut record, &file)?;
        let mut search = Search { header: &header, used: Vec::new(), missing: Vec::new() };
        let plan = section.plan(&mut |field, header| search.find(field, header));
        let used = search.finish().map_err(failed)?;
        let needed = used.into_iter().max().map_or(0, |last| last + 1);
        let day = Cell::new(Day::FIRST);
        Ok(Self { csv, record, plan, format, day, header, needed, file, number, ended: false })
    }

    /// Shows the next row, whose numbers are those of the file, so that nothing is copied.
    #[inline]
    pub(super) fn show<T>(
        &mut self,
        see: impl FnOnce(&S::Row<&[u8]>) -> T,
    ) -> Option<Result<T, BillError>> {
        let line = match self.advance()? {
            Ok(line) => line,
            Err(error) => return Some(Err(error)),
        };
        if let Err(fault) = self.check_width() {
            return Some(Err(self.error(line, &fault)));
        }
        let cells = Cells::new(&self.record, self.format, &self.day);
        let row = S::row(&self.plan, &cells, self.place(line));
        // Not moved, not even into a result, since rows are large.
        Some(match cells.finish() {
            Ok(()) => Ok(see(&row)),
            Err(at) => Err(self.error(line, &RowFault::Cell(at))),
        })
    }

    #[inline]
    fn row<'a, N: Numeral<'a>>(&'a self, line: u64) -> Result<S::Row<N>, RowFault> {
        self.check_width()?;
        let cells = Cells::new(&self.record, self.format, &self.day);
        let row = S::row(&self.plan, &cells, self.place(line));
        cells.finish().map_err(RowFault::Cell)?;
        Ok(row)
    }

    fn place(&self, line: u64) -> Place {
        Place { file: self.number, line: u32::try_from(line).unwrap_or(u32::MAX) }
    }

    /// The next row that has any text, and its line.
    #[inline]
    fn advance(&mut self) -> Option<Result<u64, BillError>> {
        while !self.ended {
            let before = self.csv.position().line();
            match self.csv.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(BillError::of_csv(&self.file, error, before)));
                }
            }
            self.csv.get_mut().row_ended();
            if !self.ended && !is_blank(&self.record) {
                return Some(Ok(first_line(&self.record, before, self.csv.position().line())));
            }
        }
        None
    }

    #[inline]
    fn check_width(&self) -> Result<(), RowFault> {
        let (cells, header) = (self.record.len(), self.header.len());
        if cells < self.needed {
            return Err(RowFault::Short);
        }
        if cells > header && self.record.iter().skip(header).any(|cell| !plain(cell).is_empty()) {
            return Err(RowFault::Wide);
        }
        Ok(())
    }

    #[cold]
    fn error(&self, line: u64, fault: &RowFault) -> BillError {
        let (cells, header) = (self.record.len(), self.header.len());
        let fault = match fault {
            RowFault::Short => BillFault::ShortRow { line, cells, needed: self.needed },
            RowFault::Wide => BillFault::WideRow { line, cells, header },
            RowFault::Cell(AtCell { column, fault }) => BillFault::Cell {
                line,
                column: self.header.get(*column).cloned().unwrap_or_default(),
                text: shorten(self.record.get(*column).unwrap_or_default().trim_ascii()),
                fault: *fault,
            },
        };
        BillError::new(&self.file, fault)
    }
}

impl<S: Section, R: io::Read> Iterator for Rows<S, R> {
    type Item = Result<S::Row<Number>, BillError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let line = self.advance()?;
        Some(line.and_then(|line| self.row(line).map_err(|fault| self.error(line, &fault))))
    }
}

impl<S: Section, R> std::iter::FusedIterator for Rows<S, R> where R: io::Read {}

fn read_header<R: io::Read>(
    csv: &mut csv::Reader<Text<R>>,
    record: &mut ByteRecord,
    file: &Arc<str>,
) -> Result<Vec<String>, BillError> {
    loop {
        match csv.read_byte_record(record) {
            Err(error) => return Err(BillError::of_csv(file, error, 1)),
            Ok(false) => return Err(BillError::new(file, BillFault::NoHeader)),
            Ok(true) if is_blank(record) => {}
            Ok(true) => {
                csv.get_mut().row_ended();
                let name = |cell| String::from_utf8_lossy(plain(cell)).trim().to_owned();
                return Ok(record.iter().map(name).collect());
            }
        }
    }
}

#[inline]
fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

/// The line a row begins on. Empty lines before it were passed over, and cells may have line feeds inside.
#[inline]
fn first_line(record: &ByteRecord, before: u64, after: u64) -> u64 {
    if after == before + 1 {
        return before;
    }
    let inside = record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
    after.saturating_sub(1 + inside).max(before)
}

/// Looks up the columns of the mapping in the header.
struct Search<'a> {
    header: &'a [String],
    used: Vec<usize>,
    missing: Vec<(&'static str, String)>,
}

impl Search<'_> {
    fn find(&mut self, field: &'static str, header: &str) -> usize {
        let header = header.trim();
        match self.header.iter().position(|name| name == header) {
            Some(at) => {
                self.used.push(at);
                at
            }
            None => {
                self.missing.push((field, header.to_owned()));
                0
            }
        }
    }

    /// The columns found.
    fn finish(self) -> Result<Vec<usize>, BillFault> {
        if !self.missing.is_empty() {
            let missing = self.missing.iter().map(|(field, header)| MissingColumn {
                field,
                header: header.clone(),
                nearest: self.nearest(header),
            });
            return Err(BillFault::MissingColumns(missing.collect()));
        }
        for first in &self.used {
            let header = &self.header[*first];
            let later = self.header.iter().skip(first + 1).position(|name| name == header);
            if let Some(distance) = later {
                let columns = (first + 1, first + distance + 2);
                return Err(BillFault::ColumnTwice { header: header.clone(), columns });
            }
        }
        Ok(self.used)
    }

    /// The header much like this one that is no other field's.
    fn nearest(&self, header: &str) -> Option<String> {
        let free = self.header.iter().enumerate().filter(|(at, _)| !self.used.contains(at));
        let alike = free.map(|(_, name)| (strsim::normalized_levenshtein(name, header), name));
        let best = alike.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
        (best.0 >= 0.5).then(|| best.1.clone())
    }
}
