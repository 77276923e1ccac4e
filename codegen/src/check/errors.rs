//! Error tables: one meaning a code; and the choices that endpoints and JS APIs make among their rows.

use crate::diagnostic::Diagnostics;
use crate::source::Located;
use crate::spec::{ErrorKey, ErrorRow, ErrorTable, ErrorUse};
use crate::symbols;

use super::{Scope, names::Taken};

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    for (_, table) in scope.file.errors.iter() {
        let mut seen = Vec::new();
        for row in &table.rows.items {
            check_key(diagnostics, table, row);
            check_http(diagnostics, row);
            check_different(diagnostics, &mut seen, row);
        }
    }
    for (name, endpoint) in scope.file.endpoints.iter() {
        check_uses(diagnostics, scope, name, &endpoint.errors);
        for used in &endpoint.errors.items {
            check_plain(diagnostics, scope, name, used);
        }
    }
    for (name, api) in scope.file.js_apis.iter() {
        check_uses(diagnostics, scope, name, &api.errors);
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
fn key(row: &ErrorRow) -> (i64, Option<i64>) {
    (row.code.value, row.err_no.as_ref().map(|err_no| err_no.value))
}

fn shown(row: &ErrorRow) -> String {
    match &row.err_no {
        Some(err_no) => format!("({}, {err_no})", row.code),
        None => row.code.to_string(),
    }
}

fn table<'a>(scope: &Scope<'a>, used: &ErrorUse) -> Option<&'a ErrorTable> {
    scope.symbols.error_table(scope.domain, used.table.as_str())
}

/// The tables exist, have the codes that are chosen, and give a code no two meanings.
fn check_uses(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    item: &Located<String>,
    uses: &[ErrorUse],
) {
    let mut rows: Vec<(&ErrorUse, &ErrorRow)> = Vec::new();
    let mut variants = Taken::new("variant");
    for used in uses {
        check_table_exists(diagnostics, scope, used);
        let Some(table) = table(scope, used) else { continue };
        check_only(diagnostics, table, used);
        let first = uses.iter().find_map(|first| self::table(scope, first));
        if first.is_some_and(|first| first.key.value != table.key.value) {
            let message = format_args!("`{item}` mixes tables told by a code and by a pair");
            diagnostics
                .error(used.table.span, "contradiction", message)
                .help("choose tables of one `key`");
            continue;
        }
        for row in table.rows.iter().filter(|row| used.takes(row)) {
            if let Some((other, _)) = rows.iter().find(|(_, known)| key(known) == key(row)) {
                let message = format_args!(
                    "`{item}` takes the code {} from both `{}` and `{}`",
                    shown(row),
                    other.table,
                    used.table,
                );
                diagnostics
                    .error(used.table.span, "duplicate-code", message)
                    .help("choose the rows of one of them with `only`");
                continue;
            }
            rows.push((used, row));
            if uses.len() > 1 {
                let name = &row.name.value.0;
                let ident = crate::names::type_name(name);
                variants.take_at(diagnostics, name, used.table.span, ident);
            }
        }
    }
}

fn check_table_exists(diagnostics: &mut Diagnostics, scope: &Scope<'_>, used: &ErrorUse) {
    let name = &used.table;
    if let Some(domain) = scope.domain_of(diagnostics, name)
        && !domain.errors.contains(symbols::split("", name.as_str()).1)
    {
        let known = domain.errors.names().map(|known| symbols::written_as(name.as_str(), known));
        let known: Vec<String> = known.collect();
        let known = known.iter().map(String::as_str);
        symbols::report_unknown(diagnostics, "error table", name, known);
    }
}

fn check_only(diagnostics: &mut Diagnostics, table: &ErrorTable, used: &ErrorUse) {
    for (index, code) in used.only.iter().enumerate() {
        if used.only[..index].iter().any(|earlier| earlier.value == code.value) {
            diagnostics
                .error(code.span, "duplicate-code", format_args!("the code {code} is chosen twice"))
                .help("remove one of the two");
            continue;
        }
        let known = table.rows.iter().any(|row| row.code.value == code.value);
        if !known && table.rows.whole {
            let message = format_args!("`{}` has no row for {code}", used.table);
            diagnostics
                .error(code.span, "unknown-reference", message)
                .help("add the row to the table, or remove the code");
        }
    }
}

fn check_plain(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    item: &Located<String>,
    used: &ErrorUse,
) {
    if table(scope, used).is_some_and(|table| table.key.value == ErrorKey::Pair) {
        let message = format_args!("`{item}` is an HTTP endpoint, whose errors have one code");
        diagnostics
            .error(used.table.span, "contradiction", message)
            .help("choose a table with `key: code`");
    }
}
