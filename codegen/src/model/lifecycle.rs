//! What becomes of an item over time.

use crate::source::{Located, Span, Text};
use crate::spec;

use super::{DomainItem, FieldId, Resolved};

/// It should not be used in new code.
pub(crate) struct Deprecated<'a> {
    /// Where that is said.
    pub(crate) span: Span,
    pub(crate) instead: Option<Replacement<'a>>,
    pub(crate) why: Option<&'a Text>,
    pub(crate) source: &'a [Located<String>],
}

/// What replaces something deprecated.
pub(crate) struct Replacement<'a> {
    /// As it is written.
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) to: Resolved<Successor<'a>>,
}

/// What a replacement can be: the same kind of thing as what it replaces.
#[derive(Clone, Copy)]
pub(crate) enum Successor<'a> {
    Endpoint(DomainItem<'a, spec::Endpoint>),
    Callback(DomainItem<'a, spec::Callback>),
    JsApi(DomainItem<'a, spec::JsApi>),
    Type(DomainItem<'a, spec::TypeDef>),
    Enum(DomainItem<'a, spec::Enum>),
    Value(&'a spec::Value),
    Field(FieldId),
}
