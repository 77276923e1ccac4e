//! Lengths and ranges, both ends included. An absent value breaks none.

use std::ops::{Bound, RangeBounds};

use crate::validate::condition::Condition;
use crate::validate::count::Count;
use crate::validate::figure::Figure;
use crate::validate::measure::Measure;
use crate::validate::number::Number;
use crate::validate::report::Report;
use crate::validate::rule::{Rule, Unit};

#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn bytes<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Measure + ?Sized,
    {
        if !is_within(value.bytes(), min, max) {
            self.add_length(field, value, (min, max), |value| (Unit::Bytes, value.bytes()));
        }
    }

    #[inline]
    pub fn chars<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Measure + ?Sized,
    {
        if !is_within(value.chars(), min, max) {
            self.add_length(field, value, (min, max), |value| (Unit::Characters, value.chars()));
        }
    }

    #[inline]
    pub fn utf16<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Measure + ?Sized,
    {
        if !is_within(value.utf16(), min, max) {
            self.add_length(field, value, (min, max), |value| (Unit::Utf16Units, value.utf16()));
        }
    }

    #[inline]
    pub fn items<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Count + ?Sized,
    {
        if !is_within(value.items(), min, max) {
            self.add_length(field, value, (min, max), |value| (Unit::Items, value.items()));
        }
    }

    #[inline]
    pub fn range<T: Number + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        min: Bound<T::Value>,
        max: Bound<T::Value>,
    ) {
        if let Some(actual) = value.number()
            && !(min, max).contains(&actual)
        {
            self.add_range(field, [min, max], actual, T::UNIT, None);
        }
    }

    /// `unit`: what the condition makes of an amount that is in one of several.
    #[inline]
    pub fn range_if<T: Number + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        (holds, condition): (bool, &'static Condition),
        [min, max]: [Bound<T::Value>; 2],
        unit: Option<Unit>,
    ) {
        if holds
            && let Some(actual) = value.number()
            && !(min, max).contains(&actual)
        {
            self.add_range(field, [min, max], actual, unit.or(T::UNIT), Some(condition));
        }
    }

    /// Measures once more, so that whoever finds the length within its limits need not keep it.
    #[cold]
    #[inline(never)]
    fn add_length<T: ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        (min, max): (usize, usize),
        measure: impl FnOnce(&T) -> (Unit, Option<usize>),
    ) {
        let (unit, length) = measure(value);
        let actual = length.unwrap_or(0);
        if actual > max {
            self.push(field, Rule::TooLong { unit, max, actual });
        } else if actual > 0 || !self.is_missing(field) {
            self.push(field, Rule::TooShort { unit, min, actual });
        }
    }

    #[cold]
    fn add_range<V: Copy + PartialOrd + Into<Figure>>(
        &mut self,
        field: &'static str,
        [min, max]: [Bound<V>; 2],
        actual: V,
        unit: Option<Unit>,
        condition: Option<&'static Condition>,
    ) {
        let is_below = !(min, Bound::Unbounded).contains(&actual);
        let (limit, exclusive) = match if is_below { min } else { max } {
            // Nothing compares to NaN, not even itself.
            _ if actual.partial_cmp(&actual).is_none() => {
                return self.push(field, Rule::NotANumber);
            }
            Bound::Included(limit) => (limit.into(), false),
            Bound::Excluded(limit) => (limit.into(), true),
            Bound::Unbounded => return,
        };
        let actual = Some(actual.into());
        let rule = match is_below {
            true => Rule::TooSmall { min: limit, exclusive, actual, unit, condition },
            false => Rule::TooLarge { max: limit, exclusive, actual, unit, condition },
        };
        self.push(field, rule);
    }
}

/// Whether the length, if there is one, is within its limits.
#[inline]
fn is_within(length: Option<usize>, min: usize, max: usize) -> bool {
    length.is_none_or(|length| (min..=max).contains(&length))
}
