//! The rules that a well-formed spec must still obey. One module per subject, one function per rule.

mod provenance;
mod platform;
mod addresses;
mod money;
mod schemes;
mod callback_schemes;
mod names;
mod shapes;
mod levels;
mod presence;
mod essentials;
mod pattern;
mod cycles;
mod values;
mod defaults;
mod constants;
mod conditions;
mod ranges;
mod across;
mod groups;
mod rest;
mod unions;
mod enums;
mod errors;
mod codes;
mod choices;
mod endpoints;
mod paths;
mod bodies;
mod responses;
mod whole_bodies;
mod headers;
mod spellings;
mod token_places;
mod rates;
mod tokens;
mod paging;
mod callbacks;
mod delivery;
mod apis;
mod lifecycle;
mod rules;

use crate::diagnostic::Diagnostics;
use crate::model::{Domain, FieldUse, Model, Object};
use crate::source::Located;

pub(crate) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    provenance::check(diagnostics, model);
    for file in model.files {
        platform::check_file(diagnostics, file);
    }
    money::check(diagnostics, model.files, &model.money);
    schemes::check(diagnostics, model);
    callback_schemes::check(diagnostics, model);
    names::check_shared(diagnostics, model);
    endpoints::check_names(diagnostics, model);
    callbacks::check_events(diagnostics, model);
    cycles::check(diagnostics, model);
    essentials::check(diagnostics, model);
    for domain in &model.domains {
        check_domain(diagnostics, &Scope { model, domain });
    }
}

/// One domain and all that its names lead to.
struct Scope<'m, 'a> {
    model: &'m Model<'a>,
    domain: &'m Domain<'a>,
}

impl<'m, 'a> Scope<'m, 'a> {
    fn objects(&self) -> impl Iterator<Item = &'m Object<'a>> {
        self.domain.objects.iter().map(|id| &self.model[*id])
    }
}

fn check_domain(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    names::check(diagnostics, scope);
    shapes::check(diagnostics, scope);
    unions::check(diagnostics, scope);
    enums::check(diagnostics, scope.domain);
    errors::check(diagnostics, scope.domain);
    choices::check(diagnostics, scope.domain);
    endpoints::check(diagnostics, scope);
    callbacks::check(diagnostics, scope);
    apis::check(diagnostics, scope);
    lifecycle::check(diagnostics, scope);
    rules::check(diagnostics, scope);
    let model = scope.model;
    for object in scope.objects() {
        for field in &object.fields {
            defaults::check(diagnostics, model, field);
            constants::check(diagnostics, model, field);
            conditions::check(diagnostics, model, field);
            ranges::check(diagnostics, model, field);
            across::check(diagnostics, model, field);
        }
        groups::check(diagnostics, model, object);
        rest::check(diagnostics, object);
    }
}

/// Each field that a list names, once; a name that is given twice is reported.
fn each_once<'u, 'a>(
    diagnostics: &mut Diagnostics,
    uses: &'u [FieldUse<'a>],
    code: &'static str,
    help: &str,
) -> Vec<&'u FieldUse<'a>> {
    let mut once: Vec<&FieldUse<'a>> = Vec::new();
    for used in uses {
        let name = used.name;
        if once.iter().any(|earlier| earlier.name.value == name.value) {
            diagnostics.error(name.span, code, format_args!("`{name}` is given twice")).help(help);
        } else {
            once.push(used);
        }
    }
    once
}

/// A number of things or seconds, of which there is one at least.
fn check_positive(diagnostics: &mut Diagnostics, number: Option<&Located<i64>>, key: &str) {
    if let Some(number) = number.filter(|number| !(1..=i64::from(u32::MAX)).contains(&number.value))
    {
        let message = format_args!("`{key}` cannot be {number}");
        diagnostics
            .error(number.span, "bad-limit", message)
            .help(format_args!("it is from 1 to {}", u32::MAX));
    }
}
