//! Named strings: newtypes.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use super::ty::emit_type;
use super::{doc, lifecycle, rule, words};
use crate::ir::{Text, Type};

pub(super) fn emit_text(text: &Text) -> TokenStream {
    let sentences = words::describe_text(text).into_iter();
    let sentences = sentences.chain(lifecycle::describe_item(&text.deprecated));
    let doc = doc::item(sentences, &text.doc);
    let deprecated = lifecycle::emit_deprecated(&text.deprecated);
    let derives = emit_derives(text);
    let validate = rule::emit_validate(&text.rules);
    let name = ident(&text.name);
    let ty = emit_type(if text.secret { &Type::Secret } else { &Type::String });
    quote! {
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
