//! Conditions on another field: `other == VALUE`, `other not in [VALUE, ..]`, `present(other)`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitBool, LitInt, LitStr, Result, Token, bracketed, parenthesized, token};

use crate::attr::parse_name;
use crate::suggest;

use super::limits::Limit;
use super::parentheses::to_the_end;

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

impl Condition {
    pub(super) fn parse(input: ParseStream<'_>) -> Result<Self> {
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
            _ => return Err(suggest::unknown("condition", word, &["present", "absent"])),
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

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Bool(value) => value.to_tokens(tokens),
            Self::Int(value) => value.to_tokens(tokens),
            Self::Text(value) => value.to_tokens(tokens),
        }
    }
}
