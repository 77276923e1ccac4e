//! Figures, lists, tables and calendars.

use super::{constant, text};
use crate::expression::builtin_type;
use crate::ir::{self, CalendarDays, Cell, ColumnType, Figure, QuantityType, Value};
use crate::lower::docs::lower_provenance;
use crate::names::{field_name, type_name};
use crate::source::{Decimal, Located, is_set};
use crate::spec::rules::{Calendar, Column, Given, Row, RuleTable, Rules};

pub(super) fn lower_constants(rules: &Rules) -> Vec<ir::Constant> {
    let constants = rules.constants.iter().map(|(name, item)| ir::Constant {
        name: constant(name),
        wire: name.value.clone(),
        doc: lower_provenance(&item.provenance),
        value: lower_figure(&item.value.value, item.ty.as_str()),
        unit: item.ty.value.clone(),
    });
    constants.collect()
}

/// A whole number of a unit that has a type of its own is of that type.
fn lower_figure(value: &Decimal, unit: &str) -> Figure {
    let whole = value.0.parse::<i64>().ok();
    match (unit, whole) {
        ("fen", Some(whole)) => Figure::Money(ir::Money::Fen, whole),
        ("yuan", Some(whole)) => Figure::Money(ir::Money::Yuan, whole),
        ("diamonds", Some(whole)) => Figure::Money(ir::Money::Diamonds, whole),
        ("days", Some(whole)) => Figure::Days(whole),
        ("count", Some(whole)) => Figure::Count(whole),
        _ => Figure::Decimal(value.0.clone()),
    }
}

pub(super) fn lower_lists(rules: &Rules) -> Vec<ir::RuleList> {
    let lists = rules.lists.iter().map(|(name, list)| ir::RuleList {
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

pub(super) fn lower_tables(rules: &Rules) -> Vec<ir::RuleTable> {
    let tables = rules.tables.iter();
    tables.map(|(name, table)| lower_table(name, table)).collect()
}

fn lower_table(name: &Located<String>, table: &RuleTable) -> ir::RuleTable {
    let columns: Vec<ir::Column> =
        table.columns.iter().map(|column| lower_column(column, &table.rows)).collect();
    ir::RuleTable {
        row: type_name(&table.row.value.0),
        name: constant(name),
        wire: name.value.clone(),
        doc: lower_provenance(&table.provenance),
        rows: table.rows.iter().map(|row| lower_row(&table.columns, &columns, row)).collect(),
        columns,
    }
}

fn lower_column(column: &Column, rows: &[Row]) -> ir::Column {
    let cells = rows.iter().filter_map(|row| cell(row, column)).filter_map(Decimal::parse);
    let decimals = cells.into_iter().any(|number| number.decimals() > 0);
    let ty = match column.ty.as_str() {
        "text" => ColumnType::Text,
        word => ColumnType::Value(
            builtin_type(word, decimals).unwrap_or_else(|| QuantityType::Item(type_name(word))),
        ),
    };
    ir::Column {
        name: field_name(&column.name.value.0),
        doc: lower_provenance(&column.provenance),
        ty,
        optional: is_set(&column.optional),
    }
}

/// What a row says in a column.
fn cell<'a>(row: &'a Row, column: &Column) -> Option<&'a str> {
    let Given::Map(cells) = &row.cells.value else { return None };
    let (_, given) = cells.iter().find(|(name, _)| name.value == column.name.value.0)?;
    match &given.value {
        Given::Scalar(text) => Some(text),
        _ => None,
    }
}

fn lower_row(columns: &[Column], lowered: &[ir::Column], row: &Row) -> Vec<Option<Cell>> {
    let cells = columns.iter().zip(lowered);
    cells.map(|(column, known)| cell(row, column).map(|text| lower_cell(&known.ty, text))).collect()
}

fn lower_cell(ty: &ColumnType, text: &str) -> Cell {
    match ty {
        ColumnType::Text => Cell::Text(text.to_owned()),
        ColumnType::Value(QuantityType::Item(list)) => {
            Cell::Value(Value::Item { list: list.clone(), item: type_name(text) })
        }
        ColumnType::Value(ty) => {
            let digits = Decimal::parse(text).map_or_else(String::new, |number| number.0);
            Cell::Value(Value::Number { ty: ty.clone(), digits })
        }
    }
}

pub(super) fn lower_calendars(rules: &Rules) -> Vec<ir::Calendar> {
    let calendars = rules.calendars.iter().map(|(name, calendar)| ir::Calendar {
        name: constant(name),
        wire: name.value.clone(),
        doc: lower_provenance(&calendar.provenance),
        days: lower_days(calendar),
    });
    calendars.collect()
}

fn lower_days(calendar: &Calendar) -> CalendarDays {
    match (&calendar.starts_on, &calendar.window) {
        (Some(day), _) => CalendarDays::Period { starts_on: day.value },
        (None, Some(window)) => CalendarDays::Window {
            months_later: window.months_later.value,
            from: window.from.value,
            to: window.to.value,
        },
        (None, None) => CalendarDays::Days(calendar.days.iter().map(|day| day.value).collect()),
    }
}
