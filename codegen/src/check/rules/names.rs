//! The names of rules make good identifiers, and no two the same one.

use crate::check::names::Taken;
use crate::diagnostic::Diagnostics;
use crate::names::{constant_name, field_name, type_name};
use crate::source::{Located, Name};
use crate::spec::rules::{QUANTITY_WORDS, Quantity, Rules};

use super::Scope;

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>, rules: &Rules) {
    check_constants(diagnostics, rules);
    check_functions(diagnostics, rules);
    check_tests(diagnostics, rules);
    check_types(diagnostics, scope, rules);
    for (_, requires) in rules.requires() {
        let names = requires.iter().map(|required| &required.name);
        check_parts(diagnostics, "requirement", names, field_name);
    }
    for (_, list) in rules.lists.iter() {
        check_parts(diagnostics, "item", list.items.iter().map(|item| &item.name), type_name);
    }
    for (_, table) in rules.tables.iter() {
        let columns = table.columns.iter().map(|column| &column.name);
        check_parts(diagnostics, "column", columns, field_name);
    }
    for (_, record) in rules.records.iter() {
        let fields = record.fields.iter().map(|field| &field.name);
        let derived = record.derived.iter().map(|derived| &derived.name);
        check_parts(diagnostics, "field", fields.chain(derived), field_name);
    }
    for (_, item) in rules.checklists.iter() {
        let requirements = item.requirements.iter().map(|requirement| &requirement.name);
        check_parts(diagnostics, "requirement", requirements, type_name);
    }
    for (_, item) in rules.decisions.iter() {
        let outcomes = item.outcomes.iter().map(|outcome| &outcome.name);
        check_parts(diagnostics, "outcome", outcomes, type_name);
        for outcome in item.outcomes.iter() {
            let fields = outcome.fields.iter().map(|field| &field.name);
            check_parts(diagnostics, "field", fields, field_name);
        }
        let steps = item.steps.iter().filter_map(|step| step.name.as_ref());
        let takes = item.takes.iter().map(|quantity| &quantity.name);
        check_parts(diagnostics, "quantity", takes.chain(steps), field_name);
    }
}

fn check_constants(diagnostics: &mut Diagnostics, rules: &Rules) {
    let mut constants = Taken::new("constant");
    let names = rules.constants.names().chain(rules.tables.names()).chain(rules.calendars.names());
    for name in names {
        constants.take(diagnostics, name, constant_name(&name.value));
    }
}

fn check_functions(diagnostics: &mut Diagnostics, rules: &Rules) {
    let mut functions = Taken::new("function");
    for (name, item) in rules.checklists.iter() {
        functions.take(diagnostics, name, field_name(&name.value));
        check_takes(diagnostics, &item.takes);
    }
    for (name, item) in rules.formulas.iter() {
        functions.take(diagnostics, name, field_name(&name.value));
        check_takes(diagnostics, &item.takes);
    }
    for (name, item) in rules.identities.iter() {
        functions.take(diagnostics, name, field_name(&name.value));
        check_takes(diagnostics, &item.takes);
    }
    for name in rules.decisions.names() {
        functions.take(diagnostics, name, field_name(&name.value));
    }
}

fn check_takes(diagnostics: &mut Diagnostics, takes: &[Quantity]) {
    let takes = takes.iter().map(|quantity| &quantity.name);
    check_parts(diagnostics, "quantity", takes, field_name);
}

/// Each example becomes a test, named after its function.
fn check_tests(diagnostics: &mut Diagnostics, rules: &Rules) {
    let functions = rules.functions();
    let mut tests = Taken::new("test");
    for (function, examples) in &functions {
        for example in examples.iter() {
            let name = format!("{function}_{}", example.name);
            let test = field_name(&name);
            if functions.iter().any(|(other, _)| field_name(&other.value) == test) {
                let message = format_args!("the test `{test}` has the name of a function");
                diagnostics
                    .error(example.name.span, "name-clash", message)
                    .help("rename the example");
            } else {
                tests.take_at(diagnostics, &name, example.name.span, test);
            }
        }
    }
}

/// All that becomes a type, beside those of the domain's fields.
fn check_types(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>, rules: &Rules) {
    let file = scope.domain.file;
    let mut types = Taken::new("type");
    let outside = file.types.names().chain(file.enums.names()).chain(file.callbacks.names());
    let inside = rules.lists.names().chain(rules.records.names());
    for name in outside.chain(inside) {
        types.take(diagnostics, name, type_name(&name.value));
    }
    for (_, table) in rules.tables.iter() {
        let row = &table.row.value.0;
        types.take_at(diagnostics, row, table.row.span, type_name(row));
    }
    for error_enum in scope.model.error_enums(scope.domain) {
        types.take(diagnostics, error_enum.item, error_enum.name.to_owned());
    }
    for name in rules.lists.names().chain(rules.records.names()) {
        let is_unit = scope.model.shared.units.contains(name.as_str());
        if is_unit || name.value == "text" || QUANTITY_WORDS.contains(&name.as_str()) {
            diagnostics
                .error(
                    name.span,
                    "bad-name",
                    format_args!("no list or record can be named `{name}`"),
                )
                .help("that is a type already; names of lists and records begin with a capital");
        }
    }
    for object in scope.objects() {
        if object.name != type_name(&object.item.value) {
            types.take_at(diagnostics, &object.wire, object.span, object.name.clone());
        }
    }
    for (name, _) in rules.checklists.iter() {
        let facts = type_name(&name.value);
        types.take(diagnostics, name, format!("{facts}Requirement"));
        types.take(diagnostics, name, facts);
    }
    for (name, _) in rules.decisions.iter() {
        types.take(diagnostics, name, format!("{}Outcome", type_name(&name.value)));
    }
    let formulas = rules.formulas.iter().map(|(name, item)| (name, item.takes.len()));
    let identities = rules.identities.iter().map(|(name, item)| (name, item.takes.len()));
    let decisions = rules.decisions.iter().map(|(name, item)| (name, item.takes.len()));
    let several = formulas.chain(identities).chain(decisions).filter(|(_, takes)| *takes != 1);
    for (name, _) in several {
        types.take(diagnostics, name, type_name(&name.value));
    }
}

fn check_parts<'n>(
    diagnostics: &mut Diagnostics,
    kind: &'static str,
    names: impl Iterator<Item = &'n Located<Name>>,
    identifier: fn(&str) -> String,
) {
    let mut taken = Taken::new(kind);
    for name in names {
        let text = &name.value.0;
        let is_taken = match kind {
            "quantity" => matches!(identifier(text).as_str(), "of" | "row"),
            "field" => identifier(text) == "check_bounds",
            _ => false,
        };
        if is_taken {
            diagnostics
                .error(name.span, "bad-name", format_args!("no {kind} can be named `{text}`"))
                .help("the generated code uses that name");
        }
        taken.take_at(diagnostics, text, name.span, identifier(text));
    }
}
