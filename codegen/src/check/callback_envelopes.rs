//! Callback envelopes: their parts can be found in a body.

use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::model::schemes::CallbackEnvelope;
use crate::source::Located;
use crate::spec::CallbackBody;

use super::{envelopes, platform::check_keys};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    for envelope in &model.callback_envelopes {
        check_places(diagnostics, envelope);
        check_encrypted(diagnostics, envelope);
        check_form(diagnostics, envelope);
    }
}

/// Each place is keys with dots between them, inside of objects. `answer` is a key of another object.
fn check_places(diagnostics: &mut Diagnostics, envelope: &CallbackEnvelope<'_>) {
    let spec = envelope.spec;
    let (event, content) = (&spec.event, &spec.content);
    let texts: Vec<_> = [event].into_iter().chain(&spec.version).collect();
    let ids: Vec<_> = spec.event_id.iter().chain(&spec.log_id).collect();
    check_keys(diagnostics, &texts.iter().copied().chain(content).collect::<Vec<_>>());
    for id in &ids {
        check_keys(diagnostics, &content.iter().chain([*id]).collect::<Vec<_>>());
    }
    check_keys(diagnostics, &content.iter().chain(&spec.identity).collect::<Vec<_>>());
    let texts: Vec<_> = texts.into_iter().chain(ids).chain(&spec.identity).collect();
    for place in texts.iter().copied().chain(content) {
        check_place(diagnostics, place, &texts);
    }
}

fn check_place(diagnostics: &mut Diagnostics, place: &Located<String>, texts: &[&Located<String>]) {
    let path = &place.value;
    envelopes::check_no_item(diagnostics, place);
    if path.contains('/') || path.split('.').any(str::is_empty) {
        let keys: Vec<_> = path.split(['.', '/']).filter(|key| !key.is_empty()).collect();
        let path = if keys.is_empty() { "event.type".to_owned() } else { keys.join(".") };
        diagnostics
            .error(place.span, "bad-envelope", format_args!("`{place}` is not a path of keys"))
            .help(format_args!("write the keys from the top of the body, as `{path}`"));
        return;
    }
    let is_above = |text: &&&Located<String>| {
        path.strip_prefix(&text.value).is_some_and(|rest| rest.starts_with('.'))
    };
    if let Some(outer) = texts.iter().find(is_above) {
        let first = diagnostics.place(outer.span);
        let message = format_args!("`{outer}` is a value, so nothing is inside it");
        diagnostics
            .error(place.span, "bad-envelope", message)
            .help(format_args!("it is named at {first}"));
    }
}

/// A form is flat, unless it has JSON in a field.
fn check_form(diagnostics: &mut Diagnostics, envelope: &CallbackEnvelope<'_>) {
    let spec = envelope.spec;
    let is_form = spec.body.as_ref().is_some_and(|body| body.value == CallbackBody::Form);
    if let Some(payload) = spec.payload.as_ref().filter(|_| !is_form) {
        diagnostics
            .error(payload.span, "misplaced-key", "only a form has a field for the body")
            .help("add `body: form`; of JSON, give the place of its content as `content`");
    }
    if !is_form {
        return;
    }
    if let Some(Ok(scheme)) = &envelope.scheme
        && let Some(cipher) = &scheme.spec.cipher
        && let Some(body) = &spec.body
    {
        let message = format_args!("`{cipher}` encrypts parts of JSON, and this is a form");
        diagnostics
            .error(body.span, "bad-envelope", message)
            .help("remove `body`, or give it a `scheme` without `cipher`");
    }
    if spec.payload.is_some() {
        return;
    }
    let ids = spec.event_id.iter().chain(&spec.log_id).chain(&spec.identity);
    let places = [&spec.event].into_iter().chain(&spec.version).chain(&spec.content).chain(ids);
    for place in places.filter(|place| place.value.contains('.')) {
        diagnostics
            .error(
                place.span,
                "bad-envelope",
                format_args!("`{place}` is inside an object, and a form has none"),
            )
            .help("name a field of the form; if one has the body as JSON, name that as `payload`");
    }
}

/// What is encrypted is a part of the body, whose event can be read before.
fn check_encrypted(diagnostics: &mut Diagnostics, envelope: &CallbackEnvelope<'_>) {
    let Some(Ok(scheme)) = &envelope.scheme else { return };
    if let (None, Some(cipher)) = (&envelope.spec.content, &scheme.spec.cipher) {
        let message = format_args!("nothing says where the content is that `{cipher}` encrypts");
        diagnostics
            .error(envelope.name.span, "missing-key", message)
            .help("add `content: …`, its place in the body");
    }
}
