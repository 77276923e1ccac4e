//! Figures, lists, tables and calendars.

use super::values::lower_given;
use super::{Book, constant, lower_number, text};
use crate::ir::{self, CalendarDays, Cell, ColumnType, Figure};
use crate::lower::docs::lower_provenance;
use crate::lower::money::lower_unit_type;
use crate::model::rules::{self as model, Dimension, RuleTable, Rules, Value};
use crate::model::{Item, sound};
use crate::names::{field_name, type_name};
use crate::source::{Decimal, is_set};

pub(super) fn lower_constants(rules: &Rules<'_>) -> Vec<ir::Constant> {
    let constants = rules.constants.iter().map(|item| ir::Constant {
        name: constant(item.name),
        wire: item.name.value.clone(),
        doc: lower_provenance(&item.spec.provenance),
        value: lower_figure(&item.spec.value.value, *sound(&item.figure)),
        unit: match sound(&item.figure) {
            model::Figure::Number(Dimension::Ratio | Dimension::Count) => None,
            _ => Some(item.spec.ty.value.clone()),
        },
    });
    constants.collect()
}

/// A whole number of a unit that has a type of its own is of that type.
fn lower_figure(value: &Decimal, figure: model::Figure<'_>) -> Figure {
    let model::Figure::Number(number) = figure else { return Figure::Decimal(value.0.clone()) };
    match (number, value.0.parse::<i64>()) {
        (Dimension::Money(unit), Ok(whole)) => Figure::Money(lower_unit_type(unit), whole),
        (Dimension::Days, Ok(whole)) => Figure::Days(whole),
        (Dimension::Count, Ok(whole)) => Figure::Count(whole),
        _ => Figure::Decimal(value.0.clone()),
    }
}

pub(super) fn lower_lists(rules: &Rules<'_>) -> Vec<ir::RuleList> {
    let lists = rules.lists.iter().map(|Item { name, spec: list }| ir::RuleList {
        name: type_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&list.provenance),
        ordered: is_set(&list.ordered),
        items: list
            .items
            .iter()
            .map(|item| ir::ListItem {
                name: type_name(&item.name.value.0),
                title: text(&item.title),
                doc: lower_provenance(&item.provenance),
            })
            .collect(),
    });
    lists.collect()
}

pub(super) fn lower_tables(book: &Book<'_, '_>) -> Vec<ir::RuleTable> {
    book.rules.tables.iter().map(|table| lower_table(book, table)).collect()
}

fn lower_table(book: &Book<'_, '_>, table: &RuleTable<'_>) -> ir::RuleTable {
    let columns: Vec<ir::Column> =
        (0..table.columns.len()).map(|index| lower_column(table, index)).collect();
    let rows = table.rows.iter().map(|row| {
        let cells = row.iter().zip(&columns);
        cells.map(|(cell, column)| lower_cell(book, column, cell.as_ref()?)).collect()
    });
    ir::RuleTable {
        row: type_name(&table.spec.row.value.0),
        name: constant(table.name),
        wire: table.name.value.clone(),
        doc: lower_provenance(&table.spec.provenance),
        rows: rows.collect(),
        columns,
    }
}

fn lower_column(table: &RuleTable<'_>, index: usize) -> ir::Column {
    let column = &table.columns[index];
    let cells = table.rows.iter().filter_map(|row| row[index].as_ref());
    let has_decimals =
        |cell: &Value<'_>| matches!(cell, Value::Number(digits) if digits.decimals() > 0);
    let ty = match sound(&column.ty) {
        model::ColumnType::Text => ColumnType::Text,
        model::ColumnType::Number(number) => {
            let has_decimals = cells.into_iter().any(has_decimals);
            ColumnType::Value(lower_number(*number, has_decimals))
        }
        model::ColumnType::Item(list) => {
            ColumnType::Value(ir::QuantityType::Item(type_name(&list.name.value)))
        }
    };
    ir::Column {
        name: field_name(&column.spec.name.value.0),
        doc: lower_provenance(&column.spec.provenance),
        ty,
        optional: is_set(&column.spec.optional),
    }
}

fn lower_cell(book: &Book<'_, '_>, column: &ir::Column, cell: &Value<'_>) -> Option<Cell> {
    Some(match (&column.ty, cell) {
        (ColumnType::Value(ty), value) => Cell::Value(lower_given(book, ty, value)),
        (ColumnType::Text, Value::Text(text)) => Cell::Text((*text).to_owned()),
        (ColumnType::Text, _) => unreachable!("a cell of another type has been reported"),
    })
}

pub(super) fn lower_calendars(rules: &Rules<'_>) -> Vec<ir::Calendar> {
    let calendars = rules.calendars.iter().map(|calendar| ir::Calendar {
        name: constant(calendar.name),
        wire: calendar.name.value.clone(),
        doc: lower_provenance(&calendar.spec.provenance),
        days: lower_days(sound(&calendar.days)),
    });
    calendars.collect()
}

fn lower_days(days: &model::CalendarDays<'_>) -> CalendarDays {
    match days {
        model::CalendarDays::Period { starts_on } => {
            CalendarDays::Period { starts_on: starts_on.value }
        }
        model::CalendarDays::Days(days) => {
            CalendarDays::Days(days.iter().map(|day| day.value).collect())
        }
        model::CalendarDays::Window(window) => CalendarDays::Window {
            months_later: window.months_later.value,
            from: window.from.value,
            to: window.to.value,
        },
    }
}
