//! A message in, its signature with the app's key out.

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};

use super::authorization::Authorization;
use super::fault::{KeyError, SignatureError, SigningError};
use super::hash::{RSA, SECRET, hash};
use super::message::Message;
use super::text::{Added, text};
use super::{key, random_hex};
use crate::js_api::{OptionsSignature, SignedJsApi};
use crate::meta::Method;
use crate::scheme::{Carrier, Part, Scheme};
use crate::secret::Secret;
use crate::time::UnixSeconds;

/// The key with which the app signs, bound to the scheme that it is for: an RSA key pair, or a secret shared with the
/// platform.
///
/// `Debug` shows account and key id only, and the memory of the key and of its text on the way here is overwritten.
pub struct AppKey {
    scheme: &'static Scheme,
    account: String,
    key_id: String,
    key: Key,
}

enum Key {
    Rsa(RsaKeyPair),
    Secret(Secret<String>),
}

impl AppKey {
    /// A private RSA key of 2048 to 8192 bits from PEM, `PRIVATE KEY` (PKCS#8) or `RSA PRIVATE KEY` (PKCS#1), or from the
    /// Base64 inside it. The section may stand among others, and its line breaks may be written `\n`, as in an
    /// environment variable.
    ///
    /// `account` is who signs, as an app's or a merchant's number, and `key_id` the id, version or serial number under
    /// which the platform knows the key; each is empty where the scheme has no place for it.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what is wrong with the key, the account or the id, and what to do.
    pub fn new(
        scheme: &'static Scheme,
        account: impl Into<String>,
        key_id: impl Into<String>,
        private_key: impl Into<Secret<String>>,
    ) -> Result<Self, KeyError> {
        let private_key = private_key.into();
        let key = || key::private(private_key.expose());
        Self::rsa(scheme, account.into(), key_id.into(), key)
    }

    /// The same from DER, PKCS#8 or PKCS#1.
    ///
    /// # Errors
    ///
    /// As [`AppKey::new`].
    pub fn from_der(
        scheme: &'static Scheme,
        account: impl Into<String>,
        key_id: impl Into<String>,
        private_key: &[u8],
    ) -> Result<Self, KeyError> {
        Self::rsa(scheme, account.into(), key_id.into(), || key::private_der(private_key))
    }

    /// A secret that is shared with the platform.
    ///
    /// # Errors
    ///
    /// [`KeyError`], if the scheme is for RSA keys, the secret is blank, or the account or the id cannot be sent.
    pub fn secret(
        scheme: &'static Scheme,
        account: impl Into<String>,
        key_id: impl Into<String>,
        secret: Secret<String>,
    ) -> Result<Self, KeyError> {
        if scheme.algorithm.is_rsa() {
            return Err(KeyError::OtherKind { expected: RSA });
        }
        scheme.algorithm.require()?;
        if secret.is_blank() {
            return Err(KeyError::Blank);
        }
        Self::of(scheme, account.into(), key_id.into(), Key::Secret(secret))
    }

    fn rsa(
        scheme: &'static Scheme,
        account: String,
        key_id: String,
        key: impl FnOnce() -> Result<RsaKeyPair, KeyError>,
    ) -> Result<Self, KeyError> {
        match scheme.algorithm.is_rsa() {
            true => Self::of(scheme, account, key_id, Key::Rsa(key()?)),
            false => Err(KeyError::OtherKind { expected: SECRET }),
        }
    }

    fn of(
        scheme: &'static Scheme,
        account: String,
        key_id: String,
        key: Key,
    ) -> Result<Self, KeyError> {
        for (part, text) in [(Part::Account, &account), (Part::KeyId, &key_id)] {
            if scheme.has(part) && !is_name(text) {
                return Err(KeyError::Name { which: scheme.name_of(part) });
            }
        }
        Ok(Self { scheme, account, key_id, key })
    }

    /// Signs a request as of now, with a nonce of 128 random bits.
    ///
    /// `uri` is the path and the query as they are sent, without scheme and host: `/v2/orders?limit=1`. `body` is the
    /// very bytes that are sent.
    ///
    /// # Errors
    ///
    /// [`SigningError`], if `uri` is not such a path, or the system has no time or no random numbers.
    pub fn authorize(
        &self,
        method: Method,
        uri: &str,
        body: &[u8],
    ) -> Result<Authorization, SigningError> {
        self.authorize_at(method, uri, body, now()?, &random_hex()?)
    }

    /// Signs a request with a time and a nonce of the caller's: the same signature for the same arguments.
    ///
    /// Platforms take a nonce once and a time that is about their own, so this is for tests and for callers that have
    /// better sources of both.
    ///
    /// # Errors
    ///
    /// [`SigningError`], if `uri` is not a path, the time is before 1970, or the nonce has more than letters, digits,
    /// `_`, `-` and `.`.
    pub fn authorize_at(
        &self,
        method: Method,
        uri: &str,
        body: &[u8],
        timestamp: UnixSeconds,
        nonce: &str,
    ) -> Result<Authorization, SigningError> {
        self.sign_at(&Message::request(method.as_str(), uri, body), timestamp, nonce)
    }

    /// Signs the options of a JS API as of now, with a nonce of 128 random bits, and puts the authorization in, in the
    /// form that the function takes. Do it last: a change of the signed option makes the signature wrong.
    ///
    /// # Errors
    ///
    /// [`SigningError`], if the key is for another scheme than the function takes, the system has no time or no random
    /// numbers, or the signed option is not to be written.
    pub fn sign_options<T: SignedJsApi>(&self, options: &mut T) -> Result<(), SigningError> {
        self.sign_options_at(options, now()?, &random_hex()?)
    }

