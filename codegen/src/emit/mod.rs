//! `ir` → tokens. One function and one `quote!` per kind of item; every decision was made in `lower`.

// What items are made of, in reading order.
mod ty;
mod literal;
mod rule;
mod doc;
mod limits;
mod lifecycle;
mod formerly;

// One module per kind of item.
mod platform;
mod money;
mod schemes;
mod enums;
mod structs;
mod details;
mod unions;
mod endpoint;
mod paging;
mod js_api;
mod error_table;
mod responses;
mod callback;
mod delivery;
mod events;
mod rules;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use self::ty::emit_type;
use crate::ir::{Client, Module, Text, Type};

/// The files of a client, and in each the pieces that a blank line divides.
pub(crate) fn emit(client: &Client) -> Vec<(String, Vec<TokenStream>)> {
    let modules =
        client.modules.iter().map(|module| (file_name(&module.name), emit_module(module)));
    let platform = platform::emit_platform(&client.platform);
    let shared =
        [("mod.rs".to_owned(), vec![emit_index(client)]), (file_name("platform"), platform)];
    shared.into_iter().chain(modules).collect()
}

fn file_name(module: &str) -> String {
    format!("{module}.rs")
}

fn emit_index(client: &Client) -> TokenStream {
    let names = client.modules.iter().map(|module| ident(&module.name));
    let former = client.modules.iter().flat_map(formerly::emit_modules);
    quote! {
        pub mod platform;
        #(pub mod #names;)*
        #(#former)*
    }
}

fn emit_module(module: &Module) -> Vec<TokenStream> {
    let lifecycle = lifecycle::describe_lifecycle(&module.lifecycle);
    let doc = doc::module(&module.doc, &module.name, lifecycle);
    let mut items: Vec<TokenStream> = doc.into_iter().collect();
    items.extend(module.names_deprecated.then(emit_allowance));
    items.extend(module.texts.iter().map(emit_text));
    items.extend(module.enums.iter().map(enums::emit_enum));
    items.extend(module.structs.iter().map(|item| structs::emit_struct(item, module)));
    items.extend(module.responses.iter().map(responses::emit_responses));
    items.extend(module.unions.iter().filter_map(unions::emit_kinded));
    items.extend(module.unions.iter().map(unions::emit_union));
    items.extend(module.errors.iter().map(error_table::emit_error_table));
    items.extend(module.callbacks.iter().flat_map(callback::emit_callback));
    items.extend(
        module.js_apis.iter().filter(|api| api.options.is_none()).flat_map(js_api::emit_marker),
    );
    items.extend(module.aliases.iter().map(formerly::emit_alias));
    items.extend(rules::emit_rules(&module.rules));
    items
}

/// Whoever uses what is deprecated is warned, and generated code is not.
fn emit_allowance() -> TokenStream {
    let reason = "the client still has what is deprecated";
    quote!(#![allow(deprecated, reason = #reason)])
}

/// A named string: a newtype with its rules.
fn emit_text(text: &Text) -> TokenStream {
    let sentences = [doc::text_or_name(&text.doc, &text.wire)].into_iter();
    let sentences = sentences.chain(lifecycle::describe_item(&text.deprecated));
    let limits = limits::emit_limits(text);
    let doc = doc::item(sentences, &text.doc).with_limits(limits::emit_own(text));
    let deprecated = lifecycle::emit_deprecated(&text.deprecated);
    let derives = emit_derives(text);
    let validate = rule::emit_validate(&text.rules);
    let name = ident(&text.name);
    let ty = emit_type(if text.secret { &Type::Secret } else { &Type::String });
    quote! {
        #limits
        #doc
        #deprecated
        #derives
        #validate
        pub struct #name(pub #ty);
    }
}

/// A secret has no hash, which would tell it from another.
fn emit_derives(text: &Text) -> TokenStream {
    match text.secret {
        true => quote!(#[derive(Debug, Clone, PartialEq, Eq, ::apiscribe::WireText)]),
        false => quote!(#[derive(Debug, Clone, PartialEq, Eq, Hash, ::apiscribe::WireText)]),
    }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// `#[name(items)]`, or nothing if there are none.
fn emit_list(name: &str, items: Vec<TokenStream>) -> TokenStream {
    if items.is_empty() {
        return TokenStream::new();
    }
    let name = ident(name);
    quote!(#[#name(#(#items),*)])
}

/// What `quote!` moves to where it is named; a `TokenStream` it would clone, with every name and text in it.
struct Emit<F>(F);

impl<F: Fn() -> TokenStream> ToTokens for Emit<F> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend((self.0)());
    }
}
