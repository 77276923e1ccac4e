//! A field that is always required is nothing else besides.

use crate::diagnostic::Diagnostics;
use crate::spec::Field;

pub(super) fn check(diagnostics: &mut Diagnostics, field: &Field) {
    if !field.is_required() {
        return;
    }
    let key = field.required_by();
    if let Some(condition) = &field.required_if {
        let message = format_args!("`{}` is required always and by a condition", field.name);
        diagnostics
            .error(condition.field.span, "contradiction", message)
            .help(format_args!("remove `{key}` or `required_if`"));
    }
    if let Some(condition) = &field.forbidden_if {
        let message =
            format_args!("`{}` is required always and forbidden by a condition", field.name);
        diagnostics
            .error(condition.field.span, "contradiction", message)
            .help(format_args!("remove `{key}` or `forbidden_if`"));
    }
    if let Some(default) = &field.default {
        let message = format_args!("`{}` is required, so its default is never taken", field.name);
        diagnostics
            .error(default.span, "contradiction", message)
            .help(format_args!("remove `{key}` or `default`"));
    }
}
