//! Error enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{code, escape, sentence};
use super::literal::{emit_code, emit_int};
use super::{Emit, doc, formerly, ident};
use crate::ir::{CodeKind, ErrorCase, ErrorKey, ErrorRow, ErrorTable, Retry};

pub(super) fn emit_error_table(table: &ErrorTable) -> TokenStream {
    let text = doc::text(&table.doc).unwrap_or_else(|| format!("Errors of {}.", code(&table.wire)));
    let doc = doc::item([text], &table.doc);
    let name = ident(&table.name);
    let rows = table.rows.iter().map(|row| Emit(move || emit_row(row)));
    let unknown = ident(&table.unknown);
    let former = table.rows.iter().map(|row| (&row.name, &row.formerly));
    let former = formerly::emit_variants(&name, former);
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
        #former
    }
}

fn emit_row(row: &ErrorRow) -> TokenStream {
    let doc =
        doc::part_with(describe_row(row), &row.doc, row.cases.iter().map(describe_case).collect());
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

/// The code with the platform's text; then what it means, what to do, and whether to send again.
fn describe_row(row: &ErrorRow) -> Vec<String> {
    let key = match row.no {
        Some(no) => format!("{}/{no}", row.code),
        None => row.code.to_string(),
    };
    let status = row.http.map(|status| format!("HTTP {status}"));
    let key = match status.as_ref().filter(|_| row.by_status) {
        Some(status) => format!("{} under {status}", code(&key)),
        None => code(&key),
    };
    let message = row.message.as_deref().map(code);
    let meaning = row.meaning.as_deref().map(escape);
    // Where the platform has no text, ours stands beside the code.
    let (beside, behind) = if message.is_some() { (message, meaning) } else { (meaning, None) };
    let first = beside.map_or(key.clone(), |text| format!("{key}: {text}"));
    let sentences = [
        Some(sentence(first)),
        behind.map(sentence),
        doc::text(&row.doc),
        row.advice.as_deref().map(escape).map(sentence),
        row.retry.map(|retry| describe_retry(retry).to_owned()),
        status.filter(|_| !row.by_status).map(sentence),
        doc::describe_since(row.since.as_deref()),
    ];
    sentences.into_iter().flatten().collect()
}

fn describe_retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "Not retryable.",
        Retry::Same => "Retryable unchanged.",
        Retry::Changed => "Retryable after a change.",
    }
}

fn describe_case(case: &ErrorCase) -> String {
    let cells = [&case.meaning, &case.advice].into_iter().flatten();
    let cells: Vec<String> = cells.map(|cell| sentence(escape(cell))).collect();
    match cells.is_empty() {
        true => sentence(code(&case.message)),
        false => format!("{}: {}", code(&case.message), cells.join(" ")),
    }
}
