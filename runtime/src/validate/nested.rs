//! What has rules of its own, or holds what has.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use crate::json_text::JsonText;

use super::Validate;
use super::each::Each;
use super::report::Report;

/// A value that derives [`Validate`], or a list, set, map, option or JSON text of such values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no rules of its own",
    label = "nothing nested to check",
    note = "`nested` goes on what derives `apiscribe::Validate` or `apiscribe::WireText`, or on an `Option`, `Box`, `Rc`, \
            `Arc`, list, set, map or `JsonText` of it: derive one of them for the type inside, or leave `nested` out"
)]
pub trait Nested {
    /// Adds every violation of the rules inside.
    fn check_nested(&self, report: &mut Report<'_>);
}

#[diagnostic::do_not_recommend]
impl<T: Validate + ?Sized> Nested for T {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        self.check(report);
    }
}

impl<T: Nested> Nested for Option<T> {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        if let Some(value) = self {
            value.check_nested(report);
        }
    }
}

impl<T: Nested> Nested for JsonText<T> {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        self.0.check_nested(report);
    }
}

macro_rules! nested {
    ($(<$($parameter:ident $(: $bound:path)?),* $(; const $count:ident)?> $collection:ty;)*) => {$(
        impl<$($parameter $(: $bound)?,)* $(const $count: usize)?> Nested for $collection {
            #[inline]
            fn check_nested(&self, report: &mut Report<'_>) {
                self.each(report, |report, item| item.check_nested(report));
            }
        }
    )*};
}

nested! {
    <T: Nested> [T];
    <T: Nested> &[T];
    <T: Nested> Box<[T]>;
    <T: Nested> Rc<[T]>;
    <T: Nested> Arc<[T]>;
    <T: Nested; const N> [T; N];
    <T: Nested> Vec<T>;
    <T: Nested> VecDeque<T>;
    <T: Nested> BTreeSet<T>;
    <T: Nested, S> HashSet<T, S>;
    <K: AsRef<str>, V: Nested> BTreeMap<K, V>;
    <K: AsRef<str>, V: Nested, S> HashMap<K, V, S>;
}
