//! Refuses what cannot be meant of the fields of a struct together.

use syn::ext::IdentExt;
use syn::{Ident, Member};

use super::{Field, Group, Item, Struct};
use crate::errors::{Errors, unknown_name};
use crate::rules::{Condition, Rule, check_rules, check_test};

pub(super) fn check(item: &Item<'_>, errors: &mut Errors) {
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

fn check_group(group: &Group, input: &Struct<'_>, errors: &mut Errors) {
    if group.fields.len() < 2 {
        let message = format_args!("expected two fields or more, as `{}(a, b)`", group.name);
        errors.at(&group.name, message);
    }
    for (index, name) in group.fields.iter().enumerate() {
        check_known(name, input, errors);
        if group.fields[..index].contains(name) {
            errors.at(name, format_args!("`{name}` is given twice, remove one"));
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

fn check_known(name: &Ident, input: &Struct<'_>, errors: &mut Errors) {
    if input.field(name).is_some() || input.fields.is_empty() {
        return;
    }
    let known: Vec<String> = input.fields.iter().filter_map(rust_name).collect();
    if known.is_empty() {
        return errors.at(name, "a rule needs named fields to refer to");
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    errors.push(unknown_name("field", name, &known));
}

fn rust_name(field: &Field<'_>) -> Option<String> {
    match &field.member {
        Member::Named(name) => Some(name.unraw().to_string()),
        Member::Unnamed(_) => None,
    }
}
