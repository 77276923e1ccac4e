//! What the attributes say of the options.

use syn::{DeriveInput, Ident, Type};

use super::attr::{self, Attrs};
use crate::errors::Errors;
use crate::fields;
use crate::literal::Version;
use crate::variants::is_named;

pub(super) struct Options<'a> {
    pub(super) node: &'a DeriveInput,
    pub(super) attrs: Attrs,
    pub(super) fields: Vec<Field<'a>>,
}

pub(super) struct Field<'a> {
    pub(super) ident: &'a Ident,
    ty: &'a Type,
    /// What it is called on the wire.
    pub(super) name: String,
    pub(super) since: Option<Version>,
}

impl<'a> Options<'a> {
    pub(super) fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let fields = fields::named(node, "JsApi", errors);
        let attrs = Attrs::from_syn(&node.attrs, errors);
        if attrs.name.is_none() && errors.count() == 0 {
            errors.at(
                &node.ident,
                "which function takes the options? add `#[js_api(name = \"tt.pay\")]`",
            );
        }
        let mut found = Vec::new();
        for field in fields {
            let Some(ident) = &field.ident else { continue };
            let since = attr::read_since(&field.attrs, errors);
            found.push(Field { ident, ty: &field.ty, name: fields::wire_name(field), since });
        }
        if let Some(signature) = &attrs.signature {
            signature.check(&found, errors);
        }
        Options { node, attrs, fields: found }
    }
}

impl Field<'_> {
    pub(super) fn is_option(&self) -> bool {
        is_named(self.ty, "Option")
    }
}
