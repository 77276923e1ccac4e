//! `#[derive(Decode)]`: a struct read from an object.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{DeriveInput, GenericParam, Generics, Ident, Lifetime, LifetimeParam, Path, Token};

use crate::Derive;
use crate::errors::Errors;
use crate::item::with_bound;
use crate::object::{Field, Object, Reading};
use crate::rules::Tokens;

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
            None if self.0.generics.params.is_empty() => {
                let ident = self.0.ident;
                quote!(#runtime::__decode!(#ident);)
            }
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
///
/// What is written for each slot is interpolated token by token: a stream for each of them would be a call of the compiler.
fn read(object: &Object<'_>) -> TokenStream {
    let runtime = &object.runtime;
    let slots: Vec<Slot<'_>> = object.in_object().enumerate().map(Slot::new).collect();
    let idents: Vec<&Ident> = slots.iter().map(|slot| &slot.ident).collect();
    let kinds = slots.iter().map(Slot::kind);
    let readable = slots.iter().filter(|slot| slot.reading == Reading::Readable);
    let readable = readable.map(|slot| &slot.ident);
    let ands = slots.iter().map(|slot| Token![&](slot.ident.span()));
    let muts = slots.iter().map(|slot| Token![mut](slot.ident.span()));
    let constants = object.constants.iter().map(|constant| constant.value.expected(runtime));
    let lent = quote!(&mut [#(#ands #muts #idents,)* #(&mut #constants,)*]);
    let rest = object.rest().map(|field| field.ident);
    let read = match object.rest() {
        None => quote!(__reader.read(#lent)?;),
        Some(field) => {
            let lent_rest = quote_spanned!(field.type_span()=> &mut __rest);
            quote! {
                let mut __rest = #runtime::wire::Rest(::core::default::Default::default());
                __reader.read_with_rest(#lent, #lent_rest)?;
            }
        }
    };
    let fields = slots.iter().map(|slot| slot.field.ident);
    let values = slots.iter().map(Slot::value);
    let (rest, skipped) = (rest.iter(), object.skipped().map(|field| field.ident));
    quote! {
        #(let mut #idents = #runtime::wire::#kinds(::core::option::Option::None);)*
        #(#readable.0 = ::core::option::Option::Some(::core::option::Option::None);)*
        #read
        ::core::result::Result::Ok(Self {
            #(#fields: #values,)*
            #(#rest: __rest.0,)*
            #(#skipped: ::core::default::Default::default(),)*
        })
    }
}

/// A variable for the value of a field, which underlines the field's type where that cannot be read.
struct Slot<'a> {
    field: &'a Field<'a>,
    reading: Reading,
    ident: Ident,
}

impl<'a> Slot<'a> {
    fn new((place, field): (usize, &'a Field<'a>)) -> Self {
        let ident = format_ident!("__{place}", span = field.type_span());
        Slot { field, reading: field.reading(), ident }
    }

    /// Its type in the runtime.
    fn kind(&self) -> Ident {
        let name = match (self.reading.is_checked(), self.field.is_lenient()) {
            (false, false) if self.field.is_nullable() => "Nullable",
            (false, true) if self.field.is_nullable() => "NullableLenient",
            (true, false) => "Required",
            (false, false) => "Optional",
            (true, true) => "RequiredLenient",
            (false, true) => "OptionalLenient",
        };
        Ident::new(name, Span::call_site())
    }

    /// What it holds when the reader has filled it.
    fn value(&self) -> Tokens {
        let slot = Tokens::from(self.ident.clone());
        let zero = || Literal::u8_unsuffixed(0).into();
        match self.reading {
            Reading::Required | Reading::Readable => slot.call("take"),
            Reading::Optional => slot.dot(zero()),
            Reading::Defaulted => slot.dot(zero()).call("unwrap_or_default"),
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
