//! The `#[error_code(...)]` grammar.

use syn::parse::ParseStream;
use syn::{Attribute, Error, Ident, Lit, LitInt, LitStr, Result, Token, parenthesized, token};

use crate::attr::{self, parse_name, parse_text, parse_value, read_items, set};
use crate::errors::Errors;
use crate::literal::Int;
use crate::suggest;

/// What is written on a variant.
#[derive(Default)]
pub(super) struct Attrs {
    /// One code, or errCode and errNo.
    pub(super) codes: Vec<Int>,
    pub(super) http: Option<LitInt>,
    pub(super) retry: Option<Retry>,
    pub(super) text: Text,
    pub(super) cases: Vec<Case>,
    pub(super) unknown: Option<Ident>,
}

/// The cells that an error and a case have in common.
#[derive(Default)]
pub(super) struct Text {
    pub(super) message: Option<LitStr>,
    pub(super) meaning: Option<LitStr>,
    pub(super) advice: Option<LitStr>,
}

/// One of several errors that share a code.
pub(super) struct Case {
    pub(super) name: Ident,
    pub(super) text: Text,
}

/// A variant of the runtime's `Retry`.
#[derive(Clone, Copy)]
pub(super) enum Retry {
    Never,
    Same,
    Changed,
}

const OF_VARIANT: [&str; 7] = ["http", "retry", "message", "meaning", "advice", "case", "unknown"];
const OF_CASE: [&str; 3] = ["message", "meaning", "advice"];

impl Attrs {
    pub(super) fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Attrs::default();
        attr::read(attrs, "error_code", errors, |input, errors| read.item(input, errors));
        read
    }

    fn item(&mut self, input: ParseStream<'_>, errors: &mut Errors) -> Result<()> {
        if input.peek(Lit) || input.peek(Token![-]) {
            return self.add_code(input.parse()?);
        }
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "http" => set(&mut self.http, &name, parse_http(input)?),
            "retry" => set(&mut self.retry, &name, parse_retry(input)?),
            "case" => parse_case(name, input, errors).map(|case| self.cases.push(case)),
            "unknown" => set(&mut self.unknown, &name, name.clone()),
            _ => self.text.item(&name, input, &OF_VARIANT),
        }
    }

    fn add_code(&mut self, code: Int) -> Result<()> {
        if self.codes.len() == 2 {
            return Err(Error::new_spanned(
                code,
                "an error has one code, or errCode and errNo; leave one out",
            ));
        }
        self.codes.push(code);
        Ok(())
    }
}

impl Text {
    fn item(&mut self, name: &Ident, input: ParseStream<'_>, known: &[&str]) -> Result<()> {
        let cell = match name.to_string().as_str() {
            "message" => &mut self.message,
            "meaning" => &mut self.meaning,
            "advice" => &mut self.advice,
            _ => return Err(suggest::unknown("key of an error", name, known)),
        };
        set(cell, name, parse_text(input, "this order is settled")?)
    }
}

fn parse_case(name: Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<Case> {
    if !input.peek(token::Paren) {
        return Err(input.error("expected `(message = \"..\", ..)`"));
    }
    let content;
    parenthesized!(content in input);
    let mut text = Text::default();
    read_items(&content, errors, &mut |input, _| {
        let name = parse_name(input)?;
        text.item(&name, input, &OF_CASE)
    });
    Ok(Case { name, text })
}

fn parse_http(input: ParseStream<'_>) -> Result<LitInt> {
    let status: LitInt = parse_value(input)?;
    match status.base10_parse() {
        Ok(100..=599u16) => Ok(status),
        _ => Err(Error::new_spanned(status, "expected an HTTP status, 100 to 599")),
    }
}

fn parse_retry(input: ParseStream<'_>) -> Result<Retry> {
    input.parse::<token::Eq>()?;
    let name = parse_name(input)?;
    match name.to_string().as_str() {
        "never" => Ok(Retry::Never),
        "same" => Ok(Retry::Same),
        "changed" => Ok(Retry::Changed),
        _ => Err(suggest::unknown("way to retry", &name, &["never", "same", "changed"])),
    }
}
