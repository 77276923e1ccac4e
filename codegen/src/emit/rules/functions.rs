//! Checklists, formulas and identities.

use proc_macro2::TokenStream;
use quote::quote;

use super::expr::emit_value;
use super::lists::emit_texts;
use super::quantities::{
    describe_requires, emit_argument, emit_body, emit_lets, emit_result, emit_struct, emit_type,
};
use crate::emit::doc::{code, escape, sentence};
use crate::emit::ty::emit_shared;
use crate::emit::{Emit, doc, ident};
use crate::ir::{Checklist, Expr, Formula, Identity, Requirement, Rounded, Rounding, Takes};

pub(super) fn emit_checklist(item: &Checklist) -> Vec<TokenStream> {
    let facts_doc = format!(" What [`{}`] is decided by.", item.function);
    let facts = emit_struct(&quote!(#[doc = #facts_doc]), &item.facts, &item.takes);
    let requirement = ident(&item.requirement);
    let requirement_doc = format!(" A requirement of [`{}`].", item.function);
    let variants = item.requirements.iter().map(|item| Emit(move || emit_requirement(item)));
    let enum_ = quote! {
        #[doc = #requirement_doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum #requirement {
            #(#variants,)*
        }
    };
    vec![facts, enum_, emit_requirement_impl(item), emit_checklist_function(item)]
}

fn emit_requirement(item: &Requirement) -> TokenStream {
    let title = item.title.as_deref().map(|title| sentence(escape(title)));
    let look_up = item.look_up.as_deref().map(|place| format!("To be seen at {}.", escape(place)));
    let sentences = title.into_iter().chain(doc::text(&item.doc)).chain(look_up);
    let doc = doc::part(sentences, &item.doc);
    let name = ident(&item.name);
    quote!(#doc #name)
}

fn emit_requirement_impl(item: &Checklist) -> TokenStream {
    let name = ident(&item.requirement);
    let all = item.requirements.iter().map(|item| ident(&item.name));
    let texts = |of: fn(&Requirement) -> Option<&str>| {
        item.requirements.iter().map(|item| (item.name.as_str(), of(item))).collect::<Vec<_>>()
    };
    let title = texts(|item| item.title.as_deref());
    let title = emit_texts("title", "What the platform calls it.", &title);
    let look_up = texts(|item| item.look_up.as_deref());
    let look_up = emit_texts("look_up", "Where it can be looked up whether it is met.", &look_up);
    quote! {
        impl #name {
            /// All of them, in the order of the document.
            pub const ALL: &[Self] = &[#(Self::#all),*];
            #title
            #look_up
        }
    }
}

fn emit_checklist_function(item: &Checklist) -> TokenStream {
    let text = doc::text_or_name(&item.doc, &item.wire);
    let doc = doc::item([text, "Gives the requirements that are not met.".to_owned()], &item.doc);
    let (function, requirement) = (ident(&item.function), ident(&item.requirement));
    let takes = Takes::Struct { name: item.facts.clone(), fields: item.takes.clone() };
    let argument = emit_argument(&takes);
    let needs: Vec<&Expr> = item.requirements.iter().map(|item| &item.needs).collect();
    let lets = emit_lets(&takes, &[], |name| needs.iter().any(|needs| needs.uses(name)));
    let checks = item.requirements.iter().map(|item| {
        let (name, needs) = (ident(&item.name), emit_value(&item.needs));
        quote!((#requirement::#name, #needs))
    });
    let body = emit_body(quote!(#lets Ok(rules::unmet(&[#(#checks),*]))));
    quote! {
        #doc
        pub fn #function(#argument) -> ::apiscribe::rules::RuleResult<::std::vec::Vec<#requirement>> {
            #body
        }
    }
}

pub(super) fn emit_formula(item: &Formula) -> Vec<TokenStream> {
    let text = doc::text_or_name(&item.doc, &item.wire);
    let gives = doc::describe(&item.gives.doc);
    let gives = (!gives.is_empty()).then(|| format!("What it gives: {}", gives.join(" ")));
    let sentences = [text, describe_computation(item)];
    let rules = describe_requires(&item.requires).into_iter().chain(gives);
    let doc = doc::item_with(sentences, Vec::new(), &item.doc, rules.collect());
    let function = ident(&item.function);
    let argument = emit_argument(&item.takes);
    let ty = emit_type(&item.gives.ty);
    let lets = emit_lets(&item.takes, &item.requires, |name| item.is.uses(name));
    let result = emit_result(&item.gives, item.rounding, &item.is);
    let body = emit_body(quote!(#lets #result));
    let function = quote! {
        #doc
        pub fn #function(#argument) -> ::apiscribe::rules::RuleResult<#ty> {
            #body
        }
    };
    with_struct(&item.takes, &item.function, function)
}

fn describe_computation(item: &Formula) -> String {
    let rounded = item.rounding.map(describe_rounded).unwrap_or_default();
    format!("It is {}{rounded}.", code(&item.text))
}

fn describe_rounded(rounded: Rounded) -> String {
    let decimals = match rounded.decimals {
        0 => "whole numbers".to_owned(),
        1 => "1 decimal".to_owned(),
        several => format!("{several} decimals"),
    };
    match rounded.how {
        Rounding::Down => format!(", rounded down to {decimals}"),
        Rounding::Up => format!(", rounded up to {decimals}"),
        Rounding::HalfUp => format!(", rounded to {decimals}, a half up"),
        Rounding::HalfEven => format!(", rounded to {decimals}, a half to even"),
    }
}

/// The struct of its quantities, if there are several, before a function.
pub(super) fn with_struct(takes: &Takes, function: &str, item: TokenStream) -> Vec<TokenStream> {
    match takes {
        Takes::One(_) => vec![item],
        Takes::Struct { name, fields } => {
            let doc = format!(" What [`{function}`] is computed from.");
            vec![emit_struct(&quote!(#[doc = #doc]), name, fields), item]
        }
    }
}

pub(super) fn emit_identity(item: &Identity) -> Vec<TokenStream> {
    let text = doc::text_or_name(&item.doc, &item.wire);
    let sentences = [text, format!("It is {}.", code(&item.text))];
    let doc = doc::item_with(sentences, Vec::new(), &item.doc, describe_requires(&item.requires));
    let function = ident(&item.function);
    let argument = emit_argument(&item.takes);
    let unit = emit_shared(&item.unit);
    let uses = |name: &str| item.left.uses(name) || item.right.uses(name);
    let lets = emit_lets(&item.takes, &item.requires, uses);
    let (left, right) = (emit_value(&item.left), emit_value(&item.right));
    let body = emit_body(quote!(#lets rules::Identity::new(#left, #right)));
    let function = quote! {
        #doc
        pub fn #function(#argument) -> ::apiscribe::rules::RuleResult<::apiscribe::rules::Identity<#unit>> {
            #body
        }
    };
    with_struct(&item.takes, &item.function, function)
}
