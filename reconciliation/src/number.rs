//! Numbers of records: short texts, kept without a place on the heap.

use std::fmt;

const ROOM: usize = 30;

/// The number of an order, payment, refund or the like, as the file has it.
///
/// Up to 30 bytes are kept in place; the platform's own numbers have some 20 to 30.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RecordNumber(Form);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Short { length: u8, bytes: [u8; ROOM] },
    Long(Box<str>),
}

impl RecordNumber {
    /// Of UTF-8, which is not checked again: a file is checked as a whole when it is read.
    #[inline]
    pub(super) fn new(text: &[u8]) -> Self {
        let mut bytes = [0; ROOM];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(start), Ok(length)) => {
                start.copy_from_slice(text);
                Self(Form::Short { length, bytes })
            }
            _ => Self(Form::Long(String::from_utf8_lossy(text).into())),
        }
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The bytes of the text.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Form::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Form::Long(text) => text.as_bytes(),
        }
    }

    /// Whether there is none, as adjustments have no number of the merchant's.
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }
}

impl AsRef<[u8]> for RecordNumber {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// What a number is kept as: a [`RecordNumber`], or the bytes of the file while they are there.
pub trait Numeral<'a>: AsRef<[u8]> + Default {
    /// Keeps it.
    fn keep(text: &'a [u8]) -> Self;
}

impl<'a> Numeral<'a> for RecordNumber {
    #[inline]
    fn keep(text: &'a [u8]) -> Self {
        Self::new(text)
    }
}

impl<'a> Numeral<'a> for &'a [u8] {
    #[inline]
    fn keep(text: &'a [u8]) -> Self {
        text
    }
}

impl Default for RecordNumber {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl From<&str> for RecordNumber {
    fn from(text: &str) -> Self {
        Self::new(text.as_bytes())
    }
}

impl fmt::Display for RecordNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RecordNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
