//! A message in, what travels with its signature out.

use std::borrow::Cow;

use http::HeaderMap;
use serde_json::{Map, Value};

use super::fault::SignatureError;
use super::message::Message;
use super::text::{Added, fields_of};
use crate::scheme::{Carrier, Mark, Part, Scheme};
use crate::time::UnixSeconds;

/// Signatures of a message, of which one must be right, and what they were made with.
pub(super) struct Received<'a> {
    pub(super) added: Added<'a>,
    pub(super) signatures: Vec<Cow<'a, str>>,
}

/// When a message was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignedAt {
    /// The scheme has no timestamp.
    Unsaid,
    Seconds(UnixSeconds),
    /// This field of the body should say and does not.
    Missing(&'static str),
}

impl Scheme {
    /// Where a part travels.
    pub(super) fn carried(&self, part: Part) -> Option<&'static Carrier> {
        self.carriers.iter().find(|carrier| match carrier {
            Carrier::Header { part: carried, .. } | Carrier::Field { part: carried, .. } => {
                *carried == part
            }
            Carrier::Pairs { pairs, .. } => pairs.iter().any(|(_, carried)| *carried == part),
        })
    }

    /// Whether a message is one of this scheme's at all.
    pub(super) fn is_meant(&self, message: &Message<'_>) -> bool {
        self.unless.iter().all(|mark| match mark {
            Mark::Header(name) => {
                !message.headers.is_some_and(|headers| headers.contains_key(*name))
            }
            Mark::Field(name) => {
                fields_of(message).is_some_and(|fields| !fields.contains_key(*name))
            }
        })
    }

    /// Reads what travels with a message.
    pub(super) fn read<'a>(
        &self,
        message: &Message<'a>,
        fields: Option<&'a Map<String, Value>>,
    ) -> Result<Received<'a>, SignatureError> {
        let mut received = Received { added: Added::default(), signatures: Vec::with_capacity(1) };
        for carrier in self.carriers {
            match *carrier {
                Carrier::Header { header: name, part } => {
                    let value = header(message.headers, name)?;
                    received.keep(part, Cow::Borrowed(value), name)?;
                }
                Carrier::Pairs { header: name, prefix, pairs, .. } => {
                    let value = header(message.headers, name)?;
                    received.read_pairs(value, name, prefix, pairs)?;
                }
                Carrier::Field { field, part } => {
                    let value = fields.and_then(|fields| fields.get(field)).and_then(field_text);
                    received.keep_field(part, value)?;
                }
            }
        }
        match received.signatures.is_empty() {
            true => Err(SignatureError::Unreadable),
            false => Ok(received),
        }
    }

    /// Of a message that was read: when it was signed.
    pub(super) fn signed_at(&self, received: &Received<'_>) -> SignedAt {
        let seconds = received.added.timestamp.as_deref().and_then(seconds);
        match (seconds, self.carried(Part::Timestamp)) {
            (Some(seconds), _) => SignedAt::Seconds(seconds),
            (None, Some(Carrier::Field { field, .. })) => SignedAt::Missing(field),
            (None, _) => SignedAt::Unsaid,
        }
    }
}

impl<'a> Received<'a> {
    fn slot(&mut self, part: Part) -> Option<&mut Option<Cow<'a, str>>> {
        match part {
            Part::Timestamp => Some(&mut self.added.timestamp),
            Part::Nonce => Some(&mut self.added.nonce),
            Part::Account => Some(&mut self.added.account),
            Part::KeyId => Some(&mut self.added.key_id),
            _ => None,
        }
    }

    /// Keeps a part of a header. A timestamp is digits: `+5` is a number to a parser, and no timestamp.
    fn keep(
        &mut self,
        part: Part,
        value: Cow<'a, str>,
        name: &'static str,
    ) -> Result<(), SignatureError> {
        let bad = SignatureError::BadHeader { name };
        if value.is_empty() || part == Part::Timestamp && seconds(&value).is_none() {
            return Err(bad);
        }
        if part == Part::Signature {
            self.signatures.push(value);
            return Ok(());
        }
        match self.slot(part) {
            // Of two values, one reader would check the first and another use the second.
            Some(Some(_)) => Err(bad),
            Some(slot) => {
                *slot = Some(value);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn keep_field(
        &mut self,
        part: Part,
        value: Option<Cow<'a, str>>,
    ) -> Result<(), SignatureError> {
        match (part, value) {
            (Part::Signature, value) => {
                self.signatures.push(value.ok_or(SignatureError::Unreadable)?);
            }
            (part, value) => {
                if let Some(slot) = self.slot(part) {
                    *slot = value;
                }
            }
        }
        Ok(())
    }

    fn read_pairs(
        &mut self,
        value: &'a str,
        name: &'static str,
        prefix: &str,
        pairs: &[(&'static str, Part)],
    ) -> Result<(), SignatureError> {
        let bad = SignatureError::BadHeader { name };
        let rest = value.strip_prefix(prefix).ok_or(bad)?;
        for pair in rest.split(',') {
            let (key, value) = pair.split_once('=').ok_or(bad)?;
            let known = pairs.iter().find(|(known, _)| *known == key.trim());
            if let Some((_, part)) = known {
                self.keep(*part, Cow::Borrowed(unquoted(value.trim())), name)?;
            }
        }
        let is_there = |part: Part, this: &mut Self| match part {
            Part::Signature => !this.signatures.is_empty(),
            part => this.slot(part).is_none_or(|slot| slot.is_some()),
        };
        match pairs.iter().all(|(_, part)| is_there(*part, self)) {
            true => Ok(()),
            false => Err(bad),
        }
    }
}

fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

/// The text of a header that is there once. Of two, one reader would check the first and another use the second.
fn header<'a>(
    headers: Option<&'a HeaderMap>,
    name: &'static str,
) -> Result<&'a str, SignatureError> {
    let missing = SignatureError::MissingHeader { name };
    // A message has few headers: they are compared sooner than a name is hashed.
    let all = headers.ok_or(missing)?.iter();
    let mut values =
        all.filter(|(found, _)| found.as_str().eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let value = values.next().ok_or(missing)?;
    match (value.to_str(), values.next()) {
        (Ok(text), None) if !text.is_empty() => Ok(text),
        _ => Err(SignatureError::BadHeader { name }),
    }
}

fn field_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

fn seconds(text: &str) -> Option<UnixSeconds> {
    text.parse().ok().filter(|_| !text.starts_with('+') && !text.starts_with('-')).map(UnixSeconds)
}
