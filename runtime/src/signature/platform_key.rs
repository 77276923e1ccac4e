//! What the platform sent in, whether it is the platform's out.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::signature::ParsedPublicKey;

use super::fault::{KeyError, SignatureError};
use super::hash::{RSA, SECRET, hash};
use super::key;
use super::message::Message;
use super::received::{Received, SignedAt};
use super::text::{Added, fields_of, text};
use crate::scheme::{Carrier, Part, Scheme};
use crate::secret::Secret;

/// What the platform's signatures are checked with: its public key, or a secret shared with it. Bound to the scheme that
/// it is for.
#[derive(Clone)]
pub struct PlatformKey {
    scheme: &'static Scheme,
    /// Under which the platform names it, where the scheme does.
    id: Option<String>,
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
        Self::rsa(scheme, || key::public(public_key))
    }

    /// The same from DER, SubjectPublicKeyInfo or PKCS#1.
    ///
    /// # Errors
    ///
    /// As [`PlatformKey::new`].
    pub fn from_der(scheme: &'static Scheme, public_key: &[u8]) -> Result<Self, KeyError> {
        Self::rsa(scheme, || key::public_der(public_key))
    }

    fn rsa(
        scheme: &'static Scheme,
        key: impl FnOnce() -> Result<ParsedPublicKey, KeyError>,
    ) -> Result<Self, KeyError> {
        match scheme.algorithm.is_rsa() {
            true => Ok(Self { scheme, id: None, key: Key::Rsa(key()?) }),
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
            false => Ok(Self { scheme, id: None, key: Key::Secret(Arc::new(secret)) }),
        }
    }

    /// With the id, version or serial number under which the platform names the key. A message that names another is not
    /// checked with this one.
    #[must_use]
    pub fn id(self, id: impl Into<String>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// Checks a message with what travels with it: a callback, or a signed response. Its time is not checked.
    ///
    /// # Errors
    ///
    /// [`SignatureError`]: do not believe the message.
    pub fn verify_message(&self, message: &Message<'_>) -> Result<(), SignatureError> {
        PlatformKeys::from(self.clone()).verify_message(message)
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

    fn check(&self, message: &Message<'_>, received: &Received<'_>) -> Result<(), SignatureError> {
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

    fn is_blank(&self) -> bool {
        matches!(&self.key, Key::Secret(secret) if secret.is_blank())
    }

    fn is_named(&self, id: Option<&str>) -> bool {
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

fn received<'a>(timestamp: &'a str, nonce: &'a str, signature: &'a str) -> Received<'a> {
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

/// The platform's keys that are believed: one; during a change of keys the former one also; and those of an older scheme
/// beside a newer one.
#[derive(Debug, Clone)]
pub struct PlatformKeys {
    keys: Vec<PlatformKey>,
}

impl PlatformKeys {
    /// With another key that is believed. It may be for another scheme.
    #[must_use]
    pub fn and(mut self, key: PlatformKey) -> Self {
        self.keys.push(key);
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
        let message = Message::body(body);
        let received = received(timestamp, nonce, signature);
        first(self.keys.iter(), |key| key.check(&message, &received))
    }

    /// As [`PlatformKey::verify_message`], with any of the keys whose scheme the message is of.
    ///
    /// # Errors
    ///
    /// When no key fits.
    pub fn verify_message(&self, message: &Message<'_>) -> Result<(), SignatureError> {
        self.believe(message).map(drop)
    }

    /// When a message was signed, if by the platform, and by which scheme.
    pub(crate) fn believe(
        &self,
        message: &Message<'_>,
    ) -> Result<(&'static Scheme, SignedAt), SignatureError> {
        let scheme = self.scheme_of(message)?;
        let fields = if scheme.has_fields() { fields_of(message) } else { None };
        let received = scheme.read(message, fields.as_deref())?;
        let message = Message { fields: fields.as_deref(), ..*message };
        let id = received.added.key_id.as_deref();
        let keys = self.keys.iter().filter(|key| key.scheme.name == scheme.name);
        let mut named = keys.filter(|key| key.is_named(id)).peekable();
        if named.peek().is_none() {
            return Err(SignatureError::OtherKey);
        }
        first(named, |key| key.check(&message, &received))?;
        Ok((scheme, scheme.signed_at(&received)))
    }

    /// Of the schemes that there are keys for: the first that the message is of, of those first that are not for all.
    fn scheme_of(&self, message: &Message<'_>) -> Result<&'static Scheme, SignatureError> {
        let schemes = || self.keys.iter().filter(|key| !key.is_blank()).map(|key| key.scheme);
        let marked = schemes().find(|scheme| !scheme.unless.is_empty() && scheme.is_meant(message));
        let any = || schemes().find(|scheme| scheme.unless.is_empty());
        match marked.or_else(any) {
            Some(scheme) => Ok(scheme),
            None if schemes().next().is_none() => Err(SignatureError::EmptyKey),
            None => Err(SignatureError::OtherScheme),
        }
    }
}

/// The first success, or else the last fault.
fn first<'a>(
    keys: impl Iterator<Item = &'a PlatformKey>,
    mut check: impl FnMut(&PlatformKey) -> Result<(), SignatureError>,
) -> Result<(), SignatureError> {
    let mut found = Err(SignatureError::Mismatch);
    for key in keys {
        found = check(key);
        if found.is_ok() {
            break;
        }
    }
    found
}

impl Scheme {
    fn has_fields(&self) -> bool {
        let is_fields = |part: &Part| matches!(part, Part::Fields(_));
        let is_field = |carrier: &Carrier| matches!(carrier, Carrier::Field { .. });
        self.text.iter().any(is_fields) || self.carriers.iter().any(is_field)
    }
}

impl From<PlatformKey> for PlatformKeys {
    fn from(key: PlatformKey) -> Self {
        Self { keys: vec![key] }
    }
}
