//! What makes a struct the request of an endpoint.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use super::literal::emit_int;
use super::markdown::{code, escape, sentence};
use super::tokens::{emit_list, ident};
use super::ty::{emit_constant, emit_path, emit_type};
use crate::ir::{Endpoint, Idempotency, Method, Path, Type};

/// `#[endpoint(...)]`, one line for each thing that changes by itself.
pub(super) fn emit_attributes(endpoint: &Endpoint) -> TokenStream {
    let method = emit_method(endpoint.method);
    let (path, name) = (&endpoint.path, &endpoint.wire);
    let host = emit_constant(&endpoint.host);
    let auth = endpoint.auth.as_deref().map(emit_constant).map(|auth| quote!(auth = #auth,));
    let envelope = emit_constant(&endpoint.envelope);
    let scope = endpoint.scope.iter();
    let answer = emit_answer(endpoint);
    let idempotency = endpoint.idempotency.as_ref().map(emit_idempotency);
    quote! {
        #[endpoint(#method #path)]
        #[endpoint(name = #name, host = #host)]
        #[endpoint(#auth envelope = #envelope)]
        #(#[endpoint(scope = #scope)])*
        #answer
        #idempotency
    }
}

fn emit_method(method: Method) -> TokenStream {
    match method {
        Method::Get => quote!(GET),
        Method::Post => quote!(POST),
    }
}

fn emit_answer(endpoint: &Endpoint) -> TokenStream {
    let response = endpoint.response.as_ref().map(emit_type).map(|ty| quote!(response = #ty));
    let error = endpoint.error.as_ref().map(emit_path).map(|ty| quote!(error = #ty));
    emit_list("endpoint", response.into_iter().chain(error).collect())
}

fn emit_idempotency(idempotency: &Idempotency) -> TokenStream {
    let key = ident(&idempotency.key);
    let duplicate = idempotency.duplicate.map(emit_int).map(|code| quote!(, duplicate = #code));
    quote!(#[endpoint(idempotency_key = #key #duplicate)])
}

/// The call's own title and what it answers with, which no attribute shows in the docs.
pub(super) fn describe_endpoint(endpoint: &Endpoint) -> Vec<String> {
    let title = sentence(escape(&endpoint.title));
    let response = match &endpoint.response {
        Some(Type::Named(path)) => Some(format!("Answers with {}.", link(path))),
        _ => None,
    };
    let error = endpoint.error.as_ref().map(|path| format!("Fails with {}.", link(path)));
    [Some(title), doc::text(&endpoint.doc), response, error].into_iter().flatten().collect()
}

/// A link to an item of the client.
pub(super) fn link(path: &Path) -> String {
    let name = code(&path.name);
    match &path.module {
        None => format!("[{name}]"),
        Some(module) => format!("[{name}](super::{module}::{})", path.name),
    }
}
