//! What is a string on the wire: its text, its length in each of the units that documents count in, and the rules on both.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use serde::Serialize;
use zeroize::Zeroize;

use super::pattern::{Pattern, PatternFeature};
use super::report::Report;
use super::rule::{Rule, Unit};
use crate::json;
use crate::json_text::JsonText;
use crate::secret::Secret;

/// A value that is a string on the wire: `String`, `&str`, `Cow<str>`, a newtype over one. Derive it for newtypes.
///
/// An `Option` is one too, and may be absent. The derive gives a newtype serde both ways, `From<&str>`, `From<String>`,
/// its rules, and, unless it is over a [`Secret`], `Display` and `AsRef<str>`:
///
/// ```
/// use apiscribe::{Secret, Validate, WireText};
///
/// #[derive(Debug, WireText)]
/// #[validate(required, bytes(max = 9))]
/// struct AppId(String);
///
/// let id = AppId::from("shop-été");
/// assert_eq!(id.to_string(), "shop-été");
/// assert_eq!(serde_json::to_string(&id).unwrap(), r#""shop-été""#);
/// assert_eq!(id.validate().unwrap_err().to_string(), "10 bytes, at most 9 allowed");
///
/// #[derive(Debug, WireText)]
/// struct Token(Secret<String>);
///
/// assert_eq!(format!("{:?}", Token::from("secret-1")), "Token(Secret(redacted))");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text",
    label = "this rule is for strings",
    note = "`pattern` and `url` go on `String`, `&str`, `Cow<str>`, `Secret<String>`, a newtype with \
            `#[derive(apiscribe::WireText)]`, or an `Option`, `Box`, `Rc` or `Arc` of one"
)]
pub trait WireText {
    /// The text, or `None` if the value is absent. A secret one also: log it nowhere.
    fn text(&self) -> Option<&str>;
}

impl WireText for str {
    #[inline]
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl WireText for String {
    #[inline]
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl WireText for Cow<'_, str> {
    #[inline]
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

macro_rules! pointer {
    ($($pointer:ty),*) => {$(
        impl<T: WireText + ?Sized> WireText for $pointer {
            #[inline]
            fn text(&self) -> Option<&str> {
                (**self).text()
            }
        }
    )*};
}

pointer!(&T, Box<T>, Rc<T>, Arc<T>);

impl<T: WireText> WireText for Option<T> {
    #[inline]
    fn text(&self) -> Option<&str> {
        self.as_ref()?.text()
    }
}

impl<T: WireText + Zeroize> WireText for Secret<T> {
    #[inline]
    fn text(&self) -> Option<&str> {
        self.expose().text()
    }
}

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

/// `None` for a value that is not JSON: writing it fails by itself, and says why.
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

#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn bytes<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Measure + ?Sized,
    {
        if !is_within(value.bytes(), min, max) {
            self.add_length(field, value, (min, max), |value| (Unit::Bytes, value.bytes()));
        }
    }

    #[inline]
    pub fn chars<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Measure + ?Sized,
    {
        if !is_within(value.chars(), min, max) {
            self.add_length(field, value, (min, max), |value| (Unit::Characters, value.chars()));
        }
    }

    #[inline]
    pub fn utf16<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Measure + ?Sized,
    {
        if !is_within(value.utf16(), min, max) {
            self.add_length(field, value, (min, max), |value| (Unit::Utf16Units, value.utf16()));
        }
    }

    #[inline]
    pub fn pattern<T: WireText + PatternFeature + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        pattern: &'static Pattern,
    ) {
        if let Some(text) = value.text()
            && !pattern.matches(text)
        {
            self.add_unless_missing(
                field,
                text.is_empty(),
                Rule::Pattern { pattern: pattern.source() },
            );
        }
    }

    /// Measures once more, so that whoever finds the length within its limits need not keep it.
    #[cold]
    #[inline(never)]
    pub(super) fn add_length<T: ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        (min, max): (usize, usize),
        measure: impl FnOnce(&T) -> (Unit, Option<usize>),
    ) {
        let (unit, length) = measure(value);
        let actual = length.unwrap_or(0);
        if actual > max {
            self.push(field, Rule::TooLong { unit, max, actual });
        } else if actual > 0 || !self.is_missing(field) {
            self.push(field, Rule::TooShort { unit, min, actual });
        }
    }
}

/// Whether the length, if there is one, is within its limits.
#[inline]
pub(super) fn is_within(length: Option<usize>, min: usize, max: usize) -> bool {
    length.is_none_or(|length| (min..=max).contains(&length))
}
