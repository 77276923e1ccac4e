//! Values as literals.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Code, Scalar};

pub(super) fn emit_scalar(scalar: &Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool(value) => quote!(#value),
        Scalar::Int(value) => emit_int(*value),
        Scalar::String(value) => quote!(#value),
    }
}

pub(super) fn emit_int(value: i64) -> TokenStream {
    let value = Literal::i64_unsuffixed(value);
    quote!(#value)
}

pub(super) fn emit_code(code: &Code) -> TokenStream {
    match code {
        Code::Int(code) => emit_int(*code),
        Code::Text(code) => quote!(#code),
    }
}

/// As a value of the runtime's type.
pub(super) fn emit_code_value(code: &Code) -> TokenStream {
    let kind = match code {
        Code::Int(_) => quote!(Int),
        Code::Text(_) => quote!(Text),
    };
    let code = emit_code(code);
    quote!(::apiscribe::meta::Code::#kind(#code))
}

/// `Some("...")` or `None`.
pub(super) fn emit_optional(value: Option<&str>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// `Some(1)` or `None`.
pub(super) fn emit_optional_int(value: Option<i64>) -> TokenStream {
    match value.map(emit_int) {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
