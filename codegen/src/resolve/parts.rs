//! The keys of a shape stand where they have a meaning, and are there where they must be.

use crate::diagnostic::Diagnostics;
use crate::model::{Shape, Type};
use crate::source::Located;
use crate::spec::{self, Element};

use super::{MADE, builtin};

/// What is in a list or map may be `null`; JSON text with nothing in it is not text, and a kind of objects is one.
pub(super) fn check_null(
    diagnostics: &mut Diagnostics,
    Element(item): &Element,
    outer: &Located<String>,
) {
    if let Some(nullable) =
        item.nullable.as_ref().filter(|_| outer.value == "json_text" || outer.value == "union")
    {
        let message = format_args!("what is in a `{outer}` cannot be `null`");
        diagnostics
            .error(nullable.span, "misplaced-key", message)
            .help("remove `nullable`; a field, an item of a `list` and a value of a `map` have it");
    }
}

pub(super) fn check_definition(
    diagnostics: &mut Diagnostics,
    name: &Located<String>,
    shape: &Shape<'_>,
) {
    if !matches!(shape.ty, Type::Object(_) | Type::Union(_) | Type::String | Type::Error) {
        let message = format_args!("the type `{name}` is a `{}`", shape.written);
        diagnostics.error(shape.written.span, "bad-type", message).help(
            "a named type is an `object`, a `union` or a `string`; use other types where they are needed",
        );
    }
    if builtin().any(|builtin| builtin == name.value) {
        let message = format_args!("`{name}` is the name of a type of the format itself");
        diagnostics.error(name.span, "bad-name", message).help("rename it");
    }
}

/// `of`, `fields`, `groups` and `struct` stand where they have a meaning, and are there where they must be.
pub(super) fn check_parts(diagnostics: &mut Diagnostics, shape: &spec::Shape, ty: &Type<'_>) {
    let written = &shape.ty;
    match (&shape.of, ty) {
        (None, Type::Error) if MADE.contains(&written.as_str()) && written.value != "union" => {
            diagnostics
                .error(written.span, "missing-key", format_args!("`{written}` needs `of`"))
                .help("add `of: string`, or whatever is inside");
        }
        (Some(Element(item)), ty) if ty.element().is_none() && !matches!(ty, Type::Error) => {
            let message =
                format_args!("`{written}` is not made of something, so `of` has no meaning");
            diagnostics
                .error(item.shape.ty.span, "misplaced-key", message)
                .help("a `list`, `map` or `json_text` has it");
        }
        _ => {}
    }
    // What an unknown type has and has not cannot be said.
    if matches!(ty, Type::Error) {
        return;
    }
    let tag = shape.discriminator.as_ref().map(|tag| tag.span);
    let kind = shape.variants.first().map(|variant| variant.value.span);
    if let Some(span) = tag.or(kind).filter(|_| written.value != "union") {
        let message = format_args!("`{written}` has no variants");
        diagnostics.error(span, "misplaced-key", message).help("write `type: union`");
    }
    if written.value == "object" {
        return;
    }
    // A union has those that its kinds have in common.
    if let Some(field) = shape.fields.first().filter(|_| written.value != "union") {
        let message = format_args!("`{written}` has no fields");
        diagnostics.error(field.name.span, "misplaced-key", message).help("write `type: object`");
    }
    if let Some(name) = &shape.struct_name {
        let message = format_args!("`{written}` becomes no struct");
        diagnostics
            .error(name.span, "misplaced-key", message)
            .help("`struct` names what becomes of an `object` written in place");
    }
    if let Some(rest) = &shape.rest {
        let message = format_args!("`{written}` has no keys besides its fields");
        diagnostics
            .error(rest.of.0.shape.ty.span, "misplaced-key", message)
            .help("write `type: object`");
    }
    if let Some(group) = shape.groups.first() {
        diagnostics
            .error(group.span, "misplaced-key", format_args!("`{written}` has no fields to group"))
            .help("write `type: object`");
    }
}
