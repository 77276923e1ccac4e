//! Writes the impl.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::spanned::Spanned;
use syn::{DeriveInput, Ident, Path};

use super::model::{Events, Known};

pub(super) fn expand(events: &Events<'_>, envelope: &Path, runtime: &Path) -> TokenStream {
    let variant: Vec<&Ident> = events.known.iter().map(|known| &known.variant.ident).collect();
    let callback: Vec<&Path> = events.known.iter().map(|known| &known.callback).collect();
    let content: Vec<Ident> = events.known.iter().map(Known::content).collect();
    let unknown = events.unknown.iter().map(|variant| &variant.ident).collect::<Vec<_>>();
    let bodies = Bodies {
        envelope: quote!(&#envelope),
        kinds: quote!(&[#(#runtime::CallbackMeta::of::<#callback>(),)*]),
        read: quote! {
            ::core::result::Result::Ok(match __opened.name() {
                #(<#callback as #runtime::Callback>::EVENT => Self::#variant(__opened.read()?),)*
                _ => #(Self::#unknown)*(__opened.unknown()),
            })
        },
        name: quote! {
            match self {
                #(Self::#variant(_) => <#callback as #runtime::Callback>::EVENT,)*
                #(Self::#unknown(__event) => &__event.event,)*
            }
        },
        identity: quote! {
            match self {
                #(Self::#variant(#content) => <#callback as #runtime::Callback>::identity(#content),)*
                #(Self::#unknown(_) => ::core::option::Option::None,)*
            }
        },
    };
    impl_events(events.node, runtime, &bodies)
}

impl Known<'_> {
    /// A variable for the content. Underlines its type, where that is not the callback's.
    fn content(&self) -> Ident {
        format_ident!("__content", span = Span::call_site().located_at(self.variant.fields.span()))
    }
}

/// The same impl with nothing in it.
pub(super) fn dummy(node: &DeriveInput, runtime: &Path) -> TokenStream {
    let body = quote!(::core::unimplemented!());
    let envelope = quote! {
        &#runtime::CallbackEnvelope {
            name: "",
            event: "",
            version: ::core::option::Option::None,
            content: "",
            answer: ::core::option::Option::None,
        }
    };
    let [read, name, identity] = [body.clone(), body.clone(), body];
    impl_events(node, runtime, &Bodies { envelope, kinds: quote!(&[]), read, name, identity })
}

/// What is said in each item of the impl.
struct Bodies {
    envelope: TokenStream,
    kinds: TokenStream,
    read: TokenStream,
    name: TokenStream,
    identity: TokenStream,
}

fn impl_events(node: &DeriveInput, runtime: &Path, bodies: &Bodies) -> TokenStream {
    let ident = &node.ident;
    let Bodies { envelope, kinds, read, name, identity } = bodies;
    quote! {
        #[automatically_derived]
        impl #runtime::Events for #ident {
            const ENVELOPE: &'static #runtime::CallbackEnvelope = #envelope;
            const KINDS: &'static [#runtime::CallbackMeta] = #kinds;
            fn read(
                __opened: &#runtime::callback::Opened,
            ) -> ::core::result::Result<Self, #runtime::CallbackFault> {
                #read
            }
            fn name(&self) -> &::core::primitive::str {
                #name
            }
            fn identity(&self) -> ::core::option::Option<::std::string::String> {
                #identity
            }
        }
    }
}
