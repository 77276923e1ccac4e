//! `(min = N, max = N)`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitInt, Result, Token};

use crate::attr::{parse_name, parse_value, set};
use crate::errors::Errors;
use crate::suggest;

use super::parentheses::parse_items;

/// Both ends included.
#[derive(Default)]
pub(crate) struct Limits {
    pub(crate) min: Option<Limit>,
    pub(crate) max: Option<Limit>,
}

pub(crate) struct Limit {
    minus: Option<Token![-]>,
    digits: LitInt,
    pub(crate) value: i128,
}

pub(super) fn parse_limits(
    name: &Ident,
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> Result<Limits> {
    let mut limits = Limits::default();
    let example = format!("`{name}(min = N, max = N)`, with one or both");
    parse_items(input, name, &example, errors, |input, _| {
        let end = parse_name(input)
            .map_err(|error| Error::new(error.span(), "expected `min = N` or `max = N`"))?;
        match end.to_string().as_str() {
            "min" => set(&mut limits.min, &end, parse_value(input)?),
            "max" => set(&mut limits.max, &end, parse_value(input)?),
            _ => Err(suggest::unknown("limit", &end, &["min", "max"])),
        }
    })?;
    Ok(limits)
}

impl Parse for Limit {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let minus: Option<Token![-]> = input.parse()?;
        if !input.peek(LitInt) {
            return Err(input.error("expected a whole number"));
        }
        let digits: LitInt = input.parse()?;
        let size: i128 = digits.base10_parse()?;
        let value = if minus.is_some() { -size } else { size };
        Ok(Self { minus, digits, value })
    }
}

impl ToTokens for Limit {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.minus.to_tokens(tokens);
        self.digits.to_tokens(tokens);
    }
}
