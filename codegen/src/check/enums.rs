//! Values of an enum are of its kind, different, and have names.

use crate::diagnostic::Diagnostics;
use crate::model::Domain;
use crate::names::{is_identifier, type_name};
use crate::source::{Located, Scalar};
use crate::spec::{Enum, EnumKind, Gap, Value};

use super::names::Taken;

pub(super) fn check(diagnostics: &mut Diagnostics, domain: &Domain<'_>) {
    for (name, item) in domain.enums.iter().map(|item| (item.name, item.spec)) {
        check_has_values(diagnostics, name, item);
        check_kinds(diagnostics, item);
        check_different(diagnostics, item);
        check_one_default(diagnostics, item);
        check_variants(diagnostics, item);
    }
}

fn check_has_values(diagnostics: &mut Diagnostics, name: &Located<String>, item: &Enum) {
    let unknown = item.provenance.unknown.iter().any(|gap| gap.value == Gap::Values);
    if item.values.is_empty() && item.values.whole && !unknown {
        diagnostics
            .error(name.span, "empty-enum", format_args!("`{name}` has no values"))
            .help("add `values`, or `unknown: [values]` if no source gives them");
    }
}

fn spellings(value: &Value) -> impl Iterator<Item = &Located<Scalar>> {
    std::iter::once(&value.value).chain(&value.aliases)
}

fn check_kinds(diagnostics: &mut Diagnostics, item: &Enum) {
    let spellings = item.values.iter().flat_map(spellings);
    for spelling in spellings.filter(|spelling| !fits(item, &spelling.value)) {
        let help = match item.ty.value {
            EnumKind::String => format!("write it in quotes: \"{}\"", spelling.value),
            EnumKind::Int => "write a whole number, or `type: string`".to_owned(),
        };
        let message = format_args!("{spelling} is not of the type `{}`", item.ty.value.word());
        diagnostics.error(spelling.span, "bad-value", message).help(help);
    }
}

fn fits(item: &Enum, value: &Scalar) -> bool {
    matches!(
        (item.ty.value, value),
        (EnumKind::Int, Scalar::Int(_)) | (EnumKind::String, Scalar::String(_))
    )
}

fn check_different(diagnostics: &mut Diagnostics, item: &Enum) {
    let all: Vec<&Located<Scalar>> = item.values.iter().flat_map(spellings).collect();
    for (index, spelling) in all.iter().enumerate() {
        if let Some(first) = all[..index].iter().find(|first| first.value == spelling.value) {
            let first = diagnostics.place(first.span);
            diagnostics
                .error(spelling.span, "duplicate-value", format_args!("{spelling} is given twice"))
                .help(format_args!("the first is at {first}"));
        }
    }
}

fn check_one_default(diagnostics: &mut Diagnostics, item: &Enum) {
    let defaults = item.values.iter().filter_map(|value| value.default.as_ref());
    for second in defaults.filter(|default| default.value).skip(1) {
        diagnostics
            .error(second.span, "contradiction", "a second default")
            .help("one value at most is the default");
    }
}

/// Names made from values; those that are given are checked with the other names.
fn check_variants(diagnostics: &mut Diagnostics, item: &Enum) {
    let mut taken = Taken::new("variant").advise("add `name: …` to one of them");
    for (index, value) in item.values.iter().enumerate() {
        let same = |earlier: &Value| earlier.value.value == value.value.value;
        if !fits(item, &value.value.value) || item.values[..index].iter().any(same) {
            // Reported as a value.
            continue;
        }
        match (&value.name, &value.value.value) {
            (Some(name), _) => {
                taken.take_at(diagnostics, &name.value.0, name.span, type_name(&name.value.0));
            }
            (None, Scalar::String(text)) if is_variant(&type_name(text)) => {
                taken.take_at(diagnostics, text, value.value.span, type_name(text));
            }
            (None, _) => {
                let message = format_args!("{} cannot be made into a name", value.value);
                diagnostics
                    .error(value.value.span, "missing-key", message)
                    .help("add `name: …` beside the value");
            }
        }
    }
}

/// Whether a name made from a value is one that a person would give.
fn is_variant(name: &str) -> bool {
    is_identifier(name) && !name.starts_with('_')
}
