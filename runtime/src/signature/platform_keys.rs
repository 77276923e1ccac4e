//! The keys that are believed, and a message in; by which scheme one of them signed it, and when, out.

use std::fmt;
use std::slice;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use super::fault::{KeyError, SignatureError};
use super::message::Message;
use super::platform_key::{PlatformKey, first, received};
use super::received::SignedAt;
use super::text::fields_of;
use crate::scheme::{Carrier, Part, Scheme};

/// The platform's keys that are believed: one; during a change of keys the former one also; and those of an older scheme
/// beside a newer one.
///
/// Clones are the same keys: [`PlatformKeys::renew`] replaces them in every verifier that was given one, while it works.
#[derive(Clone)]
pub struct PlatformKeys {
    shared: Arc<RwLock<Arc<[PlatformKey]>>>,
}

/// What is known of a message that is believed.
pub(crate) struct Believed {
    /// How many seconds from now it may have been signed, by its scheme.
    pub(crate) window: Option<u64>,
    pub(crate) signed_at: SignedAt,
}

impl PlatformKeys {
    /// With another key that is believed. It may be for another scheme. Clones that were made before do not have it.
    #[must_use]
    pub fn and(self, key: PlatformKey) -> Self {
        Self::of(self.all().iter().cloned().chain([key]).collect())
    }

    /// Replaces the keys, in all clones: messages are checked with those of `keys` from now on, also by clients and verifiers
    /// that were made before. If the platform uses its former keys for a while, they must be among them.
    ///
    /// # Errors
    ///
    /// [`KeyError::Blank`], if none of the keys is one with which a message can be believed. The keys are then as before.
    pub fn renew(&self, keys: impl Into<Self>) -> Result<(), KeyError> {
        let keys = keys.into();
        if keys.are_blank() {
            return Err(KeyError::Blank);
        }
        let new = keys.all();
        *self.shared.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
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
        first(self.all().iter(), |key| key.check(&message, &received))
    }

    /// As [`PlatformKey::verify_message`], with any of the keys whose scheme the message is of.
    ///
    /// # Errors
    ///
    /// When no key fits.
    pub fn verify_message(&self, message: &Message<'_>) -> Result<(), SignatureError> {
        believe(&self.all(), message, None).map(drop)
    }

    /// What is known of a message, if the platform has signed it with a key that is believed at this time.
    pub(crate) fn believe(
        &self,
        message: &Message<'_>,
        now: SystemTime,
    ) -> Result<Believed, SignatureError> {
        believe(&self.all(), message, Some(now))
    }

    /// Whether with none of them anything can be believed.
    pub(crate) fn are_blank(&self) -> bool {
        self.all().iter().all(PlatformKey::is_blank)
    }

    fn of(keys: Arc<[PlatformKey]>) -> Self {
        Self { shared: Arc::new(RwLock::new(keys)) }
    }

    /// Whether fields of the body are read to check a signature.
    #[cfg(any(feature = "callbacks", feature = "client"))]
    pub(crate) fn read_fields(&self) -> bool {
        self.all().iter().any(|key| key.scheme().has_fields() || !key.scheme().unless.is_empty())
    }

    fn all(&self) -> Arc<[PlatformKey]> {
        Arc::clone(&self.shared.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl From<PlatformKey> for PlatformKeys {
    fn from(key: PlatformKey) -> Self {
        Self::of(slice::from_ref(&key).into())
    }
}

impl fmt::Debug for PlatformKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PlatformKeys").field(&self.all()).finish()
    }
}

/// Without a time, a key whose certificate has expired is as good as any.
pub(super) fn believe(
    keys: &[PlatformKey],
    message: &Message<'_>,
    now: Option<SystemTime>,
) -> Result<Believed, SignatureError> {
    let scheme = scheme_of(keys, message)?;
    let fields = if scheme.has_fields() { fields_of(message) } else { None };
    let received = scheme.read(message, fields.as_deref())?;
    let message = Message { fields: fields.as_deref(), ..*message };
    let id = received.added.key_id.as_deref();
    let keys = keys.iter().filter(|key| key.scheme().name == scheme.name);
    let mut named = keys.filter(|key| key.is_named(id)).peekable();
    if named.peek().is_none() {
        return Err(SignatureError::OtherKey);
    }
    first(named, |key| {
        key.check(&message, &received)?;
        match now.is_some_and(|now| key.has_expired(now)) {
            true => Err(SignatureError::ExpiredKey),
            false => Ok(()),
        }
    })?;
    Ok(Believed { window: scheme.window, signed_at: scheme.signed_at(&received) })
}

/// Of the schemes that there are keys for: the first that the message is of, of those first that are not for all.
fn scheme_of(
    keys: &[PlatformKey],
    message: &Message<'_>,
) -> Result<&'static Scheme, SignatureError> {
    let schemes = || keys.iter().filter(|key| !key.is_blank()).map(PlatformKey::scheme);
    let marked = schemes().find(|scheme| !scheme.unless.is_empty() && scheme.is_meant(message));
    let any = || schemes().find(|scheme| scheme.unless.is_empty());
    match marked.or_else(any) {
        Some(scheme) => Ok(scheme),
        None if schemes().next().is_none() => Err(SignatureError::EmptyKey),
        None => Err(SignatureError::OtherScheme),
    }
}

impl Scheme {
    fn has_fields(&self) -> bool {
        let is_fields = |part: &Part| matches!(part, Part::Fields(_));
        let is_field = |carrier: &Carrier| matches!(carrier, Carrier::Field { .. });
        self.text.iter().any(is_fields) || self.carriers.iter().any(is_field)
    }
}
