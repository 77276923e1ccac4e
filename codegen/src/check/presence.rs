//! A field that is always required is nothing else besides.

use crate::diagnostic::Diagnostics;
use crate::source::is_set;
use crate::spec::Field;

pub(super) fn check(diagnostics: &mut Diagnostics, field: &Field) {
    if !is_set(&field.required) {
        return;
    }
    if let Some(condition) = &field.required_if {
        let message = format_args!("`{}` is required always and by a condition", field.name);
        diagnostics
            .error(condition.field.span, "contradiction", message)
            .help("remove `required` or `required_if`");
    }
    if let Some(condition) = &field.forbidden_if {
        let message =
            format_args!("`{}` is required always and forbidden by a condition", field.name);
        diagnostics
            .error(condition.field.span, "contradiction", message)
            .help("remove `required` or `forbidden_if`");
    }
    if let Some(default) = &field.default {
        let message = format_args!("`{}` is required, so its default is never taken", field.name);
        diagnostics
            .error(default.span, "contradiction", message)
            .help("remove `required` or `default`");
    }
}
