//! Callbacks: what tells their events apart, and how they are acknowledged.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::builtin::Builtin;
use crate::diagnostic::Diagnostics;
use crate::names::type_name;
use crate::source::{Located, Span, is_set};
use crate::spec::{Callback, CallbackEnvelope, Field, Shape};
use crate::symbols::{self, Item, Symbols};

use super::Scope;
use super::essentials;
use super::inside::{fields_of, is_unclear};
use super::limits::check_positive;
use super::names::Taken;

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    for (_, callback) in scope.file.callbacks.iter() {
        check_callback(diagnostics, scope, callback);
    }
}

/// Of each envelope the events are variants of one enum, which is read by the event's name.
pub(super) fn check_events(diagnostics: &mut Diagnostics, symbols: &Symbols<'_>) {
    for envelope in symbols.callback_envelopes.names() {
        let mut variants = Taken::new("event");
        let mut events = BTreeMap::new();
        for domain in symbols.domains.values() {
            let mut own = BTreeSet::new();
            let callbacks = domain.file.callbacks.iter();
            for (name, callback) in callbacks.filter(|(_, item)| item.envelope.value == envelope) {
                // Two of one domain have been reported as types of one name.
                if own.insert(type_name(&name.value)) {
                    variants.take(diagnostics, name, type_name(&name.value));
                }
                check_event(diagnostics, &mut events, &callback.event);
            }
        }
    }
}

fn check_event<'a>(
    diagnostics: &mut Diagnostics,
    events: &mut BTreeMap<&'a str, Span>,
    event: &'a Located<String>,
) {
    if let Some(first) = events.insert(&event.value, event.span) {
        let first = diagnostics.place(first);
        diagnostics
            .error(event.span, "duplicate-name", format_args!("a second event named `{event}`"))
            .help(format_args!("the first is at {first}; one envelope has each event once"));
    }
}

fn check_callback(diagnostics: &mut Diagnostics, scope: &Scope<'_>, callback: &Callback) {
    let envelope = scope.symbols.callback_envelopes.require(diagnostics, &callback.envelope);
    let acknowledgement = check_json(diagnostics, &callback.acknowledgement);
    if let (Some(envelope), Some(acknowledgement), Some(_)) =
        (envelope, acknowledgement, &callback.answer)
    {
        check_answer(diagnostics, callback, envelope, &acknowledgement);
    }
    check_identity(diagnostics, scope, callback);
    check_positive(diagnostics, callback.attempts.as_ref(), "attempts");
    for seconds in &callback.retry_after {
        check_positive(diagnostics, Some(seconds), "retry_after");
    }
}

fn check_json(diagnostics: &mut Diagnostics, text: &Located<String>) -> Option<Value> {
    match serde_json::from_str(&text.value) {
        Ok(value) => Some(value),
        Err(error) => {
            let message = format_args!("the acknowledgement is not JSON: {error}");
            diagnostics
                .error(text.span, "bad-json", message)
                .help(r#"write it as '{"err_no":0,"err_tips":"success"}'"#);
            None
        }
    }
}

/// An answer has a place to go to.
fn check_answer(
    diagnostics: &mut Diagnostics,
    callback: &Callback,
    envelope: &CallbackEnvelope,
    acknowledgement: &Value,
) {
    let Some(key) = &envelope.answer else {
        let message = format_args!("`{}` has no key that an answer goes under", callback.envelope);
        diagnostics
            .error(callback.envelope.span, "bad-answer", message)
            .help("give the envelope `answer: data`, or remove the callback's `answer`");
        return;
    };
    let span = callback.acknowledgement.span;
    match acknowledgement.as_object() {
        None => diagnostics
            .error(span, "bad-answer", "an answer cannot be put into what is no JSON object")
            .help(r#"write it as '{"err_no":0,"err_tips":"success"}'"#),
        Some(object) if object.contains_key(&key.value) => diagnostics
            .error(span, "bad-answer", format_args!("`{key}` is where the answer goes"))
            .help(format_args!("leave `{key}` out of the acknowledgement")),
        Some(_) => {}
    }
}

/// The fields that tell events apart are single values, and always there.
fn check_identity(diagnostics: &mut Diagnostics, scope: &Scope<'_>, callback: &Callback) {
    let Some(first) = callback.identity.first() else { return };
    let Some((scope, fields)) = fields_of(scope, &callback.content) else {
        if !is_unclear(scope, &callback.content) {
            let message = format_args!("a `{}` has no fields", callback.content.ty);
            diagnostics
                .error(first.span, "bad-identity", message)
                .help("`identity` names fields of a content that is an `object`");
        }
        return;
    };
    for (index, name) in callback.identity.iter().enumerate() {
        if callback.identity[..index].iter().any(|earlier| earlier.value == name.value) {
            diagnostics
                .error(name.span, "bad-identity", format_args!("`{name}` is given twice"))
                .help("name each field once");
            continue;
        }
        match fields.iter().find(|field| field.name.value == name.value) {
            Some(field) => check_identity_field(diagnostics, &scope, name, field),
            None if fields.whole => {
                let known = fields.iter().map(|field| field.name.as_str());
                symbols::report_unknown(diagnostics, "field", name, known);
            }
            None => {}
        }
    }
}

fn check_identity_field(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    name: &Located<String>,
    field: &Field,
) {
    let advice = if !is_set(&field.required) || is_set(&field.nullable) {
        "it is not always there: name fields with `required: true`"
    } else if is_secret(scope, &field.shape) {
        "it is secret, and what tells events apart is kept: name other fields"
    } else if !is_single(scope, &field.shape) && !is_unclear(scope, &field.shape) {
        "name fields of a single value: text, a number, an enum"
    } else {
        let why = "it tells one event from another";
        essentials::require(diagnostics, name, field, "bad-identity", why);
        return;
    };
    let message = format_args!("`{name}` cannot tell one event from another");
    diagnostics.error(name.span, "bad-identity", message).help(advice);
}

fn is_single(scope: &Scope<'_>, shape: &Shape) -> bool {
    match scope.symbols.item(scope.domain, shape.ty.as_str()) {
        Some(Item::Type(def)) => def.shape.ty.value == "string",
        Some(Item::Enum(_)) => true,
        Some(Item::Broken) | None => {
            Builtin::parse(shape.ty.as_str()).is_some_and(Builtin::is_single)
        }
    }
}

fn is_secret(scope: &Scope<'_>, shape: &Shape) -> bool {
    match scope.symbols.item(scope.domain, shape.ty.as_str()) {
        Some(Item::Type(def)) => is_set(&def.shape.secret),
        _ => is_set(&shape.secret),
    }
}
