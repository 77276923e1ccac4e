//! Types, by absolute path.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::ir::{Decimal, Field, Integer, Presence, Type, TypePath};

pub(super) fn emit_type(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(::std::string::String),
        Type::Secret => quote!(::apiscribe::Secret<::std::string::String>),
        Type::Bool => quote!(bool),
        Type::Number(number) => emit_number(*number),
        Type::Decimal(Decimal::Text) => quote!(::apiscribe::decimals::DecimalText),
        Type::Decimal(Decimal::Number) => quote!(::apiscribe::decimals::DecimalNumber),
        Type::Date => quote!(::apiscribe::time::Date),
        Type::DateTime => quote!(::apiscribe::time::Timestamp),
        Type::Money(money) => emit_shared(&money.name),
        Type::Amount(name) => emit_shared(name),
        Type::Json => quote!(::apiscribe::Json),
        Type::File => quote!(::apiscribe::endpoint::File),
        Type::Binary => quote!(::apiscribe::endpoint::Binary),
        Type::Named(path) => emit_path(path),
        Type::List(of) => emit_generic(&quote!(::std::vec::Vec), of),
        Type::Map(of) => emit_map(of),
        Type::Nullable(of) => emit_generic(&quote!(::core::option::Option), of),
        Type::Boxed(of) => emit_generic(&quote!(::std::boxed::Box), of),
        Type::JsonText(of) => emit_generic(&quote!(::apiscribe::wire::JsonText), of),
    }
}

fn emit_number(number: Integer) -> TokenStream {
    match number {
        Integer::Int => quote!(i64),
        Integer::Unsigned => quote!(u64),
        Integer::UnixMillis => quote!(::apiscribe::time::UnixMillis),
        Integer::UnixSeconds => quote!(::apiscribe::time::UnixSeconds),
        Integer::Millis => quote!(::apiscribe::time::Millis),
        Integer::Seconds => quote!(::apiscribe::time::Seconds),
    }
}

fn emit_generic(outer: &TokenStream, of: &Type) -> TokenStream {
    let of = emit_type(of);
    quote!(#outer<#of>)
}

fn emit_map(of: &Type) -> TokenStream {
    let of = emit_type(of);
    quote!(::std::collections::BTreeMap<::std::string::String, #of>)
}

/// A name of this module or, by way of the module they are both in, of another.
pub(super) fn emit_path(path: &TypePath) -> TokenStream {
    let name = ident(&path.name);
    match &path.module {
        None => quote!(#name),
        Some(module) => {
            let module = ident(module);
            quote!(super::#module::#name)
        }
    }
}

/// A constant or type of what the domains share, seen from a domain.
pub(super) fn emit_shared(name: &str) -> TokenStream {
    emit_path(&TypePath { module: Some("platform".to_owned()), name: name.to_owned() })
}

/// The constant of the platform's clock.
pub(super) fn emit_clock() -> TokenStream {
    emit_shared("TIME_ZONE")
}

/// The type of a field with what its presence adds.
pub(super) fn emit_field_type(field: &Field) -> TokenStream {
    let ty = emit_type(&field.ty);
    match field.presence {
        Presence::Required => ty,
        Presence::Expected | Presence::Optional | Presence::Nullable => {
            quote!(::core::option::Option<#ty>)
        }
        Presence::OptionalNullable => {
            quote!(::core::option::Option<::core::option::Option<#ty>>)
        }
    }
}
