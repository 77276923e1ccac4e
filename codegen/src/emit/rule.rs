//! `#[validate(...)]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::{emit_bound, emit_scalar};
use super::tokens::{emit_list, ident};
use super::ty::emit_shared;
use crate::ir::{
    Bound, Condition, Field, Group, GroupRule, Limits, Measure, Money, Rule, Scalar, Test, Type,
};

/// One attribute with all of the rules, or none.
pub(super) fn emit_validate(rules: &[Rule]) -> TokenStream {
    emit_list("validate", rules.iter().map(emit_rule).collect())
}

/// One attribute with all of a field's rules; those of a secret say so.
pub(super) fn emit_validate_field(field: &Field) -> TokenStream {
    let secret = (field.ty == Type::Secret).then(|| quote!(secret));
    let rules: Vec<TokenStream> = field.rules.iter().map(emit_rule).chain(secret).collect();
    emit_list("validate", rules)
}

fn emit_rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Required => quote!(required),
        Rule::Bounds { of, limits } => emit_limits(*of, limits),
        Rule::RangeIf { when, limits, unit } => emit_range_if(when, limits, unit.as_ref()),
        Rule::Pattern(pattern) => quote!(pattern = #pattern),
        Rule::Url(schemes) => quote!(url(#(#schemes),*)),
        Rule::Level { of, times } => emit_level(of, times.as_deref()),
        Rule::Documented => quote!(documented),
        Rule::RequiredIf(condition) => emit_conditional(&quote!(required_if), condition),
        Rule::ForbiddenIf(condition) => emit_conditional(&quote!(forbidden_if), condition),
        Rule::EachIf { when, then, wire } => {
            let name = emit_wire_name(&then.field, wire);
            let (when, then) = (emit_condition(when), emit_condition(then));
            quote!(each_if(#when, #then #name))
        }
        Rule::Sum { list, field, wire } => {
            let name = emit_wire_name(field, wire);
            let (list, field) = (ident(list), ident(field));
            quote!(sum(#list.#field #name))
        }
        Rule::Nested => quote!(nested),
        Rule::Each(rules) => emit_each(rules),
    }
}

fn emit_limits(of: Measure, limits: &Limits) -> TokenStream {
    let name = ident(of.word());
    let limits = emit_ends(limits);
    quote!(#name(#(#limits),*))
}

fn emit_range_if(when: &Condition, limits: &Limits, unit: Option<&Money>) -> TokenStream {
    let (when, limits) = (emit_condition(when), emit_ends(limits));
    let unit = unit.map(|unit| emit_shared(&unit.name)).map(|unit| quote!(, unit = #unit));
    quote!(range_if(#when, #(#limits),* #unit))
}

fn emit_ends(limits: &Limits) -> Vec<TokenStream> {
    let min = |min| emit_end("min", min);
    let max = |max| emit_end("max", max);
    match limits {
        Limits::AtLeast(least) => vec![min(least)],
        Limits::AtMost(most) => vec![max(most)],
        Limits::Between { min: least, max: most } => vec![min(least), max(most)],
    }
}

fn emit_end(name: &str, bound: &Bound) -> TokenStream {
    let (name, value) = (ident(name), emit_bound(bound));
    quote!(#name = #value)
}

fn emit_level(of: &str, times: Option<&str>) -> TokenStream {
    let of = emit_shared(of);
    let times = times.map(emit_shared).map(|times| quote!(, times = #times));
    quote!(level(#of #times))
}

fn emit_each(rules: &[Rule]) -> TokenStream {
    let rules = rules.iter().map(emit_rule);
    quote!(each(#(#rules),*))
}

fn emit_conditional(name: &TokenStream, condition: &Condition) -> TokenStream {
    let condition = emit_condition(condition);
    quote!(#name(#condition))
}

/// `, name = "..."` for a field of an item that is called otherwise on the wire.
fn emit_wire_name(name: &str, wire: &str) -> Option<TokenStream> {
    (name != wire).then(|| quote!(, name = #wire))
}

fn emit_condition(condition: &Condition) -> TokenStream {
    let field = ident(&condition.field);
    match &condition.test {
        Test::Is(values) => emit_values(values, &quote!(#field ==), &quote!(#field in)),
        Test::IsNot(values) => emit_values(values, &quote!(#field !=), &quote!(#field not in)),
        Test::Present => quote!(present(#field)),
        Test::Absent => quote!(absent(#field)),
    }
}

fn emit_values(values: &[Scalar], equals: &TokenStream, within: &TokenStream) -> TokenStream {
    let literals = values.iter().map(emit_scalar);
    match values {
        [_] => quote!(#equals #(#literals)*),
        _ => quote!(#within [#(#literals),*]),
    }
}

/// A rule over several fields.
pub(super) fn emit_group(group: &Group) -> TokenStream {
    let fields = group.fields.iter().map(|field| ident(field));
    match group.rule {
        GroupRule::ExactlyOneOf => quote!(#[validate(exactly_one_of(#(#fields),*))]),
        GroupRule::AtLeastOneOf => quote!(#[validate(at_least_one_of(#(#fields),*))]),
    }
}
