//! `ir` → tokens. One function and one `quote!` per kind of item; every decision was made in `lower`.

// What items are made of, in reading order.
mod tokens;
mod ty;
mod literal;
mod rule;
mod doc;
mod words;
mod lifecycle;
mod markdown;

// One module per kind of item.
mod platform;
mod money;
mod schemes;
mod text;
mod enums;
mod structs;
mod unions;
mod constructor;
mod endpoint;
mod paging;
mod js_api;
mod error_table;
mod responses;
mod callback;
mod delivery;
mod events;
mod rules;

use proc_macro2::TokenStream;
use quote::quote;

use self::tokens::ident;
use crate::ir::{Client, Module};

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
    quote! {
        pub mod platform;
        #(pub mod #names;)*
    }
}

fn emit_module(module: &Module) -> Vec<TokenStream> {
    let lifecycle = lifecycle::describe_lifecycle(&module.lifecycle);
    let doc = doc::module(&module.doc, &module.name, lifecycle);
    let mut items: Vec<TokenStream> = doc.into_iter().collect();
    items.extend(module.names_deprecated.then(emit_allowance));
    items.extend(module.texts.iter().map(text::emit_text));
    items.extend(module.enums.iter().map(enums::emit_enum));
    items.extend(module.structs.iter().flat_map(|item| structs::emit_struct(item, module)));
    items.extend(module.responses.iter().map(responses::emit_responses));
    items.extend(module.unions.iter().map(unions::emit_union));
    items.extend(module.errors.iter().map(error_table::emit_error_table));
    items.extend(module.callbacks.iter().flat_map(callback::emit_callback));
    items.extend(
        module.js_apis.iter().filter(|api| api.options.is_none()).flat_map(js_api::emit_marker),
    );
    items.extend(rules::emit_rules(&module.rules));
    items
}

/// Whoever uses what is deprecated is warned, and generated code is not.
fn emit_allowance() -> TokenStream {
    let reason = "the client still has what is deprecated";
    quote!(#![allow(deprecated, reason = #reason)])
}
