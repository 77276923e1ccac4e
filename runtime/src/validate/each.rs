//! What holds other values, one after the other, and the rules on each of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use super::condition::Condition;
use super::count::Count;
use super::figure::Figure;
use super::number::{Number, Whole};
use super::report::{Report, Segment};
use super::rule::{Rule, Unit};
use crate::json_text::JsonText;

/// A list, a set or a map. An absent one holds nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list, a set or a map",
    label = "has no items to check",
    note = "`each(...)` goes on arrays, slices, `Vec`, `VecDeque`, sets, maps whose keys are strings, `JsonText` of \
            one, or an `Option`, `Box`, `Rc` or `Arc` of one; on anything else write the rule without `each`"
)]
pub trait Each {
    /// What is held.
    type Item: ?Sized;

    /// Calls `check` for each item, and puts what it finds under the item's index or key.
    fn each<F: FnMut(&mut Report<'_>, &Self::Item)>(&self, report: &mut Report<'_>, check: F);
}

/// A map, or what holds one. An absent one has no keys.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no keys",
    label = "this rule is for maps",
    note = "`keys(...)` goes on maps whose keys are strings, `JsonText` of one, or an `Option`, `Box`, `Rc` or `Arc` of \
            one"
)]
pub trait Keys {
    /// What a value is found by.
    type Key: ?Sized;

    /// Calls `check` for each key, and puts what it finds under that key.
    fn keys<F: FnMut(&mut Report<'_>, &Self::Key)>(&self, report: &mut Report<'_>, check: F);
}

impl<T> Each for [T] {
    type Item = T;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T)>(&self, report: &mut Report<'_>, check: F) {
        each_item(self, report, check);
    }
}

impl<T, const N: usize> Each for [T; N] {
    type Item = T;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T)>(&self, report: &mut Report<'_>, check: F) {
        each_item(self, report, check);
    }
}

impl<T> Each for Vec<T> {
    type Item = T;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T)>(&self, report: &mut Report<'_>, check: F) {
        each_item(self, report, check);
    }
}

impl<T> Each for VecDeque<T> {
    type Item = T;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T)>(&self, report: &mut Report<'_>, check: F) {
        each_item(self, report, check);
    }
}

impl<T> Each for BTreeSet<T> {
    type Item = T;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T)>(&self, report: &mut Report<'_>, check: F) {
        each_item(self, report, check);
    }
}

/// In the set's own order, which differs from run to run.
impl<T, S> Each for HashSet<T, S> {
    type Item = T;

    #[inline]
    fn each<F: FnMut(&mut Report<'_>, &T)>(&self, report: &mut Report<'_>, check: F) {
        each_item(self, report, check);
    }
}

macro_rules! pointer {
    ($($pointer:ty),*) => {$(
        impl<T: Each + ?Sized> Each for $pointer {
            type Item = T::Item;

            #[inline]
            fn each<F: FnMut(&mut Report<'_>, &T::Item)>(&self, report: &mut Report<'_>, check: F) {
                (**self).each(report, check);
            }
        }

        impl<T: Keys + ?Sized> Keys for $pointer {
            type Key = T::Key;

            #[inline]
            fn keys<F: FnMut(&mut Report<'_>, &T::Key)>(&self, report: &mut Report<'_>, check: F) {
                (**self).keys(report, check);
            }
        }
    )*};
}

pointer!(&T, Box<T>, Rc<T>, Arc<T>);

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

impl<K: AsRef<str>, V> Keys for BTreeMap<K, V> {
    type Key = K;

    #[inline]
    fn keys<F: FnMut(&mut Report<'_>, &K)>(&self, report: &mut Report<'_>, check: F) {
        each_key(self.keys(), report, check);
    }
}

/// In the map's own order, which differs from run to run.
impl<K: AsRef<str>, V, S> Keys for HashMap<K, V, S> {
    type Key = K;

    #[inline]
    fn keys<F: FnMut(&mut Report<'_>, &K)>(&self, report: &mut Report<'_>, check: F) {
        each_key(self.keys(), report, check);
    }
}

impl<T: Keys> Keys for Option<T> {
    type Key = T::Key;

