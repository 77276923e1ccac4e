//! What is essential is received, and always there.

use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::source::{Located, is_set};
use crate::spec::Field;

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    for id in model.domains.iter().flat_map(|domain| &domain.objects) {
        let is_sent_only = model.sent.contains(id) && !model.received.contains(id);
        let fields = model[*id].fields.iter().map(|field| field.spec);
        for field in fields.filter(|field| is_set(&field.essential)) {
            check_field(diagnostics, field, is_sent_only);
        }
    }
}

fn check_field(diagnostics: &mut Diagnostics, field: &Field, is_sent_only: bool) {
    let Some(essential) = &field.essential else { return };
    if is_sent_only {
        let message = format_args!("`{}` is sent and never received", field.name);
        diagnostics.error(essential.span, "misplaced-key", message).help(
            "remove `essential`: it is for fields of responses and of callbacks; what is sent is `required`",
        );
    } else if !field.is_always_there() {
        let message = format_args!("`{}` is essential but may be absent or `null`", field.name);
        diagnostics
            .error(essential.span, "contradiction", message)
            .help("what is essential is `required`, also where that is left out, and never `nullable`: remove one of the two");
    }
}

/// Complains of a field that may be read as absent and must not be; `why` says why.
pub(super) fn require(
    diagnostics: &mut Diagnostics,
    name: &Located<String>,
    field: &Field,
    code: &'static str,
    why: &str,
) {
    if !is_set(&field.essential) {
        diagnostics
            .error(name.span, code, format_args!("`{name}` may be read as absent"))
            .help(format_args!("{why}: add `essential: true` to the field"));
    }
}
