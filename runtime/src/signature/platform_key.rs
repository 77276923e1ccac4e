//! What the platform sent in, whether it is the platform's out.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::signature::ParsedPublicKey;

use super::certificate::Certificate;
use super::fault::{KeyError, SignatureError};
use super::hash::{RSA, SECRET, hash};
use super::key;
use super::message::Message;
use super::platform_keys::believe;
use super::received::Received;
use super::text::{Added, text};
use crate::scheme::{Part, Scheme};
use crate::secret::Secret;

/// What the platform's signatures are checked with: its public key, or a secret shared with it. Bound to the scheme that
/// it is for.
#[derive(Clone)]
pub struct PlatformKey {
    scheme: &'static Scheme,
    /// Under which the platform names it, where the scheme does.
    id: Option<String>,
    /// When its certificate expires, if it has one.
    expires: Option<SystemTime>,
    key: Key,
}

#[derive(Clone)]
enum Key {
    Rsa(ParsedPublicKey),
    Secret(Arc<Secret<String>>),
}

impl PlatformKey {
    /// A public RSA key of 2048 to 8192 bits from PEM, `PUBLIC KEY` or `RSA PUBLIC KEY`, or from the Base64 inside it.
    /// The section may stand among others, and its line breaks may be written `\n`, as in an environment variable.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what is wrong with the key and what to do.
    pub fn new(scheme: &'static Scheme, public_key: &str) -> Result<Self, KeyError> {
        Self::rsa(scheme, || {
            key::public(public_key).map_err(|error| match (error, Certificate::new(public_key)) {
                (KeyError::OtherKind { .. }, Ok(_)) => KeyError::Certificate,
                (error, _) => error,
            })
        })
    }

    /// The same from DER, SubjectPublicKeyInfo or PKCS#1.
    ///
    /// # Errors
    ///
    /// As [`PlatformKey::new`].
    pub fn from_der(scheme: &'static Scheme, public_key: &[u8]) -> Result<Self, KeyError> {
        Self::rsa(scheme, || key::public_der(public_key))
    }

    /// The public key in a certificate, named by the certificate's serial number where the scheme names keys: in upper case, as
    /// [`Certificate::serial_number`] has it. [`PlatformKey::id`] gives it another name.
    ///
    /// Nobody vouches for the certificate but who gave it here: neither its issuer is looked at nor what it is for. What was
    /// signed with it is not believed once it has expired, by those who know the time: a client's `verifier` and
    /// `CallbackVerifier`. A key that is to be believed for good is made of its public key alone, by [`PlatformKey::new`].
    ///
    /// # Errors
    ///
    /// As [`PlatformKey::new`].
    pub fn certificate(
        scheme: &'static Scheme,
        certificate: &Certificate,
    ) -> Result<Self, KeyError> {
        let key = Self::from_der(scheme, certificate.key())?;
        let id = scheme.has(Part::KeyId).then(|| certificate.serial_number().to_owned());
        Ok(Self { id, expires: Some(certificate.expires()), ..key })
    }

    fn rsa(
        scheme: &'static Scheme,
        key: impl FnOnce() -> Result<ParsedPublicKey, KeyError>,
    ) -> Result<Self, KeyError> {
        match scheme.algorithm.is_rsa() {
            true => Ok(Self { scheme, id: None, expires: None, key: Key::Rsa(key()?) }),
            false => Err(KeyError::OtherKind { expected: SECRET }),
        }
    }

    /// A secret that is shared with the platform. With a blank one nothing is believed, as anyone could have signed.
    ///
    /// # Errors
    ///
    /// [`KeyError::OtherKind`], if the scheme is for public keys; [`KeyError::Feature`], if its algorithm is not enabled.
    pub fn secret(scheme: &'static Scheme, secret: Secret<String>) -> Result<Self, KeyError> {
        scheme.algorithm.require()?;
        match scheme.algorithm.is_rsa() {
            true => Err(KeyError::OtherKind { expected: RSA }),
            false => {
                Ok(Self { scheme, id: None, expires: None, key: Key::Secret(Arc::new(secret)) })
            }
        }
    }

