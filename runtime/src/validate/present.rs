//! Whether a value is there, and the rules that ask for it, alone or with other fields.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::num::NonZero;
use std::rc::Rc;
use std::sync::Arc;

use serde_json::Value;
use zeroize::Zeroize;

use super::condition::Condition;
use super::report::Report;
use super::rule::Rule;
use crate::json_text::JsonText;
use crate::secret::{Secret, is_blank};

/// A value that may be there or not: an `Option`, or a string, in an `Option` or not. Where something must be given, an empty
/// string is not enough, nor is a secret one of white space only. Where nothing may be given, and in conditions, an `Option`
/// counts as given if it is `Some` of anything but `null`, an empty string too, because that is sent.
///
/// What has no way to be absent (a number, a list, a struct) is always there. Every derive of this crate implements it.
#[diagnostic::on_unimplemented(
    message = "whether `{Self}` is given cannot be told",
    label = "not `Present`",
    note = "`required`, conditions and groups go on `Option<T>`, strings, numbers, lists, maps and what derives \
            `apiscribe::Validate`, `apiscribe::WireText` or `apiscribe::WireEnum`; for another type write \
            `impl apiscribe::validate::field::Present for {Self} {{}}`"
)]
pub trait Present {
    /// Whether the value counts as given.
    #[inline]
    fn is_present(&self) -> bool {
        true
    }

    /// Whether it is sent, and if so, whether there is anything in it.
    #[doc(hidden)]
    #[inline]
    fn given(&self) -> Given {
        if self.is_present() { Given::Filled } else { Given::Absent }
    }

    /// The same of what an `Option` holds: it is sent, if it is not `null`.
    #[doc(hidden)]
    #[inline]
    fn given_in_option(&self) -> Given {
        if self.is_present() { Given::Filled } else { Given::Empty }
    }

    /// Whether there is more to it than white space.
    #[doc(hidden)]
    #[inline]
    fn is_visible(&self) -> bool {
        self.is_present()
    }
}

/// What is sent of a value.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Nothing.
    Absent,
    /// An empty text: it is sent, and is not enough where something must be given.
    Empty,
    Filled,
}

impl Given {
    #[inline]
    pub fn is_sent(self) -> bool {
        self != Self::Absent
    }
}

#[cfg(feature = "dates")]
impl Present for jiff::civil::Date {}

#[cfg(feature = "dates")]
impl Present for jiff::Timestamp {}

impl<T: Present> Present for Option<T> {
    #[inline]
    fn is_present(&self) -> bool {
        self.as_ref().is_some_and(T::is_present)
    }

    #[inline]
    fn given(&self) -> Given {
        self.as_ref().map_or(Given::Absent, T::given_in_option)
    }

    /// `Some(None)` is `null`, which is no value.
    #[inline]
    fn given_in_option(&self) -> Given {
        self.given()
    }
}

impl Present for str {
    #[inline]
    fn is_present(&self) -> bool {
        !self.is_empty()
    }

    #[inline]
    fn is_visible(&self) -> bool {
        !is_blank(self)
    }
}

impl Present for String {
    #[inline]
    fn is_present(&self) -> bool {
        !self.is_empty()
    }

    #[inline]
    fn is_visible(&self) -> bool {
        !is_blank(self)
    }
}

impl Present for Cow<'_, str> {
    #[inline]
    fn is_present(&self) -> bool {
        !self.is_empty()
    }

    #[inline]
    fn is_visible(&self) -> bool {
        !is_blank(self)
    }
}

impl Present for Value {
    #[inline]
    fn is_present(&self) -> bool {
        !self.is_null()
    }

    #[inline]
    fn given_in_option(&self) -> Given {
        self.given()
    }
}

impl<T: Present + Zeroize> Present for Secret<T> {
    #[inline]
    fn is_present(&self) -> bool {
        self.expose().is_visible()
    }
}

macro_rules! pointer {
    ($($pointer:ty),*) => {$(
        impl<T: Present + ?Sized> Present for $pointer {
            #[inline]
            fn is_present(&self) -> bool {
                (**self).is_present()
            }

            #[inline]
            fn given(&self) -> Given {
                (**self).given()
            }

            #[inline]
            fn given_in_option(&self) -> Given {
                (**self).given_in_option()
            }
        }
    )*};
}

pointer!(&T, Box<T>, Rc<T>, Arc<T>);

impl<T> Present for [T] {}
impl<T, const N: usize> Present for [T; N] {}
impl<T> Present for Vec<T> {}
impl<T> Present for VecDeque<T> {}
impl<T> Present for BTreeSet<T> {}
impl<T, S> Present for HashSet<T, S> {}
impl<T> Present for JsonText<T> {}
impl<K, V> Present for BTreeMap<K, V> {}
impl<K, V, S> Present for HashMap<K, V, S> {}

macro_rules! present {
    ($($scalar:ty),*) => {
        $(impl Present for $scalar {})*
    };
}

present!((), bool, char, i128, i64, i32, i16, i8, isize, u128, u64, u32, u16, u8, usize, f64, f32);

macro_rules! non_zero {
    ($($int:ty),*) => {
        $(impl Present for NonZero<$int> {})*
    };
}

non_zero!(i128, i64, i32, i16, i8, isize, u128, u64, u32, u16, u8, usize);

#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn required<T: Present + ?Sized>(&mut self, field: &'static str, value: &T) {
        if !value.is_present() {
            self.add(field, Rule::Required);
        }
    }

    #[inline]
    pub fn required_if<T: Present + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        holds: bool,
        condition: &'static Condition,
    ) {
        if holds && !value.is_present() {
            self.add(field, Rule::RequiredIf { condition });
        }
    }

    #[inline]
    pub fn forbidden_if<T: Present + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        holds: bool,
        condition: &'static Condition,
    ) {
        if holds && value.given().is_sent() {
            self.add(field, Rule::ForbiddenIf { condition });
        }
    }

    /// `given`: what is sent of each of `fields`. Two are too many even if one is empty, and an empty one alone is none.
    #[inline]
    pub fn exactly_one_of(&mut self, fields: &'static [&'static str], given: &[Given]) {
        let sent = given.iter().filter(|given| given.is_sent()).count();
        let is_filled = given.contains(&Given::Filled);
        if sent != 1 || !is_filled {
            let given = if sent == 1 { 0 } else { sent };
            self.add("", Rule::ExactlyOneOf { fields, given });
        }
    }

    /// `given`: what is sent of each of `fields`.
    #[inline]
    pub fn at_least_one_of(&mut self, fields: &'static [&'static str], given: &[Given]) {
        if !given.contains(&Given::Filled) {
            self.add("", Rule::AtLeastOneOf { fields });
        }
    }
}
