//! `#[derive(Validate)]`: a struct or an enum in, a check of each rule out.

mod attr;
mod check;
mod expand;
mod bounds;

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::{DeriveInput, ExprPath, Ident, Member, Path, Type};

use crate::Derive;
use crate::errors::Errors;
use crate::rules::{Rule, RuleKind, Tokens};

pub(crate) struct Item<'a> {
    node: &'a DeriveInput,
    /// Path of the runtime.
    runtime: Path,
    bodies: Bodies<'a>,
    /// Functions that check the value as a whole.
    customs: Vec<ExprPath>,
}

enum Bodies<'a> {
    Struct(Struct<'a>),
    Enum(Vec<(&'a Ident, Struct<'a>)>),
    /// Of a union, which is reported.
    None,
}

/// A struct, or a variant of an enum.
struct Struct<'a> {
    node: &'a DeriveInput,
    runtime: Path,
    fields: Vec<Field<'a>>,
    groups: Vec<Group>,
}

struct Field<'a> {
    member: Member,
    ty: &'a Type,
    /// Name on the wire; empty for a field that has none.
    wire: String,
    /// Which of several fields without names it is.
    index: Option<usize>,
    /// What the field of a variant is bound to.
    binding: Option<Ident>,
    rules: Vec<Rule>,
}

/// `exactly_one_of(a, b)` or `at_least_one_of(a, b)`, as its name says.
struct Group {
    name: Ident,
    fields: Vec<Ident>,
}

impl<'a> Derive<'a> for Item<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        attr::read(node, errors)
    }

    fn check(&self, errors: &mut Errors) {
        check::check(self, errors);
    }

    fn expand(&self) -> TokenStream {
        expand::expand(self)
    }

    fn dummy(&self) -> TokenStream {
        expand::dummy(self)
    }
}

impl<'a> Bodies<'a> {
    fn iter(&self) -> Box<dyn Iterator<Item = &Struct<'a>> + '_> {
        match self {
            Self::Struct(body) => Box::new(std::iter::once(body)),
            Self::Enum(variants) => Box::new(variants.iter().map(|(_, body)| body)),
            Self::None => Box::new(std::iter::empty()),
        }
    }
}

impl Struct<'_> {
    /// The field of this Rust name, raw or not.
    fn field(&self, name: &Ident) -> Option<&Field<'_>> {
        self.fields.iter().find(|field| field.is_named(name))
    }
}

impl Field<'_> {
    fn is_named(&self, name: &Ident) -> bool {
        matches!(&self.member, Member::Named(member) if member.unraw() == name.unraw())
    }

    /// Whether violations must not tell the value.
    fn is_secret(&self) -> bool {
        self.rules.iter().any(|rule| matches!(rule.kind, RuleKind::Secret))
    }

    /// A reference to the value.
    fn value(&self) -> Tokens {
        match &self.binding {
            Some(binding) => binding.clone().into(),
            None => Tokens::of_self(&self.member),
        }
    }
}