    #[inline]
    fn keys<F: FnMut(&mut Report<'_>, &T::Key)>(&self, report: &mut Report<'_>, check: F) {
        if let Some(value) = self {
            value.keys(report, check);
        }
    }
}

impl<T: Keys> Keys for JsonText<T> {
    type Key = T::Key;

    #[inline]
    fn keys<F: FnMut(&mut Report<'_>, &T::Key)>(&self, report: &mut Report<'_>, check: F) {
        self.0.keys(report, check);
    }
}

#[inline]
fn each_item<'a, T, I, F>(items: I, report: &mut Report<'_>, mut check: F)
where
    T: 'a,
    I: IntoIterator<Item = &'a T, IntoIter: ExactSizeIterator>,
    F: FnMut(&mut Report<'_>, &T),
{
    let items = items.into_iter();
    // Unlike `enumerate`, one number is counted up for both.
    for (index, item) in (0..items.len()).zip(items) {
        let mark = report.mark();
        check(report, item);
        report.under(mark, || Segment::Index(index));
    }
}

fn each_key<'a, K, I, F>(keys: I, report: &mut Report<'_>, mut check: F)
where
    K: AsRef<str> + 'a,
    I: Iterator<Item = &'a K>,
    F: FnMut(&mut Report<'_>, &K),
{
    for key in keys {
        let mark = report.mark();
        check(report, key);
        report.under(mark, || Segment::Key(key.as_ref().to_owned()));
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

#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn each<T, F>(&mut self, field: &'static str, value: &T, check: F)
    where
        T: Each + ?Sized,
        F: FnMut(&mut Report<'_>, &T::Item),
    {
        let mark = self.mark();
        value.each(self, check);
        self.under(mark, || Segment::Field(field));
    }

    #[inline]
    pub fn keys<T, F>(&mut self, field: &'static str, value: &T, check: F)
    where
        T: Keys + ?Sized,
        F: FnMut(&mut Report<'_>, &T::Key),
    {
        let mark = self.mark();
        value.keys(self, check);
        self.under(mark, || Segment::Field(field));
    }

    /// `holds`: whether the condition on the object does; `satisfies`: whether an item is as it then must be.
    #[inline]
    pub fn each_if<T, F>(
        &mut self,
        field: &'static str,
        value: &T,
        holds: bool,
        condition: &'static Condition,
        needed: &'static Condition,
        satisfies: F,
    ) where
        T: Each + ?Sized,
        F: Fn(&T::Item) -> bool,
    {
        if holds {
            self.each(field, value, |report, item| {
                if !satisfies(item) {
                    report.add(needed.field, Rule::EachIf { condition, needed });
                }
            });
        }
    }

    /// `of`: the list and the field of its items, by their names on the wire. An absent amount of an item is none.
    #[inline]
    pub fn sum<N, T, M, F>(
        &mut self,
        field: &'static str,
        value: &N,
        list: &T,
        of: (&'static str, &'static str),
        amount: F,
    ) where
        N: Number<Value: Whole> + ?Sized,
        T: Each + Count + ?Sized,
        M: Number<Value: Whole>,
        F: Fn(&T::Item) -> &M,
    {
        const { assert!(is_same_unit(N::UNIT, M::UNIT), "a sum has the unit of what is added up") };
        if let (Some(actual), Some(_)) = (value.number(), list.items()) {
            // No list of 64-bit numbers adds up to more than it holds.
            let mut sum = Some(0_i128);
            list.each(self, |_, item| {
                let part = amount(item).number().map_or(Some(0), Whole::to_i128);
                sum = sum.zip(part).and_then(|(sum, part)| sum.checked_add(part));
            });
            if sum.is_none() || sum != actual.to_i128() {
                self.add_sum(field, of, sum, actual.into(), N::UNIT);
            }
        }
    }

    #[cold]
    fn add_sum(
        &mut self,
        field: &'static str,
        (list, of): (&'static str, &'static str),
        sum: Option<i128>,
        actual: Figure,
        unit: Option<Unit>,
    ) {
        let sum = sum.and_then(|sum| i64::try_from(sum).ok());
        self.push(field, Rule::Sum { list, field: of, sum, actual: Some(actual), unit });
    }
}

const fn is_same_unit(one: Option<Unit>, other: Option<Unit>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.is(other),
        (None, None) => true,
        _ => false,
    }
}
