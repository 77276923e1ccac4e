//! `#[derive(Events)]`: an enum of the events that come in one callback envelope.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, Path, Result, Token, Variant};

use crate::Derive;
use crate::attr::{self, parse_crate, parse_name, parse_value, set};
use crate::errors::{Errors, unknown_name};
use crate::item::{check_payload, variants};

pub(crate) struct Events<'a> {
    node: &'a DeriveInput,
    /// Path of the runtime.
    runtime: Path,
    envelope: Option<Path>,
    known: Vec<Known<'a>>,
    /// The variants that keep any other event: exactly one, once checked.
    unknown: Vec<&'a Variant>,
}

/// The event of one callback.
struct Known<'a> {
    variant: &'a Variant,
    callback: Path,
}

impl<'a> Derive<'a> for Events<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        let variants = variants(node, "Events", errors);
        let before = errors.count();
        let envelope = read_envelope(&node.attrs, errors);
        if envelope.is_none() && errors.count() == before {
            let message = "which envelope do the events come in? add `#[events(envelope = PATH)]`";
            errors.at(&node.ident, message);
        }
        let mut read = Events {
            node,
            runtime: attr::runtime(&node.attrs, "events"),
            envelope,
            known: Vec::new(),
            unknown: Vec::new(),
        };
        variants.for_each(|variant| read.add(variant, errors));
        read
    }

    fn check(&self, errors: &mut Errors) {
        check(self, errors);
    }

    fn expand(&self) -> TokenStream {
        match &self.envelope {
            Some(envelope) => expand(self, envelope),
            None => dummy(self),
        }
    }

    /// Rather no impl than one that complains of the parameters as well.
    fn dummy(&self) -> TokenStream {
        match self.node.generics.params.is_empty() {
            true => dummy(self),
            false => TokenStream::new(),
        }
    }
}

impl<'a> Events<'a> {
    fn add(&mut self, variant: &'a Variant, errors: &mut Errors) {
        let before = errors.count();
        match read_item(&variant.attrs, errors) {
            Some(Item::Callback(callback)) => self.known.push(Known { variant, callback }),
            Some(Item::Unknown) => self.unknown.push(variant),
            None if errors.count() == before => errors.at(
                &variant.ident,
                "which callback is it? write `#[events(PATH)]` with the path of its type, or \
                 `#[events(unknown)]` on the variant that keeps undocumented events",
            ),
            None => {}
        }
    }
}

/// What is written on the enum: the envelope.
fn read_envelope(attrs: &[Attribute], errors: &mut Errors) -> Option<Path> {
    let (mut envelope, mut runtime) = (None, None);
    attr::read(attrs, "events", errors, |input, _| {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "envelope" => set(&mut envelope, &name, parse_value(input)?),
            "crate" => set(&mut runtime, &name, parse_crate(input)?),
            _ => Err(unknown_name("key of an enum of events", &name, &["envelope", "crate"])),
        }
    });
    envelope
}

/// What is written on a variant.
enum Item {
    /// The type that implements `Callback`.
    Callback(Path),
    Unknown,
}

fn read_item(attrs: &[Attribute], errors: &mut Errors) -> Option<Item> {
    let mut found = None;
    attr::read(attrs, "events", errors, |input, _| {
        let path = parse_path(input)?;
        if found.is_some() {
            return Err(Error::new_spanned(path, "a variant is of one callback, remove this"));
        }
        found = Some(if path.is_ident("unknown") { Item::Unknown } else { Item::Callback(path) });
        Ok(())
    });
    found
}

fn parse_path(input: ParseStream<'_>) -> Result<Path> {
    let path: Path = input.parse().map_err(|error| {
        Error::new(error.span(), "expected the path of a callback's type, or `unknown`")
    })?;
    match input.peek(Token![=]) {
        true => Err(input.error("expected no value here, only the path of a callback's type")),
        false => Ok(path),
    }
}

fn check(events: &Events<'_>, errors: &mut Errors) {
    // What is wrong with a variant may be what made it an unknown one.
    if events.unknown.is_empty() && errors.count() == 0 && matches!(events.node.data, Data::Enum(_))
    {
        let message =
            "no variant keeps undocumented events, add `#[events(unknown)] Unknown(UnknownEvent)`";
        errors.at(&events.node.ident, message);
    }
    for variant in &events.unknown {
        check_payload(variant, &["UnknownEvent"], errors);
    }
    for second in events.unknown.iter().skip(1) {
        errors.at(&second.ident, "one variant keeps unknown events, remove one");
    }
    events.known.iter().for_each(|known| check_content(known.variant, errors));
    check_callbacks(events, errors);
}

