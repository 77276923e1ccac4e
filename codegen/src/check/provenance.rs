//! Every fact has a source, and what is said to be uncertain is.

use crate::diagnostic::Diagnostics;
use crate::ir::Measure;
use crate::model::{Field, Model, Table};
use crate::source::Located;
use crate::spec::rules::Rules;
use crate::spec::{Conflict, ErrorRow, ErrorTable, File, Gap, Provenance, Source};
use crate::spelling::closest;

/// The sources that can be cited.
type Sources<'a> = Table<'a, Source>;

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    let sources = &model.shared.sources;
    for file in model.files {
        check_file(diagnostics, file, sources);
    }
    for object in &model.objects {
        for field in &object.fields {
            check_provenance(diagnostics, &field.spec.provenance, sources);
            check_field_gaps(diagnostics, field);
        }
        for group in &object.groups {
            check_provenance(diagnostics, &group.spec.provenance, sources);
        }
        if let Some(rest) = &object.rest {
            check_provenance(diagnostics, &rest.spec.provenance, sources);
        }
    }
}

fn check_file(diagnostics: &mut Diagnostics, file: &File, sources: &Sources<'_>) {
    for (name, provenance) in items(file) {
        if provenance.source.is_empty() {
            diagnostics
                .error(name.span, "missing-source", format_args!("`{name}` has no source"))
                .help("add `source: name, place in the document`");
        }
        check_provenance(diagnostics, provenance, sources);
    }
    for (name, table) in file.errors.iter() {
        check_table(diagnostics, name, table, sources);
    }
    for last in file.callbacks.iter().filter_map(|(_, item)| item.undelivered.as_ref()) {
        check_citations(diagnostics, &last.source, sources);
    }
    for value in file.enums.iter().flat_map(|(_, item)| &item.values.items) {
        check_provenance(diagnostics, &value.provenance, sources);
    }
    for (_, endpoint) in file.endpoints.iter() {
        for response in &endpoint.responses.items {
            check_provenance(diagnostics, &response.provenance, sources);
        }
        for limit in &endpoint.rate_limits.items {
            check_provenance(diagnostics, &limit.provenance, sources);
        }
    }
    for variant in file.types.iter().flat_map(|(_, item)| &item.shape.variants.items) {
        check_provenance(diagnostics, &variant.provenance, sources);
    }
    for provenance in file.rules.iter().flat_map(Rules::parts) {
        check_provenance(diagnostics, provenance, sources);
    }
}

fn check_table(
    diagnostics: &mut Diagnostics,
    name: &Located<String>,
    table: &ErrorTable,
    sources: &Sources<'_>,
) {
    let shared = check_table_gaps(diagnostics, name, table);
    for row in &table.rows.items {
        check_provenance(diagnostics, &row.provenance, sources);
        check_row_gaps(diagnostics, table, row, &shared);
        for case in &row.cases.items {
            check_citations(diagnostics, &case.source, sources);
        }
    }
}

