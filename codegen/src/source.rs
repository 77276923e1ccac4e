//! The texts of a spec, places in them, and values that remember theirs.

mod bound;

use std::fmt;
use std::ops::Range;

use serde::Serialize;

pub use self::bound::Bound;

/// The files of a spec: name → text. Sorted by name, so that their order never matters.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// One file: its text with `\n` at the end of each line, and what is wrong with it as a file.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    name: String,
    text: String,
    defect: Option<Defect>,
}

/// Why a file is not the text it should be: it is in another encoding, or could not be read at all.
#[derive(Debug, Clone)]
pub(crate) struct Defect {
    /// Where in the text, in bytes.
    place: Range<usize>,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

impl Defect {
    /// Of a file whose name another has.
    fn repeated(name: &str) -> Defect {
        let message = format!("`{name}` is given more than once");
        let help = "give each file once, or rename one of them";
        Defect { place: 0..0, code: "repeated-file", message, help }
    }
}

impl Source {
    pub(crate) fn new(name: String, text: &str) -> Source {
        Source { name, text: unify_lines(text), defect: None }
    }

    /// A file of which only `read` is text; `rest` stands for what follows.
    pub(crate) fn broken(
        name: String,
        (read, rest): (&str, &str),
        code: &'static str,
        message: String,
        help: &'static str,
    ) -> Source {
        let (read, rest) = (unify_lines(read), unify_lines(rest));
        let end = read.len() + rest.chars().next().map_or(0, char::len_utf8);
        let defect = Defect { place: read.len()..end, code, message, help };
        Source { name, text: read + &rest, defect: Some(defect) }
    }
}

/// Ends every line with `\n`, as YAML reads `\r\n` and `\r`, and leaves out a byte order mark: so positions are the same
/// whatever editor wrote the file.
fn unify_lines(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

impl Sources {
    /// Takes files by name and text. A name that is given twice is an error of the spec, reported where it is read: which of the
    /// texts is meant, nothing says.
    pub fn new(files: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Sources {
        let files = files.into_iter().map(|(name, text)| Source::new(name.into(), &text.into()));
        Sources::from_files(files.collect())
    }

    pub(crate) fn from_files(mut files: Vec<Source>) -> Sources {
        files.sort_by(|a, b| a.name.cmp(&b.name));
        files.dedup_by(|again, first| {
            let is_again = again.name == first.name;
            if is_again {
                first.defect.get_or_insert_with(|| Defect::repeated(&first.name));
            }
            is_again
        });
        Sources { files }
    }

    /// Names of the files, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = FileId> {
        (0..self.files.len()).map(FileId)
    }

    pub(crate) fn name(&self, file: FileId) -> &str {
        &self.files[file.0].name
    }

    pub(crate) fn text(&self, file: FileId) -> &str {
        &self.files[file.0].text
    }

    /// What is wrong with the file itself, and where.
    pub(crate) fn defect(&self, file: FileId) -> Option<(Span, &Defect)> {
        let defect = self.files[file.0].defect.as_ref()?;
        let Range { start, end } = defect.place;
        Some((Span { file, start, end }, defect))
    }

    /// Line and column, both from 1; the column counts characters.
    pub(crate) fn position(&self, span: Span) -> (usize, usize) {
        let before = &self.text(span.file)[..span.start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

/// One file of a `Sources`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(usize);

/// A stretch of a file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) file: FileId,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Located<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T: fmt::Display> fmt::Display for Located<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl Located<String> {
    pub(crate) fn as_str(&self) -> &str {
        &self.value
    }
}

/// Whether a flag is given and true.
pub(crate) fn is_set(flag: &Option<Located<bool>>) -> bool {
    flag.as_ref().is_some_and(|flag| flag.value)
}

/// Prose, or a name or code of the platform that is carried over as it is.
pub(crate) type Text = Located<String>;

/// A name that an identifier can be made of: ASCII letters, digits and `_`, a letter first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name(pub(crate) String);

impl Name {
    pub(crate) fn is_valid(text: &str) -> bool {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A platform version of three numbers, as `2.64.0`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(pub(crate) [u32; 3]);

impl Version {
    pub(crate) fn parse(text: &str) -> Option<Version> {
        let mut parts = text.split('.').map(|part| part.parse().ok());
        let version = [parts.next()??, parts.next()??, parts.next()??];
        (parts.next().is_none() && Version(version).to_string() == text).then_some(Version(version))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Version([major, minor, patch]) = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// A day, as `2026-01-31`, or a whole month, as `2026-01`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) String);

impl Day {
    pub(crate) fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-');
        let (year, month) = (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u16::from(leap),
            _ => return None,
        };
        let is_day = |day: u16| (1..=last).contains(&day);
        let day = parts.next().map(|day| digits(day, 2));
        day.is_none_or(|day| day.is_some_and(is_day)).then(|| Day(text.to_owned()))
    }

    /// Whether it is after the other for certain: a month is as early as its first day and as late as its last.
    pub(crate) fn is_after(&self, other: &Day) -> bool {
        let length = self.0.len().min(other.0.len());
        self.0[..length] > other.0[..length]
    }
}

/// So many digits and nothing else.
fn digits(text: &str, count: usize) -> Option<u16> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An exact number in decimal digits, as `0.01`. What is written as a percentage is kept as what it is a hundred times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal(pub(crate) String);

impl Decimal {
    /// As many digits as the numbers of the generated code hold for sure.
    const DIGITS: usize = 24;

    pub(crate) fn parse(text: &str) -> Option<Decimal> {
        let (number, shift) = match text.strip_suffix('%') {
            Some(number) => (number.trim_end(), 2),
            None => (text, 0),
        };
        let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let is_plain = is_number(whole) && is_number(fraction);
        if !is_plain || (whole.starts_with('0') && whole != "0") || digits.len() > Self::DIGITS {
            return None;
        }
        let padded = format!("{}{whole}", "0".repeat(shift));
        let (whole, moved) = padded.split_at(padded.len() - shift);
        let whole = Some(whole.trim_start_matches('0')).filter(|digits| !digits.is_empty());
        let fraction = format!("{moved}{fraction}");
        let fraction = match fraction.trim_end_matches('0') {
            "" => String::new(),
            digits => format!(".{digits}"),
        };
        Some(Decimal(format!("{sign}{}{fraction}", whole.unwrap_or("0"))))
    }

    /// Whether 64 bits hold it, as a whole number.
    pub(crate) fn is_i64(&self) -> bool {
        self.0.parse::<i64>().is_ok()
    }

    /// How many digits stand behind the point.
    pub(crate) fn decimals(&self) -> usize {
        self.0.split_once('.').map_or(0, |(_, fraction)| fraction.len())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value on the wire.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Scalar {
    Bool(bool),
    Int(i64),
    String(String),
}

impl Scalar {
    /// As it is written where everything is text.
    pub(crate) fn text(&self) -> String {
        match self {
            Scalar::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scalar::Bool(value) => value.fmt(f),
            Scalar::Int(value) => value.fmt(f),
            Scalar::String(value) => write!(f, "{value:?}"),
        }
    }
}

/// A code by which a platform says what has become of a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Code {
    /// As `23117`; or an HTTP status.
    Int(i64),
    /// As `PARAM_ERROR`.
    Text(String),
}

impl Code {
    /// The number that it is.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Code::Int(code) => Some(*code),
            Code::Text(_) => None,
        }
    }

    pub(crate) fn kind(&self) -> CodeKind {
        match self {
            Code::Int(_) => CodeKind::Int,
            Code::Text(_) => CodeKind::Text,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Code::Int(code) => code.fmt(f),
            Code::Text(code) => f.write_str(code),
        }
    }
}

/// What codes are on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeKind {
    Int,
    Text,
}

impl fmt::Display for CodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CodeKind::Int => "whole numbers",
            CodeKind::Text => "strings",
        })
    }
}

/// Items in the order of the file. `whole` is false if one of them could not be read and is missing.
#[derive(Debug, Clone)]
pub(crate) struct List<T> {
    pub(crate) items: Vec<T>,
    pub(crate) whole: bool,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { items: Vec::new(), whole: true }
    }
}

impl<T> std::ops::Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

/// One value or more.
#[derive(Debug, Clone)]
pub(crate) struct OneOrMore<T>(pub(crate) Vec<Located<T>>);

/// Items by name. An item that could not be read keeps its name, so that references to it still hold.
#[derive(Debug, Clone)]
pub(crate) struct Named<T> {
    pub(crate) entries: Vec<(Located<String>, Option<T>)>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Named { entries: Vec::new() }
    }
}

impl<T> Named<T> {
    pub(crate) fn names(&self) -> impl Iterator<Item = &Located<String>> {
        self.entries.iter().map(|(name, _)| name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Located<String>, &T)> {
        self.entries.iter().filter_map(|(name, item)| Some((name, item.as_ref()?)))
    }
}
