//! What the platform sent in, whether it is the platform's out.

use std::fmt;

use aws_lc_rs::signature::ParsedPublicKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::fault::{KeyError, SignatureError};
use super::key;

/// The platform's RSA public key for one app, from the console's page of keys. It is not the app's own public key.
#[derive(Clone)]
pub struct PlatformKey(ParsedPublicKey);

impl PlatformKey {
    /// A public key of 2048 to 8192 bits from PEM, `PUBLIC KEY` or `RSA PUBLIC KEY`, or from the Base64 inside it,
    /// which is what the console shows. The section may stand among others, and its line breaks may be written `\n`, as
    /// in an environment variable.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what is wrong with the key and what to do.
    pub fn new(public_key: &str) -> Result<Self, KeyError> {
        key::public(public_key).map(Self)
    }

    /// The same from DER, SubjectPublicKeyInfo or PKCS#1.
    ///
    /// # Errors
    ///
    /// As [`PlatformKey::new`].
    pub fn from_der(public_key: &[u8]) -> Result<Self, KeyError> {
        key::public_der(public_key).map(Self)
    }

    /// Checks a call by the platform, or its signed response: the headers `Byte-Timestamp`, `Byte-Nonce-Str` and
    /// `Byte-Signature` as they came, and the body's bytes before anything has parsed them.
    ///
    /// # Errors
    ///
    /// [`SignatureError`]: do not believe the call.
    pub fn verify(
        &self,
        timestamp: &str,
        nonce: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<(), SignatureError> {
        self.check(&Signed::new(timestamp, nonce, body, signature)?)
    }

    fn check(&self, signed: &Signed) -> Result<(), SignatureError> {
        let checked = self.0.verify_sig(&signed.text, &signed.signature);
        checked.map_err(|_| SignatureError::Mismatch)
    }
}

impl fmt::Debug for PlatformKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlatformKey")
    }
}

/// The platform's keys that are believed: one, and during a change of keys the former one also.
#[derive(Debug, Clone)]
pub struct PlatformKeys {
    first: PlatformKey,
    others: Vec<PlatformKey>,
}

impl PlatformKeys {
    /// With another key that is believed.
    #[must_use]
    pub fn and(mut self, key: PlatformKey) -> Self {
        self.others.push(key);
        self
    }

    /// As [`PlatformKey::verify`], with any of the keys.
    ///
    /// # Errors
    ///
    /// When no key fits.
    pub fn verify(
        &self,
        timestamp: &str,
        nonce: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<(), SignatureError> {
        let signed = Signed::new(timestamp, nonce, body, signature)?;
        let others = self.others.iter();
        others.fold(self.first.check(&signed), |found, key| found.or_else(|_| key.check(&signed)))
    }
}

impl From<PlatformKey> for PlatformKeys {
    fn from(first: PlatformKey) -> Self {
        Self { first, others: Vec::new() }
    }
}

/// A text that was signed, and its signature.
struct Signed {
    text: Vec<u8>,
    signature: Vec<u8>,
}

impl Signed {
    /// Three lines, each with its line break, the last too.
    fn new(
        timestamp: &str,
        nonce: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<Self, SignatureError> {
        // Else the start of the body could be moved into the nonce under the same signature.
        if [timestamp, nonce].iter().any(|text| text.contains('\n')) {
            return Err(SignatureError::LineBreak);
        }
        let signature = STANDARD.decode(signature).map_err(|_| SignatureError::Unreadable)?;
        let text = [timestamp.as_bytes(), nonce.as_bytes(), body, b""].join(&b'\n');
        Ok(Self { text, signature })
    }
}
