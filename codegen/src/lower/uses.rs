//! Which structs are written and which read, and which domains name which.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Module, Path, Role, Struct, Type};

/// Other domains whose items a module names, sorted.
pub(super) fn other_modules(module: &Module) -> Vec<String> {
    let fields = module.structs.iter().flat_map(|item| &item.fields).map(|field| &field.ty);
    let types = fields.chain(answers(module));
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
        Type::List(inner) | Type::Map(inner) | Type::JsonText(inner) => named(inner),
        _ => None,
    }
}

/// Module and name of a struct.
type Key = (String, String);

/// Marks each struct as written, read, or both; one that nothing names may be either.
pub(super) fn mark_directions(modules: &mut [Module]) {
    let inside = inside(modules);
    let written = reach(&inside, written_roots(modules));
    let read = reach(&inside, read_roots(modules));
    for module in modules {
        for item in &mut module.structs {
            let key = (module.name.clone(), item.name.clone());
            let unused = !written.contains(&key) && !read.contains(&key);
            item.written = written.contains(&key) || unused;
            item.read = read.contains(&key) || unused;
        }
    }
}

/// Struct → what its fields name.
fn inside(modules: &[Module]) -> BTreeMap<Key, Vec<Key>> {
    let structs = modules.iter().flat_map(|module| {
        module.structs.iter().map(|item| {
            let key = (module.name.clone(), item.name.clone());
            let named = item.fields.iter().filter_map(|field| named(&field.ty));
            (key, named.map(|path| key_of(&module.name, path)).collect())
        })
    });
    structs.collect()
}

fn key_of(module: &str, path: &Path) -> Key {
    (path.module.clone().unwrap_or_else(|| module.to_owned()), path.name.clone())
}

fn written_roots(modules: &[Module]) -> Vec<Key> {
    let is_root = |item: &&Struct| !matches!(item.role, Role::Plain);
    let roots = modules.iter().flat_map(|module| {
        let structs = module.structs.iter().filter(is_root);
        structs.map(|item| (module.name.clone(), item.name.clone()))
    });
    let answers = modules.iter().flat_map(|module| {
        let answers = module.callbacks.iter().filter_map(|callback| callback.answer.as_ref());
        answers.map(|name| (module.name.clone(), name.clone()))
    });
    roots.chain(answers).collect()
}

fn read_roots(modules: &[Module]) -> Vec<Key> {
    let roots = modules.iter().flat_map(|module| {
        let answers = answers(module).filter_map(named);
        let answers = answers.map(|path| key_of(&module.name, path));
        let payloads = module.js_apis.iter().flat_map(|api| api.success.iter().chain(&api.fail));
        answers.chain(payloads.map(|name| (module.name.clone(), name.clone())))
    });
    roots.collect()
}

fn reach(inside: &BTreeMap<Key, Vec<Key>>, mut open: Vec<Key>) -> BTreeSet<Key> {
    let mut reached = BTreeSet::new();
    while let Some(key) = open.pop() {
        if reached.insert(key.clone()) {
            open.extend(inside.get(&key).into_iter().flatten().cloned());
        }
    }
    reached
}
