//! Callbacks of all domains → the enum of the events that come in each envelope.

use super::{Scope, enums, lower_type};
use crate::ir::{EventVariant, Events};
use crate::model::{Callback, Domain, Model, sound};
use crate::names::{constant_name, field_name, type_name};

pub(super) fn lower_events(model: &Model<'_>) -> Vec<Events> {
    let envelopes = model.shared.callback_envelopes.names();
    let mut events: Vec<Events> = envelopes.map(|name| lower_envelope(model, name)).collect();
    events.retain(|events| !events.variants.is_empty());
    events.sort_by(|a, b| a.name.cmp(&b.name));
    events
}

fn lower_envelope(model: &Model<'_>, name: &str) -> Events {
    let mut variants = Vec::new();
    for domain in &model.domains {
        let callbacks = domain.callbacks.iter();
        let callbacks = callbacks.filter(|item| sound(&item.envelope).name.value == name);
        variants.extend(callbacks.map(|item| lower_variant(model, domain, item)));
    }
    variants.sort_by(|a, b| a.name.cmp(&b.name));
    let unknown = enums::unknown(variants.iter().map(|variant| variant.name.as_str()));
    Events { name: type_name(name) + "Event", envelope: constant_name(name), variants, unknown }
}

fn lower_variant(model: &Model<'_>, domain: &Domain<'_>, callback: &Callback<'_>) -> EventVariant {
    // All names have their module.
    let scope = Scope { domain: "", model };
    EventVariant {
        name: type_name(&callback.name.value),
        module: field_name(domain.name),
        title: callback.spec.title.value.clone(),
        content: lower_type(&scope, &callback.content.ty),
    }
}
