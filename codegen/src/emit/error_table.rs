//! Error enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{code, escape, sentence};
use super::literal::{emit_code, emit_int};
use super::{Emit, doc, ident};
use crate::ir::{CodeKind, ErrorCase, ErrorKey, ErrorRow, ErrorTable, Retry};

pub(super) fn emit_error_table(table: &ErrorTable) -> TokenStream {
    let text = doc::text(&table.doc).unwrap_or_else(|| format!("Errors of {}.", code(&table.wire)));
    let doc = doc::item([text], &table.doc);
    let name = ident(&table.name);
    let rows = table.rows.iter().map(|row| Emit(move || emit_row(row)));
    let unknown = ident(&table.unknown);
    let key = match (table.key, table.codes) {
        (ErrorKey::Code, CodeKind::Int) => quote!(i64),
        (ErrorKey::Code, CodeKind::Text) => quote!(::std::string::String),
        (ErrorKey::Pair, _) => quote!(i64, i64),
    };
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, ::apiscribe::ErrorCode)]
        #[non_exhaustive]
        pub enum #name {
            #(#rows,)*
            /// A code that the documents do not list.
            #[error_code(unknown)]
            #unknown(#key),
        }
    }
}

fn emit_row(row: &ErrorRow) -> TokenStream {
    let doc = doc::part(describe_row(row), &row.doc);
    let key = emit_key(row);
    let cells = emit_cells(row.message.as_deref(), row.meaning.as_deref(), row.advice.as_deref());
    let cases = row.cases.iter().map(emit_case);
    let name = ident(&row.name);
    quote! {
        #doc
        #[error_code(#key)]
        #(#[error_code(#cells)])*
        #(#[error_code(#cases)])*
        #name
    }
}

fn emit_key(row: &ErrorRow) -> TokenStream {
    let code = emit_code(&row.code);
    let no = row.no.map(emit_int).into_iter();
    let http = row.http.map(i64::from).map(emit_int).into_iter();
    let retry = row.retry.map(emit_retry).into_iter();
    quote!(#code #(, #no)* #(, http = #http)* #(, retry = #retry)*)
}

fn emit_retry(retry: Retry) -> TokenStream {
    match retry {
        Retry::Never => quote!(never),
        Retry::Same => quote!(same),
        Retry::Changed => quote!(changed),
    }
}

fn emit_cells(
    message: Option<&str>,
    meaning: Option<&str>,
    advice: Option<&str>,
) -> Vec<TokenStream> {
    let message = message.map(|message| quote!(message = #message));
    let meaning = meaning.map(|meaning| quote!(meaning = #meaning));
    let advice = advice.map(|advice| quote!(advice = #advice));
    [message, meaning, advice].into_iter().flatten().collect()
}

fn emit_case(case: &ErrorCase) -> TokenStream {
    let cells = emit_cells(Some(&case.message), case.meaning.as_deref(), case.advice.as_deref());
    quote!(case(#(#cells),*))
}

/// The code with the platform's text, or with our own where there is none: one of the two, as a reworded cell is to
/// change one line.
fn describe_row(row: &ErrorRow) -> Vec<String> {
    let key = match row.no {
        Some(no) => format!("{}/{no}", row.code),
        None => row.code.to_string(),
    };
    let message = row.message.as_deref().map(code);
    let meaning = row.meaning.as_deref().filter(|_| message.is_none()).map(escape);
    let status = row.http.filter(|_| row.by_status);
    let status = status.map(|status| format!(" under HTTP {status}")).unwrap_or_default();
    let key = code(&key) + &status;
    let text = message.or(meaning).map(|text| format!("{key}: {text}"));
    let text = sentence(text.unwrap_or(key));
    [Some(text), doc::text(&row.doc), doc::describe_since(row.since.as_deref())]
        .into_iter()
        .flatten()
        .collect()
}
