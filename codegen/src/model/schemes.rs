//! How messages are signed, with every template taken apart.

use crate::ir::{Carrier, Part, Told};
use crate::source::Located;
use crate::spec::schemes as spec;

use super::{Item, Resolved};

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

/// How the platform makes its calls, and what it wants to hear.
pub(crate) struct CallbackScheme<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::CallbackScheme,
    pub(crate) signed_by: Vec<SchemeUse<'a>>,
    pub(crate) cipher: Option<Resolved<Item<'a, spec::Cipher>>>,
    pub(crate) refusal: Vec<Member<'a>>,
}

/// The name of a scheme, and the scheme.
pub(crate) struct SchemeUse<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) scheme: Resolved<Item<'a, spec::SignatureScheme>>,
}

/// A member of a refusal.
pub(crate) struct Member<'a> {
    pub(crate) spec: &'a spec::Member,
    pub(crate) told: Resolved<Told>,
}

/// The object around a callback's content.
pub(crate) struct CallbackEnvelope<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a super::spec::CallbackEnvelope,
    pub(crate) scheme: Option<Resolved<Item<'a, spec::CallbackScheme>>>,
}
