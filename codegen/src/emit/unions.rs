//! Objects of several kinds, as an enum.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::emit_scalar;
use super::ty::emit_type;
use super::{Emit, doc, ident};
use crate::ir::{Union, UnionContent, UnionVariant};

pub(super) fn emit_union(item: &Union) -> TokenStream {
    let text = doc::text_or_name(&item.doc, &item.wire);
    let text = if item.fields.is_some() { format!("Kinds of [`{}`].", item.name) } else { text };
    let doc = doc::item([text], &item.doc);
    let derives = emit_derives(item);
    let (name, tag) = (ident(&item.kinds), &item.tag);
    let variants = item.variants.iter().map(|variant| Emit(move || emit_variant(variant, item)));
    let unknown = ident(&item.unknown);
    let documented = item.written.then(|| quote!(#[validate(documented)]));
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        #[wire(tag = #tag)]
        pub enum #name {
            #(#variants,)*
            /// A kind that the documents do not list, as it came.
            #[wire(unknown)]
            #unknown(#documented ::apiscribe::wire::UnknownVariant),
        }
    }
}

/// The kinds together with the fields that all of them have, if there are any.
pub(super) fn emit_kinded(item: &Union) -> Option<TokenStream> {
    let doc = doc::item([doc::text_or_name(&item.doc, &item.wire)], &item.doc);
    let (name, kinds) = (ident(&item.name), ident(&item.kinds));
    let fields = ident(item.fields.as_ref()?);
    Some(quote! {
        #doc
        pub type #name = ::apiscribe::wire::Kinded<#fields, #kinds>;
    })
}

fn emit_derives(item: &Union) -> TokenStream {
    let written = item.written.then(|| quote!(::apiscribe::Encode, ::apiscribe::Validate));
    let kept = item.kept.then(|| quote!(::apiscribe::Encode));
    let read = item.read.then(|| quote!(::apiscribe::Decode));
    let derives = written.into_iter().chain(kept).chain(read);
    quote!(#[derive(Debug, Clone, PartialEq #(, #derives)*)])
}

fn emit_variant(variant: &UnionVariant, item: &Union) -> TokenStream {
    let doc = doc::part(describe_kind(variant), &variant.doc);
    let (name, value) = (ident(&variant.name), emit_scalar(&variant.value));
    let content = variant.content.iter().map(|content| emit_content(content, item));
    quote! {
        #doc
        #[wire(#value)]
        #name #((#content))*
    }
}

/// Behind a pointer, for the kinds may differ much in size, and may hold the union again.
fn emit_content(content: &UnionContent, item: &Union) -> TokenStream {
    let key = content.key.iter();
    let nested = item.written.then(|| quote!(#[validate(nested)]));
    let ty = emit_type(&content.ty);
    quote!(#(#[wire(name = #key)])* #nested ::std::boxed::Box<#ty>)
}

/// What a kind of objects is, or what it is known by.
fn describe_kind(variant: &UnionVariant) -> Vec<String> {
    let value = format!("{}.", doc::describe_scalar(&variant.value));
    vec![doc::text(&variant.doc).unwrap_or(value)]
}
