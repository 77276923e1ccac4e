//! Headers and bytes of a call in, its event out, if the call is the platform's own and of now.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_lc_rs::digest::{Context, SHA256};
use http::HeaderMap;
use serde_json::{Map, Value};

use super::ReceiveError;
use crate::callback::{CallbackFault, Event, Events, Opened, RawCallback, identity_of};
use crate::scheme::CallbackScheme;
use crate::signature::{ContentKey, Message, PlatformKeys, ResponseVerifier, Unverified, hex};

/// What makes a call trusted: it is no larger than allowed, signed by the platform, and of about now; only then is its
/// body parsed. Cheap to clone.
///
/// A repeat within the time allowed is believed again: [`Callbacks`](super::Callbacks) hands it over once.
#[derive(Clone)]
pub struct CallbackVerifier {
    scheme: &'static CallbackScheme,
    content_key: Option<ContentKey>,
    max_body: usize,
    #[cfg(feature = "axum")]
    body_timeout: Duration,
    messages: ResponseVerifier,
}

/// What a believed call tells.
pub(super) struct Verified<E> {
    pub(super) event: Event<E>,
    /// What the event is known by.
    pub(super) key: String,
}

impl CallbackVerifier {
    /// Takes bodies of up to 1 MiB, and timestamps as far from this machine's time as the scheme of the signature allows.
    pub fn new(scheme: &'static CallbackScheme, keys: impl Into<PlatformKeys>) -> Self {
        Self {
            scheme,
            content_key: None,
            max_body: 1 << 20,
            #[cfg(feature = "axum")]
            body_timeout: Duration::from_secs(10),
            messages: ResponseVerifier::new(keys),
        }
    }

    /// The secret by which the content of calls is decrypted, where the scheme encrypts it.
    #[must_use]
    pub fn content_key(self, key: ContentKey) -> Self {
        Self { content_key: Some(key), ..self }
    }

    /// The largest body that is taken, in bytes.
    #[must_use]
    pub fn max_body(self, bytes: usize) -> Self {
        Self { max_body: bytes, ..self }
    }

    /// How long the body of a call may take to arrive, from its head on; 10 s if not set. After that the call is refused
    /// and its connection closed. `Duration::MAX` means no limit.
    ///
    /// For the router and the extractor, which read the body themselves.
    #[cfg(feature = "axum")]
    #[must_use]
    pub fn body_timeout(self, timeout: Duration) -> Self {
        Self { body_timeout: timeout, ..self }
    }

    /// How far a call's timestamp may be from this machine's time, either way; that of the signature's scheme if not set.
    ///
    /// Where documents do not say whether a call is signed anew each time that it is repeated, repeats that are refused as
    /// stale show that it is not, and this must be as long as the platform repeats.
    #[must_use]
    pub fn window(mut self, window: Duration) -> Self {
        self.messages = self.messages.window(window);
        self
    }

    /// Another clock than the system's, for tests.
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.messages = self.messages.clock(now);
        self
    }

    /// The event that a call reports. Whether it has been handled before is not asked here.
    ///
    /// # Errors
    ///
    /// When the call is not to be believed, or its body is not the documented JSON.
    pub fn verify<E: Events>(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Event<E>, ReceiveError> {
        self.receive(headers, body).map(|verified| verified.event)
    }

    /// Verifies a call without reading its body, for calls that no envelope describes: its size, its signature and, by the
    /// clock and the window, its time. Whether it came before is not asked either, so a repeat within the window is believed
    /// again.
    ///
    /// ```
    /// # use apiscribe::callback::{CallbackVerifier, ReceiveError};
    /// # fn command(verifier: &CallbackVerifier, request: &http::Request<Vec<u8>>) -> Result<Vec<u8>, ReceiveError> {
    /// // `command=%2Fdeploy&text=now`, signed
    /// let call = verifier.check(request.headers(), request.body())?;
    /// Ok(call.body.to_vec()) // to a reader of forms
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the call is not to be believed.
    pub fn check(&self, headers: &HeaderMap, body: &[u8]) -> Result<RawCallback, ReceiveError> {
        self.check_form(headers, body, |_| None)
    }

    /// The same of a call whose body is a form, if it has `fields`, which are asked for if the signature is over fields.
    fn check_form(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        fields: impl FnOnce(&[u8]) -> Option<Map<String, Value>>,
    ) -> Result<RawCallback, ReceiveError> {
        if body.len() > self.max_body {
            return Err(self.too_large());
        }
        let fields = if self.messages.reads_fields() { fields(body) } else { None };
        let mut message = Message::received(headers, body);
        message.fields = fields.as_ref();
        self.messages.verify_message(&message).map_err(|unverified| match unverified {
            Unverified::Signature(error) => error.into(),
            // Only the platform, whose signature fits, is told how this machine's clock goes.
            Unverified::Stale { by, ahead } => ReceiveError::Stale { by, ahead },
            Unverified::NoTime { field: key } => {
                let fault = Arc::new(CallbackFault::Missing { key });
                let call = Arc::new(RawCallback::new(self.scheme, headers, body));
                ReceiveError::Malformed { fault, call }
            }
        })?;
        Ok(RawCallback::new(self.scheme, headers, body))
    }

    pub(super) fn receive<E: Events>(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Verified<E>, ReceiveError> {
        let call = self.check_form(headers, body, |body| E::ENVELOPE.form_fields(body))?;
        let opened = E::ENVELOPE.open(&call.body);
        let call = Arc::new(match &opened {
            Ok(opened) => call.with_ids(opened.ids()),
            Err(_) => call,
        });
        let read = opened.and_then(|opened| self.read(opened, &call));
        read.map_err(|fault| ReceiveError::Malformed { fault: Arc::new(fault), call })
    }

    fn read<E: Events>(
        &self,
        mut opened: Opened,
        call: &Arc<RawCallback>,
    ) -> Result<Verified<E>, CallbackFault> {
        if let Some(key) = &self.content_key {
            opened.decrypt(|content| key.open(content))?;
        }
        let content = E::read(&opened)?;
        let key = key(&opened, &content, &call.body);
        Ok(Verified { event: opened.event(content, Arc::clone(call)), key })
    }

    /// What the platform wants to hear.
    pub(super) fn scheme(&self) -> &'static CallbackScheme {
        self.scheme
    }

    /// What a body may have: bytes, and time to arrive.
    #[cfg(feature = "axum")]
    pub(super) fn limits(&self) -> (usize, Duration) {
        (self.max_body, self.body_timeout)
    }

    pub(super) fn too_large(&self) -> ReceiveError {
        ReceiveError::TooLarge { limit: self.max_body }
    }
}

impl fmt::Debug for CallbackVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackVerifier")
            .field("max_body", &self.max_body)
            .field("messages", &self.messages)
            .finish_non_exhaustive()
    }
}

/// The most bytes of a key, so that a store can keep it in a column.
const LONGEST_KEY: usize = 200;

/// What an event is known by: its name, and its identity or else the hash of the whole body, so that none is taken for another.
fn key<E: Events>(opened: &Opened, event: &E, body: &[u8]) -> String {
    let identity = identity_of(event, opened.identity());
    let identity = identity.unwrap_or_else(|| sha256(&opened.decrypted(body)));
    let key = [opened.name(), ":", &identity].concat();
    if key.len() > LONGEST_KEY { sha256(&[key.as_bytes()]) } else { key }
}

fn sha256(parts: &[&[u8]]) -> String {
    let mut context = Context::new(&SHA256);
    parts.iter().for_each(|part| context.update(part));
    format!("sha256:{}", hex(context.finish().as_ref()))
}
