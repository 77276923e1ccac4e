//! Headers and bytes of a call in, its event out, if the call is the platform's own and of now.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_lc_rs::digest::{SHA256, digest};
use http::HeaderMap;
use http::header::HeaderName;

use super::ReceiveError;
use crate::callback::{CallbackFault, CallbackHeaders, Event, Events, Opened, RawCallback};
use crate::signature::{PlatformKey, PlatformKeys, hex};
use crate::time::UnixSeconds;

/// What makes a call believed: it is no larger than allowed, signed by the platform, and of about now; only then is its
/// body parsed. Cheap to clone.
///
/// A repeat within the time allowed is believed again: [`Callbacks`](super::Callbacks) hands it over once.
#[derive(Clone)]
pub struct CallbackVerifier {
    keys: Arc<PlatformKeys>,
    max_body: usize,
    #[cfg(feature = "axum")]
    body_timeout: Duration,
    window: Duration,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    #[cfg(feature = "ecpay")]
    ecpay_token: Option<Arc<crate::secret::Secret<String>>>,
}

/// What a believed call tells.
pub(super) struct Verified<E> {
    pub(super) event: Event<E>,
    /// What the event is known by.
    pub(super) key: String,
}

impl CallbackVerifier {
    /// Takes bodies of up to 1 MiB and timestamps of up to 5 minutes before or after this machine's time.
    pub fn new(keys: impl Into<PlatformKeys>) -> Self {
        Self {
            keys: Arc::new(keys.into()),
            max_body: 1 << 20,
            #[cfg(feature = "axum")]
            body_timeout: Duration::from_secs(10),
            window: Duration::from_secs(300),
            clock: Arc::new(SystemTime::now),
            #[cfg(feature = "ecpay")]
            ecpay_token: None,
        }
    }

    /// The largest body that is taken, in bytes.
    #[must_use]
    pub fn max_body(self, bytes: usize) -> Self {
        Self { max_body: bytes, ..self }
    }

    /// How long the body of a call may take to arrive, from its head on; 10 s if not set. After that the call is refused
    /// and its connection closed. `Duration::MAX` is no limit.
    ///
    /// For the router and the extractor, which read the body themselves.
    #[cfg(feature = "axum")]
    #[must_use]
    pub fn body_timeout(self, timeout: Duration) -> Self {
        Self { body_timeout: timeout, ..self }
    }

    /// How far a call's timestamp may be from this machine's time, either way.
    ///
    /// The documents do not say whether a call is signed anew each time that it is repeated. If repeats are refused as
    /// stale, the platform does not, and this must be as long as it repeats.
    #[must_use]
    pub fn window(self, window: Duration) -> Self {
        Self { window, ..self }
    }

