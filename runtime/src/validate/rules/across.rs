//! What ties a list to the object that it is in.

use crate::validate::condition::Condition;
use crate::validate::count::Count;
use crate::validate::each::Each;
use crate::validate::levels::LevelUnit;
use crate::validate::number::Number;
use crate::validate::report::Report;
use crate::validate::rule::Rule;

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
        N: Number + ?Sized,
        T: Each + Count + ?Sized,
        M: Number,
        F: Fn(&T::Item) -> &M,
    {
        const { assert!(is_same_unit(N::UNIT, M::UNIT), "a sum has the unit of what is added up") };
        if let (Some(actual), Some(_)) = (value.number(), list.items()) {
            // Holds more than any list of 64 bits can add up to.
            let mut sum = 0_i128;
            list.each(self, |_, item| sum += i128::from(amount(item).number().unwrap_or(0)));
            if sum != i128::from(actual) {
                self.add_sum(field, of, sum, actual);
            }
        }
    }

    #[cold]
    fn add_sum(
        &mut self,
        field: &'static str,
        (list, of): (&'static str, &'static str),
        sum: i128,
        actual: i64,
    ) {
        let sum = i64::try_from(sum).ok();
        self.push(field, Rule::Sum { list, field: of, sum, actual: Some(actual) });
    }
}

const fn is_same_unit(one: Option<LevelUnit>, other: Option<LevelUnit>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one as u8 == other as u8,
        (None, None) => true,
        _ => false,
    }
}
