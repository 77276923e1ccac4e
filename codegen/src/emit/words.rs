//! What an item is, its rules, default and version in words, each a sentence.

use super::markdown::code;
use super::{doc, lifecycle};
use crate::ir::{
    Bound, Condition, ConstantField, Field, Integer, Limits, Measure, Place, Presence, Rule,
    Scalar, Test, Text, Type, UnionVariant, Variant,
};

/// What a field is, and what is to be known of it.
pub(super) fn describe_field(field: &Field) -> Vec<String> {
    let place = describe_place(field);
    let null = describe_null(field.presence);
    let rules = field.rules.iter().filter_map(|rule| describe_rule(rule, &field.ty));
    let default = field.default.as_ref().map(describe_default);
    let since = describe_since(field.since.as_deref());
    let about = doc::text(&field.doc).into_iter().chain(place).chain(null);
    let deprecated = lifecycle::describe_part(&field.deprecated);
    about.chain(rules).chain(default).chain(since).chain(deprecated).collect()
}

/// Where it goes, if its name does not say so.
fn describe_place(field: &Field) -> Option<String> {
    match field.place {
        Place::Header => Some(format!("Sent as the header {}.", code(&field.wire))),
        Place::ResponseHeader => Some(format!("The header {}.", code(&field.wire))),
        Place::WholeBody => Some("The whole body.".to_owned()),
        Place::Rest => Some("All keys that have no field.".to_owned()),
        Place::Body | Place::Part | Place::Query | Place::Path => None,
    }
}

fn describe_null(presence: Presence) -> Option<String> {
    let sentence = match presence {
        Presence::Required | Presence::Optional => return None,
        Presence::Expected => "Documented as required.",
        Presence::Nullable => "Always there, and may be `null`.",
        Presence::OptionalNullable => "`None` if left out, `Some(None)` for `null`.",
    };
    Some(sentence.to_owned())
}

pub(super) fn describe_variant(variant: &Variant) -> Vec<String> {
    let default = variant.default.then(|| "The default.".to_owned());
    let since = describe_since(variant.since.as_deref());
    let deprecated = lifecycle::describe_part(&variant.deprecated);
    doc::text(&variant.doc).into_iter().chain(default).chain(since).chain(deprecated).collect()
}

/// What a kind of objects is, or what it is known by.
pub(super) fn describe_kind(variant: &UnionVariant) -> Vec<String> {
    let value = format!("{}.", describe_scalar(&variant.value));
    vec![doc::text(&variant.doc).unwrap_or(value)]
}

pub(super) fn describe_since(since: Option<&str>) -> Option<String> {
    since.map(|since| format!("Since {since}."))
}

pub(super) fn describe_text(text: &Text) -> Vec<String> {
    let rules = text.rules.iter().filter_map(|rule| describe_rule(rule, &Type::String));
    [doc::text_or_name(&text.doc, &text.wire)].into_iter().chain(rules).collect()
}

/// What the type of the field does not say already.
fn describe_rule(rule: &Rule, ty: &Type) -> Option<String> {
    let sentence = match rule {
        Rule::Required | Rule::Documented | Rule::Nested => return None,
        Rule::Bounds { of: Measure::Range, limits } => describe_limits(limits, [&unit(ty); 2]),
        Rule::Bounds { of, limits } => describe_limits(limits, units(*of, ty)),
        Rule::RangeIf { when, limits, unit } => {
            let money = unit.as_ref().map(|unit| format!(" {}", unit.many));
            let unit = money.unwrap_or_else(|| self::unit(ty));
            let sentence = describe_limits(limits, [&unit; 2]);
            let sentence = sentence.trim_end_matches('.');
            format!("{sentence} if {}.", describe_condition(when))
        }
        Rule::Pattern(pattern) => format!("Matches {}.", code(pattern)),
        Rule::Url(schemes) => format!("A URL that begins with {}.", list_schemes(schemes)),
        Rule::Level { of, times } => describe_level(of, times.as_deref()),
        Rule::RequiredIf(condition) => format!("Required if {}.", describe_condition(condition)),
        Rule::ForbiddenIf(condition) => {
            format!("Not allowed if {}.", describe_condition(condition))
        }
        Rule::EachIf { when, then, .. } => {
            let (when, then) = (describe_condition(when), describe_condition(then));
            format!("If {when}, then {then} in each item.")
        }
        Rule::Sum { list, field, .. } => {
            format!("The sum of {}, if that is given.", code(&format!("{list}[].{field}")))
        }
        Rule::Each(rules) => return describe_each(rules, ty),
    };
    Some(sentence)
}

