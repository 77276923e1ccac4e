//! Reads `#[name(item, item, ...)]`, one item after the other, and goes on after a bad one.

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Meta, Path, Result, Token};

use crate::errors::Errors;

/// Calls `item` at the start of each item of each attribute `name`.
///
/// `item` takes all of the item but not the comma behind it. Where it fails the rest of that item is left out.
pub(crate) fn read(
    attrs: &[Attribute],
    name: &str,
    errors: &mut Errors,
    mut item: impl FnMut(ParseStream<'_>, &mut Errors) -> Result<()>,
) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(name)) {
        let Meta::List(_) = &attr.meta else {
            errors.at(&attr.meta, format_args!("expected `{name}(...)`"));
            continue;
        };
        let read = attr.parse_args_with(|input: ParseStream<'_>| {
            read_items(input, errors, &mut item);
            Ok(())
        });
        errors.keep(read);
    }
}

/// Reads `item, item, ...` to the end of `input`; for nested lists also, as in `each(...)`.
pub(crate) fn read_items(
    input: ParseStream<'_>,
    errors: &mut Errors,
    item: &mut dyn FnMut(ParseStream<'_>, &mut Errors) -> Result<()>,
) {
    while !input.is_empty() {
        let read = item(input, errors).and_then(|()| expect_comma(input));
        if errors.keep(read).is_none() {
            skip_item(input);
        }
    }
}

fn expect_comma(input: ParseStream<'_>) -> Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    input.parse::<Token![,]>().map(drop)
}

fn skip_item(input: ParseStream<'_>) {
    skip_value(input);
    let _ = input.parse::<Token![,]>();
}

/// Passes over what is left of an item, up to its comma.
pub(crate) fn skip_value(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        // Cannot fail: the input is not empty.
        let _ = input.parse::<TokenTree>();
    }
}

/// The name an item starts with; `crate` and other keywords are names here.
pub(crate) fn parse_name(input: ParseStream<'_>) -> Result<Ident> {
    if !input.peek(Ident::peek_any) {
        return Err(input.error("expected a name"));
    }
    input.call(Ident::parse_any)
}

/// The value of `name = value`, the name being read already.
pub(crate) fn parse_value<T: Parse>(input: ParseStream<'_>) -> Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// The text of `name = "text"`, the name being read already; `example` is shown where something else is found.
pub(crate) fn parse_text(input: ParseStream<'_>, example: &str) -> Result<LitStr> {
    input.parse::<Token![=]>()?;
    parse_literal(input, example)
}

/// Text in quotes; `example` is shown where something else is found.
pub(crate) fn parse_literal(input: ParseStream<'_>, example: &str) -> Result<LitStr> {
    if !input.peek(LitStr) {
        return Err(input.error(format_args!("expected text in quotes, as `\"{example}\"`")));
    }
    input.parse()
}

/// Puts `value` where `name` goes, or says that it is there already.
pub(crate) fn set<T>(place: &mut Option<T>, name: &Ident, value: T) -> Result<()> {
    if place.is_some() {
        return Err(syn::Error::new(
            name.span(),
            format!("`{name}` is given twice, leave one out"),
        ));
    }
    *place = Some(value);
    Ok(())
}

/// The path of `crate = "path"`, the name being read already.
pub(crate) fn parse_crate(input: ParseStream<'_>) -> Result<Path> {
    parse_text(input, "crate::runtime")?.parse()
}
