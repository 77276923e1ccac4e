//! How many items a list, a set or a map has, and the rule on it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use super::report::Report;
use super::rule::Unit;
use super::text::is_within;
use crate::json_text::JsonText;

/// A list, a set or a map. `None` for an absent one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no items",
    label = "this rule is for lists, sets and maps",
    note = "`items` goes on arrays, slices, `Vec`, `VecDeque`, sets, maps, `JsonText` of one, or an `Option`, `Box`, \
            `Rc` or `Arc` of one; for the length of a string write `bytes`, `chars` or `utf16`"
)]
pub trait Count {
    /// How many there are.
    fn items(&self) -> Option<usize>;
}

macro_rules! count {
    ($(<$($parameter:tt),*> $collection:ty;)*) => {$(
        impl<$($parameter),*> Count for $collection {
            #[inline]
            fn items(&self) -> Option<usize> {
                Some(self.len())
            }
        }
    )*};
}

count! {
    <T> [T];
    <T> Vec<T>;
    <T> VecDeque<T>;
    <T> BTreeSet<T>;
    <T, S> HashSet<T, S>;
    <K, V> BTreeMap<K, V>;
    <K, V, S> HashMap<K, V, S>;
}

impl<T, const N: usize> Count for [T; N] {
    #[inline]
    fn items(&self) -> Option<usize> {
        Some(N)
    }
}

macro_rules! pointer {
    ($($pointer:ty),*) => {$(
        impl<T: Count + ?Sized> Count for $pointer {
            #[inline]
            fn items(&self) -> Option<usize> {
                (**self).items()
            }
        }
    )*};
}

pointer!(&T, Box<T>, Rc<T>, Arc<T>);

impl<T: Count> Count for Option<T> {
    #[inline]
    fn items(&self) -> Option<usize> {
        self.as_ref()?.items()
    }
}

impl<T: Count> Count for JsonText<T> {
    #[inline]
    fn items(&self) -> Option<usize> {
        self.0.items()
    }
}

#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn items<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Count + ?Sized,
    {
        if !is_within(value.items(), min, max) {
            self.add_length(field, value, (min, max), |value| (Unit::Items, value.items()));
        }
    }
}
