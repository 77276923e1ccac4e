//! Refuses rules that cannot be meant.

use std::cmp::Ordering;

use quote::ToTokens;
use syn::{Ident, LitStr};

use super::pattern::engine;
use super::{Bound, End, Limit, Limits, Literal, RangeIf, Rule, RuleKind, Test};
use crate::errors::Errors;

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

pub(crate) fn check_test(test: &Test, errors: &mut Errors) {
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
