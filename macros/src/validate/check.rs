//! Refuses what cannot be meant.

use regex_lite::Regex;
use syn::ext::IdentExt;
use syn::{Ident, LitStr, Member};

use crate::errors::Errors;
use crate::suggest;

use super::attr::{Group, Rule, RuleKind};
use super::condition::{Condition, Literal, Test};
use super::limits::{Limit, Limits};
use super::model::{Field, Struct};

pub(crate) fn check(input: &Struct<'_>, errors: &mut Errors) {
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
    }
}

/// What can be told of rules without their struct.
pub(crate) fn check_rules(rules: &[Rule], errors: &mut Errors) {
    for (index, rule) in rules.iter().enumerate() {
        let may_repeat = matches!(rule.kind, RuleKind::EachIf(_));
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
        RuleKind::Pattern(pattern) => check_pattern(pattern, errors),
        RuleKind::Url(schemes) => check_url(schemes, errors),
        RuleKind::Each(rules) => check_each(rules, errors),
        RuleKind::EachIf(rule) => check_test(&rule.then.test, errors),
        _ => {}
    }
}

fn check_length(limits: &Limits, errors: &mut Errors) {
    for limit in limits.ends().filter(|limit| limit.value < 0) {
        errors.at(limit, "a length is never negative");
    }
    check_range(limits, errors);
}

fn check_range(limits: &Limits, errors: &mut Errors) {
    limits.ends().for_each(|limit| check_64_bits(limit, errors));
    if let (Some(min), Some(max)) = (&limits.min, &limits.max)
        && min.value > max.value
    {
        errors.at(min, format_args!("`min` is over `max`, which is {}", max.value));
    }
}

fn check_64_bits(limit: &Limit, errors: &mut Errors) {
    if i64::try_from(limit.value).is_err() {
        errors.at(limit, "more than 64 bits hold");
    }
}

fn check_pattern(pattern: &LitStr, errors: &mut Errors) {
    let text = pattern.value();
    // The second is what the runtime compiles.
    let compiled = Regex::new(&text).and_then(|_| Regex::new(&format!(r"\A(?:{text})\z")));
    let Err(error) = compiled else { return };
    // What closes the group is then part of the comment.
    if Regex::new(&text).is_ok() && Regex::new(&format!("(?:{text}\n)")).is_ok() {
        errors.at(pattern, "the pattern ends in a comment, end it with a line break or remove it");
    } else {
        errors.at(pattern, format_args!("bad regular expression: {error}"));
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

fn check_each(rules: &[Rule], errors: &mut Errors) {
    for rule in rules.iter().filter(|rule| rule.is_of_field()) {
        let message =
            format_args!("`{}` is a rule of the field, write it outside `each`", rule.name);
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

    /// Whether the rule is about the field, and not about what it holds.
    fn is_of_field(&self) -> bool {
        self.condition().is_some() || matches!(self.kind, RuleKind::Sum(_) | RuleKind::Secret)
    }
}

impl Limits {
    fn ends(&self) -> impl Iterator<Item = &Limit> {
        self.min.iter().chain(&self.max)
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
