//! A scheme and a message in, the string to sign out.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::fault::SignatureError;
use super::fields::join;
use super::message::Message;
use crate::scheme::{Part, Scheme};
use crate::secret::Secret;

/// What the signer adds to a message.
#[derive(Default)]
pub(super) struct Added<'a> {
    pub(super) timestamp: Option<Cow<'a, str>>,
    pub(super) nonce: Option<Cow<'a, str>>,
    pub(super) account: Option<Cow<'a, str>>,
    pub(super) key_id: Option<Cow<'a, str>>,
}

impl Added<'_> {
    fn get(&self, part: Part) -> &str {
        let value = match part {
            Part::Timestamp => &self.timestamp,
            Part::Nonce => &self.nonce,
            Part::Account => &self.account,
            Part::KeyId => &self.key_id,
            _ => &None,
        };
        value.as_deref().unwrap_or_default()
    }
}

/// Room for what stands beside the body.
const HEAD: usize = 128;

/// The string to sign.
pub(super) fn text(
    scheme: &Scheme,
    message: &Message<'_>,
    added: &Added<'_>,
    key: Option<&Secret<String>>,
) -> Result<Vec<u8>, SignatureError> {
    let key = key.map_or("", |key| key.expose());
    let mut text = Vec::with_capacity(message.body.len() + HEAD);
    for part in scheme.text {
        match *part {
            Part::Text(literal) => text.extend_from_slice(literal.as_bytes()),
            Part::Body => text.extend_from_slice(message.body),
            Part::Key => text.extend_from_slice(key.as_bytes()),
            Part::Fields(fields) => {
                let object = fields_of(message).ok_or(SignatureError::Unreadable)?;
                text.extend_from_slice(join(fields, &object, key)?.as_bytes());
            }
            Part::Signature => {}
            part => {
                let value = value(part, message, added)?;
                // Else the start of one part could be moved into the one before under the same signature.
                if scheme.separates(value) {
                    return Err(SignatureError::Separator);
                }
                text.extend_from_slice(value.as_bytes());
            }
        }
    }
    Ok(text)
}

fn value<'a>(
    part: Part,
    message: &Message<'a>,
    added: &'a Added<'_>,
) -> Result<&'a str, SignatureError> {
    match part {
        Part::Method => Ok(message.method),
        Part::Target => Ok(message.target),
        Part::Header(name) => signed_header(message, name),
        part => Ok(added.get(part)),
    }
}

/// Of two headers of one name, one reader would check the first and another use the second.
fn signed_header<'a>(message: &Message<'a>, name: &'static str) -> Result<&'a str, SignatureError> {
    let bad = SignatureError::BadHeader { name };
    let Some(headers) = message.headers else { return Ok("") };
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(""),
        (Some(value), None) => value.to_str().map_err(|_| bad),
        (Some(_), Some(_)) => Err(bad),
    }
}

/// The fields of a message; `None` if its body is not a JSON object.
pub(super) fn fields_of<'a>(message: &Message<'a>) -> Option<Cow<'a, Map<String, Value>>> {
    match message.fields {
        Some(fields) => Some(Cow::Borrowed(fields)),
        None => {
            let body = message.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(message.body);
            serde_json::from_slice(body).ok().map(Cow::Owned)
        }
    }
}

impl Scheme {
    /// Whether a value holds what stands between the parts.
    fn separates(&self, value: &str) -> bool {
        self.text.iter().any(|part| match part {
            Part::Text(literal) => match literal.as_bytes() {
                [] => false,
                [byte] => value.as_bytes().contains(byte),
                _ => value.contains(literal),
            },
            _ => false,
        })
    }

    /// Whether the string to sign, or what travels with it, has this part.
    pub(super) fn has(&self, part: Part) -> bool {
        self.text.contains(&part) || self.carried(part).is_some()
    }
}
