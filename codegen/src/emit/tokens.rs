//! What `quote!` is given.

use proc_macro2::{Ident, Literal, Span, TokenStream};
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

/// A line of text as a literal. Several times faster than `Literal::string`, which looks up each character's class.
pub(super) fn quoted(line: &str) -> Literal {
    let mut literal = String::with_capacity(line.len() + 8);
    literal.push('"');
    for part in line.split_inclusive(['"', '\\']) {
        let text = part.trim_end_matches(['"', '\\']);
        literal.push_str(text);
        literal.extend(part[text.len()..].chars().flat_map(|mark| ['\\', mark]));
    }
    literal.push('"');
    literal.parse().expect("a quoted line is a literal")
}

/// What `quote!` moves to where it is named; a `TokenStream` it would clone, with every name and text in it.
pub(super) struct Emit<F>(pub(super) F);

impl<F: Fn() -> TokenStream> ToTokens for Emit<F> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend((self.0)());
    }
}
