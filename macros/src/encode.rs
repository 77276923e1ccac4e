//! `#[derive(Encode)]`: a struct written as an object.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Path};

use crate::bounds::with_bound;
use crate::crate_path;
use crate::object::{Field, Object};

pub(crate) fn derive(node: &DeriveInput) -> TokenStream {
    let runtime = crate_path::of(&node.attrs, "wire");
    match Object::from_syn(node, "Encode") {
        Ok(object) => expand(node, &runtime, &write(&object, &runtime)),
        Err(error) => {
            let dummy = expand(node, &runtime, &quote!(::core::unimplemented!()));
            [error.to_compile_error(), dummy].into_iter().collect()
        }
    }
}

fn expand(node: &DeriveInput, runtime: &Path, body: &TokenStream) -> TokenStream {
    let ident = &node.ident;
    let generics = with_bound(&node.generics, &quote!(#runtime::serde::Serialize));
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

fn write(object: &Object<'_>, runtime: &Path) -> TokenStream {
    let fields = object.in_object().map(write_field);
    quote! {
        let mut __object = #runtime::wire::Writer::new(__serializer);
        #(#fields)*
        __object.end()
    }
}

fn write_field(field: &Field<'_>) -> TokenStream {
    let Field { ident, key, .. } = field;
    let value = quote_spanned!(field.type_span()=> &self.#ident);
    if field.is_optional() {
        quote!(__object.optional(#key, #value);)
    } else {
        quote!(__object.field(#key, #value);)
    }
}
