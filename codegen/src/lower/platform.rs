//! What the domains share.

use super::docs::lower_provenance;
use crate::ir;
use crate::names::constant_name;
use crate::source::Located;
use crate::spec::MoneyUnit;
use crate::symbols::Symbols;

pub(super) fn lower_platform(symbols: &Symbols<'_>, events: Vec<ir::Events>) -> ir::Platform {
    ir::Platform {
        sources: lower_sources(symbols),
        hosts: lower_hosts(symbols),
        auths: lower_auths(symbols),
        envelopes: lower_envelopes(symbols),
        callback_envelopes: lower_callback_envelopes(symbols),
        events,
        settings: lower_settings(symbols),
        levels: lower_levels(symbols),
    }
}

fn lower_sources(symbols: &Symbols<'_>) -> Vec<ir::Source> {
    let sources = symbols.sources.iter().map(|(name, source)| ir::Source {
        wire: name.value.clone(),
        title: source.title.value.clone(),
        url: value(&source.url),
        trust: source.trust.value.word().to_owned(),
        note: value(&source.note),
    });
    sources.collect()
}

fn lower_hosts(symbols: &Symbols<'_>) -> Vec<ir::Host> {
    let hosts = symbols.hosts.iter().map(|(name, host)| ir::Host {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&host.provenance),
        production: host.production.value.clone(),
        sandbox: value(&host.sandbox),
        development: value(&host.development),
    });
    hosts.collect()
}

fn lower_auths(symbols: &Symbols<'_>) -> Vec<ir::Auth> {
    let auths = symbols.auth.iter().map(|(name, auth)| ir::Auth {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&auth.provenance),
        header: auth.header.value.clone(),
        lifetime: value(&auth.lifetime),
        overlap: value(&auth.overlap),
        refused: auth.refused.iter().map(|code| code.value).collect(),
    });
    auths.collect()
}

fn lower_envelopes(symbols: &Symbols<'_>) -> Vec<ir::Envelope> {
    let envelopes = symbols.envelopes.iter().map(|(name, envelope)| {
        let key = |key: &Located<String>| key.value.clone();
        ir::Envelope {
            name: constant_name(&name.value),
            wire: name.value.clone(),
            doc: lower_provenance(&envelope.provenance),
            code: key(&envelope.code),
            success: envelope.success.value,
            message: envelope.message.0.iter().map(key).collect(),
            log_id: envelope.log_id.as_ref().map(key),
            data: envelope.data.value.clone(),
        }
    });
    envelopes.collect()
}

fn lower_callback_envelopes(symbols: &Symbols<'_>) -> Vec<ir::CallbackEnvelope> {
    let envelopes = symbols.callback_envelopes.iter().map(|(name, item)| ir::CallbackEnvelope {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&item.provenance),
        event: item.event.value.clone(),
        version: value(&item.version),
        content: item.content.value.clone(),
        answer: value(&item.answer),
    });
    envelopes.collect()
}

fn lower_settings(symbols: &Symbols<'_>) -> Vec<ir::Setting> {
    let settings = symbols.settings.iter().map(|(name, setting)| ir::Setting {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&setting.provenance),
        ty: lower_money(setting.ty.value),
    });
    settings.collect()
}

fn lower_levels(symbols: &Symbols<'_>) -> Vec<ir::Levels> {
    let levels = symbols.levels.iter().map(|(name, levels)| ir::Levels {
        name: constant_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&levels.provenance),
        unit: lower_money(levels.unit.value),
        values: levels.values.iter().map(|value| value.value).collect(),
    });
    levels.collect()
}

fn lower_money(unit: MoneyUnit) -> ir::Money {
    match unit {
        MoneyUnit::Fen => ir::Money::Fen,
        MoneyUnit::Diamonds => ir::Money::Diamonds,
        MoneyUnit::Yuan => ir::Money::Yuan,
    }
}

fn value<T: Clone>(located: &Option<Located<T>>) -> Option<T> {
    located.as_ref().map(|located| located.value.clone())
}
