//! The kinds of a union can be told apart, and each is an object that has room for what tells them apart.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::model::{Object, Shape, Type, Union, UnionVariant};
use crate::source::{Located, Scalar};

use super::names::Taken;
use super::{Scope, first_limit};

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    for id in &scope.domain.unions {
        let union = &scope.model[*id];
        if union.variants.is_empty() {
            diagnostics
                .error(
                    union.name.span,
                    "bad-union",
                    format_args!("`{}` has no variants", union.name),
                )
                .help("add `variants: [{ value: card, of: Card }]`");
        }
        check_common(diagnostics, scope, union);
        check_values(diagnostics, union);
        for variant in &union.variants {
            check_variant(diagnostics, scope, union, variant);
        }
    }
}

/// What all kinds have is beside the discriminator, and beside what each has.
fn check_common(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>, union: &Union<'_>) {
    let Some(common) = union.fields.map(|object| &scope.model[object]) else { return };
    for field in &common.fields {
        let name = &field.spec.name;
        if union.tag.is_some_and(|tag| tag.value == name.value) {
            diagnostics
                .error(name.span, "bad-union", format_args!("`{name}` is the discriminator"))
                .help("remove the field: the union reads and writes the discriminator");
        }
        for UnionVariant { spec, content, .. } in &union.variants {
            let (message, span) = match (&spec.key, content) {
                (Some(key), _) if key.value == name.value => {
                    (format!("`{key}` is a field of all kinds already"), key.span)
                }
                (None, Some(content)) if has_field(scope, content, name) => {
                    let message = format!("`{}` has a field `{name}` as well", content.written);
                    (message, content.written.span)
                }
                _ => continue,
            };
            let place = diagnostics.place(name.span);
            diagnostics
                .error(span, "bad-union", message)
                .help(format_args!("write it once; that of all kinds is at {place}"));
        }
    }
}

fn has_field(scope: &Scope<'_, '_>, content: &Shape<'_>, name: &Located<String>) -> bool {
    let Type::Object(id) = content.ty else { return false };
    scope.model[id].fields.iter().any(|field| field.spec.name.value == name.value)
}

/// A value is read as text, and is that of one variant.
fn check_values(diagnostics: &mut Diagnostics, union: &Union<'_>) {
    let mut values = BTreeMap::new();
    let mut names = Taken::new("variant").advise("add `name: …` to one of them");
    for UnionVariant { spec, rust, .. } in &union.variants {
        let value = &spec.value;
        if let Scalar::Bool(_) = value.value {
            diagnostics
                .error(value.span, "bad-union", format_args!("{value} cannot name a kind"))
                .help("a discriminator is a string or a whole number");
        } else if let Some(first) = values.insert(value.value.text(), value.span) {
            let first = diagnostics.place(first);
            diagnostics
                .error(value.span, "duplicate-value", format_args!("{value} is given twice"))
                .help(format_args!("the first is at {first}"));
        } else {
            let span = spec.name.as_ref().map_or(value.span, |name| name.span);
            names.take_at(diagnostics, &value.value.text(), span, rust.clone());
        }
    }
}

fn check_variant(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_, '_>,
    union: &Union<'_>,
    UnionVariant { spec, content, .. }: &UnionVariant<'_>,
) {
    let tag = union.tag;
    if let Some(key) = &spec.key {
        if content.is_none() {
            diagnostics
                .error(key.span, "misplaced-key", "a variant without content has no key for it")
                .help("add `of`, or remove `key`");
        } else if tag.is_some_and(|tag| tag.value == key.value) {
            diagnostics
                .error(key.span, "bad-union", format_args!("`{key}` is the discriminator"))
                .help("remove `key` if the fields are beside the discriminator");
        }
    }
    let Some(content) = content else { return };
    if let Some(span) = first_limit(content) {
        diagnostics
            .error(span, "misplaced-limit", "a variant is an object, which has no limits")
            .help("write the limits on its fields");
    }
    match content.ty {
        Type::Error => {}
        Type::Object(id) if spec.key.is_none() => {
            check_beside(diagnostics, content, &scope.model[id], tag);
        }
        Type::Object(_) => {}
        _ => {
            let message = format_args!("a `{}` cannot be a variant of a union", content.written);
            diagnostics
                .error(content.written.span, "bad-type", message)
                .help("a variant is an `object`; put the value into a field of one");
        }
    }
}

/// The fields of the object and the discriminator are keys of one object.
fn check_beside(
    diagnostics: &mut Diagnostics,
    content: &Shape<'_>,
    object: &Object<'_>,
    tag: Option<&Located<String>>,
) {
    let Some(tag) = tag else { return };
    let (written, span) = (content.written, content.written.span);
    if object.fields.iter().any(|field| field.spec.name.value == tag.value) {
        diagnostics
            .error(span, "bad-union", format_args!("`{written}` has a field `{tag}` of its own"))
            .help("remove the field: the union reads and writes the discriminator");
    } else if object.rest.is_some() {
        diagnostics
            .error(span, "bad-union", format_args!("`{written}` takes all other keys, `{tag}` too"))
            .help("remove its `rest`, or give the variant a `key` of its own");
    }
}
