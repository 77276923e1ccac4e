//! Checklists, formulas and identities.

use crate::diagnostic::Diagnostics;
use crate::model::Resolved;
use crate::model::rules::{Checklist, Example, Formula, Identity, Quantity, Requirement};
use crate::source::{List, Located};
use crate::spec::rules as spec;

use super::quantities::{resolve_quantities, resolve_result};
use super::{Book, resolve_expression, resolve_requires, values};

pub(super) fn resolve_checklists<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
) -> Vec<Checklist<'a>> {
    let checklists = book.spec.checklists.iter().map(|(name, spec)| {
        let takes = resolve_quantities(diagnostics, book, &spec.takes);
        let names = book.names(&takes);
        let requirements = spec.requirements.iter().map(|spec| {
            let needs = resolve_expression(diagnostics, &names, &spec.needs);
            Requirement { spec, needs }
        });
        let requirements = requirements.collect();
        let gives = |diagnostics: &mut Diagnostics, given: &'a Located<spec::Given>| {
            values::resolve_unmet(diagnostics, &spec.requirements, given)
        };
        let examples = resolve_examples(diagnostics, book, &takes, &spec.examples, gives);
        Checklist { name, spec, takes, requirements, examples }
    });
    checklists.collect()
}

pub(super) fn resolve_formulas<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
) -> Vec<Formula<'a>> {
    let formulas = book.spec.formulas.iter().map(|(name, spec)| {
        let takes = resolve_quantities(diagnostics, book, &spec.takes);
        let gives = resolve_result(diagnostics, book, name, &spec.gives);
        let names = book.names(&takes);
        let is = resolve_expression(diagnostics, &names, &spec.is);
        let requires = resolve_requires(diagnostics, &names, &spec.requires);
        let value = |diagnostics: &mut Diagnostics, given: &'a Located<spec::Given>| {
            Ok(values::resolve_value(diagnostics, book, &gives, given))
        };
        let examples = resolve_examples(diagnostics, book, &takes, &spec.examples, value);
        Formula { name, spec, takes, requires, gives, is, examples }
    });
    formulas.collect()
}

pub(super) fn resolve_identities<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
) -> Vec<Identity<'a>> {
    let identities = book.spec.identities.iter().map(|(name, spec)| {
        let takes = resolve_quantities(diagnostics, book, &spec.takes);
        let names = book.names(&takes);
        let left = resolve_expression(diagnostics, &names, &spec.left);
        let right = resolve_expression(diagnostics, &names, &spec.right);
        let requires = resolve_requires(diagnostics, &names, &spec.requires);
        let gap = |diagnostics: &mut Diagnostics, given: &'a Located<spec::Given>| {
            values::resolve_number(diagnostics, given, None)
        };
        let examples = resolve_examples(diagnostics, book, &takes, &spec.examples, gap);
        Identity { name, spec, takes, requires, left, right, examples }
    });
    identities.collect()
}

/// `gives` reads what comes out.
pub(super) fn resolve_examples<'a, T>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    takes: &[Quantity<'a>],
    examples: &'a List<spec::Example>,
    gives: impl Fn(&mut Diagnostics, &'a Located<spec::Given>) -> Resolved<T>,
) -> Vec<Example<'a, T>> {
    let examples = examples.iter().map(|spec| {
        let given = values::resolve_fields(diagnostics, book, takes, &spec.given);
        Example { spec, given, gives: gives(diagnostics, &spec.gives) }
    });
    examples.collect()
}
