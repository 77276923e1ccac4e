//! What the attributes say of the item.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, ExprPath, Fields, Ident, Member, Path, Type};

use crate::errors::Errors;
use crate::{attr, crate_path, fields};

use super::attr::{Group, Rule, RuleKind, StructItem, parse_struct_item};

pub(crate) struct Item<'a> {
    pub(crate) node: &'a DeriveInput,
    /// Path of the runtime.
    pub(crate) runtime: Path,
    pub(crate) bodies: Bodies<'a>,
    /// Functions that check the value as a whole.
    pub(crate) customs: Vec<ExprPath>,
}

pub(crate) enum Bodies<'a> {
    Struct(Struct<'a>),
    Enum(Vec<(&'a Ident, Struct<'a>)>),
    /// Of a union, which is reported.
    None,
}

/// A struct, or a variant of an enum.
pub(crate) struct Struct<'a> {
    pub(crate) node: &'a DeriveInput,
    pub(crate) runtime: Path,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) groups: Vec<Group>,
}

pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    /// Name on the wire; empty for a field that has none.
    pub(crate) wire: String,
    /// Which of several fields without names it is.
    pub(crate) index: Option<usize>,
    /// What the field of a variant is bound to.
    pub(crate) binding: Option<Ident>,
    pub(crate) rules: Vec<Rule>,
}

pub(crate) fn read<'a>(node: &'a DeriveInput, errors: &mut Errors) -> Item<'a> {
    let runtime = crate_path::of(&node.attrs, "validate");
    let (groups, customs) = read_struct_items(node, errors);
    let body = |fields, groups, is_variant, errors: &mut Errors| Struct {
        node,
        runtime: runtime.clone(),
        fields: read_fields(fields, is_variant, errors),
        groups,
    };
    let bodies = match &node.data {
        Data::Struct(data) => Bodies::Struct(body(&data.fields, groups, false, errors)),
        Data::Enum(data) => {
            refuse_groups(&groups, errors);
            let variants = data.variants.iter().map(|variant| {
                refuse_rules(variant, errors);
                (&variant.ident, body(&variant.fields, Vec::new(), true, errors))
            });
            Bodies::Enum(variants.collect())
        }
        Data::Union(_) => {
            errors
                .at(&node.ident, "`Validate` can be derived for a struct or an enum, not a union");
            Bodies::None
        }
    };
    Item { node, runtime, bodies, customs }
}

fn refuse_groups(groups: &[Group], errors: &mut Errors) {
    for group in groups {
        errors.at(
            &group.name,
            format_args!("`{}` is a rule of a struct, not of an enum", group.name),
        );
    }
}

fn refuse_rules(variant: &syn::Variant, errors: &mut Errors) {
    for attr in variant.attrs.iter().filter(|attr| attr.path().is_ident("validate")) {
        errors.at(attr.path(), "a variant has no rules, write them on its fields");
    }
}

fn read_struct_items(node: &DeriveInput, errors: &mut Errors) -> (Vec<Group>, Vec<ExprPath>) {
    let (mut groups, mut customs) = (Vec::new(), Vec::new());
    let mut is_named = false;
    attr::read(&node.attrs, "validate", errors, |input, _| {
        let span = input.span();
        match parse_struct_item(input)? {
            StructItem::Group(group) => groups.push(group),
            StructItem::Custom(check) => customs.push(check),
            StructItem::Crate if is_named => {
                return Err(syn::Error::new(span, "`crate` is given twice, leave one out"));
            }
            StructItem::Crate => is_named = true,
        }
        Ok(())
    });
    (groups, customs)
}

fn read_fields<'a>(fields: &'a Fields, is_variant: bool, errors: &mut Errors) -> Vec<Field<'a>> {
    let has_indices = fields.len() > 1;
    let fields = fields.iter().zip(fields.members()).enumerate();
    fields
        .map(|(index, (field, member))| {
            let wire = fields::wire_name(field);
            Field {
                member,
                ty: &field.ty,
                index: (has_indices && wire.is_empty()).then_some(index),
                wire,
                binding: is_variant.then(|| format_ident!("value_{index}")),
                rules: read_rules(field, errors),
            }
        })
        .collect()
}

fn read_rules(field: &syn::Field, errors: &mut Errors) -> Vec<Rule> {
    let mut rules = Vec::new();
    attr::read(&field.attrs, "validate", errors, |input, errors| {
        rules.push(Rule::parse(input, errors)?);
        Ok(())
    });
    rules
}

impl<'a> Bodies<'a> {
    pub(crate) fn iter(&self) -> Box<dyn Iterator<Item = &Struct<'a>> + '_> {
        match self {
            Self::Struct(body) => Box::new(std::iter::once(body)),
            Self::Enum(variants) => Box::new(variants.iter().map(|(_, body)| body)),
            Self::None => Box::new(std::iter::empty()),
        }
    }
}

impl Struct<'_> {
    /// The field of this Rust name, raw or not.
    pub(crate) fn field(&self, name: &Ident) -> Option<&Field<'_>> {
        self.fields.iter().find(|field| field.is_named(name))
    }
}

impl Field<'_> {
    pub(crate) fn is_named(&self, name: &Ident) -> bool {
        matches!(&self.member, Member::Named(member) if member.unraw() == name.unraw())
    }

    /// Whether violations must not tell the value.
    pub(crate) fn is_secret(&self) -> bool {
        self.rules.iter().any(|rule| matches!(rule.kind, RuleKind::Secret))
    }

    /// A reference to the value.
    pub(crate) fn value(&self) -> TokenStream {
        let member = &self.member;
        match &self.binding {
            Some(binding) => quote!(#binding),
            None => quote!(&self.#member),
        }
    }
}
