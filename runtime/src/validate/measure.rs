//! How long a text is, in each of the units that documents count in.

use std::fmt;

use serde::Serialize;

use crate::json;
use crate::json_text::JsonText;

use super::text::WireText;

/// A value with a length in bytes, characters and UTF-16 units: what is a string on the wire.
///
/// `None` for an absent value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no length in bytes, characters or UTF-16 units",
    label = "this rule is for strings",
    note = "`bytes`, `chars` and `utf16` go on what is a string on the wire: `String`, `JsonText<T>`, a newtype with \
            `#[derive(apiscribe::WireText)]`, or an `Option` of one; for the items of a list write `items`, for a \
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
        self.text().map(count_chars)
    }

    #[inline]
    fn utf16(&self) -> Option<usize> {
        self.text().map(count_utf16)
    }
}

/// The length of the JSON inside, which is encoded but kept nowhere.
impl<T: Serialize> Measure for JsonText<T> {
    fn bytes(&self) -> Option<usize> {
        count(self, str::len)
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

/// `None` for JSON text that is absent or `null`.
impl<T: Serialize> Measure for Option<Option<JsonText<T>>> {
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

fn count_chars(text: &str) -> usize {
    text.chars().count()
}

fn count_utf16(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// `None` for a value that is no JSON: writing it fails by itself, and says why.
fn count<T: Serialize>(value: &JsonText<T>, length: fn(&str) -> usize) -> Option<usize> {
    let mut counter = Counter { length, total: 0 };
    json::write(&mut counter, &value.0).ok()?;
    Some(counter.total)
}

struct Counter {
    length: fn(&str) -> usize,
    total: usize,
}

impl fmt::Write for Counter {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.total += (self.length)(text);
        Ok(())
    }
}
