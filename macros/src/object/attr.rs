//! The `#[wire(...)]` grammar of structs.

use syn::parse::ParseStream;
use syn::{Attribute, DeriveInput, Ident, LitStr, Path, Result};

use super::Field;
use crate::attr::{self, parse_crate, parse_name, parse_text, set};
use crate::errors::Errors;
use crate::{fields, suggest};

/// What is written on a field; of a flag, the flag.
#[derive(Default)]
pub(super) struct Attrs {
    pub(super) name: Option<LitStr>,
    pub(super) optional: Option<Ident>,
    pub(super) lenient: Option<Ident>,
    pub(super) skip: Option<Ident>,
}

const OF_STRUCT: [&str; 1] = ["crate"];
const OF_FIELD: [&str; 4] = ["name", "optional", "lenient", "skip"];

pub(super) fn read<'a>(node: &'a DeriveInput, derive: &str, errors: &mut Errors) -> Vec<Field<'a>> {
    read_struct(&node.attrs, errors);
    let mut found = Vec::new();
    for field in fields::named(node, derive, errors) {
        let Some(ident) = &field.ident else { continue };
        let attrs = Attrs::from_syn(&field.attrs, errors);
        found.push(Field { ident, ty: &field.ty, key: fields::wire_name(field), attrs });
    }
    found
}

fn read_struct(attrs: &[Attribute], errors: &mut Errors) {
    let mut path: Option<Path> = None;
    attr::read(attrs, "wire", errors, |input, _| {
        let name = parse_name(input)?;
        if name != "crate" {
            return Err(suggest::unknown("key of a struct", &name, &OF_STRUCT));
        }
        set(&mut path, &name, parse_crate(input)?)
    });
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
            "skip" => set(&mut self.skip, &name, name.clone()),
            _ => Err(suggest::unknown("key of a field", &name, &OF_FIELD)),
        }
    }
}
