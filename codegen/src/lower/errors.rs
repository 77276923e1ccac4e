//! Error tables, and the choices that endpoints and JS APIs make among their rows.

use super::docs::{lower_provenance, lower_text};
use super::shapes::lower_path;
use super::{Scope, enums};
use crate::ir;
use crate::names::type_name;
use crate::outline::{error_enums, error_name, is_whole_table};
use crate::source::{Located, Text};
use crate::spec::{ErrorCase, ErrorKey, ErrorRow, ErrorTable, ErrorUse, File, Retry};

pub(super) fn lower_errors(scope: &Scope<'_>, file: &File) -> Vec<ir::ErrorTable> {
    let enums = error_enums(file, scope.domain, scope.symbols);
    let tables = enums.into_iter().map(|(name, ident)| {
        match file.errors.iter().find(|(known, _)| known.span == name.span) {
            Some((_, table)) => lower_table(name, ident, table),
            None => lower_choice(scope, name, ident, uses(file, name)),
        }
    });
    let mut tables: Vec<ir::ErrorTable> = tables.collect();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    tables
}

/// The error enum of an endpoint or JS API.
///
/// `label`: what the item is called in Rust before its case is changed.
pub(super) fn lower_error(scope: &Scope<'_>, label: &str, errors: &[ErrorUse]) -> Option<ir::Path> {
    match errors {
        [] => None,
        [only] if is_whole_table(errors) => {
            Some(lower_path(scope, only.table.as_str(), error_name))
        }
        _ => Some(ir::Path { module: None, name: error_name(label) }),
    }
}

fn uses<'a>(file: &'a File, name: &Located<String>) -> &'a [ErrorUse] {
    let mut items = file.error_uses().filter(|(known, _, _)| known.span == name.span);
    items.next().map_or(&[], |(_, _, errors)| errors)
}

fn lower_table(name: &Located<String>, ident: String, table: &ErrorTable) -> ir::ErrorTable {
    let rows: Vec<ir::ErrorRow> = table.rows.iter().map(lower_row).collect();
    ir::ErrorTable {
        name: ident,
        wire: name.value.clone(),
        doc: lower_provenance(&table.provenance),
        pair: table.key.value == ErrorKey::Pair,
        unknown: enums::unknown(rows.iter().map(|row| row.name.as_str())),
        rows,
    }
}

fn lower_choice(
    scope: &Scope<'_>,
    name: &Located<String>,
    ident: String,
    uses: &[ErrorUse],
) -> ir::ErrorTable {
    let mut rows = Vec::new();
    let mut doc = lower_text(None);
    let mut pair = false;
    for used in uses {
        let Some(table) = scope.symbols.error_table(scope.domain, used.table.as_str()) else {
            continue;
        };
        let chosen = table.rows.iter().filter(|row| used.takes(row));
        rows.extend(chosen.map(lower_row));
        add_doc(&mut doc, lower_provenance(&table.provenance));
        pair |= table.key.value == ErrorKey::Pair;
    }
    ir::ErrorTable {
        name: ident,
        wire: name.value.clone(),
        doc,
        pair,
        unknown: enums::unknown(rows.iter().map(|row| row.name.as_str())),
        rows,
    }
}

/// What is said of a table is said of a choice of its rows as well.
fn add_doc(doc: &mut ir::Doc, table: ir::Doc) {
    doc.notes.extend(table.text.map(|text| ir::Note { text, sources: table.sources.clone() }));
    doc.sources.extend(table.sources);
    doc.conflicts.extend(table.conflicts);
    doc.unknown.extend(table.unknown);
    doc.lost.extend(table.lost);
    doc.notes.extend(table.notes);
}

fn lower_row(row: &ErrorRow) -> ir::ErrorRow {
    ir::ErrorRow {
        name: type_name(&row.name.value.0),
        code: row.code.value,
        no: row.err_no.as_ref().map(|err_no| err_no.value),
        http: row.http.as_ref().and_then(|http| u16::try_from(http.value).ok()),
        message: text(&row.message),
        meaning: text(&row.meaning),
        advice: text(&row.advice),
        retry: row.retry.as_ref().map(|retry| lower_retry(retry.value)),
        cases: row.cases.iter().map(lower_case).collect(),
        since: row.since.as_ref().map(Located::to_string),
        doc: lower_provenance(&row.provenance),
    }
}

fn lower_case(case: &ErrorCase) -> ir::ErrorCase {
    ir::ErrorCase {
        message: case.message.value.clone(),
        meaning: text(&case.meaning),
        advice: text(&case.advice),
    }
}

fn lower_retry(retry: Retry) -> ir::Retry {
    match retry {
        Retry::Never => ir::Retry::Never,
        Retry::Same => ir::Retry::Same,
        Retry::Changed => ir::Retry::Changed,
    }
}

fn text(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|text| text.value.clone())
}
