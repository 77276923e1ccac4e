//! Conditions, as `kind == 2`, and the rules that name other fields than their own.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{
    Error, Ident, LitBool, LitInt, LitStr, Path, Result, Token, bracketed, parenthesized, token,
};

use super::limits::{Kind, Limit, Limits, check_64_bits, check_range};
use super::{Tokens, respan};
use crate::attr::{parse_all, parse_name, parse_text, parse_value, read_items, set, to_the_end};
use crate::errors::{Errors, unknown_name};

/// `range_if(when, min = N, max = N, unit = TYPE)`.
pub(crate) struct RangeIf {
    pub(crate) when: Condition,
    pub(crate) limits: Limits,
    /// What the condition makes of an amount that is in one of several units.
    pub(crate) unit: Option<Path>,
}

/// `each_if(when, then)`.
pub(crate) struct EachIf {
    /// On the struct.
    pub(crate) when: Condition,
    /// On an item of the list.
    pub(crate) then: Condition,
    /// What the item's field is called on the wire, if not as in Rust.
    pub(crate) wire: Option<LitStr>,
}

/// `sum(list.field)`.
pub(crate) struct Sum {
    pub(crate) list: Ident,
    pub(crate) field: Ident,
    /// What the item's field is called on the wire, if not as in Rust.
    pub(crate) wire: Option<LitStr>,
}

pub(crate) struct Condition {
    pub(crate) field: Ident,
    pub(crate) test: Test,
}

pub(crate) enum Test {
    Is(Vec<Literal>),
    IsNot(Vec<Literal>),
    Present,
    Absent,
}

pub(crate) enum Literal {
    Bool(LitBool),
    Int(Limit),
    Text(LitStr),
}

impl Literal {
    fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "a bool",
            Self::Int(_) => "a number",
            Self::Text(_) => "a string",
        }
    }

    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bool(one), Self::Bool(two)) => one.value == two.value,
            (Self::Int(one), Self::Int(two)) => one.value == two.value,
            (Self::Text(one), Self::Text(two)) => one.value() == two.value(),
            _ => false,
        }
    }
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Bool(value) => value.to_tokens(tokens),
            Self::Int(value) => value.to_tokens(tokens),
            Self::Text(value) => value.to_tokens(tokens),
        }
    }
}

pub(super) fn parse_range_if(
    name: &Ident,
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> Result<RangeIf> {
    let example = format!("`{name}(other == VALUE, min = N, max = N)`, with one or both");
    parse_all(input, name, &example, |input| {
        let when = Condition::parse(input)?;
        let mut rule = RangeIf { when, limits: Limits::default(), unit: None };
        let comma: Option<Token![,]> = input.parse()?;
        if comma.is_none() || input.is_empty() {
            return Err(Error::new(name.span(), format!("expected {example}")));
        }
        read_items(input, errors, &mut |input, _| {
            let key = parse_name(input)?;
            match key == "unit" {
                true => set(&mut rule.unit, &key, parse_value(input)?),
                false => rule.limits.parse_end(Kind::Range, key, input),
            }
        });
        Ok(rule)
    })
}

pub(super) fn parse_each_if(name: &Ident, input: ParseStream<'_>) -> Result<EachIf> {
    let example =
        format!("`{name}(other == VALUE, field == VALUE)`, with a field of each item last");
    parse_all(input, name, &example, |input| {
        let when = Condition::parse(input)?;
        input.parse::<Token![,]>()?;
        Ok(EachIf { when, then: Condition::parse(input)?, wire: parse_wire(input)? })
    })
}

pub(super) fn parse_sum(name: &Ident, input: ParseStream<'_>) -> Result<Sum> {
    parse_all(input, name, &format!("`{name}(list.field)`"), |input| {
        let list = parse_name(input)?;
        input.parse::<Token![.]>()?;
        Ok(Sum { list, field: parse_name(input)?, wire: parse_wire(input)? })
    })
}

/// `, name = "key"` behind a field of an item, whose attributes a macro does not see.
fn parse_wire(input: ParseStream<'_>) -> Result<Option<LitStr>> {
    let comma: Option<Token![,]> = input.parse()?;
    if comma.is_none() || input.is_empty() {
        return Ok(None);
    }
    let key = parse_name(input)?;
    if key != "name" {
        return Err(Error::new(key.span(), "expected `name = \"key\"`, the field's on the wire"));
    }
    parse_text(input, "goodType").map(Some)
}

pub(super) fn parse_condition(name: &Ident, input: ParseStream<'_>) -> Result<Condition> {
    parse_all(input, name, &format!("`{name}(other == VALUE)`"), Condition::parse)
}

impl Condition {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let field = parse_name(input)?;
        if input.peek(token::Paren) {
            return Self::parse_presence(&field, input);
        }
        let test = Test::parse(input)?;
        Ok(Self { field, test })
    }

    fn parse_presence(word: &Ident, input: ParseStream<'_>) -> Result<Self> {
        let content;
        parenthesized!(content in input);
        let field = to_the_end(&content, parse_name);
        let test = match word.to_string().as_str() {
            "present" => Test::Present,
            "absent" => Test::Absent,
            _ => return Err(unknown_name("condition", word, &["present", "absent"])),
        };
        Ok(Self { field: field?, test })
    }
}

