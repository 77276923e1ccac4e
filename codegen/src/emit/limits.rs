//! The limits of a named string in words: a macro beside the type, which its own docs and those of each field call.
//!
//! So the fields show them, and a changed limit changes one attribute and one line.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use super::rule::describe_rule;
use crate::ir::{NamedLimits, Text, Type};

/// The macro, if there is a limit.
pub(super) fn emit_limits(text: &Text) -> Option<TokenStream> {
    let rules = text.rules.iter().filter_map(|rule| describe_rule(rule, &Type::String));
    let words = rules.collect::<Vec<_>>().join(" ");
    let name = macro_name(&text.name);
    (!words.is_empty()).then(|| {
        quote! {
            macro_rules! #name {
                () => { #words };
            }
            pub(crate) use #name;
        }
    })
}

/// For the docs of the type itself, which thereby uses the import of the macro.
pub(super) fn emit_own(text: &Text) -> Option<TokenStream> {
    let name = macro_name(&text.name);
    (!text.rules.is_empty()).then(|| quote!(self::#name!()))
}

/// For the docs of a field.
pub(super) fn emit_named(limits: &NamedLimits) -> TokenStream {
    let name = macro_name(&limits.text.name);
    let module = match &limits.text.module {
        None => quote!(self),
        Some(module) => {
            let module = ident(module);
            quote!(super::#module)
        }
    };
    match limits.each {
        true => quote!(::core::concat!("Each: ", #module::#name!())),
        false => quote!(#module::#name!()),
    }
}

fn macro_name(text: &str) -> proc_macro2::Ident {
    ident(&format!("limits_of_{text}"))
}
