//! The grammar that all attributes share: `#[name(item, item, ...)]`, read one item after the other, going on after a bad
//! one; lists in parentheses, values, literals; and `crate = "path"`, which says where the runtime is.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, Error, Expr, ExprLit, Ident, Lit, LitInt, LitStr, Meta, MetaNameValue, Path,
    PathSegment, Result, Token, parenthesized, token,
};

use crate::errors::{Errors, unknown_name};

/// Calls `item` at the start of each item of each attribute `name`.
///
/// `item` takes all of the item but not the comma behind it. Where it fails the rest of that item is left out.
pub(crate) fn read(
    attrs: &[Attribute],
    name: &str,
    errors: &mut Errors,
    mut item: impl FnMut(ParseStream<'_>, &mut Errors) -> Result<()>,
) {
    for attr in attrs.iter().filter(|attr| !is_doc(attr) && attr.path().is_ident(name)) {
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

/// Whether it is a line of a doc, as a [`Node`](crate::node::Node) keeps those.
pub(crate) fn is_doc(attr: &Attribute) -> bool {
    matches!(
        &attr.meta,
        Meta::NameValue(MetaNameValue {
            value: Expr::Verbatim(_) | Expr::Lit(ExprLit { lit: Lit::Verbatim(_), .. }),
            ..
        })
    )
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

/// Reads `(key .., key ..)`, each key and what is behind it.
pub(crate) fn read_inside(
    input: ParseStream<'_>,
    errors: &mut Errors,
    item: &mut dyn FnMut(ParseStream<'_>, &Ident) -> Result<()>,
) -> Result<()> {
    let inside;
    parenthesized!(inside in input);
    read_items(&inside, errors, &mut |input, _| {
        let key = parse_name(input)?;
        item(input, &key)
    });
    Ok(())
}

pub(crate) fn parse_list<T>(
    input: ParseStream<'_>,
    name: &Ident,
    example: &str,
    parse: fn(ParseStream<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let list = parse_all(input, name, &format!("`{name}({example})`"), |input| {
        input.parse_terminated(parse, Token![,])
    })?;
    Ok(list.into_iter().collect())
}

/// Calls `item` for each of `(item, item, ...)`, of which there must be one at least.
pub(crate) fn parse_items(
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
pub(crate) fn parse_all<T>(
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
pub(crate) fn to_the_end<T>(
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

/// The field of `key = FIELD`, the key being read already.
pub(crate) fn parse_field(input: ParseStream<'_>) -> Result<Ident> {
    input.parse::<Token![=]>()?;
    parse_name(input)
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
        return Err(Error::new(name.span(), format!("`{name}` is given twice, leave one out")));
    }
    *place = Some(value);
    Ok(())
}

/// The path of `crate = "path"`, the name being read already.
pub(crate) fn parse_crate(input: ParseStream<'_>) -> Result<Path> {
    input.parse::<Token![=]>()?;
    if !input.peek(LitStr) {
        return Err(input.error("expected a path in quotes, as `\"crate::apiscribe\"`"));
    }
    input.parse::<LitStr>()?.parse()
}

/// The path of the runtime for derived code, from the attribute `name` of the item.
///
/// Finds fault with nothing: the derive reads the same attribute and reports what is wrong with it.
pub(crate) fn runtime(attrs: &[Attribute], name: &str) -> Path {
    let mut path = None;
    read(attrs, name, &mut Errors::default(), |input, _| {
        if parse_name(input)? == "crate" {
            path = Some(parse_crate(input)?);
        } else {
            skip_value(input);
        }
        Ok(())
    });
    path.unwrap_or_else(usual_runtime)
}

/// Where the runtime is, unless `crate = "path"` says otherwise.
pub(crate) fn usual_runtime() -> Path {
    let name = PathSegment::from(Ident::new("apiscribe", Span::call_site()));
    Path { leading_colon: Some(Default::default()), segments: [name].into_iter().collect() }
}

/// Refuses what the attribute `name` of an item says besides `crate = "path"`; `item` is what it stands on.
pub(crate) fn check_only_crate(attrs: &[Attribute], name: &str, item: &str, errors: &mut Errors) {
    let mut path = None;
    read(attrs, name, errors, |input, _| {
        let key = parse_name(input)?;
        if key != "crate" {
            return Err(unknown_name(&format!("key of {item}"), &key, &["crate"]));
        }
        set(&mut path, &key, parse_crate(input)?)
    });
}

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

/// A code by which a platform says what has become of a request: a whole number, or text.
pub(crate) enum Code {
    Int(Int),
    Text(LitStr),
}

impl Code {
    /// As it is on the wire.
    pub(crate) fn shown(&self) -> String {
        match self {
            Code::Int(code) => code.value.to_string(),
            Code::Text(code) => code.value(),
        }
    }

    /// As an expression of the runtime's type.
    pub(crate) fn expand(&self, runtime: &Path) -> TokenStream {
        match self {
            Code::Int(code) => quote!(#runtime::meta::Code::Int(#code)),
            Code::Text(code) => quote!(#runtime::meta::Code::Text(#code)),
        }
    }
}

impl Parse for Code {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        match input.peek(LitStr) {
            true => input.parse().map(Code::Text),
            false => input.parse().map(Code::Int),
        }
    }
}

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Code::Int(code) => code.to_tokens(tokens),
            Code::Text(code) => code.to_tokens(tokens),
        }
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
        quote!(#runtime::js_api::Version::new(#major, #minor, #patch))
    }
}

impl Parse for Version {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let literal: LitStr = parse_literal(input, "3.47.0")?;
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
