//! What the attributes say of the enum.

use syn::{DeriveInput, LitInt, Variant};

use super::attr::{Attrs, Case, Retry, Text};
use crate::crate_path;
use crate::errors::Errors;
use crate::literal::Int;
use crate::variants;

pub(super) struct Table<'a> {
    pub(super) node: &'a DeriveInput,
    pub(super) kind: Kind,
    pub(super) rows: Vec<Row<'a>>,
    /// The variants that keep any other code: exactly one, once checked.
    pub(super) unknown: Vec<&'a Variant>,
    /// The variants of which it cannot be told what they are.
    pub(super) unclear: Vec<&'a Variant>,
}

/// What tells one error from another.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Code,
    Pair,
}

/// A documented error.
pub(super) struct Row<'a> {
    pub(super) variant: &'a Variant,
    pub(super) code: Int,
    pub(super) no: Option<Int>,
    pub(super) http: Option<LitInt>,
    pub(super) retry: Option<Retry>,
    pub(super) text: Text,
    pub(super) cases: Vec<Case>,
}

impl<'a> Table<'a> {
    pub(super) fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        crate_path::check(&node.attrs, "error_code", "an enum", errors);
        let mut table = Table {
            node,
            kind: Kind::Code,
            rows: Vec::new(),
            unknown: Vec::new(),
            unclear: Vec::new(),
        };
        for variant in variants::of(node, "ErrorCode", errors) {
            let before = errors.count();
            let attrs = Attrs::from_syn(&variant.attrs, errors);
            let sound = errors.count() == before;
            table.add(variant, attrs, sound, errors);
        }
        table.kind = table.find_kind();
        table
    }

    fn add(&mut self, variant: &'a Variant, attrs: Attrs, sound: bool, errors: &mut Errors) {
        let Attrs { codes, http, retry, text, cases, unknown } = attrs;
        let mut codes = codes.into_iter();
        match (codes.next(), unknown) {
            (Some(code), None) => {
                let no = codes.next();
                self.rows.push(Row { variant, code, no, http, retry, text, cases });
            }
            (None, Some(_)) => self.unknown.push(variant),
            (Some(code), Some(_)) => {
                self.unclear.push(variant);
                errors.at(
                    code,
                    "the variant that keeps unknown codes has no code of its own, leave it out",
                );
            }
            (None, None) => self.add_unclear(variant, sound, errors),
        }
    }

    fn add_unclear(&mut self, variant: &'a Variant, sound: bool, errors: &mut Errors) {
        self.unclear.push(variant);
        // Otherwise its code may be what could not be read.
        if sound {
            let message = "what is its code? write `#[error_code(23117)]`, or `#[error_code(unknown)]` on the \
                           variant that keeps undocumented codes";
            errors.at(&variant.ident, message);
        }
    }

    /// The kind of the first error; of an enum without errors, that of what it keeps.
    fn find_kind(&self) -> Kind {
        let keeps_pair = || self.unknown.iter().any(|variant| variant.fields.len() == 2);
        match self.rows.first() {
            Some(first) => first.kind(),
            None if keeps_pair() => Kind::Pair,
            None => Kind::Code,
        }
    }
}

impl Row<'_> {
    pub(super) fn kind(&self) -> Kind {
        if self.no.is_some() { Kind::Pair } else { Kind::Code }
    }
}

impl Kind {
    /// The types of what the unknown variant keeps.
    pub(super) fn payload(self) -> &'static [&'static str] {
        match self {
            Kind::Code => &["i64"],
            Kind::Pair => &["i64", "i64"],
        }
    }
}
