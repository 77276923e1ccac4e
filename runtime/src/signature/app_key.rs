//! A request in, its signature with the app's private key out.

use std::fmt;
use std::time::SystemTime;

use aws_lc_rs::rand::{self, SystemRandom};
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::authorization::Authorization;
use super::fault::{KeyError, SigningError};
use super::{hex, key};
use crate::js_api::{OptionsSignature, SignedJsApi};
use crate::meta::Method;
use crate::secret::Secret;
use crate::time::UnixSeconds;

/// The app's RSA key pair, with which it signs as `SHA256-RSA2048`: SHA-256 with RSA and the padding of PKCS#1 v1.5.
///
/// Its public half stands on the console's page of keys under `key_version`. `Debug` shows app and version only, and
/// the memory of the key and of its text on the way here is overwritten.
pub struct AppKey {
    app_id: String,
    key_version: String,
    key: RsaKeyPair,
}

impl AppKey {
    /// A private key of 2048 to 8192 bits from PEM, `PRIVATE KEY` (PKCS#8) or `RSA PRIVATE KEY` (PKCS#1), or from the
    /// Base64 inside it. The section may stand among others, and its line breaks may be written `\n`, as in an
    /// environment variable. `key_version` is the version that the console shows, `1` for an app's first key.
    ///
    /// # Errors
    ///
    /// [`KeyError`] says what is wrong with the key, the id or the version, and what to do.
    pub fn new(
        app_id: impl Into<String>,
        key_version: impl Into<String>,
        private_key: &Secret<String>,
    ) -> Result<Self, KeyError> {
        Self::of(app_id.into(), key_version.into(), key::private(private_key.expose())?)
    }

    /// The same from DER, PKCS#8 or PKCS#1.
    ///
    /// # Errors
    ///
    /// As [`AppKey::new`].
    pub fn from_der(
        app_id: impl Into<String>,
        key_version: impl Into<String>,
        private_key: &[u8],
    ) -> Result<Self, KeyError> {
        Self::of(app_id.into(), key_version.into(), key::private_der(private_key)?)
    }

    fn of(app_id: String, key_version: String, key: RsaKeyPair) -> Result<Self, KeyError> {
        for (which, text) in [("app_id", &app_id), ("key_version", &key_version)] {
            if !is_name(text) {
                return Err(KeyError::Name { which });
            }
        }
        Ok(Self { app_id, key_version, key })
    }

    /// Signs a request as of now, with a nonce of 128 random bits.
    ///
    /// `uri` is the path and the query as they are sent, without scheme and host: `/api/apps/trade/v2/..`. `body` is
    /// the very bytes that are sent.
    ///
    /// # Errors
    ///
    /// [`SigningError`], if `uri` is no such path, or the system has no time or no random numbers.
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
    /// The platform takes a nonce once and a time that is about its own, so this is for tests and for callers that
    /// have better sources of both.
    ///
    /// # Errors
    ///
    /// [`SigningError`], if `uri` is no path, the time is before 1970, or the nonce has more than letters, digits,
    /// `_`, `-` and `.`.
    pub fn authorize_at(
        &self,
        method: Method,
        uri: &str,
        body: &[u8],
        timestamp: UnixSeconds,
        nonce: &str,
    ) -> Result<Authorization, SigningError> {
        self.authorize_text(method.as_str(), uri, body, timestamp, nonce)
    }

    /// Signs the options of a JS API as of now, with a nonce of 128 random bits, and puts the authorization in, in the
    /// form that the function takes. Do it last: a change of the signed option makes the signature wrong.
    ///
    /// # Errors
    ///
    /// [`SigningError`], if the system has no time or no random numbers, or the signed option is not to be written.
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
        let OptionsSignature { method, uri, quotes } = T::SIGNATURE;
        let text = options.signed_text().map_err(|_| SigningError::Options)?;
        let signed = self.authorize_text(method, uri, text.as_bytes(), timestamp, nonce)?;
        options.set_authorization(match quotes {
            true => signed.quoted().to_string(),
            false => signed.bare().to_string(),
        });
        Ok(())
    }

    fn authorize_text(
        &self,
        method: &str,
        uri: &str,
        body: &[u8],
        timestamp: UnixSeconds,
        nonce: &str,
    ) -> Result<Authorization, SigningError> {
        let text = text_to_sign(method, uri, body, timestamp, nonce)?;
        Ok(Authorization {
            app_id: self.app_id.clone(),
            nonce: nonce.to_owned(),
            timestamp,
            key_version: self.key_version.clone(),
            signature: self.sign(&text)?,
        })
    }

    fn sign(&self, text: &[u8]) -> Result<String, SigningError> {
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature)
            .map_err(|_| SigningError::Crypto)?;
        Ok(STANDARD.encode(signature))
    }
}

impl fmt::Debug for AppKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppKey")
            .field("app_id", &self.app_id)
            .field("key_version", &self.key_version)
            .finish_non_exhaustive()
    }
}

/// Five lines, each with its line break, the last too.
fn text_to_sign(
    method: &str,
    uri: &str,
    body: &[u8],
    timestamp: UnixSeconds,
    nonce: &str,
) -> Result<Vec<u8>, SigningError> {
    if !is_path(uri) {
        return Err(SigningError::Uri);
    }
    if !is_name(nonce) {
        return Err(SigningError::Nonce);
    }
    if timestamp.0 < 0 {
        return Err(SigningError::Clock);
    }
    let head = format!("{method}\n{uri}\n{}\n{nonce}\n", timestamp.0);
    Ok([head.as_bytes(), body, b"\n"].concat())
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

/// 128 random bits, as 32 digits.
pub(crate) fn random_hex() -> Result<String, SigningError> {
    let mut bytes = [0; 16];
    rand::fill(&mut bytes).map_err(|_| SigningError::Crypto)?;
    Ok(hex(&bytes))
}
