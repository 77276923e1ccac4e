//! How a platform signs, as data: constants that generated code writes and that the engine in `signature` executes.
//!
//! ```
//! use apiscribe::scheme::{Algorithm, Carrier, Encoding, Part, Scheme};
//!
//! /// A webhook with the header `X-Signature: t=1700000000,v1=5257a869..`, over `1700000000.` and the body.
//! const WEBHOOK: Scheme = Scheme::new(
//!     "webhook",
//!     Algorithm::HmacSha256,
//!     Encoding::Hex,
//!     &[Part::Timestamp, Part::Text("."), Part::Body],
//!     &[Carrier::Pairs {
//!         header: "X-Signature",
//!         prefix: "",
//!         quote: "",
//!         pairs: &[("t", Part::Timestamp), ("v1", Part::Signature)],
//!     }],
//! )
//! .window(300);
//! ```

/// How messages are signed: the algorithm, the string to sign, and where what the other side needs travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheme {
    /// Name in the spec. Two schemes of one name are one.
    pub name: &'static str,
    /// What makes the signature.
    pub algorithm: Algorithm,
    /// How the signature is written.
    pub encoding: Encoding,
    /// The string to sign, part by part.
    pub text: &'static [Part],
    /// Where the signature and what it was made with travel.
    pub carriers: &'static [Carrier],
    /// Of a received message: what must not be there, so that the scheme is meant at all.
    pub unless: &'static [Mark],
    /// How many seconds the timestamp of a received message may be from the receiver's time, either way, unless the
    /// receiver sets another limit; `None` for any.
    pub window: Option<u64>,
}

impl Scheme {
    /// What every scheme has; the rest is set by the methods below.
    pub const fn new(
        name: &'static str,
        algorithm: Algorithm,
        encoding: Encoding,
        text: &'static [Part],
        carriers: &'static [Carrier],
    ) -> Self {
        Self { name, algorithm, encoding, text, carriers, unless: &[], window: None }
    }

    /// With marks of messages that are signed by another scheme.
    pub const fn unless(mut self, marks: &'static [Mark]) -> Self {
        self.unless = marks;
        self
    }

    /// With a limit, in seconds, to how old or new a received message may be.
    pub const fn window(mut self, seconds: u64) -> Self {
        self.window = Some(seconds);
        self
    }
}

/// What makes a signature of the string to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Algorithm {
    /// RSA with the padding of PKCS#1 v1.5 and SHA-256, keys of 2048 to 8192 bits.
    RsaSha256,
    /// HMAC with SHA-256 and a shared secret.
    HmacSha256,
    /// The SHA-1 hash of a string that has the shared secret in it. Not safe against one who wants two texts of one hash.
    /// Keys of such schemes need the feature `legacy-hashes`.
    Sha1,
    /// The MD5 hash of a string that has the shared secret in it. Not safe either, and needs the same feature.
    Md5,
}

/// How a signature is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// With the standard alphabet and padding (RFC 4648, section 4).
    Base64,
    /// Two digits a byte, in lower case.
    Hex,
    /// Two digits a byte, in upper case.
    UpperHex,
}

/// A part of the string to sign, or of what travels with the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// These very characters. No part that the sender chooses but the body may hold them.
    Text(&'static str),
    /// The method, as `POST`.
    Method,
    /// The path and the query as they are sent.
    Target,
    /// When it was signed, in seconds since 1970.
    Timestamp,
    /// A text that is new for each message.
    Nonce,
    /// The bytes of the body.
    Body,
    /// The value of a header of the message; nothing if it is absent.
    Header(&'static str),
    /// Fields of the body.
    Fields(&'static Fields),
    /// Who signs: an app's id, a merchant's number.
    Account,
    /// Which of the signer's keys it is: its id, version or serial number.
    KeyId,
    /// The shared secret itself, for algorithms that only hash.
    Key,
    /// The signature. Travels, and is not part of the string to sign.
    Signature,
}

/// Fields of a JSON object as a text: in the order of their bytes, joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fields {
    /// Names of fields that are left out.
    pub without: &'static [&'static str],
    /// What is written of a field.
    pub form: FieldForm,
    /// How a value is written.
    pub value: FieldValue,
    /// What stands between two.
    pub separator: &'static str,
    /// The shared secret is sorted among the values.
    pub with_key: bool,
}

