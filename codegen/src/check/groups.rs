//! Rules over several fields can be kept.

use crate::diagnostic::Diagnostics;
use crate::model::{Condition, Field, FieldUse, GroupRule, Model, Object, Type};

use super::{conditions, each_once};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, object: &Object<'_>) {
    for group in &object.groups {
        let uses = match &group.rule {
            GroupRule::ExactlyOneOf(uses) | GroupRule::AtLeastOneOf(uses) => uses,
            GroupRule::Error => continue,
        };
        check_fields(diagnostics, model, uses);
        check_forbidden_together(diagnostics, model, uses);
        if let GroupRule::ExactlyOneOf(uses) = &group.rule {
            check_required_together(diagnostics, model, uses);
        }
    }
}

fn check_fields(diagnostics: &mut Diagnostics, model: &Model<'_>, uses: &[FieldUse<'_>]) {
    if let [only] = uses {
        diagnostics
            .error(only.name.span, "bad-group", "a group of one field")
            .help("write `required: true` on the field");
    }
    let help = "name each field of the group once";
    for used in each_once(diagnostics, uses, "bad-group", help) {
        let name = used.name;
        let Some(field) = field(model, used) else { continue };
        if matches!(field.shape.ty, Type::Function) {
            conditions::report_function(diagnostics, name);
        } else if field.spec.is_required() {
            let key = field.spec.required_by();
            diagnostics
                .error(name.span, "contradiction", format_args!("`{name}` is required by itself"))
                .help(format_args!("remove `{key}` from the field, or the field from the group"));
        }
    }
}

/// A group of which none may be given under some condition cannot be kept then.
fn check_forbidden_together(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    uses: &[FieldUse<'_>],
) {
    let fields = uses.iter().filter_map(|used| field(model, used));
    let forbidden: Vec<&Condition<'_>> =
        fields.filter_map(|field| field.forbidden_if.as_ref()).collect();
    if forbidden.len() == uses.len() && conditions::together(model, &forbidden) {
        let Some(last) = uses.last() else { return };
        diagnostics
            .error(
                last.name.span,
                "contradiction",
                "all fields of the group can be forbidden at once",
            )
            .help(format_args!(
                "then none can be given; see the conditions on `{}`",
                forbidden[0].on.name
            ));
    }
}

/// Two fields of which only one may be given must not both be required.
fn check_required_together(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    uses: &[FieldUse<'_>],
) {
    for (index, used) in uses.iter().enumerate() {
        let Some(mine) = required_if(model, used) else { continue };
        let clashes = |other: &&FieldUse<'_>| {
            required_if(model, other)
                .is_some_and(|other| conditions::together(model, &[mine, other]))
        };
        let follows = |other: &&FieldUse<'_>| {
            other.field.is_ok() && mine.on.field == other.field && conditions::needs_presence(mine)
        };
        let before = uses[..index].iter().find(clashes);
        if let Some(other) = before.or_else(|| uses.iter().find(follows)) {
            let (name, other) = (used.name, other.name);
            let message = format_args!("`{other}` and `{name}` can be required together");
            diagnostics
                .error(name.span, "contradiction", message)
                .help("only one of the group may be given; see their `required_if`");
        }
    }
}

fn field<'m, 'a>(model: &'m Model<'a>, used: &FieldUse<'a>) -> Option<&'m Field<'a>> {
    used.field.ok().map(|id| &model[id])
}

fn required_if<'m, 'a>(model: &'m Model<'a>, used: &FieldUse<'a>) -> Option<&'m Condition<'a>> {
    field(model, used)?.required_if.as_ref()
}
