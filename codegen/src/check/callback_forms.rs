//! What a call tells in a form has a text for each field, or several.

use crate::diagnostic::Diagnostics;
use crate::model::{Model, ObjectId, Shape, Type};
use crate::spec::{CallbackBody, CallbackEnvelope};

/// The content of a callback, where it is the fields of a form and not JSON in one of them.
pub(super) fn check(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    envelope: &CallbackEnvelope,
    content: &Shape<'_>,
) {
    let is_form = envelope.body.as_ref().is_some_and(|body| body.value == CallbackBody::Form);
    if !is_form || envelope.payload.is_some() || envelope.content.is_some() {
        return;
    }
    match &content.ty {
        Type::Object(object) => check_fields(diagnostics, model, *object),
        Type::Union(union) => {
            let union = &model[*union];
            let flat = union.variants.iter().filter(|variant| variant.spec.key.is_none());
            let contents = flat.filter_map(|variant| match variant.content.as_ref()?.ty {
                Type::Object(object) => Some(object),
                _ => None,
            });
            union.fields.into_iter().chain(contents).for_each(|object| {
                check_fields(diagnostics, model, object);
            });
        }
        _ => {}
    }
}

fn check_fields(diagnostics: &mut Diagnostics, model: &Model<'_>, object: ObjectId) {
    for field in &model[object].fields {
        let shape = &field.shape;
        let inner = match &shape.ty {
            Type::List(item) => &item.ty,
            other => other,
        };
        if matches!(inner, Type::Object(_) | Type::Union(_) | Type::Map(_) | Type::List(_)) {
            let message = format_args!(
                "`{}` is not a string, and a form holds only strings",
                field.spec.name
            );
            diagnostics.error(shape.written.span, "bad-type", message).help(
                "write `type: json_text, of: …` if the field has it as JSON; if one field has the whole body, name that as `payload`",
            );
        }
    }
}
