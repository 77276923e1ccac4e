//! Rules that tie a list to the object that it is in are about what is there.

use crate::diagnostic::Diagnostics;
use crate::model::{Field, Model, Sum, Type};

use super::conditions;

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, field: &Field<'_>) {
    for rule in &field.items_if {
        conditions::check_condition(diagnostics, model, &rule.when);
        conditions::check_condition(diagnostics, model, &rule.then);
    }
    if let Some(sum) = &field.sum {
        check_sum(diagnostics, model, field, sum);
    }
}

fn check_sum(diagnostics: &mut Diagnostics, model: &Model<'_>, field: &Field<'_>, sum: &Sum<'_>) {
    let written = field.shape.written;
    if !field.shape.ty.is_number() {
        if !matches!(field.shape.ty, Type::Error) {
            diagnostics
                .error(sum.list.name.span, "bad-sum", format_args!("a `{written}` cannot be a sum"))
                .help("`sum` stands on a whole number");
        }
        return;
    }
    let Ok(part) = sum.part.field else { return };
    let is_same = match (&model[part].shape.ty, &field.shape.ty) {
        (Type::Number(of), Type::Number(number)) => of == number,
        (Type::Money(of), Type::Money(unit)) => of.name.span == unit.name.span,
        (Type::Error, _) => true,
        _ => false,
    };
    if !is_same {
        let message = format_args!("a sum of `{}` is not a `{written}`", model[part].shape.written);
        let (part, sum_name) = (sum.part.name, &field.spec.name);
        diagnostics
            .error(part.span, "bad-sum", message)
            .help(format_args!("`{part}` and `{sum_name}` are of one type"));
    }
}
