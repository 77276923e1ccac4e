//! Responses that are pages of one list.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use super::literal::emit_int;
use super::ty::emit_type;
use crate::ir::{PageStep, Paging, Turn};

pub(super) fn emit_paging(paging: &Paging) -> TokenStream {
    let item = emit_type(&paging.item);
    let field = |path: &Option<Vec<PageStep>>| path.as_deref().map(emit_path).into_iter();
    let items = field(&paging.items);
    let turn = emit_turn(&paging.turn);
    let (more, total, pages) = (field(&paging.more), field(&paging.total), field(&paging.pages));
    let reads = &paging.reads;
    let reads = (!reads.is_empty()).then(|| quote!(, reads(#(#reads),*)));
    quote! {
        #[endpoint(paging(
            item = #item #(, items = #items)*, #turn
            #(, more = #more)* #(, total = #total)* #(, pages = #pages)* #reads
        ))]
    }
}

/// `meta?.next_cursor`.
fn emit_path(path: &[PageStep]) -> TokenStream {
    let steps = path.iter().map(|step| {
        let field = ident(&step.field);
        let options = (0..step.options).map(|_| quote!(?));
        quote!(#field #(#options)*)
    });
    quote!(#(#steps).*)
}

fn emit_turn(turn: &Turn) -> TokenStream {
    match turn {
        Turn::Cursor { field, from } => {
            let (field, from) = (ident(field), emit_path(from));
            quote!(cursor(in = #field, from = #from))
        }
        Turn::LastItem { field, from } => {
            let (field, from) = (ident(field), ident(from));
            quote!(cursor(in = #field, from_last = #from))
        }
        Turn::Number { field, first } => {
            let (field, first) = (ident(field), emit_int(*first));
            quote!(number(in = #field, first = #first))
        }
        Turn::Offset { field } => {
            let field = ident(field);
            quote!(offset(in = #field))
        }
        Turn::Link => quote!(link),
        Turn::Url { from } => {
            let from = emit_path(from);
            quote!(next_url = #from)
        }
    }
}

/// For the docs of a request.
pub(super) fn describe(paging: &Option<Paging>) -> Option<String> {
    let by = match &paging.as_ref()?.turn {
        Turn::Cursor { .. } | Turn::LastItem { .. } => "cursor",
        Turn::Number { .. } => "number",
        Turn::Offset { .. } => "offset",
        Turn::Link => "link",
        Turn::Url { .. } => "address",
    };
    Some(format!("Paging: by {by}, see [`Paged`](apiscribe::endpoint::Paged)"))
}
