//! What is in the parentheses behind the name of a rule.

use proc_macro2::TokenTree;
use syn::parse::ParseStream;
use syn::{Error, Ident, Result, parenthesized, token};

use crate::attr::read_items;
use crate::errors::Errors;

/// Calls `item` for each of `(item, item, ...)`, of which there must be one at least.
pub(super) fn parse_items(
    input: ParseStream<'_>,
    name: &Ident,
    example: &str,
    errors: &mut Errors,
    mut item: impl FnMut(ParseStream<'_>, &mut Errors) -> Result<()>,
) -> Result<()> {
    parse_all(input, name, example, |input| {
        read_items(input, errors, &mut item);
        Ok(())
    })
}

/// What `parse` makes of all that is in the parentheses, which must not be empty.
pub(super) fn parse_all<T>(
    input: ParseStream<'_>,
    name: &Ident,
    example: &str,
    parse: impl FnOnce(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let expected = || Error::new(name.span(), format!("expected {example}"));
    if !input.peek(token::Paren) {
        return Err(expected());
    }
    let content;
    parenthesized!(content in input);
    if content.is_empty() {
        return Err(expected());
    }
    to_the_end(&content, parse)
}

/// What `parse` makes of the whole of `input`. Leaves nothing behind, which syn would report a second time.
pub(super) fn to_the_end<T>(
    input: ParseStream<'_>,
    parse: impl FnOnce(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let parsed = parse(input).and_then(|parsed| match input.is_empty() {
        true => Ok(parsed),
        false => Err(input.error("unexpected token, expected the end of this rule here")),
    });
    while input.parse::<TokenTree>().is_ok() {}
    parsed
}