impl Test {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(Token![==]) {
            input.parse::<Token![==]>()?;
            return Ok(Self::Is(vec![input.parse()?]));
        }
        if input.peek(Token![!=]) {
            input.parse::<Token![!=]>()?;
            return Ok(Self::IsNot(vec![input.parse()?]));
        }
        if input.peek(Token![in]) {
            return parse_choice(input).map(Self::Is);
        }
        if input.peek(Ident) && input.peek2(Token![in]) && input.parse::<Ident>()? == "not" {
            return parse_choice(input).map(Self::IsNot);
        }
        Err(input
            .error("expected `== VALUE`, `!= VALUE`, `in [VALUE, ..]` or `not in [VALUE, ..]`"))
    }
}

fn parse_choice(input: ParseStream<'_>) -> Result<Vec<Literal>> {
    input.parse::<Token![in]>()?;
    if !input.peek(token::Bracket) {
        return Err(input.error("expected `[VALUE, ..]`"));
    }
    let content;
    let bracket = bracketed!(content in input);
    let values = to_the_end(&content, |input| input.parse_terminated(Literal::parse, Token![,]))?;
    if values.is_empty() {
        return Err(Error::new(bracket.span.join(), "expected a value at least, as `[1, 2]`"));
    }
    Ok(values.into_iter().collect())
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(Token![-]) || input.peek(LitInt) {
            return input.parse().map(Self::Int);
        }
        if input.peek(LitStr) {
            return input.parse().map(Self::Text);
        }
        if input.peek(LitBool) {
            return input.parse().map(Self::Bool);
        }
        Err(input
            .error("expected a value as on the wire: a whole number, a string, `true` or `false`"))
    }
}

pub(super) fn check_range_if(rule: &RangeIf, name: &Ident, errors: &mut Errors) {
    if rule.limits.ends().next().is_none() {
        errors.at(name, "without a limit, add `min = N` or `max = N`");
    }
    check_range(&rule.limits, errors);
}

pub(crate) fn check_test(test: &Test, errors: &mut Errors) {
    let (Test::Is(values) | Test::IsNot(values)) = test else { return };
    for (index, value) in values.iter().enumerate() {
        check_value(value, &values[..index], errors);
    }
}

fn check_value(value: &Literal, earlier: &[Literal], errors: &mut Errors) {
    if let Literal::Int(int) = value {
        check_64_bits(int, errors);
    }
    if let Some(first) = earlier.first()
        && first.kind() != value.kind()
    {
        let message = format_args!("{}, but the first value is {}", value.kind(), first.kind());
        errors.at(value, message);
    }
    if earlier.iter().any(|earlier| earlier.is(value)) {
        errors.at(value, "this value is given twice, leave one out");
    }
}

/// The condition as code; `value` is what it is on.
pub(crate) fn expand_holds(condition: &Condition, value: &Tokens, runtime: &Path) -> TokenStream {
    let span = condition.field.span().resolved_at(Span::call_site());
    expand_test(&condition.test, &respan(value, span), runtime, span)
}

/// The condition as data, for the violation.
pub(crate) fn expand_data(condition: &Condition, wire: &str, runtime: &Path) -> TokenStream {
    let test = expand_test_data(&condition.test, runtime);
    quote!(&#runtime::validate::Condition { field: #wire, test: #test })
}

/// The test as code. What the compiler finds wrong with it is at the name of the other field.
fn expand_test(test: &Test, other: &Tokens, runtime: &Path, span: Span) -> TokenStream {
    match test {
        Test::Is(values) => expand_equals(values, other, runtime, span),
        Test::IsNot(values) => {
            let equals = expand_equals(values, other, runtime, span);
            quote!(!#equals)
        }
        Test::Present => {
            quote_spanned!(span=> #runtime::validate::field::Present::given(#other).is_sent())
        }
        Test::Absent => {
            quote_spanned!(span=> !#runtime::validate::field::Present::given(#other).is_sent())
        }
    }
}

fn expand_equals(values: &[Literal], other: &Tokens, runtime: &Path, span: Span) -> TokenStream {
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
