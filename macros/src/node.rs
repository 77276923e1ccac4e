//! The item that a derive stands on, as syn reads it, but for its docs: those are long, and one derive alone asks for them.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    AttrStyle, Attribute, Data, DataEnum, DataStruct, DeriveInput, Expr, Field, Fields,
    FieldsNamed, Generics, Ident, Meta, MetaNameValue, Result, Token, Variant, braced, bracketed,
    token,
};

/// A [`DeriveInput`] without docs, but for those of an item with `#[required]`; the text of these is an [`Expr::Verbatim`].
///
/// What the compiler has read already is not doubted again.
pub(crate) struct Node(pub(crate) DeriveInput);

impl Parse for Node {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attrs = parse_attrs(input, false)?;
        let has_docs = attrs.iter().any(|attr| attr.path().is_ident("required"));
        let vis = input.parse()?;
        let (ident, generics, data) = if input.peek(Token![struct]) {
            parse_struct(input, has_docs)?
        } else if input.peek(Token![enum]) {
            parse_enum(input, has_docs)?
        } else {
            let node: DeriveInput = input.parse()?;
            (node.ident, node.generics, node.data)
        };
        Ok(Node(DeriveInput { attrs, vis, ident, generics, data }))
    }
}

fn parse_struct(input: ParseStream<'_>, has_docs: bool) -> Result<(Ident, Generics, Data)> {
    let struct_token = input.parse()?;
    let (ident, mut generics) = parse_name(input)?;
    let fields = if input.peek(token::Brace) {
        let content;
        let brace_token = braced!(content in input);
        let named = parse_terminated(&content, has_docs, |attrs, input| {
            Ok(Field { attrs, ..Field::parse_named(input)? })
        })?;
        Fields::Named(FieldsNamed { brace_token, named })
    } else if input.peek(token::Paren) {
        Fields::Unnamed(input.parse()?)
    } else {
        Fields::Unit
    };
    if generics.where_clause.is_none() {
        generics.where_clause = input.parse()?;
    }
    let semi_token = input.parse()?;
    Ok((ident, generics, Data::Struct(DataStruct { struct_token, fields, semi_token })))
}

fn parse_enum(input: ParseStream<'_>, has_docs: bool) -> Result<(Ident, Generics, Data)> {
    let enum_token = input.parse()?;
    let (ident, generics) = parse_name(input)?;
    let content;
    let brace_token = braced!(content in input);
    let variants = parse_terminated(&content, has_docs, |attrs, input| {
        Ok(Variant { attrs, ..input.parse()? })
    })?;
    Ok((ident, generics, Data::Enum(DataEnum { enum_token, brace_token, variants })))
}

fn parse_name(input: ParseStream<'_>) -> Result<(Ident, Generics)> {
    let ident = input.parse()?;
    let generics: Generics = input.parse()?;
    Ok((ident, Generics { where_clause: input.parse()?, ..generics }))
}

/// Fields or variants, of which `parse` reads what is behind the attributes.
fn parse_terminated<T>(
    input: ParseStream<'_>,
    has_docs: bool,
    parse: impl Fn(Vec<Attribute>, ParseStream<'_>) -> Result<T>,
) -> Result<Punctuated<T, Token![,]>> {
    let mut parts = Punctuated::new();
    while !input.is_empty() {
        parts.push_value(parse(parse_attrs(input, has_docs)?, input)?);
        if !input.is_empty() {
            parts.push_punct(input.parse()?);
        }
    }
    Ok(parts)
}

fn parse_attrs(input: ParseStream<'_>, has_docs: bool) -> Result<Vec<Attribute>> {
    let mut attrs = Vec::new();
    while input.peek(Token![#]) {
        let pound_token = input.parse()?;
        let content;
        let bracket_token = bracketed!(content in input);
        let is_doc = content.peek2(Token![=]) && content.peek(doc);
        if is_doc && !has_docs {
            skip_rest(&content)?;
            continue;
        }
        let meta = match is_doc {
            true => Meta::NameValue(parse_doc(&content)?),
            false => content.parse()?,
        };
        attrs.push(Attribute { pound_token, style: AttrStyle::Outer, bracket_token, meta });
    }
    Ok(attrs)
}

fn skip_rest(input: ParseStream<'_>) -> Result<()> {
    input.step(|cursor| {
        let mut rest = *cursor;
        while let Some((_, next)) = rest.token_tree() {
            rest = next;
        }
        Ok(((), rest))
    })
}

fn parse_doc(input: ParseStream<'_>) -> Result<MetaNameValue> {
    let (path, eq_token) = (input.parse()?, input.parse()?);
    Ok(MetaNameValue { path, eq_token, value: Expr::Verbatim(input.parse()?) })
}

syn::custom_keyword!(doc);
