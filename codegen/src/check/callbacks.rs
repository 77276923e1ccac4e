//! Callbacks: what tells their events apart, and how they are acknowledged.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::model::{Field, Model, Shape, Type};
use crate::names::type_name;
use crate::source::{Located, Span, is_set};
use crate::spec::{Callback, CallbackEnvelope};

use super::names::Taken;
use super::{Scope, each_once};
use super::{callback_forms, delivery, essentials};

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    for callback in &scope.domain.callbacks {
        let spec = callback.spec;
        let is_sound = match &spec.acknowledgement {
            Some(own) => check_json(diagnostics, own).is_some(),
            None => true,
        };
        if let (Ok(envelope), Ok(acknowledgement), Some(_), true) =
            (callback.envelope, callback.acknowledgement, callback.answer, is_sound)
        {
            check_answer(diagnostics, spec, envelope.spec, acknowledgement);
        }
        if let Ok(envelope) = callback.envelope
            && envelope.spec.content.is_none()
        {
            check_whole(diagnostics, &callback.content, envelope.name);
            callback_forms::check(diagnostics, scope.model, envelope.spec, &callback.content);
        }
        let help = "name each field once";
        for used in each_once(diagnostics, &callback.identity, "bad-identity", help) {
            if let Ok(field) = used.field {
                let field = &scope.model[field];
                check_identity_field(diagnostics, scope.model, used.name, field);
            }
        }
        delivery::check(diagnostics, callback);
    }
}

/// Of each envelope the events are variants of one enum, which is read by the event's name.
pub(super) fn check_events(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    for envelope in model.shared.callback_envelopes.names() {
        let mut variants = Taken::new("event");
        let mut events = BTreeMap::new();
        for domain in &model.domains {
            let mut own = BTreeSet::new();
            let callbacks = domain.callbacks.iter();
            for callback in callbacks.filter(|callback| callback.spec.envelope.value == envelope) {
                let variant = type_name(&callback.name.value);
                // Two of one domain have been reported as types of one name.
                if own.insert(variant.clone()) {
                    variants.take(diagnostics, callback.name, variant);
                }
                check_event(diagnostics, &mut events, &callback.spec.event);
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

pub(super) fn check_json(diagnostics: &mut Diagnostics, text: &Located<String>) -> Option<Value> {
    match serde_json::from_str(&text.value) {
        Ok(value) => Some(value),
        Err(error) => {
            let message = format_args!("the acknowledgement is not JSON: {error}");
            diagnostics
                .error(text.span, "bad-json", message)
                .help(r#"write it as '{"code":0,"message":"success"}'"#);
            None
        }
    }
}

/// An answer has a place to go to.
fn check_answer(
    diagnostics: &mut Diagnostics,
    callback: &Callback,
    envelope: &CallbackEnvelope,
    acknowledgement: &str,
) {
    let Some(key) = &envelope.answer else {
        if let Some(own) = &callback.acknowledgement {
            diagnostics
                .error(own.span, "bad-answer", "the answer is the whole acknowledgement")
                .help(format_args!(
                    "remove `acknowledgement`, or give `{}` a key that answers go under: `answer: data`",
                    callback.envelope
                ));
        }
        return;
    };
    let span = callback.acknowledgement.as_ref().map_or(callback.envelope.span, |own| own.span);
    let acknowledgement = serde_json::from_str::<Value>(acknowledgement).unwrap_or_default();
    match acknowledgement.as_object() {
        None => diagnostics
            .error(span, "bad-answer", "an answer needs an acknowledgement that is a JSON object")
            .help(r#"write it as '{"code":0,"message":"success"}'"#),
        Some(object) if object.contains_key(&key.value) => diagnostics
            .error(span, "bad-answer", format_args!("`{key}` is where the answer goes"))
            .help(format_args!("remove `{key}` from the acknowledgement")),
        Some(_) => {}
    }
}

/// The body of a call names its event, so it is an object.
fn check_whole(diagnostics: &mut Diagnostics, content: &Shape<'_>, envelope: &Located<String>) {
    let may_be_object = matches!(
        content.ty,
        Type::Object(_) | Type::Union(_) | Type::Map(_) | Type::Json | Type::Error
    );
    if !may_be_object {
        let message = format_args!("the body is an object, not a `{}`", content.written);
        diagnostics.error(content.written.span, "bad-type", message).help(format_args!(
            "write an object with the fields of the body, or add `content: …`, its place, to `{envelope}`"
        ));
    }
}

/// The fields that tell events apart are single values, and always there.
fn check_identity_field(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    name: &Located<String>,
    field: &Field<'_>,
) {
    let advice = if !field.spec.is_always_there() {
        "it is not always there: name fields with `essential: true`"
    } else if is_secret(model, &field.shape) {
        "it is secret, and what tells events apart is kept: name other fields"
    } else if !field.shape.ty.is_single() {
        "name fields of a single value: a string, a number, an enum"
    } else {
        let why = "it tells one event from another";
        essentials::require(diagnostics, name, field.spec, "bad-identity", why);
        return;
    };
    let message = format_args!("`{name}` cannot tell one event from another");
    diagnostics.error(name.span, "bad-identity", message).help(advice);
}

fn is_secret(model: &Model<'_>, shape: &Shape<'_>) -> bool {
    match shape.ty {
        Type::Text(text) => is_set(model[text].shape.secret),
        _ => is_set(shape.secret),
    }
}
