//! The rows of a table have what its columns say.

use crate::diagnostic::Diagnostics;
use crate::expression::Unit;
use crate::source::{Decimal, Located, is_set};
use crate::spec::rules::{Column, Given, Row, RuleTable};
use crate::spelling::advice;

use super::Book;
use super::keys::Keys;
use super::quantities::may_have_decimals;

pub(super) fn check(diagnostics: &mut Diagnostics, book: &Book<'_, '_>) {
    for (_, table) in book.rules.tables.iter() {
        check_table(diagnostics, book, table);
    }
}

fn check_table(diagnostics: &mut Diagnostics, book: &Book<'_, '_>, table: &RuleTable) {
    for column in table.columns.iter() {
        let word = column.ty.as_str();
        let is_unit = Unit::parse(word).is_some() && !word.contains('/');
        if word != "text" && !is_unit && book.vocabulary.list(word).is_none() {
            let known = ["text", "ratio", "fen", "yuan", "diamonds", "days"].into_iter();
            let help = advice(word, known.chain(book.vocabulary.types()));
            let message = format_args!("there is no type of a column named `{word}`");
            diagnostics.error(column.ty.span, "unknown-type", message).help(help);
        }
    }
    if table.columns.whole {
        table.rows.iter().for_each(|row| check_row(diagnostics, book, &table.columns, row));
    }
}

fn check_row(diagnostics: &mut Diagnostics, book: &Book<'_, '_>, columns: &[Column], row: &Row) {
    let Given::Map(cells) = &row.cells.value else {
        diagnostics
            .error(row.cells.span, "wrong-shape", "expected a mapping")
            .help("a row has its cells by the names of the columns");
        return;
    };
    for (name, cell) in cells {
        if let Some(column) = columns.iter().find(|column| column.name.value.0 == name.value) {
            check_cell(diagnostics, book, column, cell);
        }
    }
    let needed = columns.iter().filter(|column| !is_set(&column.optional));
    let keys = Keys {
        kind: "column",
        known: columns.iter().map(|column| column.name.value.0.as_str()).collect(),
        needed: needed.map(|column| column.name.value.0.as_str()).collect(),
        help: "add it to the row, or `optional: true` to the column",
    };
    keys.check(diagnostics, row.cells.span, cells);
}

/// Whether a text is a number that the type of its column can hold.
fn is_number(ty: &str, text: &str) -> bool {
    Decimal::parse(text).is_some_and(|number| match number.decimals() {
        0 => ty == "ratio" || number.is_i64(),
        _ => may_have_decimals(ty),
    })
}

fn check_cell(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    column: &Column,
    cell: &Located<Given>,
) {
    let Given::Scalar(text) = &cell.value else {
        diagnostics
            .error(cell.span, "wrong-shape", "expected a single value")
            .help("a cell is text, a number or the name of a thing");
        return;
    };
    match book.vocabulary.list(column.ty.as_str()) {
        Some(list) => {
            let names: Vec<&str> =
                list.items.iter().map(|item| item.name.value.0.as_str()).collect();
            if !names.contains(&text.as_str()) {
                let message = format_args!("`{}` has no `{text}`", column.ty);
                diagnostics.error(cell.span, "unknown-name", message).help(advice(text, names));
            }
        }
        None if column.ty.as_str() != "text" && !is_number(column.ty.as_str(), text) => {
            diagnostics
                .error(cell.span, "wrong-shape", format_args!("expected a number, found `{text}`"))
                .help("write it in decimal digits, as 5000, 0.1 or 1 %");
        }
        None => {}
    }
}
