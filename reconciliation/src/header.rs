//! The lines at the beginning of a file → its header, and where the columns of the mapping are.

use std::cell::Cell;
use std::io;
use std::sync::Arc;

use csv::ByteRecord;

use super::cell::{Cells, Shape};
use super::error::{BillError, BillFault, MissingColumn, shorten};
use super::mapping::{Delimiter, Words};
use super::moment::is_time;
use super::row::RowPlace;
use super::section::Section;
use super::spreadsheet::{plain, trim_unseen};
use super::text::Text;
use super::usual::Day;

/// So many lines may be before the header.
const MOST_LINES: usize = 1_000;

/// The header of a file.
pub(super) struct Header<P> {
    pub(super) names: Vec<String>,
    pub(super) plan: P,
    pub(super) shape: Shape,
    /// Which cells tell whether a row is passed over.
    pub(super) skip: Vec<(usize, Words)>,
    /// How many cells a row needs.
    pub(super) needed: usize,
}

/// Finds the first line that has all columns.
pub(super) fn find<S: Section, R: io::Read>(
    section: &S,
    csv: &mut csv::Reader<Text<R>>,
    file: &Arc<str>,
) -> Result<Header<S::Plan>, BillError> {
    let mut finder = Finder { section, passed: Vec::new(), nearest: None, delimiter: None };
    finder.find(csv).map_err(|fault| BillError::new(file, fault))
}

struct Finder<'a, S> {
    section: &'a S,
    /// The lines passed over.
    passed: Vec<Passed>,
    /// The line that has most of the columns, with what it lacks.
    nearest: Option<Near>,
    delimiter: Option<Delimiter>,
}

/// What is kept of a line that was passed over.
struct Passed {
    line: u64,
    cells: usize,
    filled: usize,
    /// The line itself, if it has a time, as every row has.
    record: Option<ByteRecord>,
}

struct Near {
    line: u64,
    names: Vec<String>,
    found: usize,
}

