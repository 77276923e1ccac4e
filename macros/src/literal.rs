//! Literals of attributes, each with its token.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Error, LitInt, LitStr, Path, Result, Token};

use crate::attr;

/// A whole number of 64 bits, with its sign.
pub(crate) struct Int {
    minus: Option<Token![-]>,
    digits: LitInt,
    pub(crate) value: i64,
}

impl Int {
    /// Whether a number comes next.
    pub(crate) fn peek(input: ParseStream<'_>) -> bool {
        input.peek(LitInt) || (input.peek(Token![-]) && input.peek2(LitInt))
    }
}

impl Parse for Int {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !Int::peek(input) {
            return Err(input.error("expected a whole number, as `23117`"));
        }
        let minus: Option<Token![-]> = input.parse()?;
        let digits: LitInt = input.parse()?;
        let sign = if minus.is_some() { "-" } else { "" };
        match format!("{sign}{}", digits.base10_digits()).parse() {
            Ok(value) if digits.suffix().is_empty() => Ok(Int { minus, digits, value }),
            _ => Err(Error::new_spanned(
                quote!(#minus #digits),
                "expected a whole number of 64 bits, as `23117`",
            )),
        }
    }
}

impl ToTokens for Int {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.minus.to_tokens(tokens);
        self.digits.to_tokens(tokens);
    }
}

/// A version of the platform's base library, in quotes.
pub(crate) struct Version {
    literal: LitStr,
    numbers: [u32; 3],
}

impl Version {
    /// As an expression of the runtime's type.
    pub(crate) fn expand(&self, runtime: &Path) -> TokenStream {
        let [major, minor, patch] = self.numbers;
        quote!(#runtime::Version::new(#major, #minor, #patch))
    }
}

impl Parse for Version {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let literal: LitStr = attr::parse_literal(input, "3.47.0")?;
        match parse_numbers(&literal.value()) {
            Some(numbers) => Ok(Version { literal, numbers }),
            None => Err(Error::new_spanned(
                literal,
                "expected a version of three numbers, as `\"3.47.0\"`",
            )),
        }
    }
}

impl ToTokens for Version {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.literal.to_tokens(tokens);
    }
}

fn parse_numbers(text: &str) -> Option<[u32; 3]> {
    let numbers: Vec<u32> = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}
