//! Decisions: an enum of outcomes, and a function.

use proc_macro2::TokenStream;
use quote::quote;

use super::expr::emit_value;
use super::functions::with_struct;
use super::quantities::{
    describe_requires, emit_argument, emit_body, emit_converted, emit_field, emit_lets,
};
use crate::emit::doc::code;
use crate::emit::ty::emit_path;
use crate::emit::{Emit, doc, ident};
use crate::ir::{
    Answer, Decision, Expr, Given, Node, Outcome, Quantity, Reason, ReasonRule, Step, TypePath,
};

pub(super) fn emit_decision(item: &Decision) -> Vec<TokenStream> {
    let outcome = ident(&item.outcome);
    let doc = format!(" What [`{}`] comes to.", item.function);
    let outcomes = item.outcomes.iter().map(|item| Emit(move || emit_outcome(item)));
    let enum_ = quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum #outcome {
            #(#outcomes,)*
        }
    };
    let error = item.error.as_ref().map(|path| emit_refusal(item, path));
    let functions = with_struct(&item.takes, &item.function, emit_function(item));
    [enum_].into_iter().chain(error).chain(functions).collect()
}

fn emit_outcome(item: &Outcome) -> TokenStream {
    let doc = doc::part(doc::text(&item.doc), &item.doc);
    let name = ident(&item.name);
    if item.fields.is_empty() {
        return quote!(#doc #name);
    }
    let fields = item.fields.iter().map(|field| emit_field(field, false));
    quote!(#doc #name { #(#fields,)* })
}

fn emit_refusal(item: &Decision, path: &TypePath) -> TokenStream {
    let outcome = ident(&item.outcome);
    let error = emit_path(path);
    let arms = item.outcomes.iter().filter_map(|outcome| {
        let refusal = match outcome.answer.as_ref()? {
            Answer::Accepted => quote!(::core::option::Option::None),
            Answer::Undocumented => {
                quote!(::core::option::Option::Some(::apiscribe::rules::Refusal::Undocumented))
            }
            Answer::Error(variant) => {
                let variant = ident(variant);
                quote!(::core::option::Option::Some(::apiscribe::rules::Refusal::Error(#error::#variant)))
            }
        };
        let name = ident(&outcome.name);
        let fields = (!outcome.fields.is_empty()).then(|| quote!({ .. }));
        Some(quote!(Self::#name #fields => #refusal))
    });
    quote! {
        impl #outcome {
            /// How the endpoint refuses the request; `None` if it accepts it.
            pub fn refusal(&self) -> ::core::option::Option<::apiscribe::rules::Refusal<#error>> {
                match self {
                    #(#arms,)*
                }
            }
        }
    }
}

fn emit_function(item: &Decision) -> TokenStream {
    let reasons = item.reasons.iter().map(describe_reason);
    let rules = describe_requires(&item.requires).into_iter().chain(reasons).collect();
    let doc =
        doc::item_with([doc::text_or_name(&item.doc, &item.wire)], Vec::new(), &item.doc, rules);
    let (function, outcome) = (ident(&item.function), ident(&item.outcome));
    let argument = emit_argument(&item.takes);
    let exprs: Vec<&Expr> = item.steps.iter().flat_map(Step::exprs).collect();
    let lets = emit_lets(&item.takes, &item.requires, |name| {
        exprs.iter().any(|expr| expr.uses(name)) || item.steps.iter().any(|step| step.asks(name))
    });
    let steps = item.steps.iter().map(|step| emit_step(item, step));
    let body = emit_body(quote!(#lets #(#steps)*));
    quote! {
        #doc
        pub fn #function(#argument) -> ::apiscribe::rules::RuleResult<#outcome> {
            #body
        }
    }
}

/// A step in words, with all that is said of it.
fn describe_reason(reason: &Reason) -> String {
    let name = code(&reason.name);
    let rule = match &reason.rule {
        ReasonRule::Is(text) => format!("{name} is {}.", code(text)),
        ReasonRule::When(text) => format!("{name} if {}.", code(text)),
        ReasonRule::Without(value) => format!("{name} without {}.", code(value)),
        ReasonRule::Else => format!("{name} otherwise."),
    };
    [rule].into_iter().chain(doc::describe(&reason.doc)).collect::<Vec<_>>().join(" ")
}

fn emit_step(item: &Decision, step: &Step) -> TokenStream {
    match step {
        Step::Let { name, is } => {
            let (name, is) = (ident(name), emit_value(is));
            quote!(let #name = #is;)
        }
        Step::When { condition, gives } => {
            let (condition, gives) = (emit_value(condition), emit_given(item, gives));
            quote! {
                if #condition {
                    return Ok(#gives);
                }
            }
        }
        Step::Without { name, gives } => {
            let (name, gives) = (ident(name), emit_given(item, gives));
            quote! {
                let Some(#name) = #name else {
                    return Ok(#gives);
                };
            }
        }
        Step::Gives(gives) => {
            let gives = emit_given(item, gives);
            quote!(Ok(#gives))
        }
    }
}

fn emit_given(item: &Decision, given: &Given) -> TokenStream {
    let (outcome, name) = (ident(&item.outcome), ident(&given.outcome));
    if given.with.is_empty() {
        return quote!(#outcome::#name);
    }
    let fields = given.with.iter().map(|(field, expr)| {
        let (name, value) = (ident(&field.name), emit_told(field, expr));
        match &expr.node {
            Node::Local(local) if *local == field.name && !field.ty.is_number() => quote!(#name),
            _ => quote!(#name: #value),
        }
    });
    quote!(#outcome::#name { #(#fields),* })
}

/// A value in the type of a field.
fn emit_told(field: &Quantity, expr: &Expr) -> TokenStream {
    if field.ty.is_number() {
        let value = emit_converted(field, expr);
        return quote!(#value?);
    }
    emit_value(expr)
}