impl<S: Section> Finder<'_, S> {
    fn find<R: io::Read>(
        &mut self,
        csv: &mut csv::Reader<Text<R>>,
    ) -> Result<Header<S::Plan>, BillFault> {
        let mut record = ByteRecord::new();
        let mut begin = self.section.layout().starts_after.as_deref();
        let mut lines = 0;
        while lines < MOST_LINES {
            let before = csv.position().line();
            match csv.read_byte_record(&mut record) {
                Ok(true) => csv.get_mut().row_ended(),
                Ok(false) => break,
                Err(error) => return Err(BillFault::of_csv(error, before)),
            }
            let line = first_line(&record, before, csv.position().line());
            let end = csv.position().byte();
            let is_joined = csv.get_mut().take_text_after_quote(end);
            if is_unclosed(csv) {
                return Err(BillFault::UnclosedQuote { line });
            }
            if is_blank(&record) || is_comment(&record, self.section.layout().comment, 3) {
                continue;
            }
            if let Some(marker) = begin {
                begin = Some(marker).filter(|marker| !begins_with(&record, marker));
                continue;
            }
            lines += 1;
            if let Some(header) = self.take(&record, line, csv.get_ref().is_odd())? {
                return if is_joined {
                    Err(BillFault::TextAfterQuote { line })
                } else {
                    Ok(header)
                };
            }
        }
        Err(match begin {
            Some(marker) => BillFault::NoStart { marker: marker.to_owned() },
            None => self.fault(),
        })
    }

    /// The header, if this line is it.
    fn take(
        &mut self,
        record: &ByteRecord,
        line: u64,
        is_odd: bool,
    ) -> Result<Option<Header<S::Plan>>, BillFault> {
        let names: Vec<String> = record.iter().map(name).collect();
        let mut search = Search { names: &names, used: Vec::new(), missing: Vec::new() };
        let plan = self.section.plan(&mut |field, header| search.find(field, header));
        let skip = self.section.layout().skip.iter();
        let skip = skip.map(|(header, words)| (search.find("skip", header), words.clone()));
        let skip = skip.collect();
        let is_header = search.missing.is_empty();
        // A line that was not told from the next may have rows inside, whether it is the header or before it.
        if is_odd {
            check_bytes(record, line)?;
        }
        if hides_rows(record, self.section.format().delimiter, 1) {
            return Err(BillFault::HiddenRows { line, last: last_line(record, line) });
        }
        if !is_header {
            self.pass(names, line, record);
            return Ok(None);
        }
        let is_named = (0..names.len()).map(|column| search.used.contains(&column)).collect();
        let missing_cells = self.section.layout().missing_cells;
        let shape = Shape { format: self.section.format(), missing_cells, is_named };
        self.check_before(line, &names, &plan, &shape)?;
        check_names(&names, line)?;
        search.check_twice(line)?;
        let needed = search.used.into_iter().max().map_or(0, |last| last + 1);
        Ok(Some(Header { names, plan, shape, skip, needed }))
    }

    /// Rows may not be among the lines that were passed over: those can be read as one, or have about as many cells as the
    /// header, and at least half of them are filled.
    fn check_before(
        &self,
        header: u64,
        names: &[String],
        plan: &S::Plan,
        shape: &Shape,
    ) -> Result<(), BillFault> {
        let cells = names.len().saturating_sub(2).max(3);
        let is_like_a_row = |passed: &&Passed| {
            let is_wide = passed.cells >= cells && 2 * passed.filled >= filled(names);
            is_wide || passed.record.as_ref().is_some_and(|record| is_row::<S>(plan, shape, record))
        };
        match self.passed.iter().find(is_like_a_row) {
            Some(Passed { line, .. }) => Err(BillFault::RowBeforeHeader { line: *line, header }),
            None => Ok(()),
        }
    }

    fn pass(&mut self, names: Vec<String>, line: u64, record: &ByteRecord) {
        let has_time = names.iter().any(|name| is_time(name.as_bytes()));
        let record = has_time.then(|| record.clone());
        self.passed.push(Passed { line, cells: names.len(), filled: filled(&names), record });
        self.delimiter = self.delimiter.or_else(|| self.other_delimiter(&names));
        let found = self.found(&names);
        if self.nearest.as_ref().is_none_or(|near| found > near.found) {
            self.nearest = Some(Near { line, names, found });
        }
    }

    /// How many of the columns are there.
    fn found(&self, names: &[String]) -> usize {
        let mut search = Search { names, used: Vec::new(), missing: Vec::new() };
        self.section.plan(&mut |field, header| search.find(field, header));
        search.used.len()
    }

    fn other_delimiter(&self, names: &[String]) -> Option<Delimiter> {
        let said = self.section.format().delimiter;
        let text = names.join(&char::from(said.byte()).to_string());
        Delimiter::ALL.into_iter().filter(|other| *other != said).find(|other| {
            let parts = text.split(char::from(other.byte()));
            let names: Vec<String> = parts.map(|part| name(part.as_bytes())).collect();
            let mut search = Search { names: &names, used: Vec::new(), missing: Vec::new() };
            self.section.plan(&mut |field, header| search.find(field, header));
            search.missing.is_empty()
        })
    }

    /// Why there is no header.
    fn fault(&self) -> BillFault {
        let Some(Near { line, names, .. }) = &self.nearest else { return BillFault::NoHeader };
        let mut search = Search { names, used: Vec::new(), missing: Vec::new() };
        self.section.plan(&mut |field, header| search.find(field, header));
        for header in self.section.layout().skip.keys() {
            search.find("skip", header);
        }
        let columns = search.missing();
        BillFault::MissingColumns {
            line: *line,
            header: shown(names),
            columns,
            delimiter: self.delimiter,
        }
    }
}

fn is_row<S: Section>(plan: &S::Plan, shape: &Shape, record: &ByteRecord) -> bool {
    let day = Cell::new(Day::FIRST);
    let cells = Cells::new(record, shape, &day);
    S::row::<&[u8]>(plan, &cells, RowPlace { file: 0, line: 0 });
    cells.finish().is_ok()
}

fn filled(names: &[String]) -> usize {
    names.iter().filter(|name| !name.is_empty()).count()
}

/// A row in the line of the header, after a line end that is none here or is missing, would vanish.
fn check_names(names: &[String], line: u64) -> Result<(), BillFault> {
    let breaks = ['\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'];
    if names.iter().any(|name| name.contains(breaks)) {
        return Err(BillFault::LineBreak { line });
    }
    if names.iter().any(|name| is_time(name.as_bytes())) {
        return Err(BillFault::RowInHeader { line });
    }
    Ok(())
}

/// The name of a column, without what a spreadsheet puts around.
pub(super) fn name(cell: &[u8]) -> String {
    String::from_utf8_lossy(trim_unseen(plain(cell))).trim().to_owned()
}

