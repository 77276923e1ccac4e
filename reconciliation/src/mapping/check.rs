//! What the types of a mapping let pass: words with two meanings, headers for two amounts, keys that need each other.

use std::collections::BTreeMap;

use super::yaml::{Faults, Node};

/// Words: none is empty, and none has two meanings.
pub(super) fn words(node: &Node, faults: &mut Faults) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in node.entries() {
        for item in entry.value.items() {
            let Some(word) = item.text().map(str::trim) else { continue };
            let before = seen.insert(word, &entry.key);
            if word.is_empty() {
                faults.add(item.place, format_args!("a word of `{}` is empty", entry.key));
            } else if let Some(before) = before {
                let message = format!("`{word}` stands for `{before}` and for `{}`", entry.key);
                faults.add(item.place, message);
            }
        }
    }
}

/// The type of a column's cells. One column may serve several fields of a type, but for amounts.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Type {
    Number,
    Time,
    Word,
    Amount,
}

/// Headers: none is empty, none stands for two amounts or for fields of different types, and those are there that are
/// needed together.
pub(super) fn columns(node: &Node, fields: &[&str], types: &[Type], faults: &mut Faults) {
    let type_of = |field: &str| {
        let known = fields.iter().zip(types).find(|(known, _)| **known == field);
        known.map(|(_, type_of)| *type_of)
    };
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in node.entries() {
        let (field, place) = (entry.key.as_str(), entry.value.place);
        let Some(header) = entry.value.text().map(str::trim) else { continue };
        if header.is_empty() {
            faults.add(place, format_args!("the header of `{field}` is empty"));
            continue;
        }
        let Some(before) = seen.insert(header, field) else { continue };
        if type_of(before) != type_of(field) || type_of(field) == Some(Type::Amount) {
            let message = format!("`{header}` is the header of `{before}` and of `{field}`");
            faults.add(place, message);
        }
    }
    together(node, fields, faults);
}

fn together(node: &Node, fields: &[&str], faults: &mut Faults) {
    let has = |field: &str| node.get(field).is_some();
    for [one, other] in [["goods", "delivery"], ["income", "expense"]] {
        if has(one) != has(other) {
            faults.add(node.place, format_args!("`{one}` and `{other}` go together"));
        }
    }
    for [one, other] in [["started", "finished"], ["traded", "moved"]] {
        if fields.contains(&one) && !has(one) && !has(other) {
            faults.add(node.place, format_args!("missing `{one}` or `{other}`"));
        }
    }
    if !fields.contains(&"income") {
        return;
    }
    match (has("amount"), has("income") || has("expense")) {
        (false, false) => {
            faults.add(node.place, "missing `amount`, or `income` and `expense`");
        }
        (true, true) => faults.add(node.place, "`amount` excludes `income` and `expense`"),
        _ => {}
    }
    if has("direction") && !has("amount") {
        faults.add(node.place, "`direction` goes together with `amount`");
    }
}

/// Comments begin with no sign that a cell may begin with, that spreadsheets put before one, or that is between cells.
pub(super) fn layout(node: &Node, faults: &mut Faults) {
    let Some(node) = node.get("comment") else { return };
    let is_of_rows = |sign: char| sign.is_ascii_alphanumeric() || "\"'`=+-,;|".contains(sign);
    if let Some(sign) = node.text().filter(|text| text.starts_with(is_of_rows)) {
        let message = format!("rows may begin with `{sign}`, and would be passed over as comments");
        faults.add(node.place, message);
    }
}

/// Columns of words and their words are both there, or neither.
pub(super) fn section(node: &Node, faults: &mut Faults) {
    let Some(columns) = node.get("columns") else { return };
    for (column, words) in [("state", "states"), ("direction", "directions")] {
        if columns.get(column).is_some() != node.get(words).is_some() {
            faults.add(columns.place, format_args!("`columns.{column}` and `{words}` go together"));
        }
    }
    for (column, words) in [("timing", "timings"), ("account", "accounts")] {
        let Some(words_node) = node.get(words) else { continue };
        let always = words_node.get("always");
        match (columns.get(column), always) {
            (None, None) => {
                let message = format!("missing `columns.{column}`, or `{words}.always`");
                faults.add(columns.place, message);
            }
            (Some(_), Some(always)) => {
                let message = format!("`columns.{column}` excludes `{words}.always`");
                faults.add(always.place, message);
            }
            _ => {}
        }
    }
}
