//! A default is a value that the field could have.

use crate::diagnostic::Diagnostics;
use crate::model::{Field, Model};

use super::values;

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, field: &Field<'_>) {
    let Some(default) = &field.spec.default else { return };
    if let Some(objection) = values::objection(model, &field.shape, &default.value) {
        let message = format_args!("{default} cannot be the default of `{}`", field.spec.name);
        diagnostics.error(default.span, "bad-default", message).help(objection);
    }
}
