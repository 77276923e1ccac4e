//! What rules are given: fields, arguments, and their bounds.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::expr::{emit_fallible, emit_right, emit_value, grouped};
use crate::emit::doc::code;
use crate::emit::literal::emit_int;
use crate::emit::ty::emit_shared;
use crate::emit::{Emit, doc, ident};
use crate::ir::{
    Derived, Expr, Quantity, QuantityType, Required, Rounded, Rounding, RuleRecord, Takes,
};

pub(super) fn emit_record(item: &RuleRecord) -> Vec<TokenStream> {
    let requires = describe_requires(&item.requires);
    let doc =
        doc::item_with([doc::text_or_name(&item.doc, &item.wire)], Vec::new(), &item.doc, requires);
    let struct_ = emit_struct(&quote!(#doc), &item.name, &item.fields);
    let is_checked = !item.requires.is_empty() || item.fields.iter().any(Quantity::has_bounds);
    let bounds = is_checked.then(|| emit_check(item));
    if item.derived.is_empty() && bounds.is_none() {
        return vec![struct_];
    }
    let name = ident(&item.name);
    let methods = item.derived.iter().map(|derived| emit_derived(item, derived));
    let impl_ = quote! {
        impl #name {
            #(#methods)*
            #bounds
        }
    };
    vec![struct_, impl_]
}

/// What must hold of quantities together, a sentence or several each.
pub(super) fn describe_requires(requires: &[Required]) -> Vec<String> {
    let describe = |required: &Required| {
        let rule = format!("Must hold, or it is a fault: {}.", code(&required.text));
        [rule].into_iter().chain(doc::describe(&required.doc)).collect::<Vec<_>>().join(" ")
    };
    requires.iter().map(describe).collect()
}

fn emit_check(record: &RuleRecord) -> TokenStream {
    let requires = &record.requires;
    let is_used =
        |field: &Quantity| requires.iter().any(|required| required.holds.uses(&field.name));
    let fields = record.fields.iter().filter(|field| field.has_bounds() || is_used(field));
    let fields: Vec<&Quantity> = fields.collect();
    let lets = fields.iter().map(|field| emit_let(field, &quote!(self)));
    let bounds = fields.iter().map(|field| emit_bounds(field));
    let requires = emit_requires(requires);
    let body = emit_body(quote!(#(#lets)* #(#bounds)* #requires Ok(())));
    quote! {
        /// Refuses fields that are out of their bounds or contradict each other, as every rule does that is given them.
        pub fn check_bounds(&self) -> ::apiscribe::rules::RuleResult<()> {
            #body
        }
    }
}

fn emit_derived(record: &RuleRecord, derived: &Derived) -> TokenStream {
    let doc = doc::item([doc::text_or_name(&derived.doc, &derived.wire)], &derived.doc);
    let name = ident(&derived.name);
    let ty = emit_type(&derived.ty);
    let fields = record.fields.iter().filter(|field| derived.is.uses(&field.name));
    let fields = fields.map(|field| emit_let(field, &quote!(self)));
    let any = Quantity::any(&derived.wire, &derived.ty);
    let value = emit_result(&any, None, &derived.is);
    let body = emit_body(quote!(#(#fields)* #value));
    quote! {
        #doc
        pub fn #name(&self) -> ::apiscribe::rules::RuleResult<#ty> {
            #body
        }
    }
}

/// A struct of quantities.
pub(super) fn emit_struct(doc: &TokenStream, name: &str, fields: &[Quantity]) -> TokenStream {
    let name = ident(name);
    let fields = fields.iter().map(|field| Emit(move || emit_field(field, true)));
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct #name {
            #(#fields,)*
        }
    }
}

pub(super) fn emit_field(quantity: &Quantity, public: bool) -> TokenStream {
    let doc = doc::part(doc::text(&quantity.doc), &quantity.doc);
    let name = ident(&quantity.name);
    let ty = emit_type(&quantity.ty);
    let public = public.then(|| quote!(pub));
    quote!(#doc #public #name: #ty)
}

pub(super) fn emit_type(ty: &QuantityType) -> TokenStream {
    let maybe = |optional: bool, ty: TokenStream| match optional {
        true => quote!(::core::option::Option<#ty>),
        false => ty,
    };
    match ty {
        QuantityType::Bool => quote!(bool),
        QuantityType::Time { optional } => maybe(*optional, quote!(::apiscribe::rules::Timestamp)),
        QuantityType::Day { optional } => maybe(*optional, quote!(::apiscribe::rules::Date)),
        QuantityType::Ratio => quote!(::apiscribe::rules::Decimal),
        QuantityType::Count => quote!(i64),
        QuantityType::Days => quote!(::apiscribe::rules::Days),
        QuantityType::Money(money) => emit_shared(money),
        QuantityType::ExactMoney(money) => {
            let money = emit_shared(money);
            quote!(::apiscribe::rules::Exact<#money>)
        }
        QuantityType::Item(list) => {
            let list = ident(list);
            quote!(#list)
        }
        QuantityType::Record(record) => {
            let record = ident(record);
            quote!(#record)
        }
        QuantityType::Rows(record) => {
            let record = ident(record);
            quote!(::std::vec::Vec<#record>)
        }
    }
}

/// The argument of a function.
pub(super) fn emit_argument(takes: &Takes) -> TokenStream {
    match takes {
        Takes::Struct { name, .. } => {
            let name = ident(name);
            quote!(of: &#name)
        }
        Takes::One(quantity) => {
            let name = ident(&quantity.name);
            let ty = match &quantity.ty {
                QuantityType::Record(record) => {
                    let record = ident(record);
                    quote!(&#record)
                }
                QuantityType::Rows(record) => {
                    let record = ident(record);
                    quote!(&[#record])
                }
                ty => emit_type(ty),
            };
            quote!(#name: #ty)
        }
    }
}

/// The quantities that a function uses, made ready, and refused if they are out of their bounds or contradict each other.
pub(super) fn emit_lets(
    takes: &Takes,
    requires: &[Required],
    uses: impl Fn(&str) -> bool,
) -> TokenStream {
    let quantities = takes.quantities().iter();
    let uses = |name: &str| uses(name) || requires.iter().any(|required| required.holds.uses(name));
    let used = quantities.filter(|quantity| uses(&quantity.name) || quantity.has_bounds());
    let used: Vec<&Quantity> = used.collect();
    let lets = used.iter().map(|quantity| match takes {
        Takes::Struct { .. } => emit_let(quantity, &quote!(of)),
        Takes::One(_) if quantity.ty.is_number() => {
            let name = ident(&quantity.name);
            quote!(let #name = rules::calc(#name);)
        }
        Takes::One(_) => TokenStream::new(),
    });
    let bounds = used.iter().map(|quantity| emit_bounds(quantity));
    let requires = emit_requires(requires);
    quote!(#(#lets)* #(#bounds)* #requires)
}

fn emit_requires(requires: &[Required]) -> TokenStream {
    let requires = requires.iter().map(|required| {
        let (wire, holds) = (&required.wire, emit_value(&required.holds));
        quote!(rules::require(#wire, #holds)?;)
    });
    quote!(#(#requires)*)
}

fn emit_let(quantity: &Quantity, of: &TokenStream) -> TokenStream {
    let name = ident(&quantity.name);
    match &quantity.ty {
        QuantityType::Record(_) | QuantityType::Rows(_) => quote!(let #name = &#of.#name;),
        ty if ty.is_number() => quote!(let #name = rules::calc(#of.#name);),
        _ => quote!(let #name = #of.#name;),
    }
}

fn emit_bounds(quantity: &Quantity) -> TokenStream {
    let (name, wire) = (ident(&quantity.name), &quantity.wire);
    let decimals = quantity.decimals.filter(|_| quantity.has_decimals()).map(|decimals| {
        let decimals = emit_int(i64::from(decimals));
        quote!(rules::require_decimals(#wire, #name, #decimals)?;)
    });
    let min = quantity.min.iter().map(|bound| {
        let bound = emit_right(bound);
        quote!(rules::require_min(#wire, #name, #bound)?;)
    });
    let max = quantity.max.iter().map(|bound| {
        let bound = emit_right(bound);
        quote!(rules::require_max(#wire, #name, #bound)?;)
    });
    let inside = quantity.bounded.then(|| match quantity.ty {
        QuantityType::Rows(_) => quote!(#name.iter().try_for_each(|row| row.check_bounds())?;),
        _ => quote!(#name.check_bounds()?;),
    });
    quote!(#decimals #(#min)* #(#max)* #inside)
}

/// The last lines of a function that gives a quantity: rounded, held to its bounds, in its type.
pub(super) fn emit_result(gives: &Quantity, rounding: Option<Rounded>, is: &Expr) -> TokenStream {
    if !gives.ty.is_number() {
        return emit_fallible(is);
    }
    let value = emit_value(is);
    let rounded = rounding.map(|Rounded { how, decimals }| {
        let decimals = emit_int(i64::from(decimals));
        let rounding = emit_rounding(how);
        quote!(let result = result.rounded(#decimals, rules::Rounding::#rounding);)
    });
    let whole = Quantity { name: "result".to_owned(), ty: QuantityType::Count, ..gives.clone() };
    let bounds = emit_bounds(&whole);
    let converted = emit_number(&gives.wire, &gives.ty, gives.decimals, &quote!(result));
    quote! {
        let result = #value;
        #rounded
        #bounds
        #converted
    }
}

fn emit_rounding(rounding: Rounding) -> TokenStream {
    match rounding {
        Rounding::Down => quote!(Down),
        Rounding::Up => quote!(Up),
        Rounding::HalfUp => quote!(HalfUp),
        Rounding::HalfEven => quote!(HalfEven),
    }
}

/// A value as the `Result` of a function.
pub(super) fn emit_converted(gives: &Quantity, is: &Expr) -> TokenStream {
    match gives.ty.is_number() {
        false => emit_fallible(is),
        true => {
            let value = grouped(is, emit_value(is));
            emit_number(&gives.wire, &gives.ty, gives.decimals, &value)
        }
    }
}

/// A function's body, with what it needs in scope.
pub(super) fn emit_body(body: TokenStream) -> TokenStream {
    let scope = has_path(&body, "rules").then(|| {
        quote!(
            use ::apiscribe::rules;
        )
    });
    quote!(#scope #body)
}

/// Whether a path begins with a word.
fn has_path(tokens: &TokenStream, word: &str) -> bool {
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Ident(ident) => ident == word && tokens.peek().is_some_and(is_colon),
            TokenTree::Group(group) => has_path(&group.stream(), word),
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

/// A number in the type of a quantity.
fn emit_number(
    wire: &str,
    ty: &QuantityType,
    decimals: Option<u32>,
    value: &TokenStream,
) -> TokenStream {
    let most = decimals.map(|decimals| emit_int(i64::from(decimals)));
    match (ty, most) {
        (QuantityType::Money(_), _) => quote!(#value.money(#wire)),
        (QuantityType::ExactMoney(_), Some(most)) => quote!(#value.exact(#wire, #most)),
        (QuantityType::ExactMoney(_), None) => quote!(#value.value().map(rules::Exact::new)),
        (QuantityType::Days, _) => quote!(#value.days(#wire)),
        (QuantityType::Count, _) => quote!(#value.whole(#wire)),
        (_, Some(most)) => quote!(#value.decimals(#wire, #most)),
        (_, None) => quote!(#value.value()),
    }
}
