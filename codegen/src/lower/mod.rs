//! `model` → `ir`. The spec has been checked, so nothing here fails.

mod docs;
mod platform;
mod money;
mod schemes;
mod shapes;
mod objects;
mod unions;
mod enums;
mod errors;
mod items;
mod delivery;
mod lifecycle;
mod paging;
mod events;
mod rules;
mod uses;

use crate::ir::{Client, Endpoint, JsApi, Module, Struct};
use crate::model::{Domain, Model};

pub(crate) fn lower(model: &Model<'_>) -> Client {
    let modules = model.domains.iter().map(|domain| {
        let scope = Scope { domain: domain.name, model };
        lower_module(&scope, domain)
    });
    let mut modules: Vec<Module> = modules.collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    uses::mark_deprecated(&mut modules);
    Client { platform: platform::lower_platform(model, &modules), modules }
}

/// The domain that names are seen from.
struct Scope<'m, 'a> {
    domain: &'a str,
    model: &'m Model<'a>,
}

/// The calls of a module, which structs refer to by their places.
struct Calls<'c> {
    endpoints: &'c [Endpoint],
    js_apis: &'c [JsApi],
}

fn lower_module(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Module {
    let endpoints = items::lower_endpoints(scope, domain);
    let js_apis = items::lower_js_apis(scope, domain);
    let calls = Calls { endpoints: &endpoints, js_apis: &js_apis };
    let structs = lower_structs(scope, &calls, domain);
    let mut module = Module {
        name: crate::names::field_name(scope.domain),
        doc: docs::lower_text(domain.file.doc.as_ref()),
        lifecycle: lifecycle::lower_own(&domain.file.lifecycle),
        uses: Vec::new(),
        names_deprecated: false,
        texts: objects::lower_texts(scope, domain),
        enums: enums::lower_enums(scope, domain),
        structs,
        responses: items::lower_responses(scope, domain),
        unions: unions::lower_unions(scope, domain),
        errors: errors::lower_errors(scope, domain),
        endpoints,
        callbacks: items::lower_callbacks(scope, domain),
        js_apis,
        rules: rules::lower_rules(scope, domain),
    };
    module.uses = uses::other_modules(&module);
    module
}

fn lower_structs(scope: &Scope<'_, '_>, calls: &Calls<'_>, domain: &Domain<'_>) -> Vec<Struct> {
    let structs = domain.objects.iter().map(|id| objects::lower_object(scope, calls, *id));
    let mut structs: Vec<Struct> = structs.collect();
    structs.sort_by(|a, b| a.name.cmp(&b.name));
    structs
}
