//! `spec` → `ir`. The spec has been checked, so nothing here fails.

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
mod leniency;

use crate::ir::{Client, Module, Struct};
use crate::outline;
use crate::symbols::{Domain, Symbols};

pub(crate) fn lower(symbols: &Symbols<'_>) -> Client {
    let modules = symbols.domains.iter().map(|(name, domain)| {
        let scope = Scope { domain: name, symbols };
        lower_module(&scope, domain)
    });
    let mut modules: Vec<Module> = modules.collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    uses::mark_directions(&mut modules);
    leniency::excuse_missing(&mut modules);
    let events = events::lower_events(symbols, &modules);
    Client { platform: platform::lower_platform(symbols, events), modules }
}

/// The domain that a name is looked up from.
struct Scope<'a> {
    domain: &'a str,
    symbols: &'a Symbols<'a>,
}

fn lower_module(scope: &Scope<'_>, domain: &Domain<'_>) -> Module {
    let file = domain.file;
    let mut module = Module {
        name: crate::names::field_name(scope.domain),
        doc: docs::lower_text(file.doc.as_ref()),
        uses: Vec::new(),
        texts: objects::lower_texts(domain),
        enums: enums::lower_enums(domain),
        structs: lower_structs(scope, domain),
        errors: errors::lower_errors(scope, file),
        endpoints: items::lower_endpoints(scope, file),
        callbacks: items::lower_callbacks(scope, file),
        js_apis: items::lower_js_apis(scope, file),
        rules: rules::lower_rules(scope, file),
    };
    module.uses = uses::other_modules(&module);
    module
}

fn lower_structs(scope: &Scope<'_>, domain: &Domain<'_>) -> Vec<Struct> {
    let objects = outline::objects(domain.file);
    let structs = objects.iter().map(|object| objects::lower_object(scope, object));
    let mut structs: Vec<Struct> = structs.collect();
    structs.sort_by(|a, b| a.name.cmp(&b.name));
    structs
}
