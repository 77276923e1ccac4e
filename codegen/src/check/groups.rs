//! Rules over several fields can be kept.

use crate::diagnostic::Diagnostics;
use crate::outline::Object;
use crate::source::{Located, is_set};
use crate::spec::{Condition, Field, Group};
use crate::symbols;

use super::{Scope, conditions};

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>, object: &Object<'_>) {
    for group in &object.groups.items {
        let Some(names) = check_kind(diagnostics, group) else { continue };
        check_names(diagnostics, object, names);
        check_forbidden_together(diagnostics, scope, object, names);
        if !group.value.exactly_one_of.is_empty() {
            check_required_together(diagnostics, scope, object, names);
        }
    }
}

fn check_kind<'a>(
    diagnostics: &mut Diagnostics,
    group: &'a Located<Group>,
) -> Option<&'a [Located<String>]> {
    let Group { exactly_one_of, at_least_one_of, .. } = &group.value;
    match (exactly_one_of.as_slice(), at_least_one_of.as_slice()) {
        ([], []) => {
            diagnostics
                .error(group.span, "bad-group", "a group without fields")
                .help("give `exactly_one_of` or `at_least_one_of`");
            None
        }
        ([], names) | (names, []) => Some(names),
        (_, [second, ..]) => {
            diagnostics
                .error(second.span, "bad-group", "a group of two kinds")
                .help("make two groups of it");
            None
        }
    }
}

fn check_names(diagnostics: &mut Diagnostics, object: &Object<'_>, names: &[Located<String>]) {
    if let [only] = names {
        diagnostics
            .error(only.span, "bad-group", "a group of one field")
            .help("write `required: true` on the field");
    }
    for (index, name) in names.iter().enumerate() {
        if names[..index].iter().any(|earlier| earlier.value == name.value) {
            diagnostics
                .error(name.span, "bad-group", format_args!("`{name}` is given twice"))
                .help("name each field of the group once");
            continue;
        }
        match field(object, name) {
            None if object.fields.whole => {
                let known = object.fields.items.iter().map(|field| field.name.as_str());
                symbols::report_unknown(diagnostics, "field", name, known);
            }
            Some(field) if field.shape.ty.value == "function" => {
                conditions::report_function(diagnostics, name);
            }
            Some(field) if is_set(&field.required) => {
                diagnostics
                    .error(
                        name.span,
                        "contradiction",
                        format_args!("`{name}` is required by itself"),
                    )
                    .help("remove `required` from the field, or the field from the group");
            }
            _ => {}
        }
    }
}

/// A group of which none may be given under some condition cannot be kept then.
fn check_forbidden_together(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    object: &Object<'_>,
    names: &[Located<String>],
) {
    let forbidden: Vec<&Condition> = names
        .iter()
        .filter_map(|name| field(object, name))
        .filter_map(|field| field.forbidden_if.as_ref())
        .collect();
    if forbidden.len() == names.len() && conditions::together(scope, object, &forbidden) {
        let Some(last) = names.last() else { return };
        diagnostics
            .error(last.span, "contradiction", "all fields of the group can be forbidden at once")
            .help(format_args!(
                "then none can be given; see the conditions on `{}`",
                forbidden[0].field
            ));
    }
}

/// Two fields of which only one may be given must not both be required.
fn check_required_together(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    object: &Object<'_>,
    names: &[Located<String>],
) {
    let condition = |name: &Located<String>| field(object, name)?.required_if.as_ref();
    for (index, name) in names.iter().enumerate() {
        let Some(mine) = condition(name) else { continue };
        let clashes = |other: &&Located<String>| {
            condition(other)
                .is_some_and(|other| conditions::together(scope, object, &[mine, other]))
        };
        let follows = |other: &&Located<String>| {
            mine.field.value == other.value && conditions::needs_presence(mine)
        };
        let before = names[..index].iter().find(clashes);
        if let Some(other) = before.or_else(|| names.iter().find(follows)) {
            let message = format_args!("`{other}` and `{name}` can be required together");
            diagnostics
                .error(name.span, "contradiction", message)
                .help("only one of the group may be given; see their `required_if`");
        }
    }
}

fn field<'a>(object: &Object<'a>, name: &Located<String>) -> Option<&'a Field> {
    object.fields.items.iter().find(|field| field.name.value == name.value)
}
