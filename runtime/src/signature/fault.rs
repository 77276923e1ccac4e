//! What can be wrong with a key, with what is to be signed, and with a signature. None shows a key or a signature.

use std::fmt;

/// Why a key is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// Neither PEM nor Base64, or cut short.
    NotAKey,
    /// The private key is locked with a passphrase.
    Encrypted,
    /// A key for something else: a public key where a private one is due, a certificate, a key that is not RSA's.
    OtherKind {
        /// What is due, as `an RSA private key`.
        expected: &'static str,
    },
    /// Of less than 2048 bits.
    TooSmall,
    /// Of more than 8192 bits.
    TooLarge,
    /// The app's id or the key's version is empty or has characters that cannot stand in a header.
    Name {
        /// `app_id` or `key_version`.
        which: &'static str,
    },
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAKey => f.write_str(
                "the key is neither PEM nor Base64, or not whole: give the file from its `-----BEGIN` line to its \
                 `-----END` line, or the Base64 between them",
            ),
            Self::Encrypted => f.write_str(
                "the private key is locked with a passphrase: unlock it with `openssl pkey -in FILE -out FILE` and keep \
                 the result as a secret",
            ),
            Self::OtherKind { expected } => write!(
                f,
                "the key is not {expected}, or not whole: the app's private key signs, the platform's public key, from the console's \
                 page of keys, checks"
            ),
            Self::TooSmall => f.write_str(
                "the key has less than 2048 bits: make one with `openssl genrsa 2048` and put its public half on the \
                 console's page of keys",
            ),
            Self::TooLarge => f.write_str("the key has more than 8192 bits: make one of 2048"),
            Self::Name { which } => write!(
                f,
                "`{which}` must be letters, digits, `_`, `-` and `.`, at least one: copy it from the console"
            ),
        }
    }
}

impl std::error::Error for KeyError {}

/// Why something was not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SigningError {
    /// Not a path, with or without a query, as it goes over the wire.
    Uri,
    /// Empty, or with characters that cannot stand in a header.
    Nonce,
    /// The time is before 1970.
    Clock,
    /// The option of a JS API that is to be signed cannot be written as JSON.
    Options,
    /// The system has no random numbers to give, or the crypto library failed.
    Crypto,
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Uri => {
                "the URI must begin with one `/`, without scheme and host, and be escaped as it is sent: \
                 `/api/apps/trade/v2/order/query_order`"
            }
            Self::Nonce => "the nonce must be letters, digits, `_`, `-` and `.`, at least one",
            Self::Clock => "the time is before 1970: set this machine's clock",
            Self::Options => "the signed option cannot be written as JSON: mend its `Serialize`",
            Self::Crypto => "the crypto library failed, or the system has no random numbers: try again",
        })
    }
}

impl std::error::Error for SigningError {}

/// Why a signature is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// Not Base64, or not hexadecimal.
    Unreadable,
    /// The timestamp or the nonce has a line break, with which one signature would fit several texts.
    LineBreak,
    /// The signature is another's, or of other bytes.
    Mismatch,
    /// The key or token to check it with is empty, so anyone could have signed.
    EmptyKey,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "the signature is not in its documented form; refuse the call",
            Self::LineBreak => "the timestamp or the nonce has a line break; refuse the call",
            Self::Mismatch => {
                "the signature does not match; refuse the call. If all calls fail, check that the key is the one that \
                 the console shows and that the body is taken as it came, before any parsing"
            }
            Self::EmptyKey => {
                "the key to check the signature with is empty; refuse the call, and check the variable or file that the key \
                 is read from"
            }
        })
    }
}

impl std::error::Error for SignatureError {}