/// The items that must name a source; what is inside them inherits it.
fn items(file: &File) -> Vec<(&Located<String>, &Provenance)> {
    let mut items = Vec::new();
    items.extend(file.hosts.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.auth.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.envelopes.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.callback_envelopes.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.time_zone.iter().map(|item| (&item.offset, &item.provenance)));
    items.extend(file.js_support.iter().map(|item| (&item.function, &item.provenance)));
    items.extend(file.units.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.schemes.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.ciphers.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.callback_schemes.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.settings.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.levels.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.types.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.enums.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.errors.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.endpoints.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.callbacks.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.js_apis.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(file.rules.iter().flat_map(rules));
    items
}

fn rules(rules: &Rules) -> Vec<(&Located<String>, &Provenance)> {
    let mut items = Vec::new();
    items.extend(rules.constants.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(rules.lists.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(rules.tables.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(rules.calendars.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(rules.records.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(rules.checklists.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(rules.formulas.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(rules.identities.iter().map(|(name, item)| (name, &item.provenance)));
    items.extend(rules.decisions.iter().map(|(name, item)| (name, &item.provenance)));
    items
}

fn check_provenance(diagnostics: &mut Diagnostics, provenance: &Provenance, sources: &Sources<'_>) {
    check_citations(diagnostics, &provenance.source, sources);
    for conflict in &provenance.conflicts.items {
        check_conflict(diagnostics, conflict, sources);
    }
    for lost in &provenance.lost.items {
        check_citations(diagnostics, lost.filled_from.as_slice(), sources);
    }
    for note in &provenance.notes.items {
        check_citations(diagnostics, &note.source, sources);
    }
}

pub(super) fn check_citations(
    diagnostics: &mut Diagnostics,
    citations: &[Located<String>],
    sources: &Sources<'_>,
) {
    for citation in citations {
        let name = citation.value.split(',').next().unwrap_or_default().trim();
        if !sources.contains(name) && !diagnostics.is_unread(name) {
            let span = diagnostics.part(citation, name);
            let message = format_args!("there is no source named `{name}`");
            let complaint = diagnostics.error(span, "unknown-reference", message);
            match closest(name, sources.names()) {
                Some(near) => complaint.help(format_args!("did you mean `{near}`?")),
                None => complaint.help("add it to `sources`"),
            }
        }
    }
}

fn check_conflict(diagnostics: &mut Diagnostics, conflict: &Conflict, sources: &Sources<'_>) {
    for reading in &conflict.readings.items {
        check_citations(diagnostics, std::slice::from_ref(&reading.source), sources);
    }
    if conflict.readings.whole && conflict.readings.len() < 2 {
        diagnostics
            .error(conflict.about.span, "bad-conflict", "a conflict has two readings or more")
            .help("add the other reading to `readings`, or say it in `notes`");
    }
    if conflict.readings.whole {
        check_followed(diagnostics, conflict);
    }
}

/// One reading and only one is the followed one's.
fn check_followed(diagnostics: &mut Diagnostics, conflict: &Conflict) {
    let Conflict { readings, follow, .. } = conflict;
    let sources: Vec<&str> = readings.iter().map(|reading| reading.source.as_str()).collect();
    match sources.iter().filter(|source| **source == follow.value).count() {
        0 => {
            diagnostics
                .error(
                    follow.span,
                    "bad-conflict",
                    format_args!("no reading has the source `{follow}`"),
                )
                .help(format_args!("follow one of: {}", sources.join("; ")));
        }
        1 => {}
        several => {
            let message = format_args!("{several} readings have the source `{follow}`");
            diagnostics
                .error(follow.span, "bad-conflict", message)
                .help("say the place in the source as well, as `page, table 2`");
        }
    }
}

fn check_field_gaps(diagnostics: &mut Diagnostics, field: &Field<'_>) {
    let has = |wanted: fn(Measure) -> bool| field.shape.measures().any(wanted);
    let field = field.spec;
    let given = |gap| match gap {
        Gap::Length => has(Measure::is_length),
        Gap::Range => has(|measure| measure == Measure::Range),
        Gap::Required => field.required.is_some(),
        Gap::Default => field.default.is_some(),
        Gap::Since => field.since.is_some(),
        Gap::Doc => field.provenance.doc.is_some(),
        _ => false,
    };
    check_gaps(diagnostics, &field.provenance, given);
}

/// The cells that a row has, or that it or its table says are unknown or lost.
const CELLS: [Gap; 2] = [Gap::Meaning, Gap::Message];

/// What no row of several has is missing from the table, which is said once. Gives these cells.
fn check_table_gaps(
    diagnostics: &mut Diagnostics,
    name: &Located<String>,
    table: &ErrorTable,
) -> Vec<Gap> {
    let rows = &table.rows.items;
    let missing = |gap: &Gap| {
        rows.len() > 1 && table.rows.whole && rows.iter().all(|row| lacks(table, row, *gap))
    };
    let missing: Vec<Gap> = CELLS.into_iter().filter(missing).collect();
    if !missing.is_empty() {
        let words =
            |between| missing.iter().map(|gap| gap.word()).collect::<Vec<_>>().join(between);
        let message = format_args!("no row of `{name}` has a `{}`", words("` or a `"));
        diagnostics.error(name.span, "incomplete-row", message).help(format_args!(
            "if no source gives it, add `unknown: [{}]` to the table; else add it to the rows",
            words(", ")
        ));
    }
    missing
}

/// Whether a cell is missing, and nothing says that it must be.
fn lacks(table: &ErrorTable, row: &ErrorRow, gap: Gap) -> bool {
    let given = match gap {
        Gap::Meaning => row.meaning.is_some(),
        _ => row.message.is_some(),
    };
    let inside = !row.cases.is_empty();
    let admitted = is_gap(&row.provenance, gap) || is_gap(&table.provenance, gap);
    !given && !inside && !admitted
}

/// A row says its meaning and message, or that they are unknown; the table can say so for all of its rows, which are not told of
/// what all of them lack.
fn check_row_gaps(
    diagnostics: &mut Diagnostics,
    table: &ErrorTable,
    row: &ErrorRow,
    shared: &[Gap],
) {
    let given = |gap| match gap {
        Gap::Meaning => row.meaning.is_some(),
        Gap::Message => row.message.is_some(),
        Gap::Advice => row.advice.is_some(),
        Gap::Retry => row.retry.is_some(),
        Gap::Http => row.http.is_some(),
        Gap::Since => row.since.is_some(),
        _ => false,
    };
    check_gaps(diagnostics, &row.provenance, given);
    for gap in CELLS {
        if lacks(table, row, gap) && !shared.contains(&gap) {
            let key = gap.word();
            diagnostics
                .error(row.name.span, "incomplete-row", format_args!("`{key}` is missing"))
                .help(format_args!(
                    "add it, or `unknown: [{key}]`, or `lost: [{{ cell: {key} }}]`"
                ));
        }
    }
}

fn is_gap(provenance: &Provenance, gap: Gap) -> bool {
    provenance.unknown.iter().any(|unknown| unknown.value == gap)
        || provenance.lost.iter().any(|lost| lost.cell.value == gap)
}

fn check_gaps(diagnostics: &mut Diagnostics, provenance: &Provenance, given: impl Fn(Gap) -> bool) {
    for unknown in provenance.unknown.iter().filter(|unknown| given(unknown.value)) {
        let message =
            format_args!("`{}` is given, but also declared unknown", unknown.value.word());
        diagnostics.error(unknown.span, "bad-gap", message).help("remove one of the two");
    }
    let unfilled = provenance.lost.iter().filter(|lost| lost.filled_from.is_none());
    for lost in unfilled.filter(|lost| given(lost.cell.value)) {
        let message = format_args!("`{}` is given, but also declared lost", lost.cell.value.word());
        diagnostics
            .error(lost.cell.span, "bad-gap", message)
            .help("say where it was taken from with `filled_from`");
    }
}