    /// With the id, version or serial number under which the platform names the key. A message that names another is not
    /// checked with this one.
    #[must_use]
    pub fn id(self, id: impl Into<String>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// Checks a message with what travels with it: a callback, or a signed response. Neither its time is checked nor whether
    /// the key's certificate has expired.
    ///
    /// # Errors
    ///
    /// [`SignatureError`]: do not believe the message.
    pub fn verify_message(&self, message: &Message<'_>) -> Result<(), SignatureError> {
        believe(std::slice::from_ref(self), message, None).map(drop)
    }

    /// Checks a signature over a body and what was read of its headers by the caller. `timestamp` and `nonce` are as they
    /// came, the body's bytes before anything has parsed them.
    ///
    /// # Errors
    ///
    /// [`SignatureError`]: do not believe the message.
    pub fn verify(
        &self,
        timestamp: &str,
        nonce: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<(), SignatureError> {
        self.check(&Message::body(body), &received(timestamp, nonce, signature))
    }

    /// Checks a signature that is made of nothing but the message.
    ///
    /// # Errors
    ///
    /// [`SignatureError`]: do not believe the message.
    pub fn verify_bare(
        &self,
        message: &Message<'_>,
        signature: &str,
    ) -> Result<(), SignatureError> {
        self.check(message, &received("", "", signature))
    }

    pub(super) fn check(
        &self,
        message: &Message<'_>,
        received: &Received<'_>,
    ) -> Result<(), SignatureError> {
        let signatures = &received.signatures;
        let secret = match &self.key {
            Key::Rsa(key) => {
                let text = text(self.scheme, message, &received.added, None)?;
                return any(signatures, |signature| {
                    let signature = self.scheme.encoding.decode(signature)?;
                    key.verify_sig(&text, &signature).map_err(|_| SignatureError::Mismatch)
                });
            }
            Key::Secret(secret) => secret,
        };
        if secret.is_blank() {
            return Err(SignatureError::EmptyKey);
        }
        let text = text(self.scheme, message, &received.added, Some(secret))?;
        let expected = hash(self.scheme.algorithm, text, secret);
        let expected = expected.map_err(|_| SignatureError::EmptyKey)?;
        // Compared as text, in a time that does not tell how much of it is the same.
        let expected = self.scheme.encoding.encode(&expected);
        any(signatures, |signature| {
            verify_slices_are_equal(signature.as_bytes(), expected.as_bytes())
                .map_err(|_| SignatureError::Mismatch)
        })
    }

    pub(super) fn is_blank(&self) -> bool {
        matches!(&self.key, Key::Secret(secret) if secret.is_blank())
    }

    pub(super) fn scheme(&self) -> &'static Scheme {
        self.scheme
    }

    pub(super) fn has_expired(&self, now: SystemTime) -> bool {
        self.expires.is_some_and(|expires| expires < now)
    }

    pub(super) fn is_named(&self, id: Option<&str>) -> bool {
        match (&self.id, id) {
            (Some(id), Some(named)) => id == named,
            _ => true,
        }
    }
}

/// The first success, or else the last fault.
fn any(
    signatures: &[Cow<'_, str>],
    mut check: impl FnMut(&str) -> Result<(), SignatureError>,
) -> Result<(), SignatureError> {
    let mut found = Err(SignatureError::Unreadable);
    for signature in signatures {
        found = check(signature);
        if found.is_ok() {
            break;
        }
    }
    found
}

/// What a caller has read of a message's headers.
pub(super) fn received<'a>(timestamp: &'a str, nonce: &'a str, signature: &'a str) -> Received<'a> {
    let added = Added {
        timestamp: Some(Cow::Borrowed(timestamp)),
        nonce: Some(Cow::Borrowed(nonce)),
        ..Added::default()
    };
    Received { added, signatures: vec![Cow::Borrowed(signature)] }
}

impl fmt::Debug for PlatformKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlatformKey")
    }
}

/// The first success, or else the last fault.
pub(super) fn first<'a>(
    keys: impl Iterator<Item = &'a PlatformKey>,
    mut check: impl FnMut(&PlatformKey) -> Result<(), SignatureError>,
) -> Result<(), SignatureError> {
    let mut found = Err(SignatureError::Mismatch);
    for key in keys {
        match check(key) {
            Ok(()) => return Ok(()),
            // That key has signed it, so no other fault says more.
            Err(_) if found == Err(SignatureError::ExpiredKey) => {}
            fault => found = fault,
        }
    }
    found
}
