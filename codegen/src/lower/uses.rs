//! Which domains name which.

use std::collections::BTreeSet;

use crate::ir::{Module, Path, Type};

/// Other domains whose items a module names, sorted.
pub(super) fn other_modules(module: &Module) -> Vec<String> {
    let fields = module.structs.iter().flat_map(|item| &item.fields).map(|field| &field.ty);
    let variants = module.unions.iter().flat_map(|item| &item.variants);
    let contents = variants.filter_map(|variant| Some(&variant.content.as_ref()?.ty));
    let types = fields.chain(contents).chain(answers(module));
    let errors = module.endpoints.iter().filter_map(|endpoint| endpoint.error.as_ref());
    let errors = errors.chain(module.js_apis.iter().filter_map(|api| api.error.as_ref()));
    let decisions = module.rules.decisions.iter().filter_map(|decision| decision.error.as_ref());
    let paths = types.filter_map(named).chain(errors).chain(decisions);
    let others: BTreeSet<String> = paths.filter_map(|path| path.module.clone()).collect();
    others.into_iter().collect()
}

/// What a module reads: responses and contents of callbacks.
fn answers(module: &Module) -> impl Iterator<Item = &Type> {
    let responses = module.endpoints.iter().filter_map(|endpoint| endpoint.response.as_ref());
    responses.chain(module.callbacks.iter().map(|callback| &callback.content))
}

/// The item that a type names, however deep inside.
fn named(ty: &Type) -> Option<&Path> {
    match ty {
        Type::Named(path) => Some(path),
        Type::List(of) | Type::Map(of) | Type::JsonText(of) => named(of),
        Type::Boxed(of) | Type::Nullable(of) => named(of),
        _ => None,
    }
}
