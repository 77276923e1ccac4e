//! The `#[wire(...)]` grammar of enums.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Error, Ident, Lit, LitStr, Result, Token};

use crate::attr::{self, parse_name, set};
use crate::errors::Errors;
use crate::literal::{Int, Version};
use crate::suggest;

/// What is written on a variant.
#[derive(Default)]
pub(super) struct Attrs {
    pub(super) value: Option<Literal>,
    pub(super) aliases: Vec<Literal>,
    pub(super) default: Option<Ident>,
    pub(super) since: Option<Version>,
    pub(super) unknown: Option<Ident>,
}

const OF_VARIANT: [&str; 4] = ["alias", "default", "since", "unknown"];

/// A value on the wire.
pub(super) enum Literal {
    Text(LitStr),
    Int(Int),
}

impl Attrs {
    pub(super) fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Attrs::default();
        attr::read(attrs, "wire", errors, |input, _| read.item(input));
        read
    }

    fn item(&mut self, input: ParseStream<'_>) -> Result<()> {
        if Literal::peek(input) {
            return self.set_value(input.parse()?);
        }
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "alias" => self.aliases.push(attr::parse_value(input)?),
            "default" => set(&mut self.default, &name, name.clone())?,
            "since" => set(&mut self.since, &name, attr::parse_value(input)?)?,
            "unknown" => set(&mut self.unknown, &name, name.clone())?,
            _ => return Err(suggest::unknown("key of a variant", &name, &OF_VARIANT)),
        }
        Ok(())
    }

    fn set_value(&mut self, value: Literal) -> Result<()> {
        if self.value.is_some() {
            let message =
                "a variant has one value, write `alias = ..` for another that is read as this one";
            return Err(Error::new_spanned(value, message));
        }
        self.value = Some(value);
        Ok(())
    }
}

impl Literal {
    fn peek(input: ParseStream<'_>) -> bool {
        input.peek(Lit) || input.peek(Token![-])
    }
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Literal::Text);
        }
        if !Literal::peek(input) {
            return Err(input.error("expected a value on the wire, as `\"DIAMOND\"` or `2`"));
        }
        input.parse().map(Literal::Int)
    }
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Literal::Text(text) => text.to_tokens(tokens),
            Literal::Int(int) => int.to_tokens(tokens),
        }
    }
}
