//! The documents' worked examples, as tests.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::lists::emit_decimal;
use crate::emit::doc;
use crate::emit::literal::emit_int;
use crate::emit::tokens::ident;
use crate::emit::ty::emit_money;
use crate::ir::{Example, QuantityType, Rules, Takes, Value};

pub(super) fn emit_examples(rules: &Rules) -> Option<TokenStream> {
    let mut tests: Vec<TokenStream> = Vec::new();
    for item in &rules.checklists {
        let takes = Takes::Struct { name: item.facts.clone(), fields: item.takes.clone() };
        tests
            .extend(item.examples.iter().map(|example| emit_test(&item.function, &takes, example)));
    }
    for item in &rules.formulas {
        let examples = item.examples.iter();
        tests.extend(examples.map(|example| emit_test(&item.function, &item.takes, example)));
    }
    for item in &rules.identities {
        let examples = item.examples.iter();
        tests.extend(examples.map(|example| emit_gap(&item.function, &item.takes, example)));
    }
    for item in &rules.decisions {
        let examples = item.examples.iter();
        tests.extend(examples.map(|example| emit_test(&item.function, &item.takes, example)));
    }
    (!tests.is_empty()).then(|| {
        quote! {
            #[cfg(test)]
            mod examples {
                use super::*;
                #(#tests)*
            }
        }
    })
}

fn emit_test(function: &str, takes: &Takes, example: &Example) -> TokenStream {
    let call = emit_call(function, takes, example);
    let gives = emit_value(&example.gives);
    emit_case(function, example, quote!(assert_eq!(#call, Ok(#gives));))
}

fn emit_gap(function: &str, takes: &Takes, example: &Example) -> TokenStream {
    let call = emit_call(function, takes, example);
    let gives = emit_value(&example.gives);
    emit_case(function, example, quote!(assert_eq!(#call.map(|sides| sides.gap()), Ok(#gives));))
}

fn emit_case(function: &str, example: &Example, assertion: TokenStream) -> TokenStream {
    let doc = doc::part(doc::text(&example.doc), &example.doc);
    let name = format_ident!("{}_{}", function, example.name);
    quote! {
        #doc
        #[test]
        fn #name() {
            #assertion
        }
    }
}

fn emit_call(function: &str, takes: &Takes, example: &Example) -> TokenStream {
    let function = ident(function);
    let argument = match takes {
        Takes::Struct { name, .. } => {
            let of = emit_struct(name, &example.given);
            quote!(&#of)
        }
        Takes::One(_) => {
            let value = example.given.first().map(|(_, value)| emit_argument(value));
            quote!(#value)
        }
    };
    quote!(#function(#argument))
}

/// A value as the only argument of a function.
fn emit_argument(value: &Value) -> TokenStream {
    match value {
        Value::Rows(rows) => {
            let rows = rows.iter().map(emit_value);
            quote!(&[#(#rows),*])
        }
        Value::Struct { name, fields } => {
            let of = emit_struct(name, fields);
            quote!(&#of)
        }
        other => emit_value(other),
    }
}

fn emit_struct(name: &str, fields: &[(String, Value)]) -> TokenStream {
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
        Value::Time(text) => quote!(::runtime::rules::examples::time(#text)),
        Value::Day(text) => quote!(::runtime::rules::examples::date(#text)),
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
            let money = emit_money(*money);
            quote!(::runtime::#money(#whole))
        }
        (QuantityType::Days, Ok(whole)) => quote!(::runtime::rules::Days(#whole)),
        (QuantityType::Count, Ok(whole)) => whole,
        (QuantityType::ExactMoney(_), _) => {
            let amount = emit_decimal(digits);
            quote!(::runtime::rules::Exact::new(#amount))
        }
        _ => emit_decimal(digits),
    }
}
