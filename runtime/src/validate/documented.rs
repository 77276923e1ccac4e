//! Whether a value is one that the documents list.

use std::rc::Rc;
use std::sync::Arc;

use super::report::Report;
use super::rule::Rule;
use crate::wire::{UnknownVariant, WireEnum};

/// A value of an enum that keeps what it does not know. Derive `apiscribe::WireEnum`. An absent one is documented.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no list of documented values",
    label = "not an enum of the wire",
    note = "`documented` goes on an enum with `#[derive(apiscribe::WireEnum)]`, or an `Option` of one; for a list of \
            them write `each(documented)`"
)]
pub trait Documented {
    /// The value on the wire, if the documents do not list it.
    fn undocumented(&self) -> Option<String>;
}

#[diagnostic::do_not_recommend]
impl<T: WireEnum> Documented for T {
    #[inline]
    fn undocumented(&self) -> Option<String> {
        self.place().err().map(T::Value::to_string)
    }
}

/// Never.
impl Documented for UnknownVariant {
    fn undocumented(&self) -> Option<String> {
        Some(self.tag().unwrap_or_default().to_owned())
    }
}

impl<T: Documented> Documented for Option<T> {
    #[inline]
    fn undocumented(&self) -> Option<String> {
        self.as_ref()?.undocumented()
    }
}

macro_rules! pointer {
    ($($pointer:ty),*) => {$(
        impl<T: Documented + ?Sized> Documented for $pointer {
            #[inline]
            fn undocumented(&self) -> Option<String> {
                (**self).undocumented()
            }
        }
    )*};
}

pointer!(Rc<T>, Arc<T>);

#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn documented<T: Documented + ?Sized>(&mut self, field: &'static str, value: &T) {
        if let Some(actual) = value.undocumented() {
            let is_empty = actual.is_empty();
            self.add_unless_missing(field, is_empty, Rule::Undocumented { actual: Some(actual) });
        }
    }
}
