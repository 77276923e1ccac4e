//! Writes the rules of a value: a line for each, which calls the runtime.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ExprPath, Path};

use super::pattern::{Engine, engine};
use super::{Bound, Condition, End, Limits, Literal, Rule, RuleKind, Test};

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
                static PATTERN: #runtime::validate::field::Pattern = #runtime::validate::field::Pattern::#new(#pattern);
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
pub(crate) fn expand_bounds(
    limits: &Limits,
    value: &TokenStream,
    runtime: &Path,
) -> [TokenStream; 2] {
    [&limits.min, &limits.max].map(|end| match end {
        Some(end) => end.expand(value, runtime),
        None => quote!(::core::ops::Bound::Unbounded),
    })
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

/// The call of a function of the user. What the compiler finds wrong with it is at its path.
pub(crate) fn expand_call(check: &ExprPath, value: &TokenStream) -> TokenStream {
    let span = check.span().resolved_at(Span::call_site());
    let value = respan(value, span);
    let arguments = quote_spanned!(span=> (#value, report));
    quote!(#check #arguments;)
}

/// The condition as code; `value` is what it is on.
pub(crate) fn expand_holds(
    condition: &Condition,
    value: &TokenStream,
    runtime: &Path,
) -> TokenStream {
    let span = condition.field.span().resolved_at(Span::call_site());
    expand_test(&condition.test, &respan(value, span), runtime, span)
}

/// The condition as data, for the violation.
pub(crate) fn expand_data(condition: &Condition, wire: &str, runtime: &Path) -> TokenStream {
    let test = expand_test_data(&condition.test, runtime);
    quote!(&#runtime::validate::Condition { field: #wire, test: #test })
}

/// The test as code. What the compiler finds wrong with it is at the name of the other field.
fn expand_test(test: &Test, other: &TokenStream, runtime: &Path, span: Span) -> TokenStream {
    match test {
        Test::Is(values) => expand_equals(values, other, runtime, span),
        Test::IsNot(values) => {
            let equals = expand_equals(values, other, runtime, span);
            quote!(!#equals)
        }
        Test::Present => {
            quote_spanned!(span=> #runtime::validate::field::Present::is_present(#other))
        }
        Test::Absent => {
            quote_spanned!(span=> !#runtime::validate::field::Present::is_present(#other))
        }
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
    quote_spanned!(span=> #runtime::validate::field::equals_any::<#ty, _>(#other, &[#(#values),*]))
}

/// The test as data, for the violation.
fn expand_test_data(test: &Test, runtime: &Path) -> TokenStream {
    let (name, values) = match test {
        Test::Is(values) => (quote!(Is), values),
        Test::IsNot(values) => (quote!(IsNot), values),
        Test::Present => return quote!(#runtime::validate::Test::Present),
        Test::Absent => return quote!(#runtime::validate::Test::Absent),
    };
    let values = values.iter().map(|value| match value {
        Literal::Bool(value) => quote!(#runtime::validate::Literal::Bool(#value)),
        Literal::Int(value) => quote!(#runtime::validate::Literal::Int(#value)),
        Literal::Text(value) => quote!(#runtime::validate::Literal::Text(#value)),
    });
    quote!(#runtime::validate::Test::#name(&[#(#values),*]))
}

impl End {
    /// As `core::ops::Bound`; `value` is what has it.
    pub(crate) fn expand(&self, value: &TokenStream, runtime: &Path) -> TokenStream {
        match (&self.bound, self.is_exclusive()) {
            (Bound::Decimal(decimal), is_exclusive) => {
                let decimal = decimal.expand(runtime);
                match is_exclusive {
                    true => quote!(::core::ops::Bound::Excluded(#decimal)),
                    false => quote!(::core::ops::Bound::Included(#decimal)),
                }
            }
            (Bound::Path(path), is_exclusive) => {
                expand_constant(path, is_exclusive, value, runtime)
            }
            (number, false) => quote!(::core::ops::Bound::Included(#number)),
            (number, true) => quote!(::core::ops::Bound::Excluded(#number)),
        }
    }
}

/// What the compiler finds wrong with it is at the path.
fn expand_constant(
    path: &ExprPath,
    is_exclusive: bool,
    value: &TokenStream,
    runtime: &Path,
) -> TokenStream {
    let span = path.span().resolved_at(Span::call_site());
    let (value, runtime) = (respan(value, span), respan(&quote!(#runtime), span));
    match is_exclusive {
        true => quote_spanned!(span=> #runtime::validate::field::excluded(#value, &#path)),
        false => quote_spanned!(span=> #runtime::validate::field::included(#value, &#path)),
    }
}

pub(crate) fn respan(tokens: &TokenStream, span: Span) -> TokenStream {
    let mut tokens: Vec<_> = tokens.clone().into_iter().collect();
    tokens.iter_mut().for_each(|token| token.set_span(span));
    tokens.into_iter().collect()
}
