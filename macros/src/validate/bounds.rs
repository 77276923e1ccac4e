//! What a generic struct asks of its fields' types, so that its rules can be checked.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{Generics, Ident, Path, WherePredicate, parse_quote};

use super::{Field, Group, Item, Struct};
use crate::item::option_of;
use crate::rules::{Bound, Limits, Literal, Rule, RuleKind, Test};

/// The generics of the item, and a bound for each rule of a field whose type names a parameter.
pub(super) fn of(item: &Item<'_>) -> Generics {
    let mut generics = item.node.generics.clone();
    if generics.type_params().next().is_none() {
        return generics;
    }
    let predicates: Vec<_> = item.bodies.iter().flat_map(predicates_of_struct).collect();
    if !predicates.is_empty() {
        generics.make_where_clause().predicates.extend(predicates);
    }
    generics
}

fn predicates_of_struct(input: &Struct<'_>) -> Vec<WherePredicate> {
    let generic = input.fields.iter().filter(|field| is_generic(field, input));
    generic.flat_map(|field| predicates_of(field, input)).collect()
}

/// A type that names its own struct would be a bound that asks for itself.
fn is_generic(field: &Field<'_>, input: &Struct<'_>) -> bool {
    let names = idents(field.ty.to_token_stream());
    let is_parameter = |name: &Ident| input.node.generics.type_params().any(|it| it.ident == *name);
    let is_own = |name: &Ident| *name == input.node.ident || *name == "Self";
    names.iter().any(is_parameter) && !names.iter().any(is_own)
}

fn predicates_of(field: &Field<'_>, input: &Struct<'_>) -> Vec<WherePredicate> {
    let runtime = &input.runtime;
    let ty = field.ty.to_token_stream();
    let rules = field.rules.iter().flat_map(|rule| bounds_of(rule, &ty, runtime));
    let others = input.fields.iter().flat_map(|other| &other.rules);
    let tests = others
        .filter_map(Rule::condition)
        .filter(|condition| field.is_named(&condition.field))
        .map(|condition| bound_of_test(&condition.test, &ty, runtime));
    let groups = input.groups.iter().filter(|group| names(group, field));
    let groups = groups.map(|_| parse_quote!(#ty: #runtime::validate::field::Present));
    let twins = field.rules.iter().filter_map(Rule::twin).filter_map(|name| input.field(name));
    let twins = twins.map(|twin| {
        let (one, twin) =
            (option_of(field.ty).unwrap_or(field.ty), option_of(twin.ty).unwrap_or(twin.ty));
        parse_quote!(#one: ::core::cmp::PartialEq<#twin>)
    });
    rules.chain(tests).chain(groups).chain(twins).collect()
}

fn bounds_of(rule: &Rule, ty: &TokenStream, runtime: &Path) -> Vec<WherePredicate> {
    let name = match &rule.kind {
        RuleKind::Length(_) if rule.name == "items" => "Count",
        RuleKind::Length(_) => "Measure",
        RuleKind::Range(limits) => return vec![bound_of_range(limits, ty, runtime)],
        RuleKind::RangeIf(rule) => return vec![bound_of_range(&rule.limits, ty, runtime)],
        RuleKind::Level { .. } | RuleKind::Sum(_) => {
            return vec![
                parse_quote!(#ty: #runtime::validate::field::Number<Value: #runtime::validate::field::Whole>),
            ];
        }
        RuleKind::Pattern(_) | RuleKind::Url(_) => "WireText",
        RuleKind::Documented => "Documented",
        RuleKind::Nested => "Nested",
        RuleKind::EachIf(_) => "Each",
        RuleKind::Required | RuleKind::RequiredIf(_) | RuleKind::ForbiddenIf(_) => "Present",
        RuleKind::Custom(_) | RuleKind::SameAs(_) | RuleKind::Secret => return Vec::new(),
        RuleKind::Each(rules) => return bounds_of_each(("Each", "Item"), rules, ty, runtime),
        RuleKind::Keys(rules) => return bounds_of_each(("Keys", "Key"), rules, ty, runtime),
    };
    let name = Ident::new(name, rule.name.span());
    vec![parse_quote!(#ty: #runtime::validate::field::#name)]
}

/// A number that is compared to one written out is of that one's type.
fn bound_of_range(limits: &Limits, ty: &TokenStream, runtime: &Path) -> WherePredicate {
    let is_float = limits.ends().any(|end| matches!(end.bound, Bound::Float(..)));
    let value = if is_float { quote!(f64) } else { quote!(i64) };
    parse_quote!(#ty: #runtime::validate::field::Number<Value = ::core::primitive::#value>)
}

/// `names`: the trait, and its type of what is held.
fn bounds_of_each(
    names: (&str, &str),
    rules: &[Rule],
    ty: &TokenStream,
    runtime: &Path,
) -> Vec<WherePredicate> {
    let (each, item) = (format_ident!("{}", names.0), format_ident!("{}", names.1));
    let item = quote!(<#ty as #runtime::validate::field::#each>::#item);
    let of_item = rules.iter().flat_map(|rule| bounds_of(rule, &item, runtime));
    [parse_quote!(#ty: #runtime::validate::field::#each)].into_iter().chain(of_item).collect()
}

fn bound_of_test(test: &Test, ty: &TokenStream, runtime: &Path) -> WherePredicate {
    let literal = match test {
        Test::Present | Test::Absent => {
            return parse_quote!(#ty: #runtime::validate::field::Present);
        }
        Test::Is(values) | Test::IsNot(values) => match values.first() {
            Some(Literal::Bool(_)) => quote!(bool),
            Some(Literal::Int(_)) => quote!(i64),
            _ => quote!(str),
        },
    };
    parse_quote!(#ty: #runtime::validate::field::WireValue<::core::primitive::#literal>)
}

fn names(group: &Group, field: &Field<'_>) -> bool {
    group.fields.iter().any(|name| field.is_named(name))
}

fn idents(tokens: TokenStream) -> Vec<Ident> {
    let each = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Ident(ident) => vec![ident.unraw()],
        TokenTree::Group(group) => idents(group.stream()),
        _ => Vec::new(),
    });
    each.collect()
}
