//! The choices that endpoints and JS APIs make among the rows of error tables.

use crate::diagnostic::Diagnostics;
use crate::model::{Domain, ErrorUse};
use crate::names::type_name;
use crate::source::Located;
use crate::spec::{ErrorKey, ErrorRow, ErrorTable};

use super::codes;
use super::errors::{is_same, key, shown};
use super::names::Taken;

pub(super) fn check(diagnostics: &mut Diagnostics, domain: &Domain<'_>) {
    for endpoint in &domain.endpoints {
        check_uses(diagnostics, endpoint.name, &endpoint.errors.uses);
        for used in &endpoint.errors.uses {
            check_plain(diagnostics, endpoint.name, used);
        }
    }
    for api in &domain.js_apis {
        check_uses(diagnostics, api.name, &api.errors.uses);
        check_without_status(diagnostics, api.name, &api.errors.uses);
    }
}

/// The tables have the codes that are chosen, and give a code no two meanings.
fn check_uses(diagnostics: &mut Diagnostics, item: &Located<String>, uses: &[ErrorUse<'_>]) {
    let mut chosen = Chosen { item, rows: Vec::new(), variants: Taken::new("variant") };
    let first = uses.iter().find_map(|used| used.table.ok());
    codes::check_uses(diagnostics, item, uses);
    for used in uses {
        let Ok(table) = used.table else { continue };
        check_only(diagnostics, table.spec, used);
        if first.is_some_and(|first| first.spec.key.value != table.spec.key.value) {
            let message = format_args!("`{item}` mixes tables of codes and tables of pairs");
            diagnostics
                .error(used.spec.table.span, "contradiction", message)
                .help("choose tables of one `key`");
        } else if uses.len() > 1 {
            used.rows().for_each(|row| chosen.add(diagnostics, used, row));
        }
    }
}

/// The rows that an item takes from several tables.
struct Chosen<'a> {
    item: &'a Located<String>,
    /// Each with the name of its table as it is written.
    rows: Vec<(&'a Located<String>, &'a ErrorRow)>,
    variants: Taken,
}

impl<'a> Chosen<'a> {
    fn add(&mut self, diagnostics: &mut Diagnostics, used: &ErrorUse<'a>, row: &'a ErrorRow) {
        let Chosen { item, rows, variants } = self;
        if let Some((other, _)) = rows.iter().find(|(_, known)| is_same(known, row)) {
            let code = shown(row);
            let message = format_args!(
                "`{item}` takes the code {code} from both `{other}` and `{}`",
                used.spec.table
            );
            diagnostics
                .error(used.spec.table.span, "duplicate-code", message)
                .help("choose the rows of one of them with `only`");
            return;
        }
        rows.push((&used.spec.table, row));
        let name = &row.name.value.0;
        variants.take_at(diagnostics, name, used.spec.table.span, type_name(name));
    }
}

fn check_only(diagnostics: &mut Diagnostics, table: &ErrorTable, used: &ErrorUse<'_>) {
    for (index, code) in used.spec.only.iter().enumerate() {
        if used.spec.only[..index].iter().any(|earlier| earlier.value == code.value) {
            diagnostics
                .error(code.span, "duplicate-code", format_args!("the code {code} is chosen twice"))
                .help("remove one of the two");
            continue;
        }
        let known = table.rows.iter().any(|row| row.code.value == code.value);
        if !known && table.rows.whole {
            let message = format_args!("`{}` has no row for {code}", used.spec.table);
            let error = diagnostics.error(code.span, "unknown-reference", message);
            match table.codes().filter(|codes| *codes != code.value.kind()) {
                Some(codes) => error.help(format_args!("the codes of the table are {codes}")),
                None => error.help("add the row to the table, or remove the code"),
            };
        }
    }
}

/// What comes by way of JavaScript has no HTTP status that could tell errors of one code apart.
fn check_without_status(
    diagnostics: &mut Diagnostics,
    item: &Located<String>,
    uses: &[ErrorUse<'_>],
) {
    let mut seen: Vec<&ErrorRow> = Vec::new();
    for (used, row) in uses.iter().flat_map(|used| used.rows().map(move |row| (used, row))) {
        let earlier = seen.iter().find(|known| key(known) == key(row));
        if earlier.is_some_and(|known| !is_same(known, row)) {
            let message = format_args!(
                "only the HTTP status tells the errors of the code {} apart, and `{item}` has none",
                shown(row)
            );
            diagnostics
                .error(used.spec.table.span, "contradiction", message)
                .help("choose a table with one row for each code");
            return;
        }
        seen.push(row);
    }
}

fn check_plain(diagnostics: &mut Diagnostics, item: &Located<String>, used: &ErrorUse<'_>) {
    if used.table.is_ok_and(|table| table.spec.key.value == ErrorKey::Pair) {
        let message = format_args!("`{item}` is an HTTP endpoint, whose errors have one code");
        diagnostics
            .error(used.spec.table.span, "contradiction", message)
            .help("choose a table with `key: code`");
    }
}
