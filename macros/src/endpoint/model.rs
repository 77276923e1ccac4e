//! What the attributes say of the request.

use syn::{DeriveInput, Ident, LitStr, Path};

use super::attr::{Attrs, Place, RequestLine};
use crate::errors::Errors;
use crate::fields;

pub(super) struct Request<'a> {
    pub(super) node: &'a DeriveInput,
    pub(super) attrs: Attrs,
    /// Whether nothing about the struct is a fault, so that what is not there was left out.
    pub(super) is_readable: bool,
    pub(super) fields: Vec<Field<'a>>,
}

pub(super) struct Field<'a> {
    pub(super) node: &'a syn::Field,
    pub(super) ident: &'a Ident,
    /// What it is called on the wire.
    pub(super) name: String,
    /// Where it goes, and the token that says so.
    pub(super) mark: Option<(Ident, Place)>,
}

/// What every endpoint must say; there once the request is checked.
pub(super) struct Call<'a> {
    pub(super) line: &'a RequestLine,
    pub(super) name: &'a LitStr,
    pub(super) host: &'a Path,
    pub(super) envelope: &'a Path,
}

impl<'a> Request<'a> {
    pub(super) fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let fields = fields::named(node, "Endpoint", errors);
        let attrs = Attrs::from_syn(&node.attrs, errors);
        let is_readable = errors.count() == 0;
        let mut found = Vec::new();
        for field in fields {
            let Some(ident) = &field.ident else { continue };
            let mark = Place::from_syn(&field.attrs, errors);
            found.push(Field { node: field, ident, name: fields::wire_name(field), mark });
        }
        Request { node, attrs, is_readable, fields: found }
    }

    pub(super) fn call(&self) -> Option<Call<'_>> {
        let Attrs { line, name, host, envelope, .. } = &self.attrs;
        Some(Call {
            line: line.as_ref()?,
            name: name.as_ref()?,
            host: host.as_ref()?,
            envelope: envelope.as_ref()?,
        })
    }

    pub(super) fn field(&self, ident: &Ident) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.ident == ident)
    }

    /// The names of all fields, for advice.
    pub(super) fn names(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.ident.to_string()).collect()
    }

    /// The fields that go to a place outside the object of the body.
    pub(super) fn fields_in(&self, wanted: Place) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(move |field| field.place() == Some(wanted))
    }
}

impl Field<'_> {
    /// `None` for the object of the body.
    pub(super) fn place(&self) -> Option<Place> {
        self.mark.as_ref().map(|(_, place)| *place)
    }
}