    /// Another clock than the system's, for tests.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(now), ..self }
    }

    /// Believes calls of guaranteed payment (ecpay) also: those without the header `Byte-Signature` and without a
    /// `version` in the body, if their `msg_signature` was made with this token from the console's payment settings.
    ///
    /// That signature is over fields of the body, so such a body is parsed before it is believed. With an empty token no such
    /// call is believed, as anyone could have signed it.
    #[cfg(feature = "ecpay")]
    #[must_use]
    pub fn ecpay_token(self, token: crate::secret::Secret<String>) -> Self {
        Self { ecpay_token: Some(token).filter(|token| !token.is_blank()).map(Arc::new), ..self }
    }

    /// The event that a call tells of. Whether it has been handled before is not asked here.
    ///
    /// # Errors
    ///
    /// When the call is not to be believed, or its body is not the documented JSON.
    pub fn verify<E: Events>(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Event<E>, ReceiveError> {
        self.check(headers, body).map(|verified| verified.event)
    }

    pub(super) fn check<E: Events>(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Verified<E>, ReceiveError> {
        if body.len() > self.max_body {
            return Err(self.too_large());
        }
        let signed_at = self.authenticate(headers, body)?;
        // Only the platform, whose signature fits, is told how this machine's clock goes.
        self.check_time(signed_at)?;
        let call = Arc::new(RawCallback::new(headers, body));
        read(&call).map_err(|fault| ReceiveError::Malformed { fault: Arc::new(fault), call })
    }

    /// What a body may have: bytes, and time to arrive.
    #[cfg(feature = "axum")]
    pub(super) fn limits(&self) -> (usize, Duration) {
        (self.max_body, self.body_timeout)
    }

    pub(super) fn too_large(&self) -> ReceiveError {
        ReceiveError::TooLarge { limit: self.max_body }
    }

    /// When the call was signed, if the platform signed it.
    fn authenticate(&self, headers: &HeaderMap, body: &[u8]) -> Result<UnixSeconds, ReceiveError> {
        #[cfg(feature = "ecpay")]
        if let Some(signed_at) = self.authenticate_ecpay(headers, body)? {
            return Ok(signed_at);
        }
        let timestamp = header(headers, &CallbackHeaders::TIMESTAMP)?;
        let nonce = header(headers, &CallbackHeaders::NONCE)?;
        let signature = header(headers, &CallbackHeaders::SIGNATURE)?;
        let signed_at =
            seconds(timestamp).ok_or(ReceiveError::BadHeader { name: "Byte-Timestamp" })?;
        self.keys.verify(timestamp, nonce, body, signature).map_err(ReceiveError::Signature)?;
        Ok(signed_at)
    }

    /// The same for a call that has the older signature in its body, and is allowed to.
    #[cfg(feature = "ecpay")]
    fn authenticate_ecpay(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Option<UnixSeconds>, ReceiveError> {
        use serde_json::{Map, Value};

        use crate::fault::without_bom;

        let (Some(token), false) =
            (&self.ecpay_token, headers.contains_key(CallbackHeaders::SIGNATURE))
        else {
            return Ok(None);
        };
        let Ok(fields) = serde_json::from_slice::<Map<String, Value>>(without_bom(body)) else {
            return Ok(None);
        };
        if fields.contains_key("version") {
            return Ok(None);
        }
        crate::signature::ecpay::verify_callback(&fields, token)
            .map_err(ReceiveError::Signature)?;
        let timestamp = fields.get("timestamp").map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        let signed_at = timestamp.as_deref().and_then(seconds);
        signed_at.map(Some).ok_or_else(|| ReceiveError::Malformed {
            fault: Arc::new(CallbackFault::Missing { key: "timestamp" }),
            call: Arc::new(RawCallback::new(headers, body)),
        })
    }

    fn check_time(&self, signed_at: UnixSeconds) -> Result<(), ReceiveError> {
        let now = (self.clock)();
        let signed_at = signed_at.to_system_time().unwrap_or(SystemTime::UNIX_EPOCH);
        let (ahead, distance) = match signed_at.duration_since(now) {
            Ok(distance) => (true, distance),
            Err(earlier) => (false, earlier.duration()),
        };
        match distance > self.window {
            true => Err(ReceiveError::Stale { by: Duration::from_secs(distance.as_secs()), ahead }),
            false => Ok(()),
        }
    }
}

impl From<PlatformKey> for CallbackVerifier {
    fn from(key: PlatformKey) -> Self {
        Self::new(key)
    }
}

impl From<PlatformKeys> for CallbackVerifier {
    fn from(keys: PlatformKeys) -> Self {
        Self::new(keys)
    }
}

impl fmt::Debug for CallbackVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackVerifier")
            .field("max_body", &self.max_body)
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}

/// The text of a header that is there once. Of two, one reader would check the first and another use the second.
fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<&'a str, ReceiveError> {
    let mut values = headers.get_all(name).iter();
    let shown = shown(name);
    let value = values.next().ok_or(ReceiveError::MissingHeader { name: shown })?;
    match (value.to_str(), values.next()) {
        (Ok(text), None) if !text.is_empty() => Ok(text),
        _ => Err(ReceiveError::BadHeader { name: shown }),
    }
}

/// A header's name as the documents write it.
fn shown(name: &HeaderName) -> &'static str {
    match name.as_str() {
        "byte-timestamp" => "Byte-Timestamp",
        "byte-nonce-str" => "Byte-Nonce-Str",
        _ => "Byte-Signature",
    }
}

/// Digits only: `+5` is a number to a parser, and no timestamp.
fn seconds(text: &str) -> Option<UnixSeconds> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_digits).map(UnixSeconds)
}

fn read<E: Events>(call: &Arc<RawCallback>) -> Result<Verified<E>, CallbackFault> {
    let opened = E::ENVELOPE.open(&call.body)?;
    let content = E::read(&opened)?;
    let key = key(&opened, &content);
    Ok(Verified { event: opened.event(content, Arc::clone(call)), key })
}

/// The most bytes of a key, so that a store can keep it in a column.
const LONGEST_KEY: usize = 200;

/// What an event is known by: its name, and its identity or else the hash of its content.
fn key<E: Events>(opened: &Opened, event: &E) -> String {
    let identity = event.identity().unwrap_or_else(|| sha256(opened.content().as_bytes()));
    let key = format!("{}:{identity}", opened.name());
    if key.len() > LONGEST_KEY { sha256(key.as_bytes()) } else { key }
}

fn sha256(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(digest(&SHA256, bytes).as_ref()))
}
