//! Calls by the platform: a type without values that stands for the event.

use proc_macro2::TokenStream;
use quote::quote;

use super::delivery::{describe_delivery, emit_delivery};
use super::doc::{escape, sentence};
use super::ty::{emit_shared, emit_type};
use super::{doc, ident, lifecycle};
use crate::ir::Callback;

pub(super) fn emit_callback(callback: &Callback) -> [TokenStream; 2] {
    [emit_marker(callback), emit_impl(callback)]
}

fn emit_marker(callback: &Callback) -> TokenStream {
    let title = sentence(escape(&callback.title));
    let text = [title].into_iter().chain(doc::text(&callback.doc));
    let text = text.chain(describe_delivery(&callback.delivery));
    let text = text.chain(lifecycle::describe_item(&callback.deprecated));
    let doc =
        doc::item_with(text, &callback.doc, lifecycle::describe_lifecycle(&callback.lifecycle));
    let deprecated = lifecycle::emit_warning(&callback.deprecated, &callback.lifecycle);
    let name = ident(&callback.name);
    quote! {
        #doc
        #deprecated
        #[derive(Debug)]
        pub enum #name {}
    }
}

fn emit_impl(callback: &Callback) -> TokenStream {
    let name = ident(&callback.name);
    let content = emit_type(&callback.content);
    let answer =
        callback.answer.as_ref().map(|name| ident(name)).map_or(quote!(()), |name| quote!(#name));
    let identity = emit_identity(&callback.identity);
    let (event, acknowledgement) = (&callback.event, &callback.acknowledgement);
    let envelope = emit_shared(&callback.envelope);
    let delivery = emit_delivery(&callback.delivery);
    quote! {
        impl ::apiscribe::callback::Callback for #name {
            type Content = #content;
            type Answer = #answer;
            const EVENT: &'static str = #event;
            const ENVELOPE: &'static ::apiscribe::callback::CallbackEnvelope = &#envelope;
            const ACKNOWLEDGEMENT: &'static str = #acknowledgement;
            #delivery
            #identity
        }
    }
}

fn emit_identity(fields: &[String]) -> Option<TokenStream> {
    let names = fields.iter().map(|field| ident(field));
    let identity = quote! {
        fn identity(content: &Self::Content) -> ::core::option::Option<::std::string::String> {
            ::apiscribe::callback::identity(&(#(&content.#names,)*))
        }
    };
    (!fields.is_empty()).then_some(identity)
}