/// The first cells, each shortened.
fn shown(names: &[String]) -> String {
    const MOST: usize = 12;
    let cells: Vec<String> = names.iter().take(MOST).map(|name| shorten(name.as_bytes())).collect();
    let rest = if names.len() > MOST { ", …" } else { "" };
    cells.join(", ") + rest
}

/// Looks up the columns of the mapping in a line.
struct Search<'a> {
    names: &'a [String],
    used: Vec<usize>,
    missing: Vec<(&'static str, String)>,
}

impl Search<'_> {
    fn find(&mut self, field: &'static str, header: &str) -> usize {
        let header = header.trim();
        match self.names.iter().position(|name| name == header) {
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

    fn check_twice(&self, line: u64) -> Result<(), BillFault> {
        for first in &self.used {
            let header = &self.names[*first];
            let later = self.names.iter().skip(first + 1).position(|name| name == header);
            if let Some(distance) = later {
                let columns = (first + 1, first + distance + 2);
                return Err(BillFault::ColumnTwice { line, header: header.clone(), columns });
            }
        }
        Ok(())
    }

    fn missing(&self) -> Vec<MissingColumn> {
        let missing = self.missing.iter().map(|(field, header)| MissingColumn {
            field,
            header: header.clone(),
            nearest: self.nearest(header),
        });
        missing.collect()
    }

    /// The name much like this one that is not another field's.
    fn nearest(&self, header: &str) -> Option<String> {
        let free = self.names.iter().enumerate().filter(|(at, _)| !self.used.contains(at));
        let alike = free.map(|(_, name)| (strsim::normalized_levenshtein(name, header), name));
        let best = alike.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
        (best.0 >= 0.5).then(|| best.1.clone())
    }
}

/// Whether the row goes on behind the end of the file: it took the line end there and more.
#[inline]
pub(super) fn is_unclosed<R: io::Read>(csv: &csv::Reader<Text<R>>) -> bool {
    csv.position().byte() > csv.get_ref().end().saturating_add(1)
}

#[inline]
pub(super) fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

/// Whether the line begins with this, and is not a row whose first cell does, as `#N/A`: those have a time, and so many cells.
pub(super) fn is_comment(record: &ByteRecord, comment: Option<char>, fewest: usize) -> bool {
    let first = record.get(0).and_then(|cell| cell.first()).copied().map(char::from);
    let is_row = || record.len() >= fewest && record.iter().any(|cell| is_time(plain(cell)));
    comment.is_some() && first == comment && !is_row()
}

/// Whether the first cell with any text begins with this.
pub(super) fn begins_with(record: &ByteRecord, marker: &str) -> bool {
    let first = record.iter().map(plain).find(|cell| !cell.is_empty());
    first.is_some_and(|cell| cell.starts_with(marker.trim().as_bytes()))
}

/// The line a row begins on. Empty lines before it were passed over, and cells may have line feeds inside.
#[inline]
pub(super) fn first_line(record: &ByteRecord, before: u64, after: u64) -> u64 {
    if after == before + 1 {
        return before;
    }
    after.saturating_sub(1 + line_feeds(record)).max(before)
}

/// The last line of a row that begins on this.
pub(super) fn last_line(record: &ByteRecord, first: u64) -> u64 {
    first + line_feeds(record)
}

fn line_feeds(record: &ByteRecord) -> u64 {
    record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Whether a cell has line feeds and at least so many delimiters.
pub(super) fn hides_rows(record: &ByteRecord, delimiter: Delimiter, delimiters: usize) -> bool {
    let is_delimiter = |byte: &&u8| **byte == delimiter.byte();
    let mut broken = record.iter().filter(|cell| cell.contains(&b'\n'));
    broken.any(|cell| cell.iter().filter(is_delimiter).count() >= delimiters)
}

/// NUL bytes, and carriage returns inside a line.
pub(super) fn check_bytes(record: &ByteRecord, line: u64) -> Result<(), BillFault> {
    let text = record.as_slice();
    if text.contains(&0) {
        return Err(BillFault::Nul { line });
    }
    let end = text.len() - text.iter().rev().take_while(|byte| **byte == b'\r').count();
    let mut inside = text[..end].windows(2);
    if inside.any(|pair| pair[0] == b'\r' && pair[1] != b'\n') {
        return Err(BillFault::LineBreak { line });
    }
    Ok(())
}
