//! A response in, whether it is the platform's and of now out.
//!
//! The client asks its verifier about each response before `envelope` looks at it. What is not verified is one error
//! whatever its status, and nothing is concluded from it: not that the platform refused, not that it did nothing, not
//! that a token is used up. Only what makes another attempt pointless is taken at its word.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::HeaderMap;

use super::clock::Clock;
use super::fault::SignatureError;
use super::message::Message;
use super::platform_keys::PlatformKeys;

/// What makes a response believed: the platform has signed it, with a key that it names, about now. For
/// `ClientBuilder::verifier`, which takes keys as well. Cheap to clone.
#[derive(Clone)]
pub struct ResponseVerifier {
    keys: PlatformKeys,
    clock: Clock,
}

impl ResponseVerifier {
    /// Takes timestamps as far from this machine's time as the scheme of the signature allows.
    pub fn new(keys: impl Into<PlatformKeys>) -> Self {
        Self { keys: keys.into(), clock: Clock::system() }
    }

    /// How far a response's timestamp may be from this machine's time, either way; that of the signature's scheme if not set.
    #[must_use]
    pub fn window(mut self, window: Duration) -> Self {
        self.clock.window = Some(window);
        self
    }

    /// Another clock than the system's, for tests.
    #[must_use]
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock.set(now);
        self
    }

    /// Checks a response, for those who send requests by another HTTP library: success or not, on its bytes as they came.
    ///
    /// # Errors
    ///
    /// [`Unverified`]: believe nothing of it, not that the request failed either.
    #[inline(never)]
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), Unverified> {
        self.verify_message(&Message::received(headers, body))
    }

    pub(crate) fn verify_message(&self, message: &Message<'_>) -> Result<(), Unverified> {
        let now = self.clock.now();
        let believed = self.keys.believe(message, now)?;
        self.clock.check(&believed, now)
    }

    /// Whether what is signed are fields of the body.
    #[cfg(feature = "callbacks")]
    pub(crate) fn reads_fields(&self) -> bool {
        self.keys.read_fields()
    }

    /// Whether nothing can be believed with it.
    #[cfg(feature = "client")]
    pub(crate) fn is_blank(&self) -> bool {
        self.keys.are_blank()
    }
}

impl From<PlatformKeys> for ResponseVerifier {
    fn from(keys: PlatformKeys) -> Self {
        Self::new(keys)
    }
}

impl From<super::PlatformKey> for ResponseVerifier {
    fn from(key: super::PlatformKey) -> Self {
        Self::new(key)
    }
}

impl fmt::Debug for ResponseVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseVerifier")
            .field("window", &self.clock.window)
            .finish_non_exhaustive()
    }
}

/// Why a response is not believed. `Display` says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unverified {
    /// The signature is missing, or not that of a key that is believed.
    Signature(SignatureError),
    /// It is the platform's, and a field of its body that should say when it was signed does not.
    NoTime {
        /// The field's name.
        field: &'static str,
    },
    /// It is the platform's, and not of now.
    Stale {
        /// How far the timestamp is from this machine's time, in whole seconds.
        by: Duration,
        /// Whether the timestamp is ahead of this machine's time.
        ahead: bool,
    },
}

impl Unverified {
    /// Whether the next response will meet the same, unless somebody does something.
    #[cfg(feature = "client")]
    pub(crate) fn lasts(self) -> bool {
        match self {
            Self::Signature(error) => matches!(
                error,
                SignatureError::OtherKey
                    | SignatureError::ExpiredKey
                    | SignatureError::OtherScheme
                    | SignatureError::EmptyKey
            ),
            Self::NoTime { .. } | Self::Stale { .. } => true,
        }
    }

    fn remedy(&self) -> &'static str {
        match self {
            Self::Signature(
                SignatureError::MissingHeader { .. } | SignatureError::BadHeader { .. },
            ) => {
                "see whether a proxy responded or took the header away, and whether the request was signed as the platform \
                 expects, for it may not sign what it says to strangers"
            }
            Self::Signature(SignatureError::OtherKey | SignatureError::ExpiredKey) => {
                "fetch the platform's newest keys, and give them to `PlatformKeys::renew`"
            }
            Self::Signature(SignatureError::OtherScheme) => {
                "give the verifier a key for its scheme"
            }
            Self::Signature(SignatureError::EmptyKey) => {
                "check the variable or file that the key is read from"
            }
            Self::Signature(_) => {
                "it was changed or cut off in transit, or somebody else wrote it; if no response is believed, check that the \
                 key is the one that the platform shows"
            }
            Self::NoTime { .. } => "the spec, or the platform, must change",
            Self::Stale { .. } => "set this machine's clock; else somebody repeats an old response",
        }
    }
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signature(error) => error.fmt_what(f)?,
            Self::NoTime { field } => {
                write!(f, "`{field}`, which says when it was signed, is missing")?
            }
            Self::Stale { by, ahead } => {
                let side = if *ahead { "ahead of" } else { "behind" };
                write!(f, "it was signed {} s {side} this machine's clock", by.as_secs())?;
            }
        }
        write!(f, "; {}", self.remedy())
    }
}

impl std::error::Error for Unverified {}

impl From<SignatureError> for Unverified {
    fn from(error: SignatureError) -> Self {
        Self::Signature(error)
    }
}