/// `units` for one and for several.
fn describe_limits(limits: &Limits, units: [&str; 2]) -> String {
    let unit = |count: &Bound| units[usize::from(*count != Bound::Whole(1))];
    match limits {
        Limits::Between { min, max } if min == max => format!("Exactly {max}{}.", unit(max)),
        Limits::Between { min, max } => format!("From {min} to {max}{}.", unit(max)),
        Limits::AtLeast(min) => format!("At least {min}{}.", unit(min)),
        Limits::AtMost(max) => format!("At most {max}{}.", unit(max)),
    }
}

/// What one and several are called.
fn units(of: Measure, ty: &Type) -> [&'static str; 2] {
    match of {
        Measure::Bytes if *ty == Type::File => [" byte", " bytes"],
        Measure::Bytes => [" byte of UTF-8", " bytes of UTF-8"],
        Measure::Chars => [" character", " characters"],
        Measure::Utf16 => [" UTF-16 unit", " UTF-16 units"],
        Measure::Items => [" item", " items"],
        Measure::Range => [""; 2],
    }
}

/// What a number is counted in.
fn unit(ty: &Type) -> String {
    match ty {
        Type::Money(money) => format!(" {}", money.many),
        Type::Number(Integer::UnixMillis | Integer::Millis) => " ms".to_owned(),
        Type::Number(Integer::UnixSeconds | Integer::Seconds) => " s".to_owned(),
        _ => String::new(),
    }
}

fn list_schemes(schemes: &[String]) -> String {
    let schemes = schemes.iter().map(|scheme| code(&format!("{scheme}://")));
    schemes.collect::<Vec<_>>().join(" or ")
}

fn describe_level(of: &str, times: Option<&str>) -> String {
    let of = link_constant(of);
    match times.map(link_constant) {
        Some(times) => format!("Times {times} it is one of {of}."),
        None => format!("One of {of}."),
    }
}

fn link_constant(name: &str) -> String {
    format!("[`{name}`](super::platform::{name})")
}

fn describe_condition(condition: &Condition) -> String {
    let field = code(&condition.field);
    match &condition.test {
        Test::Is(values) => format!("{field} is {}", list_values(values)),
        Test::IsNot(values) => format!("{field} is not {}", list_values(values)),
        Test::Present => format!("{field} is given"),
        Test::Absent => format!("{field} is not given"),
    }
}

fn list_values(values: &[Scalar]) -> String {
    values.iter().map(describe_scalar).collect::<Vec<_>>().join(" or ")
}

/// A key that always has the same value, and what is to be known of it.
pub(super) fn describe_constant(constant: &ConstantField) -> String {
    let value = describe_scalar(&constant.value);
    let is = format!("{} is always {value}.", code(&constant.wire));
    [is].into_iter().chain(doc::describe(&constant.doc)).collect::<Vec<_>>().join(" ")
}

fn describe_default(default: &Scalar) -> String {
    format!("Default: {}.", describe_scalar(default))
}

fn describe_scalar(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Bool(value) => format!("`{value}`"),
        Scalar::Int(value) => value.to_string(),
        Scalar::String(value) => code(&format!("{value:?}")),
    }
}

fn describe_each(rules: &[Rule], ty: &Type) -> Option<String> {
    let of = match ty {
        Type::List(of) | Type::Map(of) => match &**of {
            Type::Nullable(of) => of,
            of => of,
        },
        other => other,
    };
    let rules: Vec<String> = rules.iter().filter_map(|rule| describe_rule(rule, of)).collect();
    (!rules.is_empty()).then(|| format!("Each: {}", rules.join(" ")))
}
