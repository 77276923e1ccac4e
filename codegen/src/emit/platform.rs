//! What the domains share: constants.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{code, escape, sentence};
use super::literal::{emit_code_value, emit_int, emit_optional, emit_optional_int};
use super::{doc, emit_allowance, events, ident, money, schemes};
use crate::ir::{
    Auth, CallbackBody, CallbackEnvelope, Envelope, Host, JsSupport, Levels, Platform, RetryAfter,
    Setting, Source, TimeZone, TokenPlace, WaitUnit,
};

pub(super) fn emit_platform(platform: &Platform) -> Vec<TokenStream> {
    let mut items = vec![emit_header(platform)];
    items.extend(platform.names_deprecated.then(emit_allowance));
    items.extend(platform.hosts.iter().map(emit_host));
    items.extend(platform.auths.iter().map(emit_auth));
    items.extend(platform.envelopes.iter().map(emit_envelope));
    items.extend(platform.callback_envelopes.iter().map(emit_callback_envelope));
    items.extend(platform.events.iter().map(events::emit_events));
    items.extend(platform.time_zone.as_ref().map(emit_time_zone));
    items.extend(platform.js_support.as_ref().map(emit_support));
    items.extend(platform.units.iter().map(money::emit_unit));
    items.extend(platform.schemes.iter().map(schemes::emit_scheme));
    items.extend(platform.ciphers.iter().map(schemes::emit_cipher));
    items.extend(platform.callback_schemes.iter().map(schemes::emit_callback_scheme));
    items.extend(platform.settings.iter().map(emit_setting));
    items.extend(platform.levels.iter().map(emit_levels));
    items
}

fn emit_header(platform: &Platform) -> TokenStream {
    let title = "What the domains share: servers, tokens, envelopes, money.";
    let sources = platform.sources.iter().map(describe_source);
    doc::file(title.to_owned(), sources)
}

/// What a citation that begins with the source's name refers to.
fn describe_source(source: &Source) -> String {
    let url = source.url.as_deref().map(|url| format!(", {}", escape(url))).unwrap_or_default();
    let trust = source.trust.word().replace('_', " ");
    let note = source.note.as_deref().map(|note| format!(" {}", sentence(escape(note))));
    let title = escape(&source.title);
    format!("{}: {title}{url} ({trust}).{}", code(&source.wire), note.unwrap_or_default())
}

fn emit_host(host: &Host) -> TokenStream {
    let doc = doc::item(doc::text(&host.doc), &host.doc);
    let name = ident(&host.name);
    let (wire, production) = (&host.wire, &host.production);
    let sandbox = emit_optional(host.sandbox.as_deref());
    let development = emit_optional(host.development.as_deref());
    quote! {
        #doc
        pub const #name: ::apiscribe::meta::Host = ::apiscribe::meta::Host {
            name: #wire,
            production: #production,
            sandbox: #sandbox,
            development: #development,
        };
    }
}

fn emit_auth(auth: &Auth) -> TokenStream {
    let doc = doc::item(doc::text(&auth.doc), &auth.doc);
    let name = ident(&auth.name);
    let wire = &auth.wire;
    let place = emit_token_place(&auth.place);
    let lifetime = emit_optional_int(auth.lifetime);
    let overlap = emit_optional_int(auth.overlap);
    let refused = auth.refused.iter().map(emit_code_value);
    quote! {
        #doc
        pub const #name: ::apiscribe::meta::Auth = ::apiscribe::meta::Auth {
            name: #wire,
            place: ::apiscribe::meta::TokenPlace::#place,
            lifetime: #lifetime,
            overlap: #overlap,
            refused: &[#(#refused),*],
        };
    }
}

