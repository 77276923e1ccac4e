//! What ties a list to the object that it is in.

use crate::validate::condition::Condition;
use crate::validate::count::Count;
use crate::validate::each::Each;
use crate::validate::figure::Figure;
use crate::validate::number::{Number, Whole};
use crate::validate::report::Report;
use crate::validate::rule::{Rule, Unit};

#[doc(hidden)]
impl Report<'_> {
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
