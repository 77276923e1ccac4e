//! What errors say besides code and text.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use super::ty::emit_shared;
use crate::ir::Struct;

/// Binds the struct to the envelopes whose errors say it, if any do.
pub(super) fn emit_details(item: &Struct) -> Option<TokenStream> {
    let name = ident(&item.name);
    let envelopes = item.details_of.iter().map(|envelope| emit_shared(envelope));
    (!item.details_of.is_empty()).then(|| {
        quote! {
            impl ::apiscribe::error::ErrorDetails for #name {
                const ENVELOPES: &'static [&'static ::apiscribe::meta::Envelope] = &[#(&#envelopes),*];
            }
        }
    })
}

/// How an error is asked for it.
pub(super) fn describe_details(item: &Struct) -> Option<String> {
    let envelopes = item.details_of.iter();
    let envelopes = envelopes.map(|name| format!("[`{name}`](super::platform::{name})"));
    let envelopes: Vec<String> = envelopes.collect();
    (!envelopes.is_empty()).then(|| {
        format!(
            "Errors of {} have it: [`ApiError::details`](apiscribe::error::ApiError::details).",
            envelopes.join(" and ")
        )
    })
}
