//! `new` of a struct that is written: takes what is required, so that a new optional field breaks no caller.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::emit_given_type;
use super::{Emit, ident};
use crate::ir::{Field, Initial, Presence, Struct, Type};

/// Clippy's bound on the arguments of a function.
const MOST_ARGUMENTS: usize = 7;

pub(super) fn emit_constructor(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let lint = emit_lint(item);
    let arguments = item
        .fields
        .iter()
        .filter(|field| is_argument(field))
        .map(|field| Emit(move || emit_argument(field)));
    let value = Emit(|| emit_value(item));
    quote! {
        impl #name {
            /// With what is required, and without the rest.
            #lint
            pub fn new(#(#arguments),*) -> Self {
                #value
            }
        }
    }
}

fn emit_lint(item: &Struct) -> Option<TokenStream> {
    let arguments = item.fields.iter().filter(|field| is_argument(field)).count();
    let reason = "as many as are required";
    (arguments > MOST_ARGUMENTS)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = #reason)]))
}

fn emit_argument(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let ty = Emit(|| emit_given_type(field));
    if is_text(field) { quote!(#name: impl ::core::convert::Into<#ty>) } else { quote!(#name: #ty) }
}

fn emit_value(item: &Struct) -> TokenStream {
    if item.default {
        return quote!(Self::default());
    }
    let fields = item.fields.iter().map(|field| Emit(move || emit_field_value(field)));
    quote!(Self { #(#fields,)* })
}

fn emit_field_value(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let given = if is_text(field) { quote!(#name.into()) } else { quote!(#name) };
    match (field.initial, field.presence) {
        (Initial::Later, _) => quote!(#name: ::core::convert::From::from("")),
        (Initial::Empty, _) => quote!(#name: ::core::default::Default::default()),
        (Initial::Absent, _) => quote!(#name: ::core::option::Option::None),
        (Initial::Argument, Presence::Expected) => {
            quote!(#name: ::core::option::Option::Some(#given))
        }
        (Initial::Argument, _) if is_text(field) => quote!(#name: #given),
        (Initial::Argument, _) => quote!(#name),
    }
}

fn is_argument(field: &Field) -> bool {
    field.initial == Initial::Argument
}

fn is_text(field: &Field) -> bool {
    field.ty == Type::String && field.presence != Presence::Nullable
}
