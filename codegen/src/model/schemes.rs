//! How messages are signed, with every template taken apart.

use crate::ir::{Carrier, Part};
use crate::source::Located;
use crate::spec::schemes as spec;

use super::Resolved;

/// How messages are signed.
pub(crate) struct SignatureScheme<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::SignatureScheme,
    /// The string to sign, part by part.
    pub(crate) text: Resolved<Vec<Part>>,
    pub(crate) headers: Vec<Carried<'a>>,
    pub(crate) fields: Vec<Carried<'a>>,
}

impl<'a> SignatureScheme<'a> {
    /// All that carries parts.
    pub(crate) fn carried(&self) -> impl Iterator<Item = &Carried<'a>> {
        self.headers.iter().chain(&self.fields)
    }
}

/// A header or field in which parts travel.
pub(crate) struct Carried<'a> {
    pub(crate) spec: &'a spec::Carried,
    pub(crate) carrier: Resolved<Carrier>,
}

impl Carried<'_> {
    /// What travels in it, as far as that is known.
    pub(crate) fn parts(&self) -> Vec<&Part> {
        self.carrier.as_ref().map(Carrier::parts).unwrap_or_default()
    }
}
