//! `#[derive(Responses)]`: an enum of the successes of an endpoint, by their HTTP statuses.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Ident, LitInt, Path, Variant};

use crate::Derive;
use crate::attr::{self, parse_name};
use crate::errors::{Errors, unknown_name};
use crate::item::{check_payload, variants};

pub(crate) struct Responses<'a> {
    node: &'a DeriveInput,
    /// Path of the runtime.
    runtime: Path,
    known: Vec<Known<'a>>,
    /// The variants that keep any other success: exactly one, once checked.
    unknown: Vec<&'a Variant>,
}

/// A documented success.
struct Known<'a> {
    variant: &'a Variant,
    status: LitInt,
}

/// What is written on a variant.
enum Item {
    Status(LitInt),
    Unknown,
}

impl<'a> Derive<'a> for Responses<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        attr::check_only_crate(&node.attrs, "responses", "an enum of responses", errors);
        let runtime = attr::runtime(&node.attrs, "responses");
        let mut read = Responses { node, runtime, known: Vec::new(), unknown: Vec::new() };
        for variant in variants(node, "Responses", errors) {
            read.add(variant, errors);
        }
        read
    }

    fn check(&self, errors: &mut Errors) {
        check(self, errors);
    }

    fn expand(&self) -> TokenStream {
        expand(self)
    }

    /// Rather no impl than one that complains of the parameters as well.
    fn dummy(&self) -> TokenStream {
        match self.node.generics.params.is_empty() {
            true => impls(self, &quote!(&[]), &quote!(::core::unimplemented!())),
            false => TokenStream::new(),
        }
    }
}

impl<'a> Responses<'a> {
    fn add(&mut self, variant: &'a Variant, errors: &mut Errors) {
        let before = errors.count();
        match read_item(variant, errors) {
            Some(Item::Status(status)) => self.known.push(Known { variant, status }),
            Some(Item::Unknown) => self.unknown.push(variant),
            None if errors.count() == before => errors.at(
                &variant.ident,
                "what is its status? write `#[responses(200)]`, or `#[responses(unknown)]` on the variant that keeps \
                 undocumented successes",
            ),
            None => {}
        }
    }
}

fn read_item(variant: &Variant, errors: &mut Errors) -> Option<Item> {
    let mut found = None;
    attr::read(&variant.attrs, "responses", errors, |input, _| {
        if found.is_some() {
            return Err(input.error("a variant is of one status, remove this"));
        }
        if input.peek(LitInt) {
            let status: LitInt = input.parse()?;
            if !matches!(status.base10_parse(), Ok(200..=299u16)) {
                return Err(Error::new_spanned(
                    status,
                    "expected the status of a success, 200 to 299",
                ));
            }
            found = Some(Item::Status(status));
            return Ok(());
        }
        let name = parse_name(input)?;
        if name != "unknown" {
            return Err(unknown_name("key of a response", &name, &["unknown"]));
        }
        found = Some(Item::Unknown);
        Ok(())
    });
    found
}

fn check(responses: &Responses<'_>, errors: &mut Errors) {
    let mut seen: HashMap<&str, &Ident> = HashMap::new();
    for Known { variant, status } in &responses.known {
        if let Some(first) = seen.insert(status.base10_digits(), &variant.ident) {
            errors.at(status, format_args!("this is the status of `{first}` already"));
        }
        check_data(variant, errors);
    }
    let is_enum = matches!(responses.node.data, Data::Enum(_));
    if responses.unknown.is_empty() && errors.count() == 0 && is_enum {
        let message = "no variant keeps undocumented successes, add `#[responses(unknown)] Unknown(UnknownResponse)`";
        errors.at(&responses.node.ident, message);
    }
    for variant in &responses.unknown {
        check_payload(variant, &["UnknownResponse"], errors);
    }
    for second in responses.unknown.iter().skip(1) {
        errors.at(&second.ident, "one variant keeps undocumented successes, remove one");
    }
}

fn check_data(variant: &Variant, errors: &mut Errors) {
    let is_sound = match &variant.fields {
        Fields::Unit => true,
        Fields::Unnamed(fields) => fields.unnamed.len() == 1,
        Fields::Named(_) => false,
    };
    if !is_sound {
        let ident = &variant.ident;
        errors.at(
            ident,
            format_args!("write `{ident}(DATA)`, with the type of the data, or `{ident}`"),
        );
    }
}

fn expand(responses: &Responses<'_>) -> TokenStream {
    let statuses = responses.known.iter().map(|known| &known.status);
    let arms = responses.known.iter().map(|Known { variant, status }| {
        let ident = &variant.ident;
        match &variant.fields {
            Fields::Unit => quote!(#status => __data.ignore().map(|()| Self::#ident),),
            _ => quote!(#status => __data.read().map(Self::#ident),),
        }
    });
    let unknown = responses.unknown.iter().map(|variant| &variant.ident);
    let body = quote! {
        match __status {
            #(#arms)*
            #(_ => __data.unknown(__status).map(Self::#unknown),)*
        }
    };
    impls(responses, &quote!(&[#(#statuses),*]), &body)
}

fn impls(responses: &Responses<'_>, statuses: &TokenStream, body: &TokenStream) -> TokenStream {
    let (ident, runtime) = (&responses.node.ident, &responses.runtime);
    quote! {
        #[automatically_derived]
        impl<'__de> #runtime::wire::Responses<'__de> for #ident {
            const STATUSES: &'static [::core::primitive::u16] = #statuses;
            fn read<__A: #runtime::serde::de::SeqAccess<'__de>>(
                __status: ::core::primitive::u16,
                __data: #runtime::wire::ResponseData<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                #body
            }
        }
        #[automatically_derived]
        impl<'__de> #runtime::serde::Deserialize<'__de> for #ident {
            fn deserialize<__D: #runtime::serde::Deserializer<'__de>>(
                __deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                #runtime::wire::decode_by_status(__deserializer)
            }
        }
    }
}
