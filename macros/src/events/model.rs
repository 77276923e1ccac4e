//! What the attributes say of the enum.

use syn::{DeriveInput, Path, Variant};

use super::attr::{self, Item};
use crate::errors::Errors;
use crate::variants;

pub(super) struct Events<'a> {
    pub(super) node: &'a DeriveInput,
    pub(super) envelope: Option<Path>,
    pub(super) known: Vec<Known<'a>>,
    /// The variants that keep any other event: exactly one, once checked.
    pub(super) unknown: Vec<&'a Variant>,
}

/// The event of one callback.
pub(super) struct Known<'a> {
    pub(super) variant: &'a Variant,
    pub(super) callback: Path,
}

impl<'a> Events<'a> {
    pub(super) fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let variants = variants::of(node, "Events", errors);
        let before = errors.count();
        let envelope = attr::read_envelope(&node.attrs, errors);
        if envelope.is_none() && errors.count() == before {
            let message = "which envelope do the events come in? add `#[events(envelope = PATH)]`";
            errors.at(&node.ident, message);
        }
        let mut read = Events { node, envelope, known: Vec::new(), unknown: Vec::new() };
        variants.for_each(|variant| read.add(variant, errors));
        read
    }

    fn add(&mut self, variant: &'a Variant, errors: &mut Errors) {
        let before = errors.count();
        match attr::read_item(&variant.attrs, errors) {
            Some(Item::Callback(callback)) => self.known.push(Known { variant, callback }),
            Some(Item::Unknown) => self.unknown.push(variant),
            None if errors.count() == before => errors.at(
                &variant.ident,
                "which callback is it? write `#[events(PATH)]` with the path of its type, or \
                 `#[events(unknown)]` on the variant that keeps undocumented events",
            ),
            None => {}
        }
    }
}
