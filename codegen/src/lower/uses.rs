//! Which domains name which.

use std::collections::BTreeSet;

use crate::ir::{Module, Type};

/// Other domains whose items a module names, sorted.
pub(super) fn other_modules(module: &Module) -> Vec<String> {
    let fields = module.structs.iter().flat_map(|item| &item.fields).map(|field| &field.ty);
    let variants = module.unions.iter().flat_map(|item| &item.variants);
    let contents = variants.filter_map(|variant| Some(&variant.content.as_ref()?.ty));
    let types = fields.chain(contents).chain(answers(module));
    let errors = module.endpoints.iter().filter_map(|endpoint| endpoint.error.as_ref());
    let errors = errors.chain(module.js_apis.iter().filter_map(|api| api.error.as_ref()));
    let decisions = module.rules.decisions.iter().filter_map(|decision| decision.error.as_ref());
    let paths = types.filter_map(Type::named).chain(errors).chain(decisions);
    let others: BTreeSet<String> = paths.filter_map(|path| path.module.clone()).collect();
    others.into_iter().collect()
}

/// What a module reads: responses and contents of callbacks.
fn answers(module: &Module) -> impl Iterator<Item = &Type> {
    let responses = module.endpoints.iter().filter_map(|endpoint| endpoint.response.as_ref());
    let items = module.endpoints.iter().filter_map(|endpoint| endpoint.paging.as_ref());
    let responses = responses.chain(items.map(|paging| &paging.item));
    let by_status = module.responses.iter().flat_map(|responses| &responses.variants);
    let responses = responses.chain(by_status.filter_map(|variant| variant.data.as_ref()));
    responses.chain(module.callbacks.iter().map(|callback| &callback.content))
}

/// Marks the modules that have something deprecated, and those that name such a module's items.
pub(super) fn mark_deprecated(modules: &mut [Module]) {
    let having = modules.iter().filter(|module| has_deprecated(module));
    let having: BTreeSet<String> = having.map(|module| module.name.clone()).collect();
    for module in modules {
        module.names_deprecated =
            having.contains(&module.name) || module.uses.iter().any(|used| having.contains(used));
    }
}

fn has_deprecated(module: &Module) -> bool {
    let texts = module.texts.iter().map(|text| &text.deprecated);
    let enums = module.enums.iter().map(|item| &item.deprecated);
    let variants = module.enums.iter().flat_map(|item| &item.variants);
    let variants = variants.map(|variant| &variant.deprecated);
    let structs = module.structs.iter().map(|item| &item.deprecated);
    let fields = module.structs.iter().flat_map(|item| &item.fields);
    let fields = fields.map(|field| &field.deprecated);
    let endpoints = module.endpoints.iter().map(|item| (&item.deprecated, &item.lifecycle));
    let callbacks = module.callbacks.iter().map(|item| (&item.deprecated, &item.lifecycle));
    let js_apis = module.js_apis.iter().map(|item| (&item.deprecated, &item.lifecycle));
    let mut parts = texts.chain(enums).chain(variants).chain(structs).chain(fields);
    let mut calls = endpoints.chain(callbacks).chain(js_apis);
    parts.any(Option::is_some)
        || calls.any(|(deprecated, life)| deprecated.is_some() || life.closing.is_some())
}

/// Whether the events of all domains name something deprecated.
pub(super) fn events_name_deprecated(modules: &[Module]) -> bool {
    modules.iter().any(|module| module.names_deprecated && !module.callbacks.is_empty())
}
