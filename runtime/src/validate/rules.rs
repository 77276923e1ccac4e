//! One function per rule, for derived code: the test inline, the failure out of line and not generic.

use crate::money::Money;

use super::condition::Condition;
use super::count::Count;
use super::documented::Documented;
use super::each::Each;
use super::levels::{LevelUnit, Levels};
use super::measure::Measure;
use super::nested::Nested;
use super::number::Number;
use super::pattern::{Pattern, PatternFeature};
use super::present::Present;
use super::report::Report;
use super::rule::{Rule, Unit};
use super::settings::Setting;
use super::text::WireText;

/// Presence.
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

/// Limits, both ends included. An absent value breaks none.
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

/// What a value may be. An absent value is anything.
#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn url<T: WireText + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        schemes: &'static [&'static str],
    ) {
        if let Some(text) = value.text()
            && !schemes.iter().any(|scheme| has_scheme(text, scheme))
        {
            self.add_unless_missing(field, text.is_empty(), Rule::Url { schemes });
        }
    }

    #[inline]
    pub fn pattern<T: WireText + PatternFeature + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        pattern: &'static Pattern,
    ) {
        if let Some(text) = value.text()
            && !pattern.matches(text)
        {
            self.add_unless_missing(
                field,
                text.is_empty(),
                Rule::Pattern { pattern: pattern.source() },
            );
        }
    }

    #[inline]
    pub fn documented<T: Documented + ?Sized>(&mut self, field: &'static str, value: &T) {
        if !value.is_documented() {
            let actual = value.undocumented();
            let is_empty = actual.as_deref() == Some("");
            self.add_unless_missing(field, is_empty, Rule::Undocumented { actual });
        }
    }

    /// A number without a unit of its own is in that of the levels.
    #[inline]
    pub fn level<T: Number + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        levels: &'static Levels,
    ) {
        if let Some(amount) = value.number() {
            self.check_level(field, Some(amount), T::UNIT.unwrap_or(levels.unit), levels);
        }
    }

    #[inline]
    pub fn level_times<T: Number + ?Sized, P: Money>(
        &mut self,
        field: &'static str,
        value: &T,
        levels: &'static Levels,
        price: Setting<P>,
    ) {
        let Some(count) = value.number() else { return };
        match self.settings.get(price) {
            Some(price) => {
                self.check_level(field, count.checked_mul(price.amount()), P::UNIT, levels);
            }
            None => self.add(field, Rule::SettingMissing { setting: price.name() }),
        }
    }

    fn check_level(
        &mut self,
        field: &'static str,
        amount: Option<i64>,
        unit: LevelUnit,
        levels: &'static Levels,
    ) {
        if !amount.is_some_and(|amount| levels.contains(amount, unit)) {
            self.add(field, Rule::Level { levels, actual: amount, unit });
        }
    }

    /// That an empty string is required is all there is to say of it.
    #[cold]
    fn add_unless_missing(&mut self, field: &'static str, is_empty: bool, rule: Rule) {
        if !is_empty || !self.is_missing(field) {
            self.push(field, rule);
        }
    }
}

/// What a value holds.
#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn nested<T: Nested + ?Sized>(&mut self, field: &'static str, value: &T) {
        let mark = self.mark();
        value.check_nested(self);
        self.under_field(mark, field);
    }

    #[inline]
    pub fn each<T, F>(&mut self, field: &'static str, value: &T, check: F)
    where
        T: Each + ?Sized,
        F: FnMut(&mut Report<'_>, &T::Item),
    {
        let mark = self.mark();
        value.each(self, check);
        self.under_field(mark, field);
    }
}

/// `text` is a URL with `scheme` and something behind it.
#[inline]
fn has_scheme(text: &str, scheme: &str) -> bool {
    match text.strip_prefix(scheme) {
        Some(rest) => is_rest(rest),
        None => has_scheme_in_capitals(text, scheme),
    }
}

/// Schemes are compared without regard to case (RFC 3986, 3.1).
#[cold]
fn has_scheme_in_capitals(text: &str, scheme: &str) -> bool {
    let split = text.split_at_checked(scheme.len());
    split.is_some_and(|(start, rest)| start.eq_ignore_ascii_case(scheme) && is_rest(rest))
}

#[inline]
fn is_rest(text: &str) -> bool {
    text.len() > 3 && text.starts_with("://")
}
