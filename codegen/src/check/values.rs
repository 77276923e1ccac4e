//! Which values a shape can have; asked by defaults and conditions.

use crate::builtin::Builtin;
use crate::source::Scalar;
use crate::spec::{Enum, Limits, MoneyUnit, Shape};
use crate::symbols::Item;

use super::{Scope, pattern};

/// Why a value cannot be one of the shape's, and what could; nothing if it can.
pub(super) fn objection(scope: &Scope<'_>, shape: &Shape, value: &Scalar) -> Option<String> {
    match (Builtin::parse(&shape.ty.value), value) {
        (Some(Builtin::String), Scalar::String(text)) => (length_objection(shape, text)
            .or_else(|| pattern_objection(shape, text)))
        .or_else(|| url_objection(shape, text)),
        (Some(builtin), Scalar::Int(number)) if builtin.is_number() => {
            let range = shape.range.as_ref();
            (range.and_then(|range| outside(&range.value, *number, "it")))
                .or_else(|| level_objection(scope, shape, builtin, *number))
        }
        (Some(Builtin::Bool), Scalar::Bool(_)) => None,
        (Some(Builtin::Json), _) => Some("what a `json` holds is not known".to_owned()),
        (Some(_), _) => Some(format!("it is no `{}`", shape.ty)),
        (None, _) => match scope.symbols.item(scope.domain, shape.ty.as_str()) {
            Some(Item::Enum(item)) => enum_objection(item, value),
            Some(Item::Type(def)) => objection(scope, &def.shape, value),
            Some(Item::Broken) | None => None,
        },
    }
}

fn length_objection(shape: &Shape, text: &str) -> Option<String> {
    let lengths = [
        (&shape.bytes, text.len(), "its length in bytes"),
        (&shape.chars, text.chars().count(), "its length in characters"),
        (&shape.utf16, text.encode_utf16().count(), "its length in UTF-16 units"),
    ];
    lengths.into_iter().find_map(|(limits, length, what)| {
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        limits.as_ref().and_then(|limits| outside(&limits.value, length, what))
    })
}

/// A pattern that is none has been reported where it stands.
fn pattern_objection(shape: &Shape, text: &str) -> Option<String> {
    let pattern = shape.pattern.as_ref()?;
    let whole = pattern::compile(&pattern.value).ok()?;
    (!whole.is_match(text)).then(|| format!("it does not match {pattern}"))
}

fn url_objection(shape: &Shape, text: &str) -> Option<String> {
    let has = |scheme: &str| text.strip_prefix(scheme).is_some_and(|rest| rest.starts_with("://"));
    let schemes: Vec<&str> = shape.url.iter().map(|scheme| scheme.as_str()).collect();
    let is_one = schemes.is_empty() || schemes.iter().any(|scheme| has(scheme));
    (!is_one).then(|| format!("it does not begin with {}://", schemes.join(":// or ")))
}

/// What is multiplied by a setting first can be no level by itself.
fn level_objection(
    scope: &Scope<'_>,
    shape: &Shape,
    builtin: Builtin,
    number: i64,
) -> Option<String> {
    let level = shape.level.as_ref().filter(|level| level.times.is_none())?;
    let levels = scope.symbols.levels.get(level.of.as_str())?;
    let cents = |unit: bool, amount: i64| if unit { amount.checked_mul(100) } else { Some(amount) };
    let amount = cents(builtin == Builtin::Yuan, number);
    let is_yuan = levels.unit.value == MoneyUnit::Yuan;
    let is_one = levels.values.iter().any(|value| cents(is_yuan, value.value) == amount);
    (!is_one).then(|| format!("it is not one of the levels `{}`", level.of))
}

fn outside(limits: &Limits, number: i64, what: &str) -> Option<String> {
    let below = limits.min.as_ref().filter(|min| number < min.value);
    let above = limits.max.as_ref().filter(|max| number > max.value);
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
