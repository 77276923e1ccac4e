//! The `#[wire(...)]` grammar of structs.

use syn::parse::ParseStream;
use syn::{Attribute, DeriveInput, Ident, LitStr, Result};

use super::Field;
use crate::attr::{self, parse_name, parse_text, set};
use crate::errors::Errors;
use crate::{crate_path, fields, suggest};

/// What is written on a field; of a flag, the flag.
#[derive(Default)]
pub(super) struct Attrs {
    pub(super) name: Option<LitStr>,
    pub(super) optional: Option<Ident>,
    pub(super) lenient: Option<Ident>,
    pub(super) essential: Option<Ident>,
    pub(super) default: Option<Ident>,
    pub(super) skip: Option<Ident>,
}

const OF_FIELD: [&str; 6] = ["name", "optional", "lenient", "essential", "default", "skip"];

pub(super) fn read<'a>(node: &'a DeriveInput, derive: &str, errors: &mut Errors) -> Vec<Field<'a>> {
    crate_path::check(&node.attrs, "wire", "a struct", errors);
    let mut found = Vec::new();
    for field in fields::named(node, derive, errors) {
        let Some(ident) = &field.ident else { continue };
        let attrs = Attrs::from_syn(&field.attrs, errors);
        found.push(Field { ident, ty: &field.ty, key: fields::wire_name(field), attrs });
    }
    found
}

impl Attrs {
    fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Attrs::default();
        attr::read(attrs, "wire", errors, |input, _| read.item(input));
        read
    }

    fn item(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "name" => set(&mut self.name, &name, parse_text(input, "goodType")?),
            "optional" => set(&mut self.optional, &name, name.clone()),
            "lenient" => set(&mut self.lenient, &name, name.clone()),
            "essential" => set(&mut self.essential, &name, name.clone()),
            "default" => set(&mut self.default, &name, name.clone()),
            "skip" => set(&mut self.skip, &name, name.clone()),
            _ => Err(suggest::unknown("key of a field", &name, &OF_FIELD)),
        }
    }
}
