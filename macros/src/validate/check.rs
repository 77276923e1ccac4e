//! Refuses what cannot be meant.

use std::cmp::Ordering;

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Ident, LitStr, Member};

use crate::errors::Errors;
use crate::suggest;

use super::attr::{Group, RangeIf, Rule, RuleKind};
use super::condition::{Condition, Literal, Test};
use super::limits::{Bound, End, Limit, Limits};
use super::model::{Field, Item, Struct};
use super::pattern::engine;

/// What an amount can be in.
const UNITS: &[&str] = &["fen", "diamonds"];

pub(crate) fn check(item: &Item<'_>, errors: &mut Errors) {
    for body in item.bodies.iter() {
        check_struct(body, errors);
    }
}

fn check_struct(input: &Struct<'_>, errors: &mut Errors) {
    for group in &input.groups {
        check_group(group, input, errors);
    }
    for field in &input.fields {
        check_rules(&field.rules, errors);
        for condition in field.rules.iter().filter_map(Rule::condition) {
            check_condition(condition, field, input, errors);
        }
        for list in field.rules.iter().filter_map(Rule::summed) {
            check_other(list, "a field cannot be its own sum, name a list", field, input, errors);
        }
        for other in field.rules.iter().filter_map(Rule::twin) {
            check_other(other, "a field is always the same as itself", field, input, errors);
        }
    }
}

/// What can be told of rules without their struct.
pub(crate) fn check_rules(rules: &[Rule], errors: &mut Errors) {
    for (index, rule) in rules.iter().enumerate() {
        let may_repeat =
            matches!(rule.kind, RuleKind::EachIf(_) | RuleKind::RangeIf(_) | RuleKind::Custom(_));
        if !may_repeat && rules[..index].iter().any(|earlier| earlier.name == rule.name) {
            let message = format_args!("`{}` is given twice, leave one out", rule.name);
            errors.at(&rule.name, message);
        }
        check_rule(rule, errors);
    }
}

fn check_rule(rule: &Rule, errors: &mut Errors) {
    match &rule.kind {
        RuleKind::Length(limits) => check_length(limits, errors),
        RuleKind::Range(limits) => check_range(limits, errors),
        RuleKind::RangeIf(range) => check_range_if(range, &rule.name, errors),
        RuleKind::Pattern(pattern) => check_pattern(pattern, errors),
        RuleKind::Url(schemes) => check_url(schemes, errors),
        RuleKind::Each(rules) | RuleKind::Keys(rules) => check_each(&rule.name, rules, errors),
        RuleKind::EachIf(rule) => check_test(&rule.then.test, errors),
        _ => {}
    }
}

fn check_length(limits: &Limits, errors: &mut Errors) {
    for end in limits.ends() {
        if let Bound::Int(limit) = &end.bound {
            check_64_bits(limit, errors);
            if limit.value < 0 {
                errors.at(limit, "a length is never negative");
            }
        }
    }
    check_range(limits, errors);
}

/// That a number fits its type the compiler finds, which knows it.
fn check_range(limits: &Limits, errors: &mut Errors) {
    let (Some(min), Some(max)) = (&limits.min, &limits.max) else { return };
    let (low, high) = (&min.bound, &max.bound);
    let is_exclusive = min.is_exclusive() || max.is_exclusive();
    match low.compare(high) {
        Some(Ordering::Greater) => {
            let high = high.to_token_stream().to_string().replace(' ', "");
            let message = format_args!("`{}` is over `{}`, which is {high}", min.name, max.name);
            errors.at(low, message);
        }
        Some(Ordering::Equal) if is_exclusive => errors.at(low, "no number is in this range"),
        _ if is_between_neighbours(min, max) => errors.at(low, "no number is in this range"),
        _ => {}
    }
}

/// Whole numbers are bounds of whole numbers, and between two neighbours there is none.
fn is_between_neighbours(min: &End, max: &End) -> bool {
    let (Bound::Int(low), Bound::Int(high)) = (&min.bound, &max.bound) else { return false };
    let is_open = min.is_exclusive() && max.is_exclusive();
    is_open && low.value.checked_add(1) == Some(high.value)
}

fn check_range_if(rule: &RangeIf, name: &Ident, errors: &mut Errors) {
    if rule.limits.ends().next().is_none() {
        errors.at(name, "without a limit, add `min = N` or `max = N`");
    }
    if let Some(unit) = rule.unit.as_ref().filter(|unit| !UNITS.iter().any(|known| *unit == known))
    {
        errors.push(suggest::unknown("unit of an amount", unit, UNITS));
    }
    check_range(&rule.limits, errors);
}

fn check_64_bits(limit: &Limit, errors: &mut Errors) {
    if i64::try_from(limit.value).is_err() {
        errors.at(limit, "more than 64 bits hold");
    }
}

fn check_pattern(pattern: &LitStr, errors: &mut Errors) {
    if let Err(message) = engine(&pattern.value()) {
        errors.at(pattern, message);
    }
}

