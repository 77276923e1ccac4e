//! Writes the rules that tie a list to the struct that it is in.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Ident, LitStr};

use super::attr::{EachIf, Rule, Sum};
use super::expand::{expand_data, expand_holds, respan};
use super::model::{Field, Struct};

pub(super) fn expand_each_if(
    rule: &Rule,
    each_if: &EachIf,
    field: &Field<'_>,
    input: &Struct<'_>,
) -> TokenStream {
    let EachIf { when, then, wire } = each_if;
    let Some(other) = input.field(&when.field) else { return TokenStream::new() };
    let (span, runtime) = (call_site(&rule.name), &input.runtime);
    let (list, value) = (&field.wire, respan(&field.value(), span));
    let holds = expand_holds(when, &other.value(), runtime);
    let member = &then.field;
    let satisfies = expand_holds(then, &quote!(&item.#member), runtime);
    let condition = expand_data(when, &other.wire, runtime);
    let needed = expand_data(then, &wire_name(&then.field, wire), runtime);
    quote_spanned! {span=>
        report.each_if(#list, #value, #holds, #condition, #needed, |item| #satisfies);
    }
}

pub(super) fn expand_sum(
    rule: &Rule,
    sum: &Sum,
    field: &Field<'_>,
    input: &Struct<'_>,
) -> TokenStream {
    let Some(list) = input.field(&sum.list) else { return TokenStream::new() };
    let span = call_site(&rule.name);
    let (wire, value) = (&field.wire, respan(&field.value(), span));
    let items = respan(&list.value(), call_site(&sum.list));
    let (list, of) = (&list.wire, wire_name(&sum.field, &sum.wire));
    let (member, at) = (&sum.field, call_site(&sum.field));
    let amount = quote_spanned!(at=> |item| &item.#member);
    quote_spanned!(span=> report.sum(#wire, #value, #items, (#list, #of), #amount);)
}

fn wire_name(field: &Ident, wire: &Option<LitStr>) -> String {
    wire.as_ref().map_or_else(|| field.unraw().to_string(), LitStr::value)
}

fn call_site(name: &Ident) -> Span {
    name.span().resolved_at(Span::call_site())
}
