//! Writes the impl: the rules of each field, and those that tie fields together.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{DeriveInput, Ident, LitStr, Path};

use super::bounds;
use super::{Bodies, Field, Group, Item, Struct};
use crate::item::option_depth;
use crate::rules::{
    Condition, EachIf, RangeIf, Rule, RuleKind, Sum, Tokens, expand_bounds, expand_call,
    expand_data, expand_holds, expand_rule, respan,
};

pub(super) fn expand(item: &Item<'_>) -> TokenStream {
    let rules = match &item.bodies {
        Bodies::Struct(body) => expand_struct(body),
        Bodies::Enum(variants) => expand_enum(variants),
        Bodies::None => TokenStream::new(),
    };
    let customs = item
        .customs
        .iter()
        .map(|check| expand_call(check, &Ident::new("self", Span::call_site()).into()));
    let checks: TokenStream = [rules].into_iter().chain(customs).collect();
    let report = if checks.is_empty() { quote!(_) } else { quote!(report) };
    impl_validate(item.node, &item.runtime, bounds::of(item), &report, &checks)
}

fn expand_struct(input: &Struct<'_>) -> TokenStream {
    let fields = input.fields.iter().map(|field| expand_field(field, input));
    let groups = input.groups.iter().map(|group| expand_group(group, input));
    fields.chain(groups).collect()
}

