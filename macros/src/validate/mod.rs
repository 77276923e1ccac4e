//! `#[derive(Validate)]`: a struct or an enum in, a check of each rule out.

mod attr;
mod limits;
mod condition;
mod pattern;
mod parentheses;
mod model;
mod check;
mod expand;
mod across;
mod bounds;

use proc_macro2::TokenStream;
use syn::{DeriveInput, Result};

use crate::errors::Errors;

pub(crate) use self::attr::{Rule, RuleKind, parse_crate};
pub(crate) use self::check::check_rules;
pub(crate) use self::expand::expand_rule;

pub(crate) fn derive(node: &DeriveInput) -> TokenStream {
    try_derive(node).unwrap_or_else(|error| expand::fallback(node, &error))
}

fn try_derive(node: &DeriveInput) -> Result<TokenStream> {
    let mut errors = Errors::default();
    let input = model::read(node, &mut errors);
    check::check(&input, &mut errors);
    errors.finish()?;
    Ok(expand::expand(&input))
}
