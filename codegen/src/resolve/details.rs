//! What errors say besides code and text: a named object of some domain.

use std::iter;

use crate::diagnostic::Diagnostics;
use crate::model::details::ErrorDetails;
use crate::model::{ObjectId, Reported, Resolved, Type};
use crate::source::{Located, Name};
use crate::spec::File;

use super::names::Names;

pub(super) fn resolve_details<'a>(
    diagnostics: &mut Diagnostics,
    names: &Names<'a>,
    files: &'a [File],
) -> Vec<ErrorDetails<'a>> {
    let mut all = Vec::new();
    for file in files {
        for (envelope, spec) in file.envelopes.iter() {
            let Some(spec) = &spec.details else { continue };
            let object = resolve_object(diagnostics, names, file.domain.as_ref(), &spec.ty);
            all.push(ErrorDetails { envelope, spec, object });
        }
    }
    all.sort_by(|a, b| a.envelope.value.cmp(&b.envelope.value));
    all
}

/// `domain` is that of the file, which need not have one.
fn resolve_object<'a>(
    diagnostics: &mut Diagnostics,
    names: &Names<'a>,
    domain: Option<&'a Located<Name>>,
    ty: &Located<String>,
) -> Resolved<ObjectId> {
    if domain.is_none() && !ty.value.contains('.') {
        diagnostics
            .error(ty.span, "unknown-type", format_args!("`{ty}` belongs to no domain"))
            .help(format_args!("write `domain.{ty}`, an `object` in the `types` of that domain"));
        return Err(Reported);
    }
    let from = domain.map_or("", |name| name.value.0.as_str());
    match names.require_type(diagnostics, from, ty, iter::empty()) {
        Type::Object(object) => Ok(object),
        Type::Error => Err(Reported),
        _ => {
            diagnostics
                .error(ty.span, "bad-type", format_args!("`{ty}` has no fields"))
                .help("name an `object` of `types`");
            Err(Reported)
        }
    }
}
