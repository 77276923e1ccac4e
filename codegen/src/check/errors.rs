//! Error tables: told by what they say, one meaning a code.

use crate::diagnostic::Diagnostics;
use crate::model::Domain;
use crate::source::Code;
use crate::spec::{ErrorKey, ErrorRow, ErrorTable};

use super::codes;

pub(super) fn check(diagnostics: &mut Diagnostics, domain: &Domain<'_>) {
    for table in domain.errors.iter().map(|table| table.spec) {
        let mut seen = Vec::new();
        for row in &table.rows.items {
            check_key(diagnostics, table, row);
            codes::check_row(diagnostics, table, row);
            check_http(diagnostics, row);
            check_different(diagnostics, &mut seen, row);
        }
    }
}

fn check_key(diagnostics: &mut Diagnostics, table: &ErrorTable, row: &ErrorRow) {
    match (table.key.value, &row.err_no) {
        (ErrorKey::Code, Some(err_no)) => {
            diagnostics
                .error(err_no.span, "misplaced-key", "rows of this table are told by `code` alone")
                .help("remove `err_no`, or write `key: pair` on the table");
        }
        (ErrorKey::Pair, None) => {
            diagnostics
                .error(row.code.span, "missing-key", "`err_no` is missing")
                .help("add it, or write `key: code` on the table");
        }
        _ => {}
    }
}

fn check_http(diagnostics: &mut Diagnostics, row: &ErrorRow) {
    if let Some(http) = row.http.as_ref().filter(|http| !(100..600).contains(&http.value)) {
        diagnostics
            .error(http.span, "bad-status", format_args!("{http} is not an HTTP status"))
            .help("a status is from 100 to 599");
    }
}

fn check_different<'a>(
    diagnostics: &mut Diagnostics,
    seen: &mut Vec<&'a ErrorRow>,
    row: &'a ErrorRow,
) {
    if let Some(first) = seen.iter().find(|first| key(first) == key(row)) {
        let place = diagnostics.place(first.code.span);
        let message = format_args!("the code {} is listed twice", shown(row));
        diagnostics.error(row.code.span, "duplicate-code", message).help(format_args!(
            "the first is at {place}; one code with several meanings is one row with `cases`"
        ));
    }
    seen.push(row);
}

/// What tells a row from the others of its table.
pub(super) fn key(row: &ErrorRow) -> (&Code, Option<i64>) {
    (&row.code.value, row.err_no.as_ref().map(|err_no| err_no.value))
}

/// A code for people.
pub(super) fn shown(row: &ErrorRow) -> String {
    match &row.err_no {
        Some(err_no) => format!("({}, {err_no})", row.code),
        None => row.code.to_string(),
    }
}