fn check_content(variant: &Variant, errors: &mut Errors) {
    let is_newtype =
        matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1);
    if !is_newtype {
        let ident = &variant.ident;
        let message =
            format_args!("write `{ident}(CONTENT)`, with the type of the callback's content");
        errors.at(ident, message);
    }
}

/// An event read as two variants would be read as the first of them, always.
fn check_callbacks(events: &Events<'_>, errors: &mut Errors) {
    let mut seen = HashMap::new();
    for known in &events.known {
        let path = known.callback.to_token_stream().to_string();
        if let Some(first) = seen.insert(path, &known.variant.ident) {
            let message = format_args!("the callback is that of `{first}` already");
            errors.at(&known.callback, message);
        }
    }
}

fn expand(events: &Events<'_>, envelope: &Path) -> TokenStream {
    let runtime = &events.runtime;
    let variant: Vec<&Ident> = events.known.iter().map(|known| &known.variant.ident).collect();
    let callback: Vec<&Path> = events.known.iter().map(|known| &known.callback).collect();
    let content: Vec<Ident> = events.known.iter().map(Known::content).collect();
    let unknown = events.unknown.iter().map(|variant| &variant.ident).collect::<Vec<_>>();
    let bodies = Bodies {
        envelope: quote!(&#envelope),
        kinds: quote!(&[#(#runtime::callback::CallbackMeta::of::<#callback>(),)*]),
        read: quote! {
            ::core::result::Result::Ok(match __opened.name() {
                #(<#callback as #runtime::callback::Callback>::EVENT => Self::#variant(__opened.read()?),)*
                _ => #(Self::#unknown)*(__opened.unknown()),
            })
        },
        name: quote! {
            match self {
                #(Self::#variant(_) => <#callback as #runtime::callback::Callback>::EVENT,)*
                #(Self::#unknown(__event) => &__event.event,)*
            }
        },
        identity: quote! {
            match self {
                #(Self::#variant(#content) => <#callback as #runtime::callback::Callback>::identity(#content),)*
                #(Self::#unknown(_) => ::core::option::Option::None,)*
            }
        },
        unknown_kind: quote! {
            match self {
                #(Self::#variant(#content) => {
                    <#callback as #runtime::callback::Callback>::unknown_kind(#content)
                })*
                #(Self::#unknown(_) => ::core::option::Option::None,)*
            }
        },
    };
    impl_events(events, &bodies)
}

impl Known<'_> {
    /// A variable for the content. Underlines its type, where that is not the callback's.
    fn content(&self) -> Ident {
        format_ident!("__content", span = Span::call_site().located_at(self.variant.fields.span()))
    }
}

/// The same impl with nothing in it.
fn dummy(events: &Events<'_>) -> TokenStream {
    let runtime = &events.runtime;
    let body = quote!(::core::unimplemented!());
    let envelope = quote! {
        &#runtime::callback::CallbackEnvelope::new("", "")
    };
    let [read, name, identity, unknown_kind] = [body.clone(), body.clone(), body.clone(), body];
    let kinds = quote!(&[]);
    impl_events(events, &Bodies { envelope, kinds, read, name, identity, unknown_kind })
}

/// What is said in each item of the impl.
struct Bodies {
    envelope: TokenStream,
    kinds: TokenStream,
    read: TokenStream,
    name: TokenStream,
    identity: TokenStream,
    unknown_kind: TokenStream,
}

fn impl_events(events: &Events<'_>, bodies: &Bodies) -> TokenStream {
    let (ident, runtime) = (&events.node.ident, &events.runtime);
    let Bodies { envelope, kinds, read, name, identity, unknown_kind } = bodies;
    quote! {
        #[automatically_derived]
        impl #runtime::Events for #ident {
            const ENVELOPE: &'static #runtime::callback::CallbackEnvelope = #envelope;
            const KINDS: &'static [#runtime::callback::CallbackMeta] = #kinds;
            fn read(
                __opened: &#runtime::callback::Opened,
            ) -> ::core::result::Result<Self, #runtime::callback::CallbackFault> {
                #read
            }
            fn name(&self) -> &::core::primitive::str {
                #name
            }
            fn identity(&self) -> ::core::option::Option<::std::string::String> {
                #identity
            }
            fn unknown_kind(&self) -> ::core::option::Option<&::core::primitive::str> {
                #unknown_kind
            }
        }
    }
}
