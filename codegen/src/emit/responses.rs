//! Successes by HTTP status, as one enum.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::doc::code;
use super::ty::emit_type;
use super::{Emit, doc, ident};
use crate::ir::{Doc, Responses, StatusResponse};

pub(super) fn emit_responses(responses: &Responses) -> TokenStream {
    let text = format!("Responses of {}, by HTTP status.", code(&responses.wire));
    let doc = doc::item([text], &Doc::default());
    let name = ident(&responses.name);
    let variants = responses.variants.iter().map(|variant| Emit(move || emit_variant(variant)));
    let unknown = ident(&responses.unknown);
    let reason = "one is read at a time";
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, ::apiscribe::Responses)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = #reason)]
        pub enum #name {
            #(#variants,)*
            /// A success that the documents do not list.
            #[responses(unknown)]
            #unknown(::apiscribe::wire::UnknownResponse),
        }
    }
}

fn emit_variant(variant: &StatusResponse) -> TokenStream {
    let text = format!("HTTP {}.", variant.status);
    let sentences = [Some(text), doc::text(&variant.doc)];
    let doc = doc::part(sentences.into_iter().flatten(), &variant.doc);
    let name = ident(&variant.name);
    let status = Literal::u16_unsuffixed(variant.status);
    let data = variant.data.as_ref().map(emit_type).map(|ty| quote!((#ty)));
    quote! {
        #doc
        #[responses(#status)]
        #name #data
    }
}
