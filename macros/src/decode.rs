//! `#[derive(Decode)]`: a struct read from an object.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{DeriveInput, GenericParam, Generics, Ident, Lifetime, LifetimeParam, Path};

use crate::Derive;
use crate::errors::Errors;
use crate::item::with_bound;
use crate::object::{Field, Object, Reading};

pub(crate) struct Decode<'a>(Object<'a>);

impl<'a> Derive<'a> for Decode<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        Self(Object::from_syn(node, "Decode", errors))
    }

    fn check(&self, errors: &mut Errors) {
        self.0.check(errors);
        self.0.check_read(errors);
    }

    fn expand(&self) -> TokenStream {
        let runtime = &self.0.runtime;
        let deserialize = match self.0.headers().next() {
            None => impl_deserialize(&self.0, &quote!(#runtime::wire::decode(__deserializer))),
            Some(_) => impl_deserialize(&self.0, &with_headers(&self.0)),
        };
        [deserialize, impl_record(&self.0)].into_iter().collect()
    }

    fn dummy(&self) -> TokenStream {
        impl_deserialize(&self.0, &quote!(::core::unimplemented!()))
    }
}

fn impl_deserialize(object: &Object<'_>, body: &TokenStream) -> TokenStream {
    let (ident, runtime) = (object.ident, &object.runtime);
    let (_, ty_generics, _) = object.generics.split_for_impl();
    let generics = with_de(object.generics, runtime);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::serde::Deserialize<'__de> for #ident #ty_generics #where_clause {
            fn deserialize<__D: #runtime::serde::Deserializer<'__de>>(
                __deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                #body
            }
        }
    }
}

/// The headers are put in when the rest is there.
fn with_headers(object: &Object<'_>) -> TokenStream {
    let runtime = &object.runtime;
    let names = object.headers().map(|field| &field.key);
    let fields = object.headers().map(|field| field.ident);
    quote! {
        let (mut __value, mut __headers): (Self, _) =
            #runtime::wire::decode_with_headers(__deserializer, &[#(#names),*])?;
        #(__value.#fields = __headers.next();)*
        ::core::result::Result::Ok(__value)
    }
}

fn impl_record(object: &Object<'_>) -> TokenStream {
    let (ident, runtime) = (object.ident, &object.runtime);
    let (_, ty_generics, _) = object.generics.split_for_impl();
    let generics = with_de(object.generics, runtime);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let keys = object.keys();
    let body = read(object);
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::wire::Record<'__de> for #ident #ty_generics #where_clause {
            const KEYS: &'static [&'static ::core::primitive::str] = &[#(#keys),*];
            fn read<__A: #runtime::serde::de::MapAccess<'__de>>(
                __reader: #runtime::wire::Reader<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                #body
            }
        }
    }
}

/// One slot for each field; what the reader has filled is then taken out, which cannot fail and is little to compile.
fn read(object: &Object<'_>) -> TokenStream {
    let runtime = &object.runtime;
    let slots: Vec<Slot<'_>> = object.in_object().enumerate().map(Slot::new).collect();
    let made = slots.iter().map(|slot| slot.make(runtime));
    let constants = object.constants.iter().map(|constant| {
        let expected = constant.value.expected(runtime);
        quote!(&mut #expected)
    });
    let lent = slots.iter().map(Slot::lend).chain(constants);
    let values = slots.iter().map(Slot::value);
    let skipped = object.skipped().map(|field| field.ident);
    let rest = object.rest().map(|field| field.ident);
    let rest_value = rest.iter().map(|ident| quote!(#ident: __rest.0,));
    let read = match object.rest() {
        None => quote!(__reader.read(&mut [#(#lent),*])?;),
        Some(field) => {
            let lent_rest = quote_spanned!(field.type_span()=> &mut __rest);
            quote! {
                let mut __rest = #runtime::wire::Rest(::core::default::Default::default());
                __reader.read_with_rest(&mut [#(#lent),*], #lent_rest)?;
            }
        }
    };
    quote! {
        #(#made)*
        #read
        ::core::result::Result::Ok(Self {
            #(#values,)*
            #(#rest_value)*
            #(#skipped: ::core::default::Default::default(),)*
        })
    }
}

/// A variable for the value of a field.
struct Slot<'a> {
    field: &'a Field<'a>,
    ident: Ident,
}

impl<'a> Slot<'a> {
    fn new((place, field): (usize, &'a Field<'a>)) -> Self {
        Slot { field, ident: format_ident!("__{place}", span = field.type_span()) }
    }

    fn make(&self, runtime: &Path) -> TokenStream {
        let ident = &self.ident;
        let reading = self.field.reading();
        let must_be_readable = matches!(reading, Reading::Required | Reading::Readable);
        let kind = match (must_be_readable, self.field.is_lenient()) {
            (false, false) if self.field.is_nullable() => quote!(Nullable),
            (false, true) if self.field.is_nullable() => quote!(NullableLenient),
            (true, false) => quote!(Required),
            (false, false) => quote!(Optional),
            (true, true) => quote!(RequiredLenient),
            (false, true) => quote!(OptionalLenient),
        };
        let start = match reading {
            Reading::Readable => {
                quote!(::core::option::Option::Some(::core::option::Option::None))
            }
            _ => quote!(::core::option::Option::None),
        };
        quote!(let mut #ident = #runtime::wire::#kind(#start);)
    }

    /// Underlines the field's type, where that cannot be read.
    fn lend(&self) -> TokenStream {
        let ident = &self.ident;
        quote_spanned!(self.field.type_span()=> &mut #ident)
    }

    fn value(&self) -> TokenStream {
        let (name, ident) = (self.field.ident, &self.ident);
        match self.field.reading() {
            Reading::Required | Reading::Readable => quote!(#name: #ident.take()),
            Reading::Optional => quote!(#name: #ident.0),
            Reading::Defaulted => {
                quote!(#name: ::core::option::Option::unwrap_or_default(#ident.0))
            }
        }
    }
}

/// What the type borrows, it borrows from the input.
fn with_de(generics: &Generics, runtime: &Path) -> Generics {
    let mut de = LifetimeParam::new(Lifetime::new("'__de", Span::call_site()));
    de.bounds.extend(generics.lifetimes().map(|param| param.lifetime.clone()));
    let mut generics = with_bound(generics, &quote!(#runtime::serde::Deserialize<'__de>));
    generics.params.insert(0, GenericParam::Lifetime(de));
    generics
}