/// What is written of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldForm {
    /// Its value.
    Value,
    /// `name=value`.
    Pair,
}

/// How a field's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldValue {
    /// A string as it is, a number by its digits, nothing for `null`. With any other value there is no signature.
    Exact,
    /// Trimmed, without one pair of quotes around it, and trimmed again; left out where nothing remains or it is `null`.
    /// An object or a list as compact JSON.
    Trimmed,
}

/// Where parts travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Carrier {
    /// A header whose value is the part.
    Header {
        /// As the documents write it.
        header: &'static str,
        /// The part.
        part: Part,
    },
    /// A header of several parts: `prefix name="value",name="value"`. Read in any order, and unknown names are passed
    /// over; a signature may come more than once.
    Pairs {
        /// As the documents write it.
        header: &'static str,
        /// What the value begins with, with the space behind it.
        prefix: &'static str,
        /// What stands around a value when it is written: `"` or nothing. Read either way.
        quote: &'static str,
        /// Names and parts, in the order in which they are written.
        pairs: &'static [(&'static str, Part)],
    },
    /// A field of the JSON object that is the body.
    Field {
        /// The field's name.
        field: &'static str,
        /// The part.
        part: Part,
    },
}

/// By what a message is known that is signed by another scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It has this header.
    Header(&'static str),
    /// Its body has this field, or is not a JSON object.
    Field(&'static str),
}

/// How the content of a message is encrypted: an object beside or around which the rest of the message is plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cipher {
    /// The algorithm, with a shared secret of its own.
    pub algorithm: CipherAlgorithm,
    /// Field of the ciphertext with its tag behind it, in Base64.
    pub ciphertext: &'static str,
    /// Field of the nonce, as text.
    pub nonce: &'static str,
    /// Field of the associated data, as text; none if it is absent.
    pub associated_data: &'static str,
}

impl Cipher {
    /// The fields of an encrypted object.
    pub const fn new(
        algorithm: CipherAlgorithm,
        ciphertext: &'static str,
        nonce: &'static str,
        associated_data: &'static str,
    ) -> Self {
        Self { algorithm, ciphertext, nonce, associated_data }
    }
}

/// An algorithm that encrypts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CipherAlgorithm {
    /// AES-256 in Galois/Counter Mode, with a nonce of 12 bytes (RFC 5116, `AEAD_AES_256_GCM`).
    Aes256Gcm,
}

/// How a platform makes its calls and what it wants to hear: everything about them but who signed, which the keys know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackScheme {
    /// Name in the spec.
    pub name: &'static str,
    /// HTTP status of an acknowledgement.
    pub status: u16,
    /// Body of an acknowledgement of an event whose kind has none of its own; empty for none.
    pub success: &'static str,
    /// Members of the JSON object that a call is refused with; empty for no body.
    pub failure: &'static [(&'static str, Told)],
    /// Headers that are kept with an event: names in lower case, or their start and `*`.
    pub kept: &'static [&'static str],
    /// Header of the platform's number of the call, which its support asks for.
    pub log_id: Option<&'static str>,
    /// Header of the platform's number of the event.
    pub event_id: Option<&'static str>,
}

impl CallbackScheme {
    /// Calls that are acknowledged by status 200 and `success`, and refused with the members `failure`.
    pub const fn new(
        name: &'static str,
        success: &'static str,
        failure: &'static [(&'static str, Told)],
    ) -> Self {
        Self {
            name,
            status: 200,
            success,
            failure,
            kept: &["content-type"],
            log_id: None,
            event_id: None,
        }
    }

    /// With another HTTP status of an acknowledgement.
    pub const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// With the headers that are kept with an event.
    pub const fn kept(mut self, names: &'static [&'static str]) -> Self {
        self.kept = names;
        self
    }

    /// With the header of the platform's number of the call.
    pub const fn log_id(mut self, header: &'static str) -> Self {
        self.log_id = Some(header);
        self
    }

    /// With the header of the platform's number of the event.
    pub const fn event_id(mut self, header: &'static str) -> Self {
        self.event_id = Some(header);
        self
    }
}

/// A member of a refusal's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Told {
    /// The HTTP status, as a number.
    Status,
    /// What is wrong, in English, with nothing of the call in it.
    Reason,
    /// This text.
    Text(&'static str),
}
