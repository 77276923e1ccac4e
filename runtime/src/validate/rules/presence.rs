//! Whether a value is there.

use crate::validate::condition::Condition;
use crate::validate::present::Present;
use crate::validate::report::Report;
use crate::validate::rule::Rule;

#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn required<T: Present + ?Sized>(&mut self, field: &'static str, value: &T) {
        if !value.is_present() {
            self.add(field, Rule::Required);
        }
    }

    #[inline]
    pub fn required_if<T: Present + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        holds: bool,
        condition: &'static Condition,
    ) {
        if holds && !value.is_present() {
            self.add(field, Rule::RequiredIf { condition });
        }
    }

    #[inline]
    pub fn forbidden_if<T: Present + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        holds: bool,
        condition: &'static Condition,
    ) {
        if holds && value.is_present() {
            self.add(field, Rule::ForbiddenIf { condition });
        }
    }

    /// `present`: whether each of `fields` is.
    #[inline]
    pub fn exactly_one_of(&mut self, fields: &'static [&'static str], present: &[bool]) {
        let given = present.iter().filter(|present| **present).count();
        if given != 1 {
            self.add("", Rule::ExactlyOneOf { fields, given });
        }
    }

    /// `present`: whether each of `fields` is.
    #[inline]
    pub fn at_least_one_of(&mut self, fields: &'static [&'static str], present: &[bool]) {
        if !present.contains(&true) {
            self.add("", Rule::AtLeastOneOf { fields });
        }
    }
}
