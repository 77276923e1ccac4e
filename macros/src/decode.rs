//! `#[derive(Decode)]`: a struct read from an object.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{DeriveInput, GenericParam, Generics, Ident, Lifetime, LifetimeParam, Path};

use crate::bounds::with_bound;
use crate::crate_path;
use crate::object::{Field, Object};

pub(crate) fn derive(node: &DeriveInput) -> TokenStream {
    let runtime = crate_path::of(&node.attrs, "wire");
    match Object::from_syn(node, "Decode") {
        Ok(object) => {
            let deserialize =
                impl_deserialize(node, &runtime, &quote!(#runtime::wire::decode(__deserializer)));
            [deserialize, impl_record(&object, &runtime)].into_iter().collect()
        }
        Err(error) => {
            let dummy = impl_deserialize(node, &runtime, &quote!(::core::unimplemented!()));
            [error.to_compile_error(), dummy].into_iter().collect()
        }
    }
}

fn impl_deserialize(node: &DeriveInput, runtime: &Path, body: &TokenStream) -> TokenStream {
    let ident = &node.ident;
    let (_, ty_generics, _) = node.generics.split_for_impl();
    let generics = with_de(&node.generics, runtime);
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

fn impl_record(object: &Object<'_>, runtime: &Path) -> TokenStream {
    let ident = object.ident;
    let (_, ty_generics, _) = object.generics.split_for_impl();
    let generics = with_de(object.generics, runtime);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let keys = object.in_object().map(|field| &field.key);
    let body = read(object, runtime);
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

/// One slot for each field; then the fields that must be there are unwrapped in a single match, which is cheaper to
/// compile than a `?` for each.
fn read(object: &Object<'_>, runtime: &Path) -> TokenStream {
    let fields: Vec<&Field<'_>> = object.in_object().collect();
    let slots: Vec<Ident> = (0..fields.len()).map(|place| format_ident!("__{place}")).collect();
    let kinds = fields.iter().map(|field| slot_kind(field));
    let required =
        || fields.iter().zip(&slots).filter(|(field, _)| !field.is_option()).map(|(_, slot)| slot);
    let (values, unwrapped) = (required(), required());
    let fields = fields.iter().zip(&slots).map(|(field, slot)| value(field, slot));
    let skipped = object.skipped().map(|field| field.ident);
    quote! {
        #(let mut #slots = #runtime::wire::#kinds(::core::option::Option::None);)*
        __reader.read(&mut [#(&mut #slots),*])?;
        match (#(#values.0,)*) {
            (#(::core::option::Option::Some(#unwrapped),)*) => ::core::result::Result::Ok(Self {
                #(#fields,)*
                #(#skipped: ::core::default::Default::default(),)*
            }),
            #[allow(unreachable_patterns)]
            _ => #runtime::wire::missing(),
        }
    }
}

fn slot_kind(field: &Field<'_>) -> Ident {
    let kind = match (field.is_option(), field.is_lenient()) {
        (false, false) => "Required",
        (true, false) => "Optional",
        (false, true) => "RequiredLenient",
        (true, true) => "OptionalLenient",
    };
    Ident::new(kind, Span::call_site())
}

fn value(field: &Field<'_>, slot: &Ident) -> TokenStream {
    let ident = field.ident;
    if field.is_option() { quote!(#ident: #slot.0) } else { quote!(#ident: #slot) }
}

/// What the type borrows, it borrows from the input.
fn with_de(generics: &Generics, runtime: &Path) -> Generics {
    let mut de = LifetimeParam::new(Lifetime::new("'__de", Span::call_site()));
    de.bounds.extend(generics.lifetimes().map(|param| param.lifetime.clone()));
    let mut generics = with_bound(generics, &quote!(#runtime::serde::Deserialize<'__de>));
    generics.params.insert(0, GenericParam::Lifetime(de));
    generics
}
