//! The grammar of `#[validate(...)]` on a struct, an enum and their fields.

use quote::format_ident;
use syn::parse::ParseStream;
use syn::{Data, DeriveInput, Error, ExprPath, Fields, Result};

use super::{Bodies, Field, Group, Item, Struct};
use crate::attr::{self, parse_crate, parse_list, parse_name};
use crate::errors::{Errors, unknown_name};
use crate::item;
use crate::rules::{GROUPS, RULES, Rule, parse_custom};

const CUSTOM: &str = "custom";
const CRATE: &str = "crate";

/// What is written on the struct or enum.
enum StructItem {
    Crate,
    Group(Group),
    Custom(ExprPath),
}

pub(super) fn read<'a>(node: &'a DeriveInput, errors: &mut Errors) -> Item<'a> {
    let runtime = attr::runtime(&node.attrs, "validate");
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
        errors.at(attr.path(), "a variant cannot have rules, write them on its fields");
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
                return Err(syn::Error::new(span, "`crate` is given twice, remove one"));
            }
            StructItem::Crate => is_named = true,
        }
        Ok(())
    });
    (groups, customs)
}

fn parse_struct_item(input: ParseStream<'_>) -> Result<StructItem> {
    let name = parse_name(input)?;
    match name.to_string().as_str() {
        CRATE => parse_crate(input).map(|_| StructItem::Crate),
        CUSTOM => parse_custom(&name, input).map(StructItem::Custom),
        "exactly_one_of" | "at_least_one_of" => {
            let fields = parse_list(input, &name, "a, b", parse_name)?;
            Ok(StructItem::Group(Group { name, fields }))
        }
        other if RULES.contains(&other) => {
            Err(Error::new(name.span(), format!("`{other}` is a rule of a field, write it there")))
        }
        _ => {
            let known = [GROUPS, &[CUSTOM, CRATE]].concat();
            Err(unknown_name("rule of a struct", &name, &known))
        }
    }
}

fn read_fields<'a>(fields: &'a Fields, is_variant: bool, errors: &mut Errors) -> Vec<Field<'a>> {
    let has_indices = fields.len() > 1;
    let fields = fields.iter().zip(fields.members()).enumerate();
    fields
        .map(|(index, (field, member))| {
            let wire = item::wire_name(field);
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
