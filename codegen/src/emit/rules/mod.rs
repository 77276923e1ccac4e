//! What documents say beside tables of fields: constants, enums, structs and functions.

mod value;
mod lists;
mod quantities;
mod expr;
mod functions;
mod decisions;
mod examples;

use proc_macro2::TokenStream;

use crate::ir::Rules;

pub(super) fn emit_rules(rules: &Rules) -> Vec<TokenStream> {
    let mut items: Vec<TokenStream> = Vec::new();
    items.extend(rules.constants.iter().map(lists::emit_constant));
    items.extend(rules.calendars.iter().map(lists::emit_calendar));
    items.extend(rules.lists.iter().flat_map(lists::emit_list));
    items.extend(rules.tables.iter().flat_map(lists::emit_table));
    items.extend(rules.records.iter().flat_map(quantities::emit_record));
    items.extend(rules.checklists.iter().flat_map(functions::emit_checklist));
    items.extend(rules.formulas.iter().flat_map(functions::emit_formula));
    items.extend(rules.identities.iter().flat_map(functions::emit_identity));
    items.extend(rules.decisions.iter().flat_map(decisions::emit_decision));
    items.extend(examples::emit_examples(rules));
    items
}
