//! A string to sign and a shared secret in, a signature as text out; and any signature as text.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::fault::{KeyError, SignatureError};
use super::hex;
use crate::scheme::{Algorithm, Encoding};
use crate::secret::Secret;

impl Encoding {
    pub(super) fn encode(self, signature: &[u8]) -> String {
        match self {
            Self::Base64 => STANDARD.encode(signature),
            Self::Hex => hex(signature),
            Self::UpperHex => hex(signature).to_ascii_uppercase(),
        }
    }

    pub(super) fn decode(self, text: &str) -> Result<Vec<u8>, SignatureError> {
        match self {
            Self::Base64 => STANDARD.decode(text).ok(),
            Self::Hex | Self::UpperHex => from_hex(text),
        }
        .ok_or(SignatureError::Unreadable)
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| match *pair {
            [high, low] => Some(digit(high)? << 4 | digit(low)?),
            _ => None,
        })
        .collect()
}

/// The signature of a text with a shared secret.
pub(super) fn hash(
    algorithm: Algorithm,
    text: Vec<u8>,
    key: &Secret<String>,
) -> Result<Vec<u8>, KeyError> {
    match algorithm {
        Algorithm::RsaSha256 => Err(KeyError::OtherKind { expected: RSA }),
        Algorithm::HmacSha256 => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, key.expose().as_bytes());
            Ok(hmac::sign(&key, &text).as_ref().to_vec())
        }
        #[cfg(not(feature = "legacy-hashes"))]
        Algorithm::Sha1 | Algorithm::Md5 => Err(KeyError::Feature { name: LEGACY }),
        #[cfg(feature = "legacy-hashes")]
        Algorithm::Sha1 => {
            use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
            Ok(digest(&SHA1_FOR_LEGACY_USE_ONLY, &zeroize::Zeroizing::new(text)).as_ref().to_vec())
        }
        #[cfg(feature = "legacy-hashes")]
        Algorithm::Md5 => {
            use md5::Digest;
            Ok(md5::Md5::digest(&*zeroize::Zeroizing::new(text)).to_vec())
        }
    }
}

/// What the key of an RSA scheme is.
pub(super) const RSA: &str = "an RSA key in PEM, Base64 or DER";
/// What the key of any other scheme is.
pub(super) const SECRET: &str = "a shared secret";

/// The feature with the hashes that are not safe.
const LEGACY: &str = "legacy-hashes";

impl Algorithm {
    /// Whether this build can compute it.
    pub(super) fn require(self) -> Result<(), KeyError> {
        let is_legacy = matches!(self, Self::Sha1 | Self::Md5);
        match is_legacy && !cfg!(feature = "legacy-hashes") {
            true => Err(KeyError::Feature { name: LEGACY }),
            false => Ok(()),
        }
    }

    pub(super) fn is_rsa(self) -> bool {
        self == Self::RsaSha256
    }
}
