//! Rules that tie a list to the object that it is in are about what is there.

use crate::builtin::Builtin;
use crate::diagnostic::Diagnostics;
use crate::outline::Object;
use crate::source::{List, Located};
use crate::spec::{Field, ItemsIf, Sum};
use crate::symbols;

use super::inside::{is_unclear, item_fields_of};
use super::{Scope, conditions};

pub(super) fn check(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    object: &Object<'_>,
    field: &Field,
) {
    for rule in field.items_if.iter() {
        check_items_if(diagnostics, scope, object, field, rule);
    }
    if let Some(sum) = &field.sum {
        check_sum(diagnostics, scope, object, field, sum);
    }
}

fn check_items_if(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    object: &Object<'_>,
    field: &Field,
    rule: &ItemsIf,
) {
    conditions::check_condition(diagnostics, scope, object.fields, Some(field), &rule.when);
    let items = find_items(diagnostics, scope, field, &rule.then.field);
    let Some((scope, fields)) = items else { return };
    conditions::check_condition(diagnostics, &scope, fields, None, &rule.then);
}

fn check_sum(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    object: &Object<'_>,
    field: &Field,
    sum: &Sum,
) {
    let ty = &field.shape.ty;
    if !Builtin::parse(ty.as_str()).is_some_and(Builtin::is_number) {
        diagnostics
            .error(sum.of.span, "bad-sum", format_args!("a `{ty}` is no sum"))
            .help("`sum` stands on a number");
        return;
    }
    let Some(list) = find(diagnostics, object.fields, &sum.of) else { return };
    let Some((_, fields)) = find_items(diagnostics, scope, list, &sum.of) else { return };
    let Some(part) = find(diagnostics, fields, &sum.field) else { return };
    if part.shape.ty.value != ty.value {
        let message = format_args!("a sum of `{}` is no `{ty}`", part.shape.ty);
        diagnostics
            .error(sum.field.span, "bad-sum", message)
            .help(format_args!("`{}` and `{}` are of one type", sum.field, field.name));
    }
}

fn find<'a>(
    diagnostics: &mut Diagnostics,
    fields: &'a List<Field>,
    name: &Located<String>,
) -> Option<&'a Field> {
    let found = fields.iter().find(|field| field.name.value == name.value);
    if found.is_none() && fields.whole {
        let known = fields.iter().map(|field| field.name.as_str());
        symbols::report_unknown(diagnostics, "field", name, known);
    }
    found
}

/// The fields of a list's items. `place`: where the rule says what it wants of them.
fn find_items<'a>(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'a>,
    field: &'a Field,
    place: &Located<String>,
) -> Option<(Scope<'a>, &'a List<Field>)> {
    let found = item_fields_of(scope, &field.shape);
    if found.is_none() && !is_unclear(scope, &field.shape) {
        let message = format_args!("`{}` is no list of objects", field.name);
        diagnostics
            .error(place.span, "misplaced-rule", message)
            .help("a rule on items is for a `list` whose `of` is an `object`");
    }
    found
}
