//! How long a text is, in each of the units that documents count in.

use std::io;

use serde::Serialize;

use crate::json_text::JsonText;

use super::text::WireText;

/// A value with a length in bytes, characters and UTF-16 units: what is a string on the wire.
///
/// `None` for an absent value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no length in bytes, characters or UTF-16 units",
    label = "this rule is for strings",
    note = "`bytes`, `chars` and `utf16` go on what is a string on the wire: `String`, `JsonText<T>`, a newtype with \
            `#[derive(runtime::WireText)]`, or an `Option` of one; for the items of a list write `items`, for a \
            number `range`"
)]
pub trait Measure {
    /// Bytes of UTF-8.
    fn bytes(&self) -> Option<usize>;

    /// Unicode scalar values.
    fn chars(&self) -> Option<usize>;

    /// UTF-16 code units, which is what JavaScript counts.
    fn utf16(&self) -> Option<usize>;
}

#[diagnostic::do_not_recommend]
impl<T: WireText + ?Sized> Measure for T {
    #[inline]
    fn bytes(&self) -> Option<usize> {
        self.text().map(str::len)
    }

    #[inline]
    fn chars(&self) -> Option<usize> {
        self.text().map(|text| text.chars().count())
    }

    #[inline]
    fn utf16(&self) -> Option<usize> {
        self.text().map(|text| count_utf16(text.as_bytes()))
    }
}

/// The length of the JSON inside, which is encoded but kept nowhere.
impl<T: Serialize> Measure for JsonText<T> {
    fn bytes(&self) -> Option<usize> {
        count(self, <[u8]>::len)
    }

    fn chars(&self) -> Option<usize> {
        count(self, count_chars)
    }

    fn utf16(&self) -> Option<usize> {
        count(self, count_utf16)
    }
}

impl<T: Serialize> Measure for Option<JsonText<T>> {
    fn bytes(&self) -> Option<usize> {
        self.as_ref()?.bytes()
    }

    fn chars(&self) -> Option<usize> {
        self.as_ref()?.chars()
    }

    fn utf16(&self) -> Option<usize> {
        self.as_ref()?.utf16()
    }
}

/// All bytes but those that go on with a character.
fn count_chars(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Characters of four bytes take two units.
fn count_utf16(text: &[u8]) -> usize {
    count_chars(text) + text.iter().filter(|byte| **byte >= 0b1111_0000).count()
}

/// `None` for a value that is no JSON: writing it fails by itself, and says why.
fn count<T: Serialize>(value: &JsonText<T>, length: fn(&[u8]) -> usize) -> Option<usize> {
    let mut counter = Counter { length, total: 0 };
    serde_json::to_writer(&mut counter, &value.0).ok()?;
    Some(counter.total)
}

struct Counter {
    length: fn(&[u8]) -> usize,
    total: usize,
}

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.total += (self.length)(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
