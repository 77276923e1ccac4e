//! Refuses what cannot be meant.

use std::collections::HashMap;

use super::{Field, Object};
use crate::errors::Errors;

pub(super) fn check(object: &Object<'_>, errors: &mut Errors) {
    check_keys(object, errors);
    object.fields.iter().for_each(|field| check_field(field, errors));
}

/// A key twice in an object is read differently by every reader.
fn check_keys(object: &Object<'_>, errors: &mut Errors) {
    let mut seen = HashMap::new();
    for field in object.in_object() {
        let Some(first) = seen.insert(&field.key, field.ident) else { continue };
        let message = format!("`{}` is the key of field `{first}` already", field.key);
        match &field.attrs.name {
            Some(name) => errors.at(name, message),
            None => errors.at(field.ident, message),
        }
    }
}

fn check_field(field: &Field<'_>, errors: &mut Errors) {
    if let Some(name) = &field.attrs.name
        && name.value().is_empty()
    {
        errors.at(name, "the key of a field cannot be empty");
    }
    if let Some(optional) = &field.attrs.optional
        && !field.is_option()
    {
        errors.at(
            optional,
            "`optional` is for a field of type `Option<..>`, leave it out or change the type",
        );
    }
    check_reading(field, errors);
}

/// A field has one answer to a value that is missing.
fn check_reading(field: &Field<'_>, errors: &mut Errors) {
    let Some(default) = &field.attrs.default else { return };
    if field.attrs.essential.is_some() {
        errors.at(default, "an essential field must be there, leave out `default` or `essential`");
    }
    if field.is_option() {
        errors.at(default, "an `Option` is `None` by default, leave this out");
    }
}
