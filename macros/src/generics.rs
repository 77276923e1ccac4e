//! The parameters of a struct of which another has some fields only.

use std::borrow::Cow;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{DeriveInput, GenericArgument, GenericParam, Generics, PathArguments, Type, TypePath};

/// The parameters that these types speak of: a struct may have no others, nor bounds by them.
pub(crate) fn used(generics: &Generics, types: &[TokenStream]) -> Generics {
    let is_used =
        |param: &&GenericParam| types.iter().any(|text| has_word(text.clone(), word(param)));
    let dropped: Vec<&GenericParam> =
        generics.params.iter().filter(|param| !is_used(param)).collect();
    let is_kept =
        |text: TokenStream| dropped.iter().all(|param| !has_word(text.clone(), word(param)));
    let params = generics.params.iter().filter(is_used).cloned().map(|mut param| {
        match &mut param {
            GenericParam::Type(param) => param.bounds = filtered(&param.bounds, is_kept),
            GenericParam::Lifetime(param) => param.bounds = filtered(&param.bounds, is_kept),
            GenericParam::Const(_) => {}
        }
        param
    });
    let params = params.collect();
    let mut generics = Generics { params, ..generics.clone() };
    if let Some(clause) = &mut generics.where_clause {
        clause.predicates = filtered(&clause.predicates, is_kept);
    }
    generics
}

fn filtered<T: ToTokens + Clone, P: Default>(
    all: &Punctuated<T, P>,
    is_kept: impl Fn(TokenStream) -> bool,
) -> Punctuated<T, P> {
    all.iter().filter(|item| is_kept(item.to_token_stream())).cloned().collect()
}

/// `Self` is the struct that the field is of, in another one too.
pub(crate) fn without_self<'a>(ty: &'a Type, node: &DeriveInput) -> Cow<'a, Type> {
    if !may_have_self(ty) {
        return Cow::Borrowed(ty);
    }
    let (ident, (_, ty_generics, _)) = (&node.ident, node.generics.split_for_impl());
    let tokens = replace(ty.to_token_stream(), &quote!(#ident #ty_generics));
    Cow::Owned(Type::Verbatim(tokens))
}

/// Looks into paths, as almost every type is one.
fn may_have_self(ty: &Type) -> bool {
    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return true };
    path.segments.iter().any(|segment| match &segment.arguments {
        PathArguments::None => segment.ident == "Self",
        PathArguments::AngleBracketed(inside) => {
            inside.args.iter().any(|argument| match argument {
                GenericArgument::Type(ty) => may_have_self(ty),
                _ => true,
            })
        }
        PathArguments::Parenthesized(_) => true,
    })
}

fn replace(text: TokenStream, own: &TokenStream) -> TokenStream {
    let tokens = text.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if ident == "Self" => own.clone(),
        TokenTree::Group(group) => {
            let mut inside = Group::new(group.delimiter(), replace(group.stream(), own));
            inside.set_span(group.span());
            TokenTree::from(inside).into()
        }
        other => other.into(),
    });
    tokens.collect()
}

/// What a parameter is called; a lifetime without its quote.
fn word(param: &GenericParam) -> &Ident {
    match param {
        GenericParam::Type(param) => &param.ident,
        GenericParam::Const(param) => &param.ident,
        GenericParam::Lifetime(param) => &param.lifetime.ident,
    }
}

fn has_word(text: TokenStream, word: &Ident) -> bool {
    text.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *word,
        TokenTree::Group(group) => has_word(group.stream(), word),
        _ => false,
    })
}
