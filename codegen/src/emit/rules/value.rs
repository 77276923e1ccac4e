//! Values of examples and tables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ident;
use crate::emit::literal::emit_int;
use crate::emit::ty::{emit_clock, emit_shared};
use crate::ir::{QuantityType, Value};

pub(super) fn emit_struct(name: &str, fields: &[(String, Value)]) -> TokenStream {
    let path = name.split("::").map(ident);
    let path = quote!(#(#path)::*);
    // An outcome that tells nothing is no struct.
    if fields.is_empty() && name.contains("::") {
        return path;
    }
    let fields = fields.iter().map(|(name, value)| {
        let (name, value) = (ident(name), emit_value(value));
        quote!(#name: #value)
    });
    quote!(#path { #(#fields),* })
}

pub(super) fn emit_value(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(#value),
        Value::Number { ty, digits } => emit_number(ty, digits),
        Value::Time(text) => {
            let clock = emit_clock();
            quote!(::apiscribe::rules::examples::time(#text, #clock))
        }
        Value::Day(text) => quote!(::apiscribe::rules::examples::date(#text)),
        Value::Optional(None) => quote!(None),
        Value::Optional(Some(value)) => {
            let value = emit_value(value);
            quote!(Some(#value))
        }
        Value::Item { list, item } => {
            let (list, item) = (ident(list), ident(item));
            quote!(#list::#item)
        }
        Value::Rows(rows) => {
            let rows = rows.iter().map(emit_value);
            quote!(vec![#(#rows),*])
        }
        Value::Struct { name, fields } => emit_struct(name, fields),
        Value::Unmet { requirement, items } => {
            let requirement = ident(requirement);
            let items = items.iter().map(|item| ident(item));
            quote!(vec![#(#requirement::#items),*])
        }
    }
}

fn emit_number(ty: &QuantityType, digits: &str) -> TokenStream {
    let whole = digits.parse::<i64>().map(emit_int);
    match (ty, whole) {
        (QuantityType::Money(money), Ok(whole)) => {
            let money = emit_shared(money);
            quote!(#money(#whole))
        }
        (QuantityType::Days, Ok(whole)) => quote!(::apiscribe::rules::Days(#whole)),
        (QuantityType::Count, Ok(whole)) => whole,
        (QuantityType::ExactMoney(_), _) => {
            let amount = emit_decimal(digits);
            quote!(::apiscribe::rules::Exact::new(#amount))
        }
        _ => emit_decimal(digits),
    }
}

pub(super) fn emit_decimal(digits: &str) -> TokenStream {
    quote!(::apiscribe::rules::decimal(#digits))
}
