//! Writes the impl: a line for each rule, which calls the runtime.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Error, ExprPath, Ident, Path};

use crate::{crate_path, variants};

use super::across::{expand_each_if, expand_sum};
use super::attr::{Group, RangeIf, Rule, RuleKind};
use super::bounds;
use super::condition::{Condition, Literal, Test};
use super::limits::{End, Limits};
use super::model::{Bodies, Field, Item, Struct};
use super::pattern::{Engine, engine};

pub(crate) fn expand(item: &Item<'_>) -> TokenStream {
    let rules = match &item.bodies {
        Bodies::Struct(body) => expand_struct(body),
        Bodies::Enum(variants) => expand_enum(variants),
        Bodies::None => TokenStream::new(),
    };
    let customs = item.customs.iter().map(|check| expand_call(check, &quote!(self)));
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

/// Implements the traits all the same, so that one mistake is reported once and not again where the type is used.
pub(crate) fn fallback(node: &DeriveInput, error: &Error) -> TokenStream {
    let runtime = crate_path::of(&node.attrs, "validate");
    let error = error.to_compile_error();
    let impls =
        impl_validate(node, &runtime, node.generics.clone(), &quote!(_), &TokenStream::new());
    quote!(#error #impls)
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
            fn check(&self, #report: &mut #runtime::Report<'_>) {
                #checks
            }
        }
        #[automatically_derived]
        impl #impl_generics #runtime::Present for #name #ty_generics #where_clause {}
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
            quote!(report.within(#runtime::Segment::Index(#index), |report| { #rules });)
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
fn if_given(field: &Field<'_>, expand: impl FnOnce(&TokenStream) -> TokenStream) -> TokenStream {
    let value = field.value();
    let depth = variants::option_depth(field.ty);
    if depth == 0 {
        return expand(&value);
    }
    let opened = (1..depth).fold(
        expand(&quote!(value)),
        |checks, _| quote!(if let ::core::option::Option::Some(value) = value { #checks }),
    );
    quote!(if let ::core::option::Option::Some(value) = #value { #opened })
}

/// The call of a function of the user. What the compiler finds wrong with it is at its path.
fn expand_call(check: &ExprPath, value: &TokenStream) -> TokenStream {
    let span = check.span().resolved_at(Span::call_site());
    let value = respan(value, span);
    let arguments = quote_spanned!(span=> (#value, report));
    quote!(#check #arguments;)
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
    let [depth, twin_depth] = [field, twin].map(|field| variants::option_depth(field.ty));
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
fn opened(value: &TokenStream, depth: usize, span: Span) -> TokenStream {
    if depth == 0 {
        return quote_spanned!(span=> ::core::option::Option::Some(#value));
    }
    let outer = quote_spanned!(span=> ::core::option::Option::as_ref(#value));
    (1..depth).fold(outer, |outer, _| {
        quote_spanned!(span=> ::core::option::Option::and_then(#outer, ::core::option::Option::as_ref))
    })
}

/// A rule of one value. What the compiler finds wrong with it is at the name of the rule.
pub(crate) fn expand_rule(
    rule: &Rule,
    wire: &str,
    value: &TokenStream,
    runtime: &Path,
) -> TokenStream {
    let span = rule.name.span().resolved_at(Span::call_site());
    let name = format_ident!("{}", rule.name, span = span);
    let value = respan(value, span);
    let arguments = match &rule.kind {
        RuleKind::Length(limits) => expand_lengths(limits),
        RuleKind::Range(limits) => {
            let [min, max] = expand_bounds(limits, &value, runtime);
            quote!(, #min, #max)
        }
        RuleKind::Pattern(pattern) => {
            let new = match engine(&pattern.value()) {
                Ok(Engine::Unicode) => quote!(unicode),
                _ => quote!(new),
            };
            quote! {, {
                static PATTERN: #runtime::Pattern = #runtime::Pattern::#new(#pattern);
                &PATTERN
            }}
        }
        RuleKind::Url(schemes) => {
            let starts = schemes.iter().map(|scheme| format!("{}://", scheme.value()));
            quote!(, &[#(#schemes),*], &[#(#starts),*])
        }
        RuleKind::Level { levels, times } => {
            return expand_level(levels, times.as_ref(), wire, &value, span);
        }
        RuleKind::Custom(check) => {
            let call = expand_call(check, &value);
            return quote_spanned!(span=> report.#name(#wire, |report| { #call }););
        }
        RuleKind::Each(rules) | RuleKind::Keys(rules) => {
            let item = quote!(item);
            let rules = rules.iter().map(|rule| expand_rule(rule, "", &item, runtime));
            quote!(, |report, item| { #(#rules)* })
        }
        RuleKind::Secret
        | RuleKind::RequiredIf(_)
        | RuleKind::ForbiddenIf(_)
        | RuleKind::RangeIf(_)
        | RuleKind::EachIf(_)
        | RuleKind::SameAs(_)
        | RuleKind::Sum(_) => return TokenStream::new(),
        RuleKind::Required | RuleKind::Documented | RuleKind::Nested => TokenStream::new(),
    };
    quote_spanned!(span=> report.#name(#wire, #value #arguments);)
}

fn expand_lengths(limits: &Limits) -> TokenStream {
    let end =
        |end: &Option<End>, none| end.as_ref().map_or(none, |end| end.bound.to_token_stream());
    let min = end(&limits.min, quote!(0));
    let max = end(&limits.max, quote!(::core::primitive::usize::MAX));
    quote!(, #min, #max)
}

/// `value`: what is limited.
fn expand_bounds(limits: &Limits, value: &TokenStream, runtime: &Path) -> [TokenStream; 2] {
    [&limits.min, &limits.max].map(|end| match end {
        Some(end) => end.expand(value, runtime),
        None => quote!(::core::ops::Bound::Unbounded),
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
fn expand_unit(unit: &Ident, value: &TokenStream, runtime: &Path) -> TokenStream {
    let span = unit.span().resolved_at(Span::call_site());
    let (value, runtime) = (respan(value, span), respan(&quote!(#runtime), span));
    let unit = if unit == "fen" { quote!(Fen) } else { quote!(Diamonds) };
    quote_spanned!(span=> #runtime::unit_by_condition(#value, #runtime::Unit::#unit))
}

fn expand_level(
    levels: &Path,
    times: Option<&Path>,
    wire: &str,
    value: &TokenStream,
    span: Span,
) -> TokenStream {
    match times {
        Some(price) => quote_spanned!(span=> report.level_times(#wire, #value, &#levels, #price);),
        None => quote_spanned!(span=> report.level(#wire, #value, &#levels);),
    }
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

/// The condition as code; `value` is what it is on.
pub(super) fn expand_holds(
    condition: &Condition,
    value: &TokenStream,
    runtime: &Path,
) -> TokenStream {
    let span = condition.field.span().resolved_at(Span::call_site());
    expand_test(&condition.test, &respan(value, span), runtime, span)
}

/// The condition as data, for the violation.
pub(super) fn expand_data(condition: &Condition, wire: &str, runtime: &Path) -> TokenStream {
    let test = expand_test_data(&condition.test, runtime);
    quote!(&#runtime::Condition { field: #wire, test: #test })
}

/// The test as code. What the compiler finds wrong with it is at the name of the other field.
fn expand_test(test: &Test, other: &TokenStream, runtime: &Path, span: Span) -> TokenStream {
    match test {
        Test::Is(values) => expand_equals(values, other, runtime, span),
        Test::IsNot(values) => {
            let equals = expand_equals(values, other, runtime, span);
            quote!(!#equals)
        }
        Test::Present => quote_spanned!(span=> #runtime::Present::is_present(#other)),
        Test::Absent => quote_spanned!(span=> !#runtime::Present::is_present(#other)),
    }
}

fn expand_equals(
    values: &[Literal],
    other: &TokenStream,
    runtime: &Path,
    span: Span,
) -> TokenStream {
    let ty = match values.first() {
        Some(Literal::Bool(_)) => quote!(::core::primitive::bool),
        Some(Literal::Int(_)) => quote!(::core::primitive::i64),
        _ => quote!(::core::primitive::str),
    };
    let values = values.iter().map(|value| match value {
        Literal::Text(text) => quote!(#text),
        other => quote!(&#other),
    });
    quote_spanned!(span=> #runtime::equals_any::<#ty, _>(#other, &[#(#values),*]))
}

/// The test as data, for the violation.
fn expand_test_data(test: &Test, runtime: &Path) -> TokenStream {
    let (name, values) = match test {
        Test::Is(values) => (quote!(Is), values),
        Test::IsNot(values) => (quote!(IsNot), values),
        Test::Present => return quote!(#runtime::Test::Present),
        Test::Absent => return quote!(#runtime::Test::Absent),
    };
    let values = values.iter().map(|value| match value {
        Literal::Bool(value) => quote!(#runtime::Literal::Bool(#value)),
        Literal::Int(value) => quote!(#runtime::Literal::Int(#value)),
        Literal::Text(value) => quote!(#runtime::Literal::Text(#value)),
    });
    quote!(#runtime::Test::#name(&[#(#values),*]))
}

fn expand_group(group: &Group, input: &Struct<'_>) -> TokenStream {
    let runtime = &input.runtime;
    let rule = &group.name;
    let fields = || group.fields.iter().filter_map(|name| Some((name, input.field(name)?)));
    let names = fields().map(|(_, field)| &field.wire);
    let present = fields().map(|(name, field)| {
        let span = name.span().resolved_at(Span::call_site());
        let value = respan(&field.value(), span);
        quote_spanned!(span=> #runtime::Present::is_present(#value))
    });
    quote!(report.#rule(&[#(#names),*], &[#(#present),*]);)
}

pub(super) fn respan(tokens: &TokenStream, span: Span) -> TokenStream {
    let mut tokens: Vec<_> = tokens.clone().into_iter().collect();
    tokens.iter_mut().for_each(|token| token.set_span(span));
    tokens.into_iter().collect()
}
