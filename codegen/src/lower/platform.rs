//! What the domains share.

use super::docs::lower_provenance;
use super::{events, schemes};
use crate::ir;
use crate::model::schemes::CallbackEnvelope;
use crate::model::{Model, Shared, sound};
use crate::names::constant_name;
use crate::source::Located;

pub(super) fn lower_platform(model: &Model<'_>) -> ir::Platform {
    let shared = &model.shared;
    ir::Platform {
        sources: lower_sources(shared),
        hosts: lower_hosts(shared),
        auths: lower_auths(shared),
        envelopes: lower_envelopes(shared),
        callback_envelopes: lower_callback_envelopes(model),
        events: events::lower_events(model),
        schemes: schemes::lower_schemes(model),
        ciphers: schemes::lower_ciphers(shared),
        callback_schemes: schemes::lower_callback_schemes(model),
        settings: lower_settings(shared),
        levels: lower_levels(shared),
    }
}

fn lower_sources(shared: &Shared<'_>) -> Vec<ir::Source> {
    let sources = shared.sources.iter().map(|(name, source)| ir::Source {
        wire: name.value.clone(),
        title: source.title.value.clone(),
        url: value(&source.url),
        trust: source.trust.value,
        note: value(&source.note),
    });
    sources.collect()
}

fn lower_hosts(shared: &Shared<'_>) -> Vec<ir::Host> {
    let hosts = shared.hosts.iter().map(|(name, host)| ir::Host {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&host.provenance),
        production: host.production.value.clone(),
        sandbox: value(&host.sandbox),
        development: value(&host.development),
    });
    hosts.collect()
}

fn lower_auths(shared: &Shared<'_>) -> Vec<ir::Auth> {
    let auths = shared.auth.iter().map(|(name, auth)| ir::Auth {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&auth.provenance),
        header: auth.header.value.clone(),
        lifetime: value(&auth.lifetime),
        overlap: value(&auth.overlap),
        refused: auth.refused.iter().map(|code| code.value.clone()).collect(),
    });
    auths.collect()
}

fn lower_envelopes(shared: &Shared<'_>) -> Vec<ir::Envelope> {
    let envelopes = shared.envelopes.iter().map(|(name, envelope)| {
        let key = |key: &Located<String>| key.value.clone();
        ir::Envelope {
            name: constant_name(&name.value),
            wire: name.value.clone(),
            doc: lower_provenance(&envelope.provenance),
            code: envelope.code.iter().map(key).collect(),
            success: value(&envelope.success),
            message: envelope.message.iter().map(key).collect(),
            log_id: envelope.log_id.as_ref().map(key),
            data: envelope.data.as_ref().map(key),
        }
    });
    envelopes.collect()
}

fn lower_callback_envelopes(model: &Model<'_>) -> Vec<ir::CallbackEnvelope> {
    let envelopes = model.callback_envelopes.iter();
    let envelopes = envelopes.map(|CallbackEnvelope { name, spec, scheme }| ir::CallbackEnvelope {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&spec.provenance),
        event: spec.event.value.clone(),
        version: value(&spec.version),
        content: spec.content.value.clone(),
        answer: value(&spec.answer),
        scheme: scheme.as_ref().map(|scheme| constant_name(&sound(scheme).name.value)),
    });
    envelopes.collect()
}

fn lower_settings(shared: &Shared<'_>) -> Vec<ir::Setting> {
    let settings = shared.settings.iter().map(|(name, setting)| ir::Setting {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&setting.provenance),
        ty: setting.ty.value,
    });
    settings.collect()
}

fn lower_levels(shared: &Shared<'_>) -> Vec<ir::Levels> {
    let levels = shared.levels.iter().map(|(name, levels)| ir::Levels {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&levels.provenance),
        unit: levels.unit.value,
        values: levels.values.iter().map(|value| value.value).collect(),
    });
    levels.collect()
}

fn value<T: Clone>(located: &Option<Located<T>>) -> Option<T> {
    located.as_ref().map(|located| located.value.clone())
}
