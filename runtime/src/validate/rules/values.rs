//! What a value may be. An absent value is anything.

use crate::money::{Money, MoneyUnit};
use crate::validate::documented::Documented;
use crate::validate::levels::Levels;
use crate::validate::number::{Number, Whole};
use crate::validate::pattern::{Pattern, PatternFeature};
use crate::validate::report::Report;
use crate::validate::rule::{Rule, Unit, UrlFault};
use crate::validate::settings::Setting;
use crate::validate::text::WireText;
use crate::validate::url::{fault_behind, has_host};

#[doc(hidden)]
impl Report<'_> {
    /// `starts`: each of the schemes with `://` behind it.
    #[inline]
    pub fn url<T: WireText + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        schemes: &'static [&'static str],
        starts: &'static [&'static str],
    ) {
        if let Some(text) = value.text()
            && !starts.iter().any(|start| is_url(text, start))
        {
            self.add_url(field, value, schemes, starts);
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

    /// `holds`: whether the field is absent or the same as `other`, its name on the wire.
    #[inline]
    pub fn same_as(&mut self, field: &'static str, holds: bool, other: &'static str) {
        if !holds {
            self.add(field, Rule::SameAs { field: other });
        }
    }

    #[inline]
    pub fn documented<T: Documented + ?Sized>(&mut self, field: &'static str, value: &T) {
        if let Some(actual) = value.undocumented() {
            let is_empty = actual.is_empty();
            self.add_unless_missing(field, is_empty, Rule::Undocumented { actual: Some(actual) });
        }
    }

    /// A number without a unit of its own is in that of the levels.
    #[inline]
    pub fn level<T: Number<Value: Whole> + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        levels: &'static Levels,
    ) {
        if let Some(amount) = value.number() {
            let unit = T::UNIT.and_then(Unit::of_money).unwrap_or(levels.unit);
            self.check_level(field, amount.to_i128(), unit, levels);
        }
    }

    #[inline]
    pub fn level_times<T: Number<Value: Whole> + ?Sized, P: Money>(
        &mut self,
        field: &'static str,
        value: &T,
        levels: &'static Levels,
        price: Setting<P>,
    ) {
        let Some(count) = value.number() else { return };
        match self.settings.get(price) {
            Some(price) => {
                let price = i128::from(price.amount());
                let amount = count.to_i128().and_then(|count| count.checked_mul(price));
                self.check_level(field, amount, P::UNIT, levels);
            }
            None => self.add(field, Rule::SettingMissing { setting: price.name() }),
        }
    }

    fn check_level(
        &mut self,
        field: &'static str,
        amount: Option<i128>,
        unit: &'static MoneyUnit,
        levels: &'static Levels,
    ) {
        let amount = amount.and_then(|amount| i64::try_from(amount).ok());
        if !amount.is_some_and(|amount| levels.contains(amount, unit)) {
            self.add(field, Rule::Level { levels, actual: amount, unit });
        }
    }

    /// Reads the text once more, so that whoever finds it right need not keep it.
    #[cold]
    #[inline(never)]
    fn add_url<T: WireText + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        schemes: &'static [&'static str],
        starts: &'static [&'static str],
    ) {
        let text = value.text().unwrap_or_default();
        let fault = match starts.iter().find_map(|start| behind(text, start)) {
            None => UrlFault::Scheme,
            Some(rest) if has_host(&text.as_bytes()[text.len() - rest.len() - 1..]) => return,
            Some(rest) => fault_behind(rest),
        };
        self.add_unless_missing(field, text.is_empty(), Rule::Url { schemes, fault });
    }

    /// That an empty string is required is all there is to say of it.
    #[cold]
    fn add_unless_missing(&mut self, field: &'static str, is_empty: bool, rule: Rule) {
        if !is_empty || !self.is_missing(field) {
            self.push(field, rule);
        }
    }
}

/// Whether `text` is a URL that begins with `start`, as `https://`.
#[inline]
fn is_url(text: &str, start: &str) -> bool {
    text.starts_with(start) && has_host(&text.as_bytes()[start.len() - 1..])
}

/// What follows the start, as `https://`. Schemes are compared without regard to case (RFC 3986, 3.1).
fn behind<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (found, rest) = text.split_at_checked(start.len())?;
    found.eq_ignore_ascii_case(start).then_some(rest)
}
