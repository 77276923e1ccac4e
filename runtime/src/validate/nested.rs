//! What has rules of its own, or holds what has.

use std::collections::{BTreeMap, HashMap};

use crate::json_text::JsonText;

use super::Validate;
use super::each::Each;
use super::report::Report;

/// A value that derives [`Validate`], or a list, map, option or JSON text of such values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no rules of its own",
    label = "nothing nested to check",
    note = "`nested` goes on what derives `runtime::Validate` or `runtime::WireText`, or on an `Option`, `Vec`, map or \
            `JsonText` of it: derive one of them for the type inside, or leave `nested` out"
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

impl<T: Nested> Nested for [T] {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        self.each(report, |report, item| item.check_nested(report));
    }
}

impl<T: Nested> Nested for &[T] {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        (**self).check_nested(report);
    }
}

impl<T: Nested> Nested for Vec<T> {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        self.as_slice().check_nested(report);
    }
}

impl<K: AsRef<str>, V: Nested> Nested for BTreeMap<K, V> {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        self.each(report, |report, value| value.check_nested(report));
    }
}

impl<K: AsRef<str>, V: Nested, S> Nested for HashMap<K, V, S> {
    #[inline]
    fn check_nested(&self, report: &mut Report<'_>) {
        self.each(report, |report, value| value.check_nested(report));
    }
}
