//! Tables: each cell is read by the type of its column.

use crate::diagnostic::Diagnostics;
use crate::model::rules::{Column, ColumnType, Dimension, RuleTable, Value};
use crate::model::{Reported, Resolved};
use crate::source::{Decimal, Located, is_set};
use crate::spec::rules::{self as spec, Given};
use crate::spelling::advice;

use super::keys::Keys;
use super::values::text;
use super::{Book, quantities, units};

pub(super) fn resolve_tables<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
) -> Vec<RuleTable<'a>> {
    let tables = book.spec.tables.iter();
    tables.map(|(name, spec)| resolve_table(diagnostics, book, name, spec)).collect()
}

fn resolve_table<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    name: &'a Located<String>,
    spec: &'a spec::RuleTable,
) -> RuleTable<'a> {
    let columns = spec.columns.iter().map(|spec| {
        let ty = resolve_column(diagnostics, book, &spec.ty);
        Column { spec, ty }
    });
    let columns: Vec<Column<'_>> = columns.collect();
    // What a column that could not be read has to say of its cells is not known.
    let rows = spec.rows.iter().filter(|_| spec.columns.whole);
    let rows = rows.map(|row| resolve_row(diagnostics, &columns, &row.cells)).collect();
    RuleTable { name, spec, columns, rows }
}

fn resolve_column<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    word: &Located<String>,
) -> Resolved<ColumnType<'a>> {
    match (word.as_str(), units::number(book, word.as_str()), book.list(word.as_str())) {
        ("text", _, _) => Ok(ColumnType::Text),
        (_, Some(number), _) => Ok(ColumnType::Number(number?)),
        (_, None, Some(list)) => Ok(ColumnType::Item(list)),
        (_, None, None) => {
            let known = ["text"].into_iter().chain(units::words(book));
            let help = advice(word.as_str(), known.chain(quantities::types(book)));
            let message = format_args!("there is no type of a column named `{word}`");
            diagnostics.error(word.span, "unknown-type", message).help(help);
            Err(Reported)
        }
    }
}

fn resolve_row<'a>(
    diagnostics: &mut Diagnostics,
    columns: &[Column<'a>],
    row: &'a Located<Given>,
) -> Vec<Option<Value<'a>>> {
    let Given::Map(cells) = &row.value else {
        diagnostics
            .error(row.span, "wrong-shape", "expected a mapping")
            .help("a row has its cells by the names of the columns");
        return Vec::new();
    };
    let name = |column: &Column<'a>| column.spec.name.value.0.as_str();
    let needed = columns.iter().filter(|column| !is_set(&column.spec.optional));
    let keys = Keys {
        kind: "column",
        known: columns.iter().map(name).collect(),
        needed: needed.map(name).collect(),
        help: "add it to the row, or `optional: true` to the column",
    };
    keys.check(diagnostics, row.span, cells);
    let cells = columns.iter().map(|column| {
        let (_, cell) = cells.iter().find(|(known, _)| known.value == name(column))?;
        Some(resolve_cell(diagnostics, column, cell).unwrap_or(Value::Error))
    });
    cells.collect()
}

fn resolve_cell<'a>(
    diagnostics: &mut Diagnostics,
    column: &Column<'a>,
    cell: &'a Located<Given>,
) -> Resolved<Value<'a>> {
    let Some(text) = text(cell) else {
        diagnostics
            .error(cell.span, "wrong-shape", "expected a single value")
            .help("a cell is a string, a number or the name of a row");
        return Err(Reported);
    };
    match column.ty? {
        ColumnType::Text => Ok(Value::Text(text)),
        ColumnType::Number(number) => match Decimal::parse(text).filter(|it| fits(number, it)) {
            Some(digits) => Ok(Value::Number(digits)),
            None => {
                let message = format_args!("expected a number, found `{text}`");
                diagnostics
                    .error(cell.span, "wrong-shape", message)
                    .help("write it in decimal digits, as 5000, 0.1 or 1 %");
                Err(Reported)
            }
        },
        ColumnType::Item(list) => {
            let names: Vec<&str> =
                list.spec.items.iter().map(|item| item.name.value.0.as_str()).collect();
            if names.contains(&text) {
                return Ok(Value::Item { list, item: text });
            }
            let message = format_args!("`{}` has no `{text}`", column.spec.ty);
            diagnostics.error(cell.span, "unknown-name", message).help(advice(text, names));
            Err(Reported)
        }
    }
}

/// Whether a number is one that the type of its column can hold.
fn fits(number: Dimension<'_>, digits: &Decimal) -> bool {
    match digits.decimals() {
        0 => matches!(number, Dimension::Ratio) || digits.is_i64(),
        _ => number.may_have_decimals(),
    }
}
