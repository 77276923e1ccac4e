//! A former name becomes an alias, so nothing else has it.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::model::{Model, Object};
use crate::names::{field_name, former_name, type_name};
use crate::source::{Located, Name, Span};
use crate::spec::rules::Rules;

use super::Scope;
use super::names::Taken;

/// Fields, values and errors; types are checked with their names.
pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    for object in scope.objects() {
        check_fields(diagnostics, object);
    }
    for item in &scope.domain.enums {
        let values = item.values.iter().map(|value| value.spec);
        let variants = values.map(|value| (type_name(&value.label()), value.formerly.as_slice()));
        check_variants(diagnostics, variants.collect());
    }
    for table in &scope.domain.errors {
        let rows = table.spec.rows.iter();
        let variants = rows.map(|row| (type_name(&row.name.value.0), row.formerly.as_slice()));
        check_variants(diagnostics, variants.collect());
    }
}

/// `types`: what is in the domain's module.
pub(super) fn check_types(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>, types: &Taken) {
    let rules = scope.domain.file.rules.as_ref();
    let is_taken = |alias: &str| {
        let is_rule = || rules.is_some_and(|rules| rule_types(rules).any(|name| name == alias));
        (types.holds(alias) || is_rule()).then_some("type")
    };
    let mut former = Former::new("type");
    for renamed in scope.domain.renamed() {
        let now = scope.model.types_of(scope.domain, renamed.item);
        let own = type_name(&renamed.item.value);
        for name in renamed.formerly {
            let aliases = now.iter();
            let aliases =
                aliases.filter_map(|it| former_name(it, &renamed.item.value, &name.value.0));
            let is_now = type_name(&name.value.0) == own;
            former.take(diagnostics, name, aliases.collect(), is_now, is_taken);
        }
    }
}

/// Names of types that rules can become.
fn rule_types(rules: &Rules) -> impl Iterator<Item = String> {
    let rows = rules.tables.iter().map(|(_, table)| type_name(&table.row.value.0));
    let checklists = rules.checklists.names();
    let checklists =
        checklists.flat_map(|name| ["", "Requirement"].map(|end| type_name(&name.value) + end));
    let decisions = rules.decisions.names();
    let decisions =
        decisions.flat_map(|name| ["", "Outcome"].map(|end| type_name(&name.value) + end));
    let others = rules.lists.names().chain(rules.records.names());
    let others = others.chain(rules.formulas.names()).chain(rules.identities.names());
    others.map(|name| type_name(&name.value)).chain(rows).chain(checklists).chain(decisions)
}

/// `modules`: those of all domains.
pub(super) fn check_domains(diagnostics: &mut Diagnostics, model: &Model<'_>, modules: &Taken) {
    let mut former = Former::new("domain");
    for domain in &model.domains {
        for name in &domain.file.formerly {
            let alias = field_name(&name.value.0);
            let is_now = alias == field_name(domain.name);
            let is_taken = |alias: &str| {
                let is_ours = matches!(alias, "platform" | "mod_");
                (is_ours || modules.holds(alias)).then_some("module")
            };
            former.take(diagnostics, name, vec![alias], is_now, is_taken);
        }
    }
}

/// A field's former name becomes methods.
fn check_fields(diagnostics: &mut Diagnostics, object: &Object<'_>) {
    let is_taken = |alias: &str| {
        let has = |name: &str| object.fields.iter().any(|field| field.rust == name);
        let is_method = alias == "new" || alias.strip_prefix("with_").is_some_and(has);
        has(alias).then_some("field").or(is_method.then_some("method"))
    };
    let mut former = Former::new("field");
    for field in &object.fields {
        for name in &field.spec.formerly {
            let alias = field_name(&name.value.0);
            let is_now = alias == field.rust;
            former.take(diagnostics, name, vec![alias], is_now, is_taken);
        }
    }
}

fn check_variants(diagnostics: &mut Diagnostics, variants: Vec<(String, &[Located<Name>])>) {
    let is_taken =
        |alias: &str| variants.iter().any(|(variant, _)| variant == alias).then_some("variant");
    let mut former = Former::new("variant");
    for (variant, names) in &variants {
        for name in *names {
            let alias = type_name(&name.value.0);
            let is_now = alias == *variant;
            former.take(diagnostics, name, vec![alias], is_now, is_taken);
        }
    }
}

/// The former names of one scope.
struct Former {
    kind: &'static str,
    by: BTreeMap<String, Span>,
}

impl Former {
    fn new(kind: &'static str) -> Former {
        Former { kind, by: BTreeMap::new() }
    }

    /// Takes the identifiers that a former name becomes. `is_now`: it is not a former name at all; `is_taken` says what has the
    /// name of an alias.
    fn take(
        &mut self,
        diagnostics: &mut Diagnostics,
        name: &Located<Name>,
        aliases: Vec<String>,
        is_now: bool,
        is_taken: impl Fn(&str) -> Option<&'static str>,
    ) {
        let kind = self.kind;
        let taken = aliases.iter().find_map(|alias| Some((is_taken(alias)?, alias)));
        let earlier = aliases.iter().find_map(|alias| self.by.get(alias));
        let (message, help) = match (taken, earlier) {
            _ if is_now => (
                format!("`{name}` is the present name of the {kind}"),
                "remove it from `formerly`".to_owned(),
            ),
            (Some((kind, taken)), _) => (
                format!("the former name `{name}` is still in use: there is a {kind} `{taken}`"),
                "remove it from `formerly`, or rename the other".to_owned(),
            ),
            (None, Some(earlier)) => (
                format!("the former name `{name}` is given twice"),
                format!("the other is at {}; remove one of them", diagnostics.place(*earlier)),
            ),
            (None, None) => {
                self.by.extend(aliases.into_iter().map(|alias| (alias, name.span)));
                return;
            }
        };
        diagnostics.error(name.span, "bad-former-name", message).help(help);
    }
}
