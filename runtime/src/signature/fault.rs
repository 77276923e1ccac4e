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
    /// A key for something else: a public key where a private one is due, a key that is not RSA's.
    OtherKind {
        /// What is due, as `an RSA private key`.
        expected: &'static str,
    },
    /// A certificate where the key in it is due.
    Certificate,
    /// Of less than 2048 bits.
    TooSmall,
    /// Of more than 8192 bits.
    TooLarge,
    /// A shared secret that is empty or white space: anyone can sign with it.
    Blank,
    /// A shared secret of a length that the algorithm does not take.
    Length {
        /// What it takes.
        bytes: usize,
    },
    /// The scheme's algorithm is behind a cargo feature that is off.
    Feature {
        /// The feature of `apiscribe`.
        name: &'static str,
    },
    /// The account or the key's id is empty or has characters that cannot stand in a header.
    Name {
        /// What the platform calls it.
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
                "the key is not {expected}, or not whole: the app's private key signs, the platform's public key checks"
            ),
            Self::Certificate => f.write_str(
                "this is a certificate: read it with `Certificate::new`, and take `PlatformKey::certificate`",
            ),
            Self::TooSmall => f.write_str(
                "the key has less than 2048 bits: make one with `openssl genrsa 2048` and give the platform its public half",
            ),
            Self::TooLarge => f.write_str("the key has more than 8192 bits: make one of 2048"),
            Self::Blank => f.write_str(
                "the secret is empty, so anyone could sign: check the variable or file that it is read from",
            ),
            Self::Length { bytes } => write!(f, "the secret must be {bytes} bytes long"),
            Self::Feature { name } => {
                write!(f, "the scheme's algorithm needs the feature `{name}` of apiscribe: enable it")
            }
            Self::Name { which } => write!(
                f,
                "`{which}` must be letters, digits, `_`, `-` and `.`, at least one: copy it from the platform's console"
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
    /// The body is not a JSON object, or has fields of which no scheme can say how they are signed.
    Fields,
    /// A part of what is signed holds what stands between the parts.
    Separator,
    /// The scheme names what is not a header, or writes what none can hold.
    Header,
    /// The scheme is for RSA keys, and a secret was given; or its algorithm is behind a cargo feature that is off.
    Scheme,
    /// The key is for another scheme than the function takes.
    OtherScheme {
        /// Name of the scheme in the spec.
        expected: &'static str,
    },
    /// The system has no random numbers to give, or the crypto library failed.
    Crypto,
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Uri => {
                "the URI must begin with one `/`, without scheme and host, and be escaped as it is sent: \
                 `/v2/orders?limit=1`"
            }
            Self::Nonce => "the nonce must be letters, digits, `_`, `-` and `.`, at least one",
            Self::Clock => "the time is before 1970: set this machine's clock",
            Self::Options => "the signed option cannot be written as JSON: fix its `Serialize`",
            Self::Fields => "the body has no fields that can be signed: give a JSON object of strings and numbers",
            Self::Separator => "a part of what is signed contains a line break or another separator of the parts",
            Self::Scheme => {
                "the scheme is for RSA keys, or needs the feature `legacy-hashes` of apiscribe: sign with an `AppKey`, or \
                 enable the feature"
            }
            Self::OtherScheme { expected } => {
                return write!(f, "the key is for another scheme: make one for `{expected}`");
            }
            Self::Header => "the scheme names or writes an invalid header: correct its carriers",
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
    /// A part contains a line break or another separator of the parts, with which one signature would fit several texts.
    Separator,
    /// A header that the scheme needs is missing.
    MissingHeader {
        /// As the documents write it.
        name: &'static str,
    },
    /// A header that the scheme needs is there twice, is empty, or is malformed.
    BadHeader {
        /// As the documents write it.
        name: &'static str,
    },
    /// It was made with another key than those given.
    OtherKey,
    /// It is right, and was made with a key whose certificate has expired.
    ExpiredKey,
    /// It is of a scheme for which no key is given.
    OtherScheme,
    /// The signature is another's, or of other bytes.
    Mismatch,
    /// The key or token to check it with is empty, so anyone could have signed.
    EmptyKey,
}

impl SignatureError {
    /// What is wrong, without a word on what to do.
    pub(super) fn fmt_what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "the signature is not in its documented form",
            Self::Separator => "a part contains a line break or another separator of the parts",
            Self::MissingHeader { name } => return write!(f, "the header `{name}` is missing"),
            Self::BadHeader { name } => {
                return write!(f, "the header `{name}` is malformed");
            }
            Self::OtherKey => "it was made with a key that is not among those given",
            Self::ExpiredKey => "it was made with a key whose certificate has expired",
            Self::OtherScheme => "it is of a scheme for which no key is given",
            Self::Mismatch => "the signature does not match",
            Self::EmptyKey => "the key to check the signature with is empty",
        })
    }
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_what(f)?;
        f.write_str("; refuse the call")?;
        f.write_str(match self {
            Self::OtherKey | Self::ExpiredKey => ", and fetch the platform's newest keys",
            Self::Mismatch => {
                ". If all calls fail, check that the key is the one that the platform shows and that the body is taken as \
                 it came, before any parsing"
            }
            Self::EmptyKey => ", and check the variable or file that the key is read from",
            _ => "",
        })
    }
}

impl std::error::Error for SignatureError {}

/// Why encrypted content cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CipherError {
    /// Not a JSON object.
    NoObject,
    /// A field is missing or malformed.
    Field {
        /// Its name.
        field: &'static str,
    },
    /// Encrypted with another key, or changed.
    Mismatch,
    /// The plain text is not UTF-8.
    NoText,
}

impl fmt::Display for CipherError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoObject => f.write_str("the encrypted content is not a JSON object"),
            Self::Field { field } => write!(f, "{field}: missing or malformed"),
            Self::Mismatch => f.write_str(
                "the content was encrypted with another key, or changed; check that the key is the one agreed with the platform",
            ),
            Self::NoText => f.write_str("the decrypted content is not UTF-8"),
        }
    }
}

impl std::error::Error for CipherError {}
