//! The choices that endpoints and JS APIs make among the rows of error tables.

use crate::diagnostic::Diagnostics;
use crate::names::type_name;
use crate::source::Located;
use crate::spec::{ErrorKey, ErrorRow, ErrorTable, ErrorUse};
use crate::symbols;

use super::Scope;
use super::errors::{key, shown};
use super::names::Taken;

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
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
    let mut chosen = Chosen { item, rows: Vec::new(), variants: Taken::new("variant") };
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
        } else if uses.len() > 1 {
            let rows = table.rows.iter().filter(|row| used.takes(row));
            rows.for_each(|row| chosen.add(diagnostics, used, row));
        }
    }
}

/// The rows that an item takes from several tables.
struct Chosen<'a> {
    item: &'a Located<String>,
    rows: Vec<(&'a ErrorUse, &'a ErrorRow)>,
    variants: Taken,
}

impl<'a> Chosen<'a> {
    fn add(&mut self, diagnostics: &mut Diagnostics, used: &'a ErrorUse, row: &'a ErrorRow) {
        let Chosen { item, rows, variants } = self;
        if let Some((other, _)) = rows.iter().find(|(_, known)| key(known) == key(row)) {
            let (code, other) = (shown(row), &other.table);
            let message = format_args!(
                "`{item}` takes the code {code} from both `{other}` and `{}`",
                used.table
            );
            diagnostics
                .error(used.table.span, "duplicate-code", message)
                .help("choose the rows of one of them with `only`");
            return;
        }
        rows.push((used, row));
        let name = &row.name.value.0;
        variants.take_at(diagnostics, name, used.table.span, type_name(name));
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
