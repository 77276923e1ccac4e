//! Rules over several fields can be kept.

use crate::diagnostic::Diagnostics;
use crate::outline::Object;
use crate::source::{Located, Scalar};
use crate::spec::{Condition, Field, Group};
use crate::symbols;

pub(super) fn check(diagnostics: &mut Diagnostics, object: &Object<'_>) {
    for group in &object.groups.items {
        let Some(names) = check_kind(diagnostics, object, group) else { continue };
        check_names(diagnostics, object, names);
        if !group.exactly_one_of.is_empty() {
            check_required_together(diagnostics, object, names);
        }
    }
}

fn check_kind<'a>(
    diagnostics: &mut Diagnostics,
    object: &Object<'_>,
    group: &'a Group,
) -> Option<&'a [Located<String>]> {
    match (group.exactly_one_of.as_slice(), group.at_least_one_of.as_slice()) {
        ([], []) => {
            diagnostics
                .error(object.span, "bad-group", "a group without fields")
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
            diagnostics.error(name.span, "bad-group", format_args!("`{name}` is given twice"));
        }
        match field(object, name) {
            None if object.fields.whole => {
                let known = object.fields.items.iter().map(|field| field.name.as_str());
                symbols::report_unknown(diagnostics, "field", name, known);
            }
            Some(field) if is_required(field) => {
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

/// Two fields of which only one may be given must not both be required by one condition.
fn check_required_together(
    diagnostics: &mut Diagnostics,
    object: &Object<'_>,
    names: &[Located<String>],
) {
    let condition =
        |name: &Located<String>| field(object, name).and_then(|field| field.required_if.as_ref());
    for (index, name) in names.iter().enumerate() {
        let Some(mine) = condition(name) else { continue };
        let same = |earlier: &&Located<String>| {
            condition(earlier).is_some_and(|other| is_same(mine, other))
        };
        if let Some(other) = names[..index].iter().find(same) {
            let message = format_args!("`{other}` and `{name}` are required together");
            diagnostics
                .error(name.span, "contradiction", message)
                .help("only one of the group may be given");
        }
    }
}

fn field<'a>(object: &Object<'a>, name: &Located<String>) -> Option<&'a Field> {
    object.fields.items.iter().find(|field| field.name.value == name.value)
}

fn is_required(field: &Field) -> bool {
    field.required.as_ref().is_some_and(|required| required.value)
}

fn is_same(a: &Condition, b: &Condition) -> bool {
    let values = |list: &[Located<Scalar>]| -> Vec<Scalar> {
        list.iter().map(|value| value.value.clone()).collect()
    };
    let present = |condition: &Condition| condition.present.as_ref().map(|present| present.value);
    a.field.value == b.field.value
        && values(&a.is) == values(&b.is)
        && values(&a.is_not) == values(&b.is_not)
        && present(a) == present(b)
}
