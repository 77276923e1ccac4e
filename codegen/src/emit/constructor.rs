//! `new` of a struct that is written: takes what is required, so that a new optional field breaks no caller.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Emit, ident};
use super::ty::emit_given_type;
use crate::ir::{Field, Presence, Struct, Type};

/// Clippy's bound on the arguments of a function.
const MOST_ARGUMENTS: usize = 7;

/// Whether nothing is asked for, so that the struct has a default.
pub(super) fn is_default(item: &Struct) -> bool {
    item.written && !item.fields.iter().any(is_argument)
}

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
    if is_default(item) {
        return quote!(Self::default());
    }
    let fields = item.fields.iter().map(|field| Emit(move || emit_field_value(field)));
    quote!(Self { #(#fields,)* })
}

fn emit_field_value(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    match field {
        _ if field.later => quote!(#name: ::core::convert::From::from("")),
        _ if !is_argument(field) => quote!(#name: ::core::option::Option::None),
        _ if field.presence == Presence::Expected => {
            let value = if is_text(field) { quote!(#name.into()) } else { quote!(#name) };
            quote!(#name: ::core::option::Option::Some(#value))
        }
        _ if is_text(field) => quote!(#name: #name.into()),
        _ => quote!(#name),
    }
}

fn is_argument(field: &Field) -> bool {
    let is_asked_for =
        matches!(field.presence, Presence::Required | Presence::Expected | Presence::Nullable);
    is_asked_for && !field.later
}

fn is_text(field: &Field) -> bool {
    field.ty == Type::String && field.presence != Presence::Nullable && !field.secret
}
