//! How messages are signed and encrypted, as written.

use crate::record::record;
use crate::source::{List, Located};
use crate::spec::Provenance;
pub(crate) use crate::terms::{Algorithm, CipherAlgorithm, Encoding, JoinedForm, JoinedValue};

record! {
    /// How messages are signed: a template of the string to sign, and where the signature and what it was made with travel.
    pub(crate) struct SignatureScheme {
        /// What makes the signature.
        algorithm: Located<Algorithm>,
        /// How the signature is written.
        encoding: Located<Encoding>,
        /// The string to sign, with `{method}`, `{target}` (path and query), `{timestamp}`, `{nonce}`, `{body}`, `{joined}`,
        /// `{account}`, `{key_id}`, `{key}` (the shared secret) and `{header:Name}` for its parts.
        text: Located<String>,
        /// How `{joined}` is made of the fields of the body.
        joined: Option<Located<Joined>>,
        /// Headers in which parts travel, in the order in which they are written.
        headers: List<Carried>,
        /// Fields of the body in which parts travel.
        fields: List<Carried>,
        /// By what a received message is known that is signed by another scheme.
        unless: Option<Unless>,
        /// How many seconds the timestamp of a received message may be off.
        window: Option<Located<i64>>,
        ..provenance: Provenance,
    }
}

record! {
    /// A header or field, and what is in it.
    pub(crate) struct Carried {
        /// The name, as the documents write it.
        name: Located<String>,
        /// One part, as `"{signature}"`; or several in a header, as `'prefix name="{part}",name="{part}"'`.
        value: Located<String>,
    }
}

record! {
    /// Fields of the body, sorted by their bytes and joined.
    pub(crate) struct Joined {
        /// What is written of a field.
        form: Located<JoinedForm>,
        /// How its value is written.
        value: Located<JoinedValue>,
        /// What stands between two; nothing if left out.
        separator: Option<Located<String>>,
        /// Names of fields that are left out.
        without: Vec<Located<String>>,
        /// Whether the shared secret is sorted among them.
        with_key: Option<Located<bool>>,
    }
}

record! {
    /// Marks of messages that are signed by another scheme.
    pub(crate) struct Unless {
        /// They have one of these headers.
        headers: Vec<Located<String>>,
        /// Their body has one of these fields.
        fields: Vec<Located<String>>,
    }
}

record! {
    /// How the content of a message is encrypted: an object with these fields.
    pub(crate) struct Cipher {
        /// The algorithm.
        algorithm: Located<CipherAlgorithm>,
        /// Field of the ciphertext with its tag, in Base64.
        ciphertext: Located<String>,
        /// Field of the nonce, which is text.
        nonce: Located<String>,
        /// Field of the associated data, which is text, if there is any.
        associated_data: Option<Located<String>>,
        ..provenance: Provenance,
    }
}

record! {
    /// How the platform makes its calls, and what it wants to hear.
    pub(crate) struct CallbackScheme {
        /// Names in `schemes`: each call is signed by one of them.
        signed_by: Vec<Located<String>>,
        /// Name in `ciphers` of how the content is encrypted; not at all if left out.
        cipher: Option<Located<String>>,
        /// HTTP status of an acknowledgement; 200 if left out.
        status: Option<Located<i64>>,
        /// Body of an acknowledgement, as JSON text; none if left out.
        acknowledgement: Option<Located<String>>,
        /// Members of the JSON object with which a call is refused; no body if left out.
        refusal: List<Member>,
        /// Headers that are kept with an event: names, or their start and `*`; `Content-Type` if left out.
        kept: Vec<Located<String>>,
        /// Header of the platform's id of the call, which its support asks for.
        log_id: Option<Located<String>>,
        /// Header of the platform's id of the event.
        event_id: Option<Located<String>>,
        ..provenance: Provenance,
    }
}

record! {
    /// A member of a refusal.
    pub(crate) struct Member {
        /// Its name.
        name: Located<String>,
        /// `"{status}"`, the HTTP status as a number; `"{reason}"`, what is wrong, in English; or a text.
        value: Located<String>,
    }
}
