//! How messages are signed and encrypted, in client terms.

use serde::Serialize;

use super::Doc;
pub use crate::terms::{Algorithm, CipherAlgorithm, Encoding, JoinedForm, JoinedValue};

/// How messages are signed. `name` is that of a constant; `wire` the name in the spec.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignatureScheme {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub algorithm: Algorithm,
    pub encoding: Encoding,
    /// The string to sign, part by part.
    pub text: Vec<Part>,
    /// Where the signature and what it was made with travel.
    pub carriers: Vec<Carrier>,
    /// By what a received message is known that is signed by another scheme.
    pub unless: Vec<Mark>,
    /// Seconds that the timestamp of a received message may be off; `None` for any.
    pub window: Option<i64>,
}

/// A part of the string to sign, or of what travels with the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// These very characters.
    Text(String),
    Method,
    /// The path and the query.
    Target,
    /// In seconds since 1970.
    Timestamp,
    Nonce,
    Body,
    /// The value of a header of the message.
    Header(String),
    /// Fields of the body.
    Joined(Joined),
    /// Who signs.
    Account,
    /// Which of the signer's keys it is.
    KeyId,
    /// The shared secret.
    Key,
    Signature,
}

/// Fields of the body, sorted by their bytes and joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Joined {
    /// Names of fields that are left out.
    pub without: Vec<String>,
    pub form: JoinedForm,
    pub value: JoinedValue,
    /// What stands between two.
    pub separator: String,
    /// The shared secret is sorted among them.
    pub with_key: bool,
}

/// Where parts travel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// A header whose value is the part.
    Header { header: String, part: Part },
    /// A header of several parts: `prefix name="value",name="value"`.
    Pairs {
        header: String,
        /// What the value begins with, with the space behind it.
        prefix: String,
        /// What stands around a value: `"` or nothing.
        quote: String,
        pairs: Vec<(String, Part)>,
    },
    /// A field of the JSON object that is the body.
    Field { field: String, part: Part },
}

impl Carrier {
    /// What travels in it.
    pub fn parts(&self) -> Vec<&Part> {
        match self {
            Carrier::Header { part, .. } | Carrier::Field { part, .. } => vec![part],
            Carrier::Pairs { pairs, .. } => pairs.iter().map(|(_, part)| part).collect(),
        }
    }
}

/// By what a message is known that is signed by another scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It has this header.
    Header(String),
    /// Its body has this field, or is not a JSON object.
    Field(String),
}

/// How the content of a message is encrypted: an object with these fields.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cipher {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub algorithm: CipherAlgorithm,
    pub ciphertext: String,
    pub nonce: String,
    pub associated_data: Option<String>,
}

/// How the platform makes its calls, and what it wants to hear.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CallbackScheme {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    /// Constants of the schemes of which each call is signed by one.
    pub signed_by: Vec<String>,
    /// Constant of the cipher of the content.
    pub cipher: Option<String>,
    /// HTTP status of an acknowledgement, if it is not 200.
    pub status: Option<i64>,
    /// Body of an acknowledgement; empty for none.
    pub acknowledgement: String,
    /// Members of the JSON object with which a call is refused; no body without them.
    pub refusal: Vec<(String, Told)>,
    /// Headers that are kept with an event: names in lower case, or their start and `*`. `None` leaves it to the client.
    pub kept: Option<Vec<String>>,
    /// Headers in lower case.
    pub log_id: Option<String>,
    pub event_id: Option<String>,
}

/// What a member of a refusal says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The HTTP status, as a number.
    Status,
    /// What is wrong, in English.
    Reason,
    Text(String),
}
