//! What `quote!` is given.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// `#[name(items)]`, or nothing if there are none.
pub(super) fn emit_list(name: &str, items: Vec<TokenStream>) -> TokenStream {
    if items.is_empty() {
        return TokenStream::new();
    }
    let name = ident(name);
    quote!(#[#name(#(#items),*)])
}

/// What `quote!` moves to where it is named; a `TokenStream` it would clone, with every name and text in it.
pub(super) struct Emit<F>(pub(super) F);

impl<F: Fn() -> TokenStream> ToTokens for Emit<F> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend((self.0)());
    }
}
