//! `model` → `ir`. The spec has been checked, so nothing here fails.

mod docs;
mod platform;
mod shapes;
mod objects;
mod enums;
mod errors;
mod items;
mod events;
mod rules;
mod uses;

use crate::ir::{Client, Module, Struct};
use crate::model::{Domain, Model};

pub(crate) fn lower(model: &Model<'_>) -> Client {
    let modules = model.domains.iter().map(|domain| {
        let scope = Scope { domain: domain.name, model };
        lower_module(&scope, domain)
    });
    let mut modules: Vec<Module> = modules.collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    Client { platform: platform::lower_platform(model), modules }
}

/// The domain that names are seen from.
struct Scope<'m, 'a> {
    domain: &'a str,
    model: &'m Model<'a>,
}

fn lower_module(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Module {
    let mut module = Module {
        name: crate::names::field_name(scope.domain),
        doc: docs::lower_text(domain.file.doc.as_ref()),
        uses: Vec::new(),
        texts: objects::lower_texts(scope, domain),
        enums: enums::lower_enums(domain),
        structs: lower_structs(scope, domain),
        errors: errors::lower_errors(scope, domain),
        endpoints: items::lower_endpoints(scope, domain),
        callbacks: items::lower_callbacks(scope, domain),
        js_apis: items::lower_js_apis(scope, domain),
        rules: rules::lower_rules(scope, domain),
    };
    module.uses = uses::other_modules(&module);
    module
}

fn lower_structs(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Vec<Struct> {
    let structs = domain.objects.iter().map(|id| objects::lower_object(scope, *id));
    let mut structs: Vec<Struct> = structs.collect();
    structs.sort_by(|a, b| a.name.cmp(&b.name));
    structs
}
