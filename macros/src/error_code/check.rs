//! Refuses what cannot be meant.

use std::collections::HashMap;

use syn::{Data, Ident};

use super::model::{Kind, Row, Table};
use crate::errors::Errors;
use crate::variants::{check_payload, check_unit};

pub(super) fn check(table: &Table<'_>, errors: &mut Errors) {
    let keeper = format!("Unknown({})", table.kind.payload().join(", "));
    for row in &table.rows {
        check_unit(row.variant, &keeper, errors);
        check_kind(row, table.kind, errors);
        check_cases(row, errors);
    }
    check_codes(table, errors);
    check_unknown(table, &keeper, errors);
}

fn check_kind(row: &Row<'_>, kind: Kind, errors: &mut Errors) {
    match (kind, &row.no) {
        (Kind::Code, Some(no)) => {
            errors.at(no, "the first error has one code, leave errNo out here or add it there")
        }
        (Kind::Pair, None) => {
            let code = row.code.value;
            let message = format!("the first error has errCode and errNo, write `{code}, errNo`");
            errors.at(&row.code, message);
        }
        _ => {}
    }
}

fn check_cases(row: &Row<'_>, errors: &mut Errors) {
    for case in row.cases.iter().filter(|case| case.text.message.is_none()) {
        errors.at(&case.name, "a case is known by its text, add `message = \"..\"`");
    }
}

fn check_codes(table: &Table<'_>, errors: &mut Errors) {
    let mut seen: HashMap<_, &Ident> = HashMap::new();
    for row in &table.rows {
        let code = (row.code.value, row.no.as_ref().map(|no| no.value));
        if let Some(first) = seen.insert(code, &row.variant.ident) {
            let message = format!(
                "this is the code of `{first}` already, write both as cases of one variant"
            );
            errors.at(&row.code, message);
        }
    }
}

fn check_unknown(table: &Table<'_>, keeper: &str, errors: &mut Errors) {
    for variant in &table.unknown {
        check_payload(variant, table.kind.payload(), errors);
    }
    for second in table.unknown.iter().skip(1) {
        errors.at(&second.ident, "one variant keeps unknown codes, leave one out");
    }
    let is_enum = matches!(table.node.data, Data::Enum(_));
    if table.unknown.is_empty() && table.unclear.is_empty() && is_enum {
        let message =
            format!("no variant keeps undocumented codes, add `#[error_code(unknown)] {keeper}`");
        errors.at(&table.node.ident, message);
    }
}
