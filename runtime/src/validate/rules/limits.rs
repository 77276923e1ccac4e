//! Lengths and ranges, both ends included. An absent value breaks none.

use crate::validate::count::Count;
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
        self.length(field, value.bytes(), Unit::Bytes, min, max);
    }

    #[inline]
    pub fn chars<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Measure + ?Sized,
    {
        self.length(field, value.chars(), Unit::Characters, min, max);
    }

    #[inline]
    pub fn utf16<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Measure + ?Sized,
    {
        self.length(field, value.utf16(), Unit::Utf16Units, min, max);
    }

    #[inline]
    pub fn items<T>(&mut self, field: &'static str, value: &T, min: usize, max: usize)
    where
        T: Count + ?Sized,
    {
        self.length(field, value.items(), Unit::Items, min, max);
    }

    #[inline]
    pub fn range<T>(&mut self, field: &'static str, value: &T, min: i64, max: i64)
    where
        T: Number + ?Sized,
    {
        if let Some(actual) = value.number()
            && !(min..=max).contains(&actual)
        {
            self.add_range(field, min, max, actual);
        }
    }

    #[inline]
    fn length(
        &mut self,
        field: &'static str,
        length: Option<usize>,
        unit: Unit,
        min: usize,
        max: usize,
    ) {
        if let Some(actual) = length
            && !(min..=max).contains(&actual)
        {
            self.add_length(field, unit, min, max, actual);
        }
    }

    #[cold]
    fn add_length(
        &mut self,
        field: &'static str,
        unit: Unit,
        min: usize,
        max: usize,
        actual: usize,
    ) {
        if actual > max {
            self.push(field, Rule::TooLong { unit, max, actual });
        } else if actual > 0 || !self.is_missing(field) {
            self.push(field, Rule::TooShort { unit, min, actual });
        }
    }

    #[cold]
    fn add_range(&mut self, field: &'static str, min: i64, max: i64, actual: i64) {
        let rule = if actual > max {
            Rule::TooLarge { max, actual: Some(actual) }
        } else {
            Rule::TooSmall { min, actual: Some(actual) }
        };
        self.push(field, rule);
    }
}