fn check_url(schemes: &[LitStr], errors: &mut Errors) {
    for scheme in schemes.iter().filter(|scheme| !is_scheme(&scheme.value())) {
        errors.at(scheme, "not the scheme of a URL, expected letters only, as `\"https\"`");
    }
}

/// RFC 3986, 3.1.
fn is_scheme(text: &str) -> bool {
    let is_inner = |char: char| char.is_ascii_alphanumeric() || "+-.".contains(char);
    text.starts_with(|char: char| char.is_ascii_alphabetic()) && text.chars().all(is_inner)
}

fn check_each(name: &Ident, rules: &[Rule], errors: &mut Errors) {
    for rule in rules.iter().filter(|rule| rule.is_of_field()) {
        let message =
            format_args!("`{}` is a rule of the field, write it outside `{name}`", rule.name);
        errors.at(&rule.name, message);
    }
    check_rules(rules, errors);
}

fn check_group(group: &Group, input: &Struct<'_>, errors: &mut Errors) {
    if group.fields.len() < 2 {
        let message = format_args!("expected two fields or more, as `{}(a, b)`", group.name);
        errors.at(&group.name, message);
    }
    for (index, name) in group.fields.iter().enumerate() {
        check_known(name, input, errors);
        if group.fields[..index].contains(name) {
            errors.at(name, format_args!("`{name}` is given twice, leave one out"));
        }
    }
}

fn check_condition(
    condition: &Condition,
    field: &Field<'_>,
    input: &Struct<'_>,
    errors: &mut Errors,
) {
    let own = "a field cannot be its own condition, name another one";
    check_other(&condition.field, own, field, input, errors);
    check_test(&condition.test, errors);
}

/// `own`: what to say of a field that names itself.
fn check_other(
    name: &Ident,
    own: &str,
    field: &Field<'_>,
    input: &Struct<'_>,
    errors: &mut Errors,
) {
    check_known(name, input, errors);
    if field.is_named(name) {
        errors.at(name, own);
    }
}

fn check_test(test: &Test, errors: &mut Errors) {
    let (Test::Is(values) | Test::IsNot(values)) = test else { return };
    for (index, value) in values.iter().enumerate() {
        check_value(value, &values[..index], errors);
    }
}

fn check_value(value: &Literal, earlier: &[Literal], errors: &mut Errors) {
    if let Literal::Int(int) = value {
        check_64_bits(int, errors);
    }
    if let Some(first) = earlier.first()
        && first.kind() != value.kind()
    {
        let message = format_args!("{}, but the first value is {}", value.kind(), first.kind());
        errors.at(value, message);
    }
    if earlier.iter().any(|earlier| earlier.is(value)) {
        errors.at(value, "this value is given twice, leave one out");
    }
}

fn check_known(name: &Ident, input: &Struct<'_>, errors: &mut Errors) {
    if input.field(name).is_some() || input.fields.is_empty() {
        return;
    }
    let known: Vec<String> = input.fields.iter().filter_map(rust_name).collect();
    if known.is_empty() {
        return errors.at(name, "the fields have no names that a rule could refer to");
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    errors.push(suggest::unknown("field", name, &known));
}

fn rust_name(field: &Field<'_>) -> Option<String> {
    match &field.member {
        Member::Named(name) => Some(name.unraw().to_string()),
        Member::Unnamed(_) => None,
    }
}

impl Rule {
    pub(crate) fn condition(&self) -> Option<&Condition> {
        match &self.kind {
            RuleKind::RequiredIf(condition) | RuleKind::ForbiddenIf(condition) => Some(condition),
            RuleKind::EachIf(rule) => Some(&rule.when),
            RuleKind::RangeIf(rule) => Some(&rule.when),
            _ => None,
        }
    }

    /// The list that the field is the sum of.
    pub(crate) fn summed(&self) -> Option<&Ident> {
        match &self.kind {
            RuleKind::Sum(sum) => Some(&sum.list),
            _ => None,
        }
    }

    /// The field that this one is the same as.
    pub(crate) fn twin(&self) -> Option<&Ident> {
        match &self.kind {
            RuleKind::SameAs(other) => Some(other),
            _ => None,
        }
    }

    /// Whether the rule is about the field, and not about what it holds.
    fn is_of_field(&self) -> bool {
        self.condition().is_some()
            || matches!(self.kind, RuleKind::Sum(_) | RuleKind::SameAs(_) | RuleKind::Secret)
    }
}

impl Literal {
    fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "a bool",
            Self::Int(_) => "a number",
            Self::Text(_) => "a string",
        }
    }

    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bool(one), Self::Bool(two)) => one.value == two.value,
            (Self::Int(one), Self::Int(two)) => one.value == two.value,
            (Self::Text(one), Self::Text(two)) => one.value() == two.value(),
            _ => false,
        }
    }
}
