//! Refuses what cannot be meant.

use std::collections::HashMap;

use syn::{Data, Ident};

use super::attr::Literal;
use super::model::{Documented, Enum, Kind};
use crate::errors::Errors;
use crate::variants::{check_payload, check_unit};

pub(super) fn check(model: &Enum<'_>, errors: &mut Errors) {
    for documented in &model.documented {
        check_unit(documented.variant, &format!("Unknown({})", model.kind.payload()), errors);
        check_kinds(documented, model.kind, errors);
    }
    check_values(model, errors);
    check_default(model, errors);
    check_unknown(model, errors);
}

fn check_kinds(documented: &Documented<'_>, kind: Kind, errors: &mut Errors) {
    for value in documented.values().filter(|value| value.kind() != kind) {
        let message = match kind {
            Kind::Text => {
                "the values of one enum are of one kind, and the first is text: write this one in quotes"
            }
            Kind::Int => {
                "the values of one enum are of one kind, and the first is a whole number: write this one so"
            }
        };
        errors.at(value, message);
    }
}

/// A value read as two variants would be read as the first of them, always.
fn check_values(model: &Enum<'_>, errors: &mut Errors) {
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    for documented in &model.documented {
        for value in documented.values() {
            if let Some(first) = seen.insert(value.written(), &documented.variant.ident) {
                let value_of = value.written();
                errors.at(value, format_args!("{value_of} is a value of `{first}` already"));
            }
        }
    }
}

fn check_default(model: &Enum<'_>, errors: &mut Errors) {
    let mut defaults = model.documented.iter().filter_map(|documented| documented.default.as_ref());
    defaults.next();
    for second in defaults {
        errors.at(second, "an enum has one default, leave one out");
    }
}

fn check_unknown(model: &Enum<'_>, errors: &mut Errors) {
    let payload = model.kind.payload();
    for variant in &model.unknown {
        check_payload(variant, &[payload], errors);
    }
    for second in model.unknown.iter().skip(1) {
        errors.at(&second.ident, "one variant keeps unknown values, leave one out");
    }
    let is_enum = matches!(model.node.data, Data::Enum(_));
    if model.unknown.is_empty() && model.unclear.is_empty() && is_enum {
        let message = format!(
            "no variant keeps undocumented values, add `#[wire(unknown)] Unknown({payload})`"
        );
        errors.at(&model.node.ident, message);
    }
}

impl Documented<'_> {
    fn values(&self) -> impl Iterator<Item = &Literal> {
        std::iter::once(&self.value).chain(&self.aliases)
    }
}

impl Literal {
    /// As it would be written without escapes, underscores and the like.
    fn written(&self) -> String {
        match self {
            Literal::Text(text) => format!("{:?}", text.value()),
            Literal::Int(int) => int.value.to_string(),
        }
    }
}
