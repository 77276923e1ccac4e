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
    match (table.key.value, &row.subcode) {
        (ErrorKey::Code, Some(subcode)) => {
            diagnostics
                .error(
                    subcode.span,
                    "misplaced-key",
                    "rows of this table are identified by `code` alone",
                )
                .help("remove `subcode`, or write `key: pair` on the table");
        }
        (ErrorKey::Pair, None) => {
            diagnostics
                .error(row.code.span, "missing-key", "`subcode` is missing")
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
    if let Some(first) = seen.iter().find(|first| is_same(first, row)) {
        let place = diagnostics.place(first.code.span);
        let message = format_args!("the code {} is listed twice", shown(row));
        diagnostics.error(row.code.span, "duplicate-code", message).help(format_args!(
            "the first is at {place}; one code with several meanings is one row with `cases`, or rows with an `http` each"
        ));
    }
    seen.push(row);
}

/// Whether nothing tells two rows apart: not even the HTTP status, which a pair has not.
pub(super) fn is_same(row: &ErrorRow, other: &ErrorRow) -> bool {
    let status = |row: &ErrorRow| row.http.as_ref().map(|http| http.value);
    let by_status = status(row).is_some() && status(other).is_some() && row.subcode.is_none();
    key(row) == key(other) && !(by_status && status(row) != status(other))
}

/// What tells a row from the others of its table, but for the HTTP status.
pub(super) fn key(row: &ErrorRow) -> (&Code, Option<i64>) {
    (&row.code.value, row.subcode.as_ref().map(|subcode| subcode.value))
}

/// A code for people.
pub(super) fn shown(row: &ErrorRow) -> String {
    match &row.subcode {
        Some(subcode) => format!("({}, {subcode})", row.code),
        None => row.code.to_string(),
    }
}
