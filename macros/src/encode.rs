//! `#[derive(Encode)]`: a struct written as an object.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Member};

use crate::Derive;
use crate::errors::Errors;
use crate::item::with_bound;
use crate::object::{Constant, Field, Object};
use crate::rules::{Tokens, respan};

pub(crate) struct Encode<'a>(Object<'a>);

impl<'a> Derive<'a> for Encode<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        Self(Object::from_syn(node, "Encode", errors))
    }

    fn check(&self, errors: &mut Errors) {
        self.0.check(errors);
    }

    fn expand(&self) -> TokenStream {
        impl_serialize(&self.0, &write(&self.0))
    }

    fn dummy(&self) -> TokenStream {
        impl_serialize(&self.0, &quote!(::core::unimplemented!()))
    }
}

fn impl_serialize(object: &Object<'_>, body: &TokenStream) -> TokenStream {
    let (ident, runtime) = (object.ident, &object.runtime);
    let generics = with_bound(object.generics, &quote!(#runtime::serde::Serialize));
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #runtime::serde::Serialize for #ident #ty_generics #where_clause {
            fn serialize<__S: #runtime::serde::Serializer>(
                &self,
                __serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #body
            }
        }
    }
}

fn write(object: &Object<'_>) -> TokenStream {
    let runtime = &object.runtime;
    if let Some(Field { ident, .. }) = object.body() {
        return quote!(#runtime::serde::Serialize::serialize(&self.#ident, __serializer));
    }
    let constants = object.constants.iter().map(|Constant { key, value }| {
        let value = value.expand();
        quote!(__object.field(#key, #value);)
    });
    let methods = object.in_object().map(|field| {
        let method = if field.is_optional() { "optional" } else { "field" };
        Ident::new(method, Span::call_site())
    });
    let keys = object.in_object().map(|field| &field.key);
    let values = object.in_object().map(value);
    let rest = object.rest().map(|field| {
        let (ident, keys) = (field.ident, object.keys());
        let value = quote_spanned!(field.type_span()=> &self.#ident);
        quote!(__object.rest(#value, &[#(#keys),*]);)
    });
    quote! {
        let mut __object = #runtime::wire::Writer::new(__serializer);
        #(#constants)*
        #(__object.#methods(#keys, #values);)*
        #rest
        __object.end()
    }
}

/// What is found wrong with it is at the field's type.
fn value(field: &Field<'_>) -> Tokens {
    respan(&Tokens::of_self(&Member::from(field.ident.clone())), field.type_span())
}
