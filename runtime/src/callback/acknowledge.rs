//! An acknowledgement and an answer in, the acknowledgement with the answer in it out. All of it text, so that what
//! the documents show is sent as they show it. Where answers have no key, the answer is the acknowledgement.

use super::CallbackEnvelope;

/// Whether an answer can be put into the acknowledgement.
pub(super) const fn has_room(envelope: &CallbackEnvelope, acknowledgement: &str) -> bool {
    let text = acknowledgement.as_bytes().trim_ascii();
    match envelope.answer {
        Some(_) => matches!((text.first(), text.last()), (Some(b'{'), Some(b'}'))),
        None => text.is_empty(),
    }
}

/// `{"code":0}` and `{"id":1}` make `{"code":0,"data":{"id":1}}`; without a key, `{"id":1}`.
pub(super) fn put(envelope: &CallbackEnvelope, acknowledgement: &str, answer: &str) -> Vec<u8> {
    let Some(key) = envelope.answer else { return answer.as_bytes().to_vec() };
    let text = acknowledgement.trim_ascii();
    let open = text.strip_suffix('}').unwrap_or(text).trim_ascii_end();
    let comma = if open.ends_with('{') { "" } else { "," };
    let key = serde_json::Value::from(key);
    format!("{open}{comma}{key}:{answer}}}").into_bytes()
}