fn emit_token_place(place: &TokenPlace) -> TokenStream {
    match place {
        TokenPlace::Header { name } => quote!(header(#name)),
        TokenPlace::Prefixed { name, prefix } => quote!(prefixed(#name, #prefix)),
        TokenPlace::Bearer { header } => quote!(bearer(#header)),
        TokenPlace::Basic { header } => quote!(basic(#header)),
        TokenPlace::Query { name } => quote!(query(#name)),
        TokenPlace::Field { name } => quote!(field(#name)),
    }
}

fn emit_envelope(envelope: &Envelope) -> TokenStream {
    let doc = doc::item(doc::text(&envelope.doc), &envelope.doc);
    let name = ident(&envelope.name);
    let Envelope { wire, code, message, .. } = envelope;
    let ok = envelope.ok.iter();
    let success = envelope.success.iter().map(emit_code_value);
    let without_code = envelope.success_without_code.then(|| quote!(.success_without_code()));
    let (log_id, data) = (envelope.log_id.iter(), envelope.data.iter());
    let (log_id_header, details) = (envelope.log_id_header.iter(), envelope.details.iter());
    let retry_after = envelope.retry_after.as_ref().map(emit_retry_after);
    let code = (!code.is_empty()).then(|| quote!(.code(&[#(#code),*])));
    let message = (!message.is_empty()).then(|| quote!(.message(&[#(#message),*])));
    quote! {
        #doc
        pub const #name: ::apiscribe::meta::Envelope = ::apiscribe::meta::Envelope::new(#wire)
            #(.ok(#ok))*
            #code
            #(.success(#success))*
            #without_code
            #message
            #(.log_id(#log_id))*
            #(.log_id_header(#log_id_header))*
            #(.data(#data))*
            #(.details(#details))*
            #retry_after;
    }
}

fn emit_retry_after(wait: &RetryAfter) -> TokenStream {
    let at = &wait.at;
    let unit = match wait.unit {
        WaitUnit::Seconds => quote!(Seconds),
        WaitUnit::Milliseconds => quote!(Milliseconds),
        WaitUnit::UnixS => quote!(UnixSeconds),
        WaitUnit::UnixMs => quote!(UnixMillis),
    };
    quote!(.retry_after(#at, ::apiscribe::meta::WaitUnit::#unit))
}

fn emit_callback_envelope(envelope: &CallbackEnvelope) -> TokenStream {
    let scheme = envelope.scheme.as_deref().map(schemes::describe_use);
    let doc = doc::item(doc::text(&envelope.doc).into_iter().chain(scheme), &envelope.doc);
    let name = ident(&envelope.name);
    let CallbackEnvelope { wire, event, identity, .. } = envelope;
    let (version, content) = (envelope.version.iter(), envelope.content.iter());
    let (event_id, log_id) = (envelope.event_id.iter(), envelope.log_id.iter());
    let answer = envelope.answer.iter();
    let identity = (!identity.is_empty()).then(|| quote!(.identity(&[#(#identity),*])));
    let body = match &envelope.body {
        CallbackBody::Json => None,
        CallbackBody::Form => Some(quote!(.form())),
        CallbackBody::FormField(name) => Some(quote!(.form_field(#name))),
    };
    quote! {
        #doc
        pub const #name: ::apiscribe::callback::CallbackEnvelope = ::apiscribe::callback::CallbackEnvelope::new(#wire, #event)
            #(.version(#version))*
            #(.content(#content))*
            #(.answer(#answer))*
            #(.event_id(#event_id))*
            #(.log_id(#log_id))*
            #identity
            #body;
    }
}

fn emit_time_zone(zone: &TimeZone) -> TokenStream {
    let doc = doc::item([doc::text_or_name(&zone.doc, "time_zone")], &zone.doc);
    let minutes = emit_int(i64::from(zone.minutes));
    quote! {
        #doc
        pub const TIME_ZONE: ::apiscribe::time::UtcOffset = ::apiscribe::time::UtcOffset::minutes(#minutes);
    }
}

fn emit_support(support: &JsSupport) -> TokenStream {
    let doc = doc::item([doc::text_or_name(&support.doc, "js_support")], &support.doc);
    let JsSupport { function, option, value, .. } = support;
    quote! {
        #doc
        pub const JS_SUPPORT: ::apiscribe::js_api::SupportPaths = ::apiscribe::js_api::SupportPaths {
            function: #function,
            option: #option,
            value: #value,
        };
    }
}

fn emit_setting(setting: &Setting) -> TokenStream {
    let doc = doc::item(doc::text(&setting.doc), &setting.doc);
    let name = ident(&setting.name);
    let wire = &setting.wire;
    let money = ident(&setting.ty);
    quote! {
        #doc
        pub const #name: ::apiscribe::validate::Setting<#money> = ::apiscribe::validate::Setting::new(#wire);
    }
}

fn emit_levels(levels: &Levels) -> TokenStream {
    let doc = doc::item(doc::text(&levels.doc), &levels.doc);
    let name = ident(&levels.name);
    let unit = ident(&levels.unit);
    let values = levels.values.iter().copied().map(emit_int);
    quote! {
        #doc
        pub const #name: ::apiscribe::validate::Levels = ::apiscribe::validate::Levels::of::<#unit>(&[#(#values),*]);
    }
}
