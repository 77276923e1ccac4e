//! Callbacks of all domains → the enum of the events that come in each envelope.

use super::enums;
use crate::ir::{Callback, EventVariant, Events, Module, Path, Type};
use crate::names::{constant_name, type_name};
use crate::symbols::Symbols;

pub(super) fn lower_events(symbols: &Symbols<'_>, modules: &[Module]) -> Vec<Events> {
    let envelopes = symbols.callback_envelopes.names();
    let mut events: Vec<Events> = envelopes.map(|name| lower_envelope(name, modules)).collect();
    events.retain(|events| !events.variants.is_empty());
    events.sort_by(|a, b| a.name.cmp(&b.name));
    events
}

fn lower_envelope(name: &str, modules: &[Module]) -> Events {
    let envelope = constant_name(name);
    let mut variants = Vec::new();
    for module in modules {
        let callbacks = module.callbacks.iter().filter(|callback| callback.envelope == envelope);
        variants.extend(callbacks.map(|callback| lower_variant(module, callback)));
    }
    variants.sort_by(|a, b| a.name.cmp(&b.name));
    let unknown = enums::unknown(variants.iter().map(|variant| variant.name.as_str()));
    Events { name: type_name(name) + "Event", envelope, variants, unknown }
}

fn lower_variant(module: &Module, callback: &Callback) -> EventVariant {
    EventVariant {
        name: callback.name.clone(),
        module: module.name.clone(),
        title: callback.title.clone(),
        content: qualify(&callback.content, &module.name),
    }
}

/// The type as another module names it.
fn qualify(ty: &Type, module: &str) -> Type {
    let inner = |ty: &Type| Box::new(qualify(ty, module));
    match ty {
        Type::Named(Path { module: None, name }) => {
            Type::Named(Path { module: Some(module.to_owned()), name: name.clone() })
        }
        Type::List(of) => Type::List(inner(of)),
        Type::Map(of) => Type::Map(inner(of)),
        Type::JsonText(of) => Type::JsonText(inner(of)),
        other => other.clone(),
    }
}
