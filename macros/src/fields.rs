//! The named fields of a struct, and what they are called on the wire.

use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Field, Fields, LitStr};

use crate::attr;
use crate::errors::Errors;

/// The named fields of the struct, or none and an error that says what `derive` is for.
pub(crate) fn named<'a>(
    node: &'a DeriveInput,
    derive: &str,
    errors: &mut Errors,
) -> impl Iterator<Item = &'a Field> + use<'a> {
    let fields = match &node.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            _ => None,
        },
        _ => None,
    };
    if fields.is_none() {
        let message = "can be derived for a struct with named fields only, as `struct Name { .. }`";
        errors.at(&node.ident, format_args!("`{derive}` {message}"));
    }
    fields.into_iter().flatten()
}

/// The name of a field on the wire: `#[wire(name = "..")]`, else `#[serde(rename = "..")]`, else the Rust name.
///
/// Finds fault with nothing: the derive that owns the attribute does.
pub(crate) fn wire_name(field: &Field) -> String {
    let given =
        lookup(&field.attrs, "wire", "name").or_else(|| lookup(&field.attrs, "serde", "rename"));
    match (given, &field.ident) {
        (Some(name), _) => name.value(),
        (None, Some(ident)) => ident.unraw().to_string(),
        (None, None) => String::new(),
    }
}

/// Whether the field is left out of the object that the struct is written as. Finds fault with nothing either.
pub(crate) fn is_skipped(field: &Field) -> bool {
    has_flag(&field.attrs, "wire", "skip")
        || has_flag(&field.attrs, "serde", "skip")
        || has_flag(&field.attrs, "serde", "skip_serializing")
}

fn lookup(attrs: &[Attribute], attr: &str, key: &str) -> Option<LitStr> {
    let mut found = None;
    attr::read(attrs, attr, &mut Errors::default(), |input, _| {
        match attr::parse_name(input) {
            Ok(name) if name == key => found = attr::parse_value(input).ok(),
            _ => attr::skip_value(input),
        }
        Ok(())
    });
    found
}

fn has_flag(attrs: &[Attribute], attr: &str, flag: &str) -> bool {
    let mut found = false;
    attr::read(attrs, attr, &mut Errors::default(), |input, _| {
        found |= attr::parse_name(input).is_ok_and(|name| name == flag);
        attr::skip_value(input);
        Ok(())
    });
    found
}
