//! `#[derive(WireText)]`: a newtype over a string in, a text of the wire with rules of its own out.

mod model;
mod check;
mod expand;

use proc_macro2::TokenStream;
use syn::{DeriveInput, Result};

use crate::errors::Errors;

pub(crate) fn derive(node: &DeriveInput) -> TokenStream {
    try_derive(node).unwrap_or_else(|error| expand::fallback(node, &error))
}

fn try_derive(node: &DeriveInput) -> Result<TokenStream> {
    let mut errors = Errors::default();
    let text = model::read(node, &mut errors);
    check::check(&text.rules, &mut errors);
    errors.finish()?;
    Ok(expand::expand(&text))
}
