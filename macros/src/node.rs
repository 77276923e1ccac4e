//! The item that a derive stands on, as syn reads it, but for its docs: those are long, and one derive alone asks for them.

use proc_macro2::{Delimiter, Punct};
use syn::buffer::Cursor;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, AttrStyle, Attribute, Data, DataEnum, DataStruct, DeriveInput,
    Expr, ExprLit, Field, FieldModifiers, Fields, FieldsNamed, GenericArgument, Generics, Ident,
    Lit, MacroDelimiter, Meta, MetaList, MetaNameValue, Path, PathArguments, PathSegment, Result,
    Token, Type, TypePath, Variant, Visibility, braced, bracketed, token,
};

/// A [`DeriveInput`] without docs, but for those of an item with `#[required]`; the text of these is a [`Lit::Verbatim`], if it is text.
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
        let named = parse_terminated(&content, has_docs, parse_field)?;
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

/// `name: type`, as almost every field is, is read without being asked for each keyword.
fn parse_field(attrs: Vec<Attribute>, input: ParseStream<'_>) -> Result<Field> {
    let vis = parse_vis(input)?;
    let plain = input.step(|cursor| match plain_field(*cursor) {
        Some((plain, rest)) => Ok((Some(plain), rest)),
        None => Ok((None, *cursor)),
    });
    let Some((ident, colon, ty)) = plain? else {
        return Ok(Field { attrs, vis, ..Field::parse_named(input)? });
    };
    let (ident, colon_token, modifiers) = (Some(ident), Some(colon), FieldModifiers::default());
    Ok(Field { attrs, vis, modifiers, ident, colon_token, ty, default: None })
}

fn parse_vis(input: ParseStream<'_>) -> Result<Visibility> {
    match input.cursor().ident() {
        // A name that its colon follows has no visibility before it.
        Some((_, rest)) if rest.punct().is_some() => Ok(Visibility::Inherited),
        _ => input.parse(),
    }
}

fn plain_field(cursor: Cursor<'_>) -> Option<((Ident, Token![:], Type), Cursor<'_>)> {
    let (ident, rest) = cursor.ident()?;
    let (colon, rest) = punct(rest, ':')?;
    let (ty, rest) = plain_type(rest)?;
    is_end(rest).then(|| ((ident, Token![:](colon.span()), ty), rest))
}

fn is_end(cursor: Cursor<'_>) -> bool {
    cursor.eof() || cursor.punct().is_some_and(|(punct, _)| punct.as_char() == ',')
}

/// A path, with types in angle brackets at most.
fn plain_type(cursor: Cursor<'_>) -> Option<(Type, Cursor<'_>)> {
    let (leading_colon, mut rest) = match colons(cursor) {
        Some((colons, rest)) => (Some(colons), rest),
        None => (None, cursor),
    };
    let mut segments = Punctuated::new();
    loop {
        let (ident, after) = rest.ident()?;
        let (arguments, after) = match punct(after, '<') {
            Some((lt, inside)) => plain_arguments(lt, inside)?,
            None => (PathArguments::None, after),
        };
        segments.push_value(PathSegment { ident, arguments });
        let Some((colons, after)) = colons(after) else {
            let path = Path { leading_colon, segments };
            return Some((Type::Path(TypePath { attrs: Vec::new(), qself: None, path }), after));
        };
        segments.push_punct(colons);
        rest = after;
    }
}

/// What is behind `<`, up to its `>`.
fn plain_arguments(lt: Punct, mut rest: Cursor<'_>) -> Option<(PathArguments, Cursor<'_>)> {
    let mut args = Punctuated::new();
    loop {
        let (ty, after) = plain_type(rest)?;
        args.push_value(GenericArgument::Type(ty));
        if let Some((gt, after)) = punct(after, '>') {
            let (lt_token, gt_token) = (Token![<](lt.span()), Token![>](gt.span()));
            let colon2_token = None;
            let inside = AngleBracketedGenericArguments { colon2_token, lt_token, args, gt_token };
            return Some((PathArguments::AngleBracketed(inside), after));
        }
        let (comma, after) = punct(after, ',')?;
        args.push_punct(Token![,](comma.span()));
        rest = after;
    }
}

fn colons(cursor: Cursor<'_>) -> Option<(Token![::], Cursor<'_>)> {
    let (first, rest) = punct(cursor, ':')?;
    let (second, rest) = punct(rest, ':')?;
    Some((token::PathSep { spans: [first.span(), second.span()] }, rest))
}

fn punct(cursor: Cursor<'_>, wanted: char) -> Option<(Punct, Cursor<'_>)> {
    cursor.punct().filter(|(punct, _)| punct.as_char() == wanted)
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
            false => parse_meta(&content)?,
        };
        attrs.push(Attribute { pound_token, style: AttrStyle::Outer, bracket_token, meta });
    }
    Ok(attrs)
}

/// `name(..)`, as almost every attribute is, without the name being asked for each keyword.
fn parse_meta(input: ParseStream<'_>) -> Result<Meta> {
    let list = input.step(|cursor| match plain_list(*cursor) {
        Some((list, rest)) => Ok((Some(list), rest)),
        None => Ok((None, *cursor)),
    });
    match list? {
        Some(list) => Ok(Meta::List(list)),
        None => input.parse(),
    }
}

fn plain_list(cursor: Cursor<'_>) -> Option<(MetaList, Cursor<'_>)> {
    let (name, rest) = cursor.ident()?;
    let (inside, span, rest) = rest.group(Delimiter::Parenthesis)?;
    let delimiter = MacroDelimiter::Paren(token::Paren { span });
    let list = MetaList { path: name.into(), delimiter, tokens: inside.token_stream() };
    rest.eof().then_some((list, rest))
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

/// The text as it stands, without the quotes being read.
fn parse_doc(input: ParseStream<'_>) -> Result<MetaNameValue> {
    let (path, eq_token) = (input.parse()?, input.parse()?);
    let value = match input.cursor().literal() {
        Some((_, rest)) if rest.eof() => {
            let lit = Lit::Verbatim(input.parse()?);
            Expr::Lit(ExprLit { attrs: Vec::new(), lit })
        }
        _ => Expr::Verbatim(input.parse()?),
    };
    Ok(MetaNameValue { path, eq_token, value })
}

syn::custom_keyword!(doc);
