//! Former names, as deprecated aliases of the present ones.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::ident;
use super::ty::{emit_field_type, emit_type};
use crate::ir::{Alias, Field, Initial, Integer, Module, Presence, Struct, Type};

/// A module that has all that another has.
pub(super) fn emit_modules(module: &Module) -> impl Iterator<Item = TokenStream> {
    module.formerly.iter().map(|former| {
        let (former, now) = (ident(former), ident(&module.name));
        let deprecated = emit_deprecated(&module.name);
        let doc = format!(" Former name of [`{}`].", module.name);
        quote! {
            #[doc = #doc]
            #deprecated
            pub mod #former {
                pub use super::#now::*;
            }
        }
    })
}

/// A type; the name of a newtype is also a function that makes one.
pub(super) fn emit_alias(alias: &Alias) -> TokenStream {
    let (former, now) = (ident(&alias.name), ident(&alias.now));
    let deprecated = emit_deprecated(&alias.now);
    let doc = format!(" Former name of [`{}`].", alias.now);
    let constructor = alias.newtype_of.as_ref().map(emit_type).map(|of| {
        quote! {
            #[doc = #doc]
            #deprecated
            #[allow(non_snake_case, reason = "it was a tuple struct")]
            #[must_use]
            pub fn #former(value: #of) -> #now {
                #now(value)
            }
        }
    });
    quote! {
        #[doc = #doc]
        #deprecated
        pub type #former = #now;
        #constructor
    }
}

/// Constants of an enum, each of which is a variant; nothing if none was called otherwise.
pub(super) fn emit_variants<'a>(
    name: &Ident,
    variants: impl Iterator<Item = (&'a String, &'a Vec<String>)>,
) -> Option<TokenStream> {
    let former = variants.flat_map(|(now, formerly)| formerly.iter().map(move |it| (now, it)));
    let constants: Vec<TokenStream> =
        former.map(|(now, former)| emit_constant(name, now, former)).collect();
    (!constants.is_empty()).then(|| {
        quote! {
            #[allow(non_upper_case_globals, reason = "they were variants")]
            impl #name {
                #(#constants)*
            }
        }
    })
}

fn emit_constant(name: &Ident, now: &str, former: &str) -> TokenStream {
    let deprecated = emit_deprecated(now);
    let doc = format!(" Former name of [`{now}`]({name}::{now}).");
    let (former, now) = (ident(former), ident(now));
    quote! {
        #[doc = #doc]
        #deprecated
        pub const #former: #name = #name::#now;
    }
}

/// Methods of a struct in the place of fields; nothing if none was called otherwise.
pub(super) fn emit_fields(item: &Struct) -> Option<TokenStream> {
    let former =
        item.fields.iter().flat_map(|field| field.formerly.iter().map(move |it| (field, it)));
    let methods: Vec<TokenStream> =
        former.map(|(field, former)| emit_methods(item, field, former)).collect();
    let name = ident(&item.name);
    (!methods.is_empty()).then(|| {
        quote! {
            impl #name {
                #(#methods)*
            }
        }
    })
}

/// What reads the field, and what sets it if it may be left out.
fn emit_methods(item: &Struct, field: &Field, former: &str) -> TokenStream {
    let now = ident(&field.name);
    let deprecated = emit_deprecated(&field.name);
    let doc = format!(" Former name of [`{0}`]({1}::{0}).", field.name, item.name);
    let ty = emit_field_type(field);
    let getter = ident(former);
    let setter = (item.written && field.initial == Initial::Absent).then(|| {
        let doc = format!(" Former name of `with_{}`.", field.name);
        let deprecated = emit_deprecated(&format!("with_{}", field.name));
        let (setter, with) = (with(former), with(&field.name));
        let given = emit_given(field);
        quote! {
            #[doc = #doc]
            #deprecated
            #[must_use]
            pub fn #setter(self, #getter: #given) -> Self {
                self.#with(#getter)
            }
        }
    });
    quote! {
        #[doc = #doc]
        #deprecated
        pub fn #getter(&self) -> &#ty {
            &self.#now
        }
        #setter
    }
}

fn with(field: &str) -> Ident {
    format_ident!("with_{}", field.trim_start_matches('_'))
}

/// What the present setter takes.
fn emit_given(field: &Field) -> TokenStream {
    let ty = emit_type(&field.ty);
    match (&field.ty, field.presence) {
        (_, Presence::OptionalNullable) => quote!(::core::option::Option<#ty>),
        (Type::Bool | Type::Number(Integer::Int | Integer::Unsigned), _) => ty,
        _ => quote!(impl ::core::convert::Into<#ty>),
    }
}

fn emit_deprecated(now: &str) -> TokenStream {
    let note = format!("renamed to `{now}`");
    quote!(#[deprecated(note = #note)])
}
