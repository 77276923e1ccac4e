//! What holds other values, one after the other.

use std::collections::{BTreeMap, HashMap};

use crate::json_text::JsonText;

use super::path::Segment;
use super::report::Report;

/// A list or a map. An absent one holds nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list and no map",
    label = "has no items to check",
    note = "`each(...)` goes on `Vec<T>`, `BTreeMap<String, T>`, `HashMap<String, T>`, `JsonText` of one, or an \
            `Option` of one; on anything else write the rule without `each`"
)]
pub trait Each {
    /// What is held.
    type Item: ?Sized;

    /// Calls `check` for each item, and puts what it finds under the item's index or key.
    fn each<F: FnMut(&mut Report<'_>, &Self::Item)>(&self, report: &mut Report<'_>, check: F);
}

impl<T> Each for [T] {
    type Item = T;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T)>(&self, report: &mut Report<'_>, mut check: F) {
        for (index, item) in self.iter().enumerate() {
            let mark = report.mark();
            check(report, item);
            report.under(mark, || Segment::Index(index));
        }
    }
}

impl<T> Each for Vec<T> {
    type Item = T;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T)>(&self, report: &mut Report<'_>, check: F) {
        self.as_slice().each(report, check);
    }
}

impl<T: Each + ?Sized> Each for &T {
    type Item = T::Item;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T::Item)>(&self, report: &mut Report<'_>, check: F) {
        (**self).each(report, check);
    }
}

impl<K: AsRef<str>, V> Each for BTreeMap<K, V> {
    type Item = V;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &V)>(&self, report: &mut Report<'_>, check: F) {
        each_entry(self, report, check);
    }
}

/// In the map's own order, which differs from run to run.
impl<K: AsRef<str>, V, S> Each for HashMap<K, V, S> {
    type Item = V;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &V)>(&self, report: &mut Report<'_>, check: F) {
        each_entry(self, report, check);
    }
}

impl<T: Each> Each for Option<T> {
    type Item = T::Item;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T::Item)>(&self, report: &mut Report<'_>, check: F) {
        if let Some(value) = self {
            value.each(report, check);
        }
    }
}

impl<T: Each> Each for JsonText<T> {
    type Item = T::Item;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T::Item)>(&self, report: &mut Report<'_>, check: F) {
        self.0.each(report, check);
    }
}

fn each_entry<'a, K, V, I, F>(entries: I, report: &mut Report<'_>, mut check: F)
where
    K: AsRef<str> + 'a,
    V: 'a,
    I: IntoIterator<Item = (&'a K, &'a V)>,
    F: FnMut(&mut Report<'_>, &V),
{
    for (key, value) in entries {
        let mark = report.mark();
        check(report, value);
        report.under(mark, || Segment::Key(key.as_ref().to_owned()));
    }
}