    /// As [`AppKey::sign_options`], with a time and a nonce of the caller's, see [`AppKey::authorize_at`].
    ///
    /// # Errors
    ///
    /// [`SigningError`], as for both.
    pub fn sign_options_at<T: SignedJsApi>(
        &self,
        options: &mut T,
        timestamp: UnixSeconds,
        nonce: &str,
    ) -> Result<(), SigningError> {
        let OptionsSignature { scheme, method, uri, quotes } = T::SIGNATURE;
        if scheme.name != self.scheme.name {
            return Err(SigningError::OtherScheme { expected: scheme.name });
        }
        let text = options.signed_text().map_err(|_| SigningError::Options)?;
        let message = Message::request(method, uri, text.as_bytes());
        let signed = self.sign_at(&message, timestamp, nonce)?;
        options.set_authorization(match quotes {
            true => signed.quoted().to_string(),
            false => signed.bare().to_string(),
        });
        Ok(())
    }

    /// Signs a message as of now, with a nonce of 128 random bits.
    ///
    /// # Errors
    ///
    /// As [`AppKey::sign_at`], and if the system has no time or no random numbers.
    pub fn sign(&self, message: &Message<'_>) -> Result<Authorization, SigningError> {
        self.sign_at(message, now()?, &random_hex()?)
    }

    /// Signs a message with a time and a nonce of the caller's, see [`AppKey::authorize_at`].
    ///
    /// # Errors
    ///
    /// [`SigningError`], if the message lacks what the scheme signs.
    pub fn sign_at(
        &self,
        message: &Message<'_>,
        timestamp: UnixSeconds,
        nonce: &str,
    ) -> Result<Authorization, SigningError> {
        check(self.scheme, message, timestamp, nonce)?;
        let seconds = timestamp.0.to_string();
        let added = Added {
            timestamp: Some(Cow::Borrowed(&seconds)),
            nonce: Some(Cow::Borrowed(nonce)),
            account: Some(Cow::Borrowed(&self.account)),
            key_id: Some(Cow::Borrowed(&self.key_id)),
        };
        let secret = match &self.key {
            Key::Rsa(_) => None,
            Key::Secret(secret) => Some(secret),
        };
        let text = text(self.scheme, message, &added, secret).map_err(SigningError::from)?;
        let signature = match &self.key {
            Key::Rsa(key) => sign_rsa(key, &text)?,
            Key::Secret(key) => {
                hash(self.scheme.algorithm, text, key).map_err(|_| SigningError::Scheme)?
            }
        };
        Ok(Authorization {
            scheme: self.scheme,
            account: self.account.clone(),
            nonce: nonce.to_owned(),
            timestamp,
            key_id: self.key_id.clone(),
            signature: self.scheme.encoding.encode(&signature),
        })
    }
}

/// The signature of a message by a scheme that adds nothing to it, with a shared secret.
///
/// # Errors
///
/// [`SigningError`], if the scheme is for RSA keys, or the message lacks what the scheme signs.
pub fn sign_with_secret(
    scheme: &Scheme,
    secret: &Secret<String>,
    message: &Message<'_>,
) -> Result<String, SigningError> {
    let text = text(scheme, message, &Added::default(), Some(secret))?;
    let signature = hash(scheme.algorithm, text, secret).map_err(|_| SigningError::Scheme)?;
    Ok(scheme.encoding.encode(&signature))
}

impl fmt::Debug for AppKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppKey")
            .field("account", &self.account)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

fn sign_rsa(key: &RsaKeyPair, text: &[u8]) -> Result<Vec<u8>, SigningError> {
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature)
        .map_err(|_| SigningError::Crypto)?;
    Ok(signature)
}

/// Whether all that the scheme signs or sends can be written.
fn check(
    scheme: &Scheme,
    message: &Message<'_>,
    timestamp: UnixSeconds,
    nonce: &str,
) -> Result<(), SigningError> {
    if scheme.text.contains(&Part::Target) && !is_path(message.target) {
        return Err(SigningError::Uri);
    }
    if scheme.has(Part::Nonce) && !is_name(nonce) {
        return Err(SigningError::Nonce);
    }
    if timestamp.0 < 0 {
        return Err(SigningError::Clock);
    }
    Ok(())
}

impl Scheme {
    /// What the platform calls a part.
    fn name_of(&self, part: Part) -> &'static str {
        let pairs = match self.carried(part) {
            Some(Carrier::Header { header: name, .. } | Carrier::Field { field: name, .. }) => {
                return name;
            }
            Some(Carrier::Pairs { pairs, .. }) => *pairs,
            None => &[],
        };
        let pair = pairs.iter().find(|(_, carried)| *carried == part);
        pair.map_or("account or key id", |(name, _)| name)
    }
}

impl From<SignatureError> for SigningError {
    fn from(error: SignatureError) -> Self {
        match error {
            SignatureError::Unreadable => Self::Fields,
            _ => Self::Separator,
        }
    }
}

fn is_path(uri: &str) -> bool {
    // After `//` a host would follow (RFC 3986, section 4.2), and a fragment is not sent.
    let is_sent = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
    uri.starts_with('/') && !uri.starts_with("//") && uri.bytes().all(is_sent)
}

/// Whether a text can stand in a header, with quotes and without, and in a line of what is signed.
fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    !text.is_empty() && text.bytes().all(is_plain)
}

fn now() -> Result<UnixSeconds, SigningError> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seconds = since.map_err(|_| SigningError::Clock)?.as_secs();
    i64::try_from(seconds).map(UnixSeconds).map_err(|_| SigningError::Clock)
}
