//! The functions that are made of what documents say beside tables of fields.

use crate::ir::{Client, Doc, Module, QuantityType, Takes};

use super::{code, escape, sources};

/// A row for each function, sorted by domain and name; nothing if there is none.
pub(super) fn table(client: &Client) -> String {
    let rows: Vec<String> = client.modules.iter().flat_map(rows).collect();
    match rows.is_empty() {
        true => String::new(),
        false => format!("\n{HEAD}{}", rows.concat()),
    }
}

const HEAD: &str = "\
| domain | function | what | takes | gives | examples | sources |
|---|---|---|---|---|---|---|
";

/// A function, before it is written as a row.
struct Function<'a> {
    name: &'a str,
    doc: &'a Doc,
    takes: String,
    gives: String,
    examples: usize,
}

fn rows(module: &Module) -> Vec<String> {
    let mut functions = functions(module);
    functions.sort_by_key(|function| function.name);
    let row = |function: Function<'_>| {
        let cells = [
            code(&module.name),
            code(function.name),
            escape_prose(first_sentence(function.doc)),
            code(&function.takes),
            code(&function.gives),
            function.examples.to_string(),
            sources(function.doc),
        ];
        format!("| {} |\n", cells.join(" | "))
    };
    functions.into_iter().map(row).collect()
}

fn functions(module: &Module) -> Vec<Function<'_>> {
    let rules = &module.rules;
    let checklists = rules.checklists.iter().map(|item| Function {
        name: &item.function,
        doc: &item.doc,
        takes: item.facts.clone(),
        gives: format!("Vec<{}>", item.requirement),
        examples: item.examples.len(),
    });
    let formulas = rules.formulas.iter().map(|item| Function {
        name: &item.function,
        doc: &item.doc,
        takes: takes(&item.takes),
        gives: write_type(&item.gives.ty),
        examples: item.examples.len(),
    });
    let identities = rules.identities.iter().map(|item| Function {
        name: &item.function,
        doc: &item.doc,
        takes: takes(&item.takes),
        gives: format!("Identity<{}>", item.unit),
        examples: item.examples.len(),
    });
    let decisions = rules.decisions.iter().map(|item| Function {
        name: &item.function,
        doc: &item.doc,
        takes: takes(&item.takes),
        gives: item.outcome.clone(),
        examples: item.examples.len(),
    });
    checklists.chain(formulas).chain(identities).chain(decisions).collect()
}

/// Prose of ours may have code in it.
fn escape_prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        0 => escape(part),
        _ => code(part),
    });
    parts.collect()
}

fn first_sentence(doc: &Doc) -> &str {
    let text = doc.text.as_deref().unwrap_or("–");
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.')
}

fn takes(takes: &Takes) -> String {
    match takes {
        Takes::One(quantity) => write_type(&quantity.ty),
        Takes::Struct { name, .. } => name.clone(),
    }
}

fn write_type(ty: &QuantityType) -> String {
    match ty {
        QuantityType::Bool => "bool".to_owned(),
        QuantityType::Time { optional: false } => "Timestamp".to_owned(),
        QuantityType::Time { optional: true } => "Option<Timestamp>".to_owned(),
        QuantityType::Day { optional: false } => "Date".to_owned(),
        QuantityType::Day { optional: true } => "Option<Date>".to_owned(),
        QuantityType::Ratio => "Decimal".to_owned(),
        QuantityType::Count => "i64".to_owned(),
        QuantityType::Days => "Days".to_owned(),
        QuantityType::Money(money) => money.clone(),
        QuantityType::ExactMoney(money) => format!("Exact<{money}>"),
        QuantityType::Item(name) | QuantityType::Record(name) => name.clone(),
        QuantityType::Rows(name) => format!("[{name}]"),
    }
}
