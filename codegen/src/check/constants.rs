//! A constant is a value of its type, and has nothing that only a field with several values has.

use crate::diagnostic::Diagnostics;
use crate::model::{Field, Model};
use crate::source::{Located, Span};
use crate::spec::{self, Place};

use super::values;

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, field: &Field<'_>) {
    let (spec, name) = (field.spec, &field.spec.name);
    let Some(constant) = &spec.constant else { return };
    if let Some(objection) = values::objection(model, &field.shape, &constant.value) {
        diagnostics
            .error(constant.span, "bad-constant", format_args!("`{name}` cannot be {constant}"))
            .help(objection);
    }
    if let Some((key, span)) = needless_key(spec) {
        diagnostics
            .error(span, "contradiction", format_args!("a constant has no `{key}`"))
            .help(format_args!("remove `{key}`; a constant is always written and is not a field"));
    }
    if matches!(spec.place(), Some(Place::Path | Place::WholeBody)) {
        diagnostics
            .error(
                constant.span,
                "bad-constant",
                format_args!("`{name}` is neither a key nor a header"),
            )
            .help("write a constant part of a path in the path itself; a body is a field");
    }
}

/// What is said of a constant that only a field can have.
fn needless_key(spec: &spec::Field) -> Option<(&'static str, Span)> {
    let flag = |flag: &Option<Located<bool>>| flag.as_ref().map(|flag| flag.span);
    let when = |condition: Option<&spec::Condition>| condition.map(|it| it.field.span);
    let keys = [
        ("rust", spec.rust.as_ref().map(|rust| rust.span)),
        ("nullable", flag(&spec.nullable)),
        ("essential", flag(&spec.essential)),
        ("secret", flag(&spec.shape.secret)),
        ("default", spec.default.as_ref().map(|default| default.span)),
        ("since", spec.since.as_ref().map(|since| since.span)),
        ("required_if", when(spec.required_if.as_ref())),
        ("forbidden_if", when(spec.forbidden_if.as_ref())),
        ("range_if", when(spec.range_if.first().map(|rule| &rule.when))),
        ("items_if", when(spec.items_if.first().map(|rule| &rule.when))),
        ("sum", spec.sum.as_ref().map(|sum| sum.of.span)),
        ("required", flag(&spec.required)),
    ];
    keys.into_iter().find_map(|(key, span)| Some((key, span?)))
}