fn expand_enum(variants: &[(&Ident, Struct<'_>)]) -> TokenStream {
    let arms = variants.iter().map(|(name, body)| (name, body, expand_struct(body)));
    let arms: Vec<_> = arms.filter(|(_, _, checks)| !checks.is_empty()).collect();
    if arms.is_empty() {
        return TokenStream::new();
    }
    let rest = (arms.len() < variants.len()).then(|| quote!(_ => {}));
    let arms = arms.into_iter().map(|(name, body, checks)| {
        let fields = body.fields.iter().map(|field| {
            let (member, binding) = (&field.member, &field.binding);
            quote!(#member: #binding)
        });
        quote!(Self::#name { #(#fields),* } => { #checks })
    });
    // What no rule is about is bound all the same.
    quote! {
        #[allow(unused_variables)]
        match self {
            #(#arms)*
            #rest
        }
    }
}

pub(super) fn dummy(item: &Item<'_>) -> TokenStream {
    impl_validate(
        item.node,
        &item.runtime,
        item.node.generics.clone(),
        &quote!(_),
        &TokenStream::new(),
    )
}

fn impl_validate(
    node: &DeriveInput,
    runtime: &Path,
    bounded: syn::Generics,
    report: &TokenStream,
    checks: &TokenStream,
) -> TokenStream {
    let name = &node.ident;
    let (impl_generics, ty_generics, where_clause) = node.generics.split_for_impl();
    let where_bounded = &bounded.where_clause;
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::Validate for #name #ty_generics #where_bounded {
            #[inline]
            fn check(&self, #report: &mut #runtime::validate::Report<'_>) {
                #checks
            }
        }
        #[automatically_derived]
        impl #impl_generics #runtime::validate::field::Present for #name #ty_generics #where_clause {}
    }
}

fn expand_field(field: &Field<'_>, input: &Struct<'_>) -> TokenStream {
    let rules: TokenStream =
        field.rules.iter().map(|rule| expand_field_rule(rule, field, input)).collect();
    if rules.is_empty() {
        return rules;
    }
    let runtime = &input.runtime;
    let rules = match field.index {
        Some(index) => {
            quote!(report.within(#runtime::validate::Segment::Index(#index), |report| { #rules });)
        }
        None => rules,
    };
    if !field.is_secret() {
        return rules;
    }
    quote! {
        let mark = report.mark();
        #rules
        report.redact(mark);
    }
}

fn expand_field_rule(rule: &Rule, field: &Field<'_>, input: &Struct<'_>) -> TokenStream {
    match (&rule.kind, rule.condition()) {
        (RuleKind::EachIf(each_if), _) => expand_each_if(rule, each_if, field, input),
        (RuleKind::Sum(sum), _) => expand_sum(rule, sum, field, input),
        (RuleKind::RangeIf(range), _) => expand_range_if(rule, range, field, input),
        (RuleKind::SameAs(other), _) => expand_same_as(rule, other, field, input),
        (RuleKind::Custom(_), _) => {
            if_given(field, |value| expand_rule(rule, &field.wire, value, &input.runtime))
        }
        (_, Some(condition)) => expand_condition(rule, condition, field, input),
        (_, None) => expand_rule(rule, &field.wire, &field.value(), &input.runtime),
    }
}

/// For what knows nothing of an absent value. An `Option` is known by its name.
fn if_given(field: &Field<'_>, expand: impl FnOnce(&Tokens) -> TokenStream) -> TokenStream {
    let value = field.value();
    let depth = option_depth(field.ty);
    if depth == 0 {
        return expand(&value);
    }
    let opened = (1..depth).fold(
        expand(&Ident::new("value", Span::call_site()).into()),
        |checks, _| quote!(if let ::core::option::Option::Some(value) = value { #checks }),
    );
    quote!(if let ::core::option::Option::Some(value) = #value { #opened })
}

fn expand_same_as(
    rule: &Rule,
    other: &Ident,
    field: &Field<'_>,
    input: &Struct<'_>,
) -> TokenStream {
    let Some(twin) = input.field(other) else { return TokenStream::new() };
    let span = rule.name.span().resolved_at(Span::call_site());
    let (name, wire, twin_wire) = (&rule.name, &field.wire, &twin.wire);
    let [value, other] = [field, twin].map(|field| respan(&field.value(), span));
    let [depth, twin_depth] = [field, twin].map(|field| option_depth(field.ty));
    let holds = match (depth > 0, twin_depth > 0) {
        _ if depth.max(twin_depth) > 1 => {
            let (value, other) = (opened(&value, depth, span), opened(&other, twin_depth, span));
            quote_spanned! {span=>
                ::core::option::Option::is_none_or(#value, |value| {
                    ::core::option::Option::is_some_and(#other, |other| value == other)
                })
            }
        }
        (false, false) => quote_spanned!(span=> #value == #other),
        (true, true) => {
            quote_spanned!(span=> ::core::option::Option::is_none(#value) || #value == #other)
        }
        (true, false) => quote_spanned! {span=>
            ::core::option::Option::is_none_or(::core::option::Option::as_ref(#value), |value| value == #other)
        },
        (false, true) => quote_spanned! {span=>
            ::core::option::Option::is_some_and(::core::option::Option::as_ref(#other), |other| #value == other)
        },
    };
    quote_spanned!(span=> report.#name(#wire, #holds, #twin_wire);)
}

/// What is in `Option`s, one inside the other: a reference to it, if all of them are given.
fn opened(value: &Tokens, depth: usize, span: Span) -> TokenStream {
    if depth == 0 {
        return quote_spanned!(span=> ::core::option::Option::Some(#value));
    }
    let outer = quote_spanned!(span=> ::core::option::Option::as_ref(#value));
    (1..depth).fold(outer, |outer, _| {
        quote_spanned!(span=> ::core::option::Option::and_then(#outer, ::core::option::Option::as_ref))
    })
}

fn expand_range_if(
    rule: &Rule,
    range: &RangeIf,
    field: &Field<'_>,
    input: &Struct<'_>,
) -> TokenStream {
    let RangeIf { when, limits, unit } = range;
    let Some(other) = input.field(&when.field) else { return TokenStream::new() };
    let (span, runtime) = (rule.name.span().resolved_at(Span::call_site()), &input.runtime);
    let (name, wire, value) = (&rule.name, &field.wire, respan(&field.value(), span));
    let holds = expand_holds(when, &other.value(), runtime);
    let data = expand_data(when, &other.wire, runtime);
    let bounds = expand_bounds(limits, &value, runtime);
    let unit = match unit {
        Some(unit) => expand_unit(unit, &value, runtime),
        None => quote!(::core::option::Option::None),
    };
    quote_spanned!(span=> report.#name(#wire, #value, (#holds, #data), [#(#bounds),*], #unit);)
}

/// What the compiler finds wrong with it is at the unit.
fn expand_unit(unit: &Path, value: &Tokens, runtime: &Path) -> TokenStream {
    let span = unit.span().resolved_at(Span::call_site());
    let (value, runtime) = (respan(value, span), respan(&quote!(#runtime).into(), span));
    quote_spanned!(span=> #runtime::validate::field::unit_by_condition::<#unit, _>(#value))
}

fn expand_condition(
    rule: &Rule,
    condition: &Condition,
    field: &Field<'_>,
    input: &Struct<'_>,
) -> TokenStream {
    let span = rule.name.span().resolved_at(Span::call_site());
    let Some(other) = input.field(&condition.field) else { return TokenStream::new() };
    let runtime = &input.runtime;
    let (name, wire, other_wire) = (&rule.name, &field.wire, &other.wire);
    let value = respan(&field.value(), span);
    let holds = expand_holds(condition, &other.value(), runtime);
    let data = expand_data(condition, other_wire, runtime);
    quote_spanned!(span=> report.#name(#wire, #value, #holds, #data);)
}

fn expand_each_if(
    rule: &Rule,
    each_if: &EachIf,
    field: &Field<'_>,
    input: &Struct<'_>,
) -> TokenStream {
    let EachIf { when, then, wire } = each_if;
    let Some(other) = input.field(&when.field) else { return TokenStream::new() };
    let (span, runtime) = (call_site(&rule.name), &input.runtime);
    let (list, value) = (&field.wire, respan(&field.value(), span));
    let holds = expand_holds(when, &other.value(), runtime);
    let member = &then.field;
    let satisfies = expand_holds(then, &quote!(&item.#member).into(), runtime);
    let condition = expand_data(when, &other.wire, runtime);
    let needed = expand_data(then, &wire_name(&then.field, wire), runtime);
    quote_spanned! {span=>
        report.each_if(#list, #value, #holds, #condition, #needed, |item| #satisfies);
    }
}

fn expand_sum(rule: &Rule, sum: &Sum, field: &Field<'_>, input: &Struct<'_>) -> TokenStream {
    let Some(list) = input.field(&sum.list) else { return TokenStream::new() };
    let span = call_site(&rule.name);
    let (wire, value) = (&field.wire, respan(&field.value(), span));
    let items = respan(&list.value(), call_site(&sum.list));
    let (list, of) = (&list.wire, wire_name(&sum.field, &sum.wire));
    let (member, at) = (&sum.field, call_site(&sum.field));
    let amount = quote_spanned!(at=> |item| &item.#member);
    quote_spanned!(span=> report.sum(#wire, #value, #items, (#list, #of), #amount);)
}

fn expand_group(group: &Group, input: &Struct<'_>) -> TokenStream {
    let runtime = &input.runtime;
    let rule = &group.name;
    let fields = || group.fields.iter().filter_map(|name| Some((name, input.field(name)?)));
    let names = fields().map(|(_, field)| &field.wire);
    let given = fields().map(|(name, field)| {
        let span = name.span().resolved_at(Span::call_site());
        let value = respan(&field.value(), span);
        quote_spanned!(span=> #runtime::validate::field::Present::given(#value))
    });
    quote!(report.#rule(&[#(#names),*], &[#(#given),*]);)
}

fn wire_name(field: &Ident, wire: &Option<LitStr>) -> String {
    wire.as_ref().map_or_else(|| field.unraw().to_string(), LitStr::value)
}

fn call_site(name: &Ident) -> Span {
    name.span().resolved_at(Span::call_site())
}
