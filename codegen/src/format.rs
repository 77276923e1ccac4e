//! Tokens → text, under the header that says whose text it is.

use proc_macro2::TokenStream;

use crate::output::{Files, HEADER};

/// The text of each file, its pieces divided by blank lines.
pub(crate) fn format(files: Vec<(String, Vec<TokenStream>)>) -> Files {
    files.into_iter().map(|(name, pieces)| (name, format_file(pieces))).collect()
}

fn format_file(pieces: Vec<TokenStream>) -> String {
    let mut text = HEADER.to_owned();
    for piece in pieces {
        let piece = syn::parse2(piece).expect("emit makes valid Rust");
        text.push('\n');
        text.push_str(&prettyplease::unparse(&piece));
    }
    text
}
