//! An acknowledgement and an answer in, the acknowledgement with the answer in it out. All of it text, so that what
//! the documents show is sent as they show it.

use super::CallbackEnvelope;

/// Whether an answer can be put into the acknowledgement.
pub(super) const fn has_room(envelope: &CallbackEnvelope, acknowledgement: &str) -> bool {
    let text = acknowledgement.as_bytes().trim_ascii();
    let is_object = matches!((text.first(), text.last()), (Some(b'{'), Some(b'}')));
    envelope.answer.is_some() && is_object
}

/// `{"code":0}` and `{"id":1}` make `{"code":0,"data":{"id":1}}`.
pub(super) fn put(envelope: &CallbackEnvelope, acknowledgement: &str, answer: &str) -> Vec<u8> {
    let text = acknowledgement.trim_ascii();
    let open = text.strip_suffix('}').unwrap_or(text).trim_ascii_end();
    let comma = if open.ends_with('{') { "" } else { "," };
    let key = serde_json::Value::from(envelope.answer.unwrap_or_default());
    format!("{open}{comma}{key}:{answer}}}").into_bytes()
}
