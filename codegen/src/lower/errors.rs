//! Error tables, and the choices that endpoints and JS APIs make among their rows.

use super::docs::{lower_provenance, lower_text};
use super::formerly::lower_variant_names;
use super::{Scope, enums, lower_path};
use crate::ir;
use crate::model::{Domain, ErrorEnum, ErrorSource, ErrorUse, Errors, sound};
use crate::names::type_name;
use crate::source::{CodeKind, Located, Text};
use crate::spec::{ErrorCase, ErrorKey, ErrorRow, ErrorTable};

pub(super) fn lower_errors(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Vec<ir::ErrorTable> {
    let enums = scope.model.error_enums(domain);
    let tables = enums.into_iter().map(|ErrorEnum { name, item, of }| match of {
        ErrorSource::Table(table) => lower_table(item, name.to_owned(), table),
        ErrorSource::Choice(uses) => lower_choice(item, name.to_owned(), uses),
    });
    let mut tables: Vec<ir::ErrorTable> = tables.collect();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    tables
}

/// The error enum of an endpoint or JS API.
pub(super) fn lower_error(scope: &Scope<'_, '_>, errors: &Errors<'_>) -> Option<ir::TypePath> {
    errors.enum_name.as_ref().map(|(domain, name)| lower_path(scope, domain, name.clone()))
}

fn lower_table(name: &Located<String>, ident: String, table: &ErrorTable) -> ir::ErrorTable {
    let rows = lower_rows(table.rows.iter());
    ir::ErrorTable {
        name: ident,
        wire: name.value.clone(),
        doc: lower_provenance(&table.provenance),
        key: table.key.value,
        codes: table.codes().unwrap_or(CodeKind::Int),
        unknown: unknown(&rows),
        rows,
    }
}

fn lower_choice(name: &Located<String>, ident: String, uses: &[ErrorUse<'_>]) -> ir::ErrorTable {
    let mut rows = Vec::new();
    let mut doc = lower_text(None);
    let (mut key, mut codes) = (ErrorKey::Code, None);
    for used in uses {
        let table = sound(&used.table).spec;
        rows.extend(used.rows());
        add_doc(&mut doc, lower_provenance(&table.provenance));
        // All are of one.
        key = table.key.value;
        codes = codes.or_else(|| table.codes());
    }
    let rows = lower_rows(rows.into_iter());
    ir::ErrorTable {
        name: ident,
        wire: name.value.clone(),
        doc,
        key,
        codes: codes.unwrap_or(CodeKind::Int),
        unknown: unknown(&rows),
        rows,
    }
}

/// What is said of a table is said of a choice of its rows as well.
fn add_doc(doc: &mut ir::Doc, table: ir::Doc) {
    doc.notes.extend(table.text.map(|text| ir::Note { text, sources: table.sources.clone() }));
    add_new(&mut doc.sources, table.sources);
    add_new(&mut doc.conflicts, table.conflicts);
    add_new(&mut doc.unknown, table.unknown);
    add_new(&mut doc.lost, table.lost);
    add_new(&mut doc.notes, table.notes);
}

/// What two tables say alike is said once.
fn add_new<T: PartialEq>(known: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !known.contains(&item) {
            known.push(item);
        }
    }
}

fn lower_rows<'a>(rows: impl Iterator<Item = &'a ErrorRow> + Clone) -> Vec<ir::ErrorRow> {
    let is_shared = |row: &ErrorRow| {
        rows.clone().filter(|other| other.code.value == row.code.value).nth(1).is_some()
    };
    rows.clone().map(|row| lower_row(row, row.subcode.is_none() && is_shared(row))).collect()
}

fn unknown(rows: &[ir::ErrorRow]) -> String {
    let names = rows.iter().flat_map(|row| std::iter::once(&row.name).chain(&row.formerly));
    enums::unknown(names.map(String::as_str))
}

fn lower_row(row: &ErrorRow, by_status: bool) -> ir::ErrorRow {
    ir::ErrorRow {
        name: type_name(&row.name.value.0),
        formerly: lower_variant_names(&row.formerly),
        code: row.code.value.clone(),
        no: row.subcode.as_ref().map(|subcode| subcode.value),
        http: row.http.as_ref().map(|http| {
            u16::try_from(http.value).expect("a status that is none has been reported")
        }),
        by_status,
        message: text(&row.message),
        meaning: text(&row.meaning),
        advice: text(&row.advice),
        retry: row.retry.as_ref().map(|retry| retry.value),
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

fn text(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|text| text.value.clone())
}
