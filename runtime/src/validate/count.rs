//! How many items a list or a map has.

use std::collections::{BTreeMap, HashMap};

use crate::json_text::JsonText;

/// A list or a map. `None` for an absent one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no items",
    label = "this rule is for lists and maps",
    note = "`items` goes on `Vec<T>`, `BTreeMap<String, T>`, `HashMap<String, T>`, `JsonText` of one, or an `Option` \
            of one; for the length of a string write `bytes`, `chars` or `utf16`"
)]
pub trait Count {
    /// How many there are.
    fn items(&self) -> Option<usize>;
}

impl<T> Count for [T] {
    #[inline]
    fn items(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T> Count for Vec<T> {
    #[inline]
    fn items(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T: Count + ?Sized> Count for &T {
    #[inline]
    fn items(&self) -> Option<usize> {
        (**self).items()
    }
}

impl<K, V> Count for BTreeMap<K, V> {
    #[inline]
    fn items(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<K, V, S> Count for HashMap<K, V, S> {
    #[inline]
    fn items(&self) -> Option<usize> {
        Some(self.len())
    }
}

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
