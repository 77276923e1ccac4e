//! What the domains share.

use super::docs::lower_provenance;
use super::{events, money, schemes, uses};
use crate::ir;
use crate::model::schemes::CallbackEnvelope;
use crate::model::{Model, Shared, TimeZone, sound};
use crate::names::constant_name;
use crate::source::Located;
use crate::spec::{self, Auth, AuthScheme, CallbackBody, JsSupport};

pub(super) fn lower_platform(model: &Model<'_>, modules: &[ir::Module]) -> ir::Platform {
    let shared = &model.shared;
    ir::Platform {
        sources: lower_sources(shared),
        hosts: lower_hosts(shared),
        auths: lower_auths(shared),
        envelopes: lower_envelopes(shared),
        callback_envelopes: lower_callback_envelopes(model),
        events: events::lower_events(model),
        names_deprecated: uses::events_name_deprecated(modules),
        time_zone: model.time_zone.as_ref().map(lower_time_zone),
        js_support: model.js_support.map(lower_support),
        units: money::lower_units(&model.money),
        schemes: schemes::lower_schemes(model),
        ciphers: schemes::lower_ciphers(shared),
        callback_schemes: schemes::lower_callback_schemes(model),
        settings: lower_settings(model),
        levels: lower_levels(model),
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
        place: lower_place(auth),
        lifetime: value(&auth.lifetime),
        overlap: value(&auth.overlap),
        refused: auth.refused.iter().map(|code| code.value.clone()).collect(),
    });
    auths.collect()
}

fn lower_place(auth: &Auth) -> ir::TokenPlace {
    let Auth { header, query, field, scheme, prefix, .. } = auth;
    match (value(header), value(query), value(field)) {
        (Some(header), ..) => lower_header(header, value(scheme), value(prefix)),
        (None, Some(name), _) => ir::TokenPlace::Query { name },
        (None, None, Some(name)) => ir::TokenPlace::Field { name },
        (None, None, None) => unreachable!("a token that travels nowhere has been reported"),
    }
}

fn lower_header(
    name: String,
    scheme: Option<AuthScheme>,
    prefix: Option<String>,
) -> ir::TokenPlace {
    match (scheme, prefix) {
        (Some(AuthScheme::Basic), _) => ir::TokenPlace::Basic { header: name },
        (Some(AuthScheme::Bearer), _) => ir::TokenPlace::Bearer { header: name },
        (_, Some(prefix)) => ir::TokenPlace::Prefixed { name, prefix },
        (Some(AuthScheme::None) | None, None) => ir::TokenPlace::Header { name },
    }
}

fn lower_envelopes(shared: &Shared<'_>) -> Vec<ir::Envelope> {
    let envelopes = shared.envelopes.iter().map(|(name, envelope)| {
        let key = |key: &Located<String>| key.value.clone();
        ir::Envelope {
            name: constant_name(&name.value),
            wire: name.value.clone(),
            doc: lower_provenance(&envelope.provenance),
            code: envelope.code.iter().map(key).collect(),
            ok: envelope.ok.as_ref().map(key),
            success: envelope.success_code().map(|code| code.value.clone()),
            success_without_code: envelope.success_without_code(),
            message: envelope.message.iter().map(key).collect(),
            log_id: envelope.log_id.as_ref().map(key),
            log_id_header: envelope.log_id_header.as_ref().map(key),
            data: envelope.data.as_ref().map(key),
            details: envelope
                .details
                .as_ref()
                .map(|details| details.at.as_ref().map(key).unwrap_or_default()),
            retry_after: envelope
                .retry_after
                .as_ref()
                .map(|wait| ir::RetryAfter { at: key(&wait.at), unit: wait.unit.value }),
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
        content: value(&spec.content),
        answer: value(&spec.answer),
        event_id: value(&spec.event_id),
        log_id: value(&spec.log_id),
        identity: spec.identity.iter().map(|place| place.value.clone()).collect(),
        scheme: scheme.as_ref().map(|scheme| constant_name(&sound(scheme).name.value)),
        body: lower_callback_body(spec),
    });
    envelopes.collect()
}

fn lower_callback_body(envelope: &spec::CallbackEnvelope) -> ir::CallbackBody {
    match (envelope.body.as_ref().map(|body| body.value), &envelope.payload) {
        (None | Some(CallbackBody::Json), _) => ir::CallbackBody::Json,
        (Some(CallbackBody::Form), None) => ir::CallbackBody::Form,
        (Some(CallbackBody::Form), Some(field)) => ir::CallbackBody::FormField(field.value.clone()),
    }
}

fn lower_time_zone(zone: &TimeZone<'_>) -> ir::TimeZone {
    let doc = lower_provenance(&zone.spec.provenance);
    ir::TimeZone { doc, minutes: *sound(&zone.minutes) }
}

fn lower_support(support: &JsSupport) -> ir::JsSupport {
    ir::JsSupport {
        doc: lower_provenance(&support.provenance),
        function: support.function.value.clone(),
        option: support.option.value.clone(),
        value: support.value.value.clone(),
    }
}

fn lower_settings(model: &Model<'_>) -> Vec<ir::Setting> {
    let settings = model.shared.settings.iter().map(|(name, setting)| ir::Setting {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&setting.provenance),
        ty: money::lower_unit_type(*sound(&model.money.settings[name.as_str()])),
    });
    settings.collect()
}

fn lower_levels(model: &Model<'_>) -> Vec<ir::Levels> {
    let levels = model.shared.levels.iter().map(|(name, levels)| ir::Levels {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&levels.provenance),
        unit: money::lower_unit_type(*sound(&model.money.levels[name.as_str()])),
        values: levels.values.iter().map(|value| value.value).collect(),
    });
    levels.collect()
}

fn value<T: Clone>(located: &Option<Located<T>>) -> Option<T> {
    located.as_ref().map(|located| located.value.clone())
}
