//! What the attributes say of the enum.

use syn::{DeriveInput, Ident, Variant};

use super::attr::{Attrs, Literal};
use crate::crate_path;
use crate::errors::Errors;
use crate::literal::Version;
use crate::variants;

pub(super) struct Enum<'a> {
    pub(super) node: &'a DeriveInput,
    pub(super) kind: Kind,
    pub(super) documented: Vec<Documented<'a>>,
    /// The variants that keep any other value: exactly one, once checked.
    pub(super) unknown: Vec<&'a Variant>,
    /// The variants of which it cannot be told what they are.
    pub(super) unclear: Vec<&'a Variant>,
}

/// What the values are.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Text,
    Int,
}

/// A variant with a value.
pub(super) struct Documented<'a> {
    pub(super) variant: &'a Variant,
    pub(super) value: Literal,
    pub(super) aliases: Vec<Literal>,
    pub(super) default: Option<Ident>,
    pub(super) since: Option<Version>,
}

impl<'a> Enum<'a> {
    pub(super) fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        crate_path::check(&node.attrs, "wire", "an enum", errors);
        let mut read = Enum {
            node,
            kind: Kind::Text,
            documented: Vec::new(),
            unknown: Vec::new(),
            unclear: Vec::new(),
        };
        for variant in variants::of(node, "WireEnum", errors) {
            let before = errors.count();
            let attrs = Attrs::from_syn(&variant.attrs, errors);
            let sound = errors.count() == before;
            read.add(variant, attrs, sound, errors);
        }
        read.kind = read.find_kind();
        read
    }

    fn add(&mut self, variant: &'a Variant, attrs: Attrs, sound: bool, errors: &mut Errors) {
        let Attrs { value, aliases, default, since, unknown } = attrs;
        match (value, unknown) {
            (Some(value), None) => {
                self.documented.push(Documented { variant, value, aliases, default, since });
            }
            (None, Some(_)) => self.unknown.push(variant),
            (Some(value), Some(_)) => {
                self.unclear.push(variant);
                errors.at(
                    value,
                    "the variant that keeps unknown values has no value of its own, leave it out",
                );
            }
            (None, None) => self.add_unclear(variant, sound, errors),
        }
    }

    fn add_unclear(&mut self, variant: &'a Variant, sound: bool, errors: &mut Errors) {
        self.unclear.push(variant);
        // Otherwise its value may be what could not be read.
        if sound {
            let message = "what is it on the wire? write `#[wire(\"VALUE\")]` or `#[wire(1)]`, or \
                           `#[wire(unknown)]` on the variant that keeps undocumented values";
            errors.at(&variant.ident, message);
        }
    }

    /// The kind of the first value; of an enum without values, that of what it keeps.
    fn find_kind(&self) -> Kind {
        let keeps_int =
            || self.unknown.iter().any(|variant| variants::is_payload(&variant.fields, &["i64"]));
        match self.documented.first() {
            Some(first) => first.value.kind(),
            None if keeps_int() => Kind::Int,
            None => Kind::Text,
        }
    }
}

impl Literal {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Literal::Text(_) => Kind::Text,
            Literal::Int(_) => Kind::Int,
        }
    }
}

impl Kind {
    /// The type of what the unknown variant keeps.
    pub(super) fn payload(self) -> &'static str {
        match self {
            Kind::Text => "String",
            Kind::Int => "i64",
        }
    }
}
