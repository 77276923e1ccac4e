//! A default is a value that the field could have.

use crate::diagnostic::Diagnostics;
use crate::spec::Field;

use super::{Scope, values};

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>, field: &Field) {
    let Some(default) = &field.default else { return };
    if let Some(objection) = values::objection(scope, &field.shape, &default.value) {
        let message = format_args!("{default} cannot be the default of `{}`", field.name);
        diagnostics.error(default.span, "bad-default", message).help(objection);
    }
}
