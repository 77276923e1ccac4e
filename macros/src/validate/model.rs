//! What the attributes say of the struct.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Ident, Member, Path, Type};

use crate::errors::Errors;
use crate::{attr, crate_path, fields};

use super::attr::{Group, Rule, RuleKind, StructItem, parse_struct_item};

pub(crate) struct Struct<'a> {
    pub(crate) node: &'a DeriveInput,
    /// Path of the runtime.
    pub(crate) runtime: Path,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) groups: Vec<Group>,
}

pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    /// Name on the wire; empty for the field of a newtype.
    pub(crate) wire: String,
    pub(crate) rules: Vec<Rule>,
}

pub(crate) fn read<'a>(node: &'a DeriveInput, errors: &mut Errors) -> Struct<'a> {
    let groups = read_groups(node, errors);
    let fields = fields::named(node, "Validate", errors)
        .filter_map(|field| Some((field, field.ident.as_ref()?)))
        .map(|(field, ident)| Field {
            member: Member::Named(ident.clone()),
            ty: &field.ty,
            wire: fields::wire_name(field),
            rules: read_rules(field, errors),
        })
        .collect();
    Struct { node, runtime: crate_path::of(&node.attrs, "validate"), fields, groups }
}

fn read_groups(node: &DeriveInput, errors: &mut Errors) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut is_named = false;
    attr::read(&node.attrs, "validate", errors, |input, _| {
        let span = input.span();
        match parse_struct_item(input)? {
            StructItem::Group(group) => groups.push(group),
            StructItem::Crate if is_named => {
                return Err(syn::Error::new(span, "`crate` is given twice, leave one out"));
            }
            StructItem::Crate => is_named = true,
        }
        Ok(())
    });
    groups
}

fn read_rules(field: &syn::Field, errors: &mut Errors) -> Vec<Rule> {
    let mut rules = Vec::new();
    attr::read(&field.attrs, "validate", errors, |input, errors| {
        rules.push(Rule::parse(input, errors)?);
        Ok(())
    });
    rules
}

impl Struct<'_> {
    /// The field of this Rust name, raw or not.
    pub(crate) fn field(&self, name: &Ident) -> Option<&Field<'_>> {
        self.fields.iter().find(|field| field.is_named(name))
    }
}

impl Field<'_> {
    pub(crate) fn is_named(&self, name: &Ident) -> bool {
        use syn::ext::IdentExt;
        matches!(&self.member, Member::Named(member) if member.unraw() == name.unraw())
    }

    /// Whether violations must not tell the value.
    pub(crate) fn is_secret(&self) -> bool {
        self.rules.iter().any(|rule| matches!(rule.kind, RuleKind::Secret))
    }

    pub(crate) fn value(&self) -> TokenStream {
        let member = &self.member;
        quote!(&self.#member)
    }
}
