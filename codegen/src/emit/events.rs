//! All events of one callback envelope, as one enum.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{escape, link, sentence};
use super::ty::emit_type;
use super::{Emit, doc, ident};
use crate::ir::{Doc, EventVariant, Events, TypePath};

pub(super) fn emit_events(events: &Events) -> TokenStream {
    let envelope = link(&TypePath { module: None, name: events.envelope.clone() });
    let sentences = [format!("What comes in {envelope}, by its event."), LATER_KINDS.to_owned()];
    let doc = doc::item(sentences, &Doc::default());
    let (name, envelope) = (ident(&events.name), ident(&events.envelope));
    let variants = events.variants.iter().map(|variant| Emit(move || emit_variant(variant)));
    let unknown = ident(&events.unknown);
    let reason = "one is read at a time";
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, ::apiscribe::Events)]
        #[events(envelope = #envelope)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = #reason)]
        pub enum #name {
            #(#variants,)*
            /// An event that is not documented.
            #[events(unknown)]
            #unknown(::apiscribe::callback::UnknownEvent),
        }
    }
}

/// What a `match` must be ready for.
const LATER_KINDS: &str = "A kind of event that is added later becomes another variant: let the arm `_` of a `match` \
                           be `Acknowledgement::unhandled()`, so that none is acknowledged that nobody handled.";

fn emit_variant(variant: &EventVariant) -> TokenStream {
    let doc = doc::part(vec![sentence(escape(&variant.title))], &Doc::default());
    let (name, module) = (ident(&variant.name), ident(&variant.module));
    let content = emit_type(&variant.content);
    quote! {
        #doc
        #[events(super::#module::#name)]
        #name(#content)
    }
}
