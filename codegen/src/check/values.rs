//! Which values a shape can have; asked by defaults and conditions.

use std::cmp::Ordering;
use std::fmt::Display;

use crate::ir::{Integer, Measure};
use crate::model::{Item, Level, Limit, Model, Shape, Type};
use crate::source::{Bound, Scalar};
use crate::spec::{Enum, Limits, Range, Unit};

use super::pattern;

/// Why a value cannot be one of the shape's, and what could; nothing if it can.
pub(super) fn objection(model: &Model<'_>, shape: &Shape<'_>, value: &Scalar) -> Option<String> {
    match (&shape.ty, value) {
        (Type::String, Scalar::String(text)) => {
            shape.limits.iter().find_map(|limit| text_objection(limit, text))
        }
        (Type::Number(Integer::Unsigned), Scalar::Int(..0)) => {
            Some("a `u64` is 0 or more".to_owned())
        }
        (Type::Number(_), Scalar::Int(number)) => {
            shape.limits.iter().find_map(|limit| number_objection(model, limit, None, *number))
        }
        (Type::Money(unit), Scalar::Int(number)) => {
            let unit = Some(*unit);
            shape.limits.iter().find_map(|limit| number_objection(model, limit, unit, *number))
        }
        (Type::Bool, Scalar::Bool(_)) | (Type::Error, _) => None,
        (Type::Decimal(_) | Type::Date | Type::DateTime, _) => Some(format!(
            "a value of the type `{}` is not compared; say it in a note",
            shape.written
        )),
        (Type::Json, _) => Some("what a `json` holds is not known".to_owned()),
        (Type::Enum(item), value) => enum_objection(item.spec, value),
        (Type::Text(text), value) => objection(model, &model[*text].shape, value),
        _ => Some(format!("it is not of the type `{}`", shape.written)),
    }
}

fn text_objection(limit: &Limit<'_>, text: &str) -> Option<String> {
    match limit {
        Limit::Bounds { of, bounds } => {
            let (length, what) = match of {
                Measure::Bytes => (text.len(), "its length in bytes"),
                Measure::Chars => (text.chars().count(), "its length in characters"),
                Measure::Utf16 => (text.encode_utf16().count(), "its length in UTF-16 units"),
                Measure::Items | Measure::Range => return None,
            };
            outside(&bounds.value, i64::try_from(length).unwrap_or(i64::MAX), what)
        }
        Limit::Pattern(pattern) => {
            // One that is none has been reported where it stands.
            let whole = pattern::compile(&pattern.value).ok()?;
            (!whole.is_match(text)).then(|| format!("it does not match {pattern}"))
        }
        Limit::Url(schemes) => {
            let has = |scheme: &str| {
                text.strip_prefix(scheme).is_some_and(|rest| rest.starts_with("://"))
            };
            let schemes: Vec<&str> = schemes.iter().map(|scheme| scheme.as_str()).collect();
            let is_one = schemes.iter().any(|scheme| has(scheme));
            (!is_one).then(|| format!("it does not begin with {}://", schemes.join(":// or ")))
        }
        Limit::Range(_) | Limit::Level(_) => None,
    }
}

fn number_objection(
    model: &Model<'_>,
    limit: &Limit<'_>,
    unit: Option<Item<'_, Unit>>,
    number: i64,
) -> Option<String> {
    match limit {
        Limit::Range(range) => outside_range(&range.value, number),
        Limit::Level(level) => level_objection(model, level, unit?, number),
        _ => None,
    }
}

/// What is multiplied by a setting first can be no level by itself.
fn level_objection(
    model: &Model<'_>,
    level: &Level<'_>,
    unit: Item<'_, Unit>,
    number: i64,
) -> Option<String> {
    if level.times.is_some() {
        return None;
    }
    let levels = level.levels.ok()?;
    let of_levels = model.money.of_levels(levels.name.as_str())?;
    let worth = |unit: Item<'_, Unit>, amount: i64| {
        let (_, rate) = model.money.base(unit);
        i128::from(amount).checked_mul(i128::from(rate))
    };
    let amount = worth(unit, number);
    let mut values = levels.spec.values.iter();
    let is_one = values.any(|value| worth(of_levels, value.value) == amount);
    (!is_one).then(|| format!("it is not one of the levels `{}`", level.spec.of))
}

fn outside_range(Range { min, max }: &Range, number: i64) -> Option<String> {
    let number = Bound::from(number);
    let below = min.as_ref().filter(|min| number.compare(&min.value) == Ordering::Less);
    let above = max.as_ref().filter(|max| number.compare(&max.value) == Ordering::Greater);
    explain(below, above, "it")
}

fn outside(limits: &Limits, number: i64, what: &str) -> Option<String> {
    let below = limits.min.as_ref().filter(|min| number < min.value);
    let above = limits.max.as_ref().filter(|max| number > max.value);
    explain(below, above, what)
}

fn explain(below: Option<impl Display>, above: Option<impl Display>, what: &str) -> Option<String> {
    match (below, above) {
        (Some(min), _) => Some(format!("{what} is below the lowest allowed, {min}")),
        (_, Some(max)) => Some(format!("{what} is above the highest allowed, {max}")),
        _ => None,
    }
}

fn enum_objection(item: &Enum, value: &Scalar) -> Option<String> {
    let known = |documented: &crate::spec::Value| {
        documented.value.value == *value
            || documented.aliases.iter().any(|alias| alias.value == *value)
    };
    if !item.values.whole || item.values.iter().any(known) {
        return None;
    }
    let values: Vec<String> = item.values.iter().map(|value| value.value.to_string()).collect();
    Some(format!("the documented values are {}", values.join(", ")))
}
