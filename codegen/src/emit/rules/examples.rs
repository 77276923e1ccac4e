//! The documents' worked examples, as tests.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::value::{emit_struct, emit_value};
use crate::emit::{doc, ident};
use crate::ir::{Example, Rules, Takes, Value};

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
            // The examples name it by the same path as the rest of this module.
            #[cfg(test)]
            #[allow(unused_imports)]
            use super::platform;
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
