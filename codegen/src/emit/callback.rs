//! Calls by the platform: a type without values that stands for the event.

use proc_macro2::TokenStream;
use quote::quote;

use super::delivery::{describe_delivery, emit_delivery};
use super::doc::{escape, sentence};
use super::ty::{emit_shared, emit_type};
use super::{doc, ident, lifecycle};
use crate::ir::{Callback, ContentUnion};

pub(super) fn emit_callback(callback: &Callback) -> [TokenStream; 2] {
    [emit_marker(callback), emit_impl(callback)]
}

fn emit_marker(callback: &Callback) -> TokenStream {
    let title = sentence(escape(&callback.title));
    let text = [title].into_iter().chain(doc::text(&callback.doc));
    let text = text.chain(describe_delivery(&callback.delivery));
    let text = text.chain(lifecycle::describe_item(&callback.deprecated));
    let doc = doc::item_with(
        text,
        Vec::new(),
        &callback.doc,
        lifecycle::describe_lifecycle(&callback.lifecycle),
    );
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
    let unknown_kind = emit_unknown_kind(&callback.unions);
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
            #unknown_kind
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

fn emit_unknown_kind(unions: &[ContentUnion]) -> Option<TokenStream> {
    let kinds = unions.iter().map(|union| {
        let (ty, unknown) = (emit_type(&union.kinds), ident(&union.unknown));
        let field = union.field.as_ref().map(|field| ident(field));
        let part = (!union.is_enum).then(|| quote!(.kind));
        let place = match field {
            Some(field) => quote!(&content.#field #part),
            None if union.is_enum => quote!(content),
            None => quote!(&content #part),
        };
        quote! {
            if let #ty::#unknown(kind) = #place {
                return ::core::option::Option::Some(kind.tag().unwrap_or_default());
            }
        }
    });
    let unknown_kind = quote! {
        fn unknown_kind(content: &Self::Content) -> ::core::option::Option<&str> {
            #(#kinds)*
            ::core::option::Option::None
        }
    };
    (!unions.is_empty()).then_some(unknown_kind)
}
