//! What makes a struct the options of a JS API.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{code, escape, link, sentence};
use super::endpoint::emit_method;
use super::literal::{emit_int, emit_optional, emit_optional_int};
use super::ty::{emit_path, emit_shared};
use super::{doc, emit_list, ident, lifecycle};
use crate::ir::{JsApi, Signature, TypePath};

/// `#[js_api(...)]`.
pub(super) fn emit_attributes(api: &JsApi) -> TokenStream {
    let name = &api.wire;
    let since = api.since.iter();
    let concurrency = api.concurrency.map(emit_int).into_iter();
    let answer = emit_answer(api);
    let signature = api.signature.as_ref().map(emit_signature);
    let support = api.has_support.then(|| emit_shared("JS_SUPPORT")).into_iter();
    quote! {
        #[js_api(name = #name #(, since = #since)* #(, concurrency = #concurrency)* #(, support = #support)*)]
        #answer
        #signature
    }
}

fn emit_signature(signature: &Signature) -> TokenStream {
    let (scheme, method) = (emit_shared(&signature.scheme), emit_method(signature.method));
    let Signature { uri, quotes, .. } = signature;
    let (text, authorization) = (ident(&signature.text), ident(&signature.authorization));
    quote! {
        #[js_api(signature(scheme = #scheme, method = #method, uri = #uri, text = #text, in = #authorization, quotes = #quotes))]
    }
}

fn emit_answer(api: &JsApi) -> TokenStream {
    let success = api.success.as_ref().map(|name| ident(name));
    let fail = api.fail.as_ref().map(|name| ident(name));
    let success = success.map(|success| quote!(success = #success));
    let fail = fail.map(|fail| quote!(fail = #fail));
    let error = api.error.as_ref().map(emit_path).map(|error| quote!(error = #error));
    emit_list("js_api", [success, fail, error].into_iter().flatten().collect())
}

/// A JS API whose options no source gives: what is known of it, as constants of a type without values.
pub(super) fn emit_marker(api: &JsApi) -> [TokenStream; 2] {
    let lifecycle = lifecycle::describe_lifecycle(&api.lifecycle);
    let doc = doc::item_with(describe_js_api(api), Vec::new(), &api.doc, lifecycle);
    let name = ident(&api.name);
    let wire = &api.wire;
    let since = emit_optional(api.since.as_deref());
    let concurrency = emit_optional_int(api.concurrency);
    let deprecated = lifecycle::emit_warning(&api.deprecated, &api.lifecycle);
    let marker = quote! {
        #doc
        #deprecated
        #[derive(Debug)]
        pub enum #name {}
    };
    let constants = quote! {
        impl #name {
            /// What the page calls.
            pub const NAME: &'static str = #wire;
            /// The lowest platform version that has it, if known.
            pub const SINCE: ::core::option::Option<&'static str> = #since;
            /// How many calls may be open at a time, if there is a bound.
            pub const CONCURRENCY: ::core::option::Option<u32> = #concurrency;
        }
    };
    [marker, constants]
}

/// What the function is called, and what it calls back with.
pub(super) fn describe_js_api(api: &JsApi) -> Vec<String> {
    let title = api.title.as_deref().filter(|title| *title != api.wire);
    let title = title.map(|title| sentence(escape(title)));
    let name = Some(format!("{}.", code(&api.wire)));
    let here = |name: &String| link(&TypePath { module: None, name: name.clone() });
    let success = api.success.as_ref().map(|name| format!("Succeeds with {}.", here(name)));
    let error = api.error.as_ref().map(|path| format!("Fails with {}.", link(path)));
    let since = doc::describe_since(api.since.as_deref());
    let deprecated = lifecycle::describe_item(&api.deprecated);
    let sentences = [name, title, doc::text(&api.doc), success, error, since, deprecated];
    sentences.into_iter().flatten().collect()
}
