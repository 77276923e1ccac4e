//! Codes: those that meet in one place are of one kind.

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, ErrorUse, envelope_codes};
use crate::source::{CodeKind, Located};
use crate::spec::{ErrorKey, ErrorRow, ErrorTable};

/// All rows of a table have codes of one kind; those of a pair are whole numbers.
pub(super) fn check_row(diagnostics: &mut Diagnostics, table: &ErrorTable, row: &ErrorRow) {
    let (code, kind) = (&row.code, row.code.value.kind());
    match table.key.value {
        ErrorKey::Pair if kind == CodeKind::Text => {
            diagnostics
                .error(code.span, "bad-code", format_args!("`{code}` is not a whole number"))
                .help("a pair is of two whole numbers; write `key: code` on the table for strings");
        }
        ErrorKey::Code if table.codes().is_some_and(|codes| codes != kind) => {
            let message = format_args!("the code {code} is not of the kind of those above");
            diagnostics
                .error(code.span, "bad-code", message)
                .help("write all codes of a table as whole numbers, or all as strings, in quotes where they are digits");
        }
        _ => {}
    }
}

/// The tables that one item chooses from have codes of one kind.
pub(super) fn check_uses(
    diagnostics: &mut Diagnostics,
    item: &Located<String>,
    uses: &[ErrorUse<'_>],
) {
    let mut first = None;
    for used in uses {
        let Some(codes) = used.table.ok().and_then(|table| table.spec.codes()) else { continue };
        if *first.get_or_insert(codes) != codes {
            let message =
                format_args!("`{item}` mixes tables whose codes are whole numbers and strings");
            diagnostics
                .error(used.spec.table.span, "contradiction", message)
                .help("choose tables whose codes are of one kind");
        }
    }
}

/// The codes of an endpoint's errors are those that its envelope can have.
pub(super) fn check(diagnostics: &mut Diagnostics, endpoint: &Endpoint<'_>) {
    let Ok(envelope) = endpoint.envelope else { return };
    let Some(codes) = envelope_codes(envelope.spec) else { return };
    let tables = endpoint.errors.uses.iter();
    let other = tables.filter_map(|used| Some((used, codes_of(used.table.ok()?.spec)?)));
    for (used, other) in other.filter(|(_, other)| *other != codes) {
        let table = &used.spec.table;
        let message = format_args!(
            "the codes of `{table}` are {other}, those in the envelope `{}` {codes}",
            envelope.name
        );
        let success = envelope.spec.success_code();
        let success = success.map(|success| (success.value, diagnostics.place(success.span)));
        let error = diagnostics.error(table.span, "contradiction", message);
        match success {
            Some((success, place)) => {
                error.help(format_args!("its `success` is {success}, at {place}"))
            }
            None => error.help(
                "an envelope without `code`, its place in the body, has the HTTP status for one",
            ),
        };
    }
}

/// Where the HTTP status is the code, the codes of errors are statuses of no success.
pub(super) fn check_statuses(diagnostics: &mut Diagnostics, endpoint: &Endpoint<'_>) {
    let Ok(envelope) = endpoint.envelope else { return };
    if !envelope.spec.code.is_empty() {
        return;
    }
    for used in &endpoint.errors.uses {
        let codes = used.rows().filter_map(|row| row.code.value.as_int());
        // Where a boolean says what is a failure, it may come under any status.
        let lowest = if envelope.spec.ok.is_some() { 200 } else { 300 };
        let Some(code) = codes.into_iter().find(|code| !(lowest..600).contains(code)) else {
            continue;
        };
        let (table, envelope) = (&used.spec.table, envelope.name);
        let message = format_args!(
            "the HTTP status is the code in the envelope `{envelope}`, and {code} in `{table}` is not one of a failure"
        );
        diagnostics
            .error(table.span, "bad-status", message)
            .help("give the envelope `code`, its place in the body, or list errors by status, from 300 to 599");
    }
}

/// An enum of no errors is one of whole numbers.
fn codes_of(table: &ErrorTable) -> Option<CodeKind> {
    table.codes().or_else(|| table.rows.whole.then_some(CodeKind::Int))
}
