//! How this platform signs and calls: the constants of the spec, and functions over them.
//!
//! ```no_run
//! use generated_client::platform_schemes::{BYTE_AUTHORIZATION, BYTE_SIGNATURE, verifier};
//! use generated_client::apiscribe::Secret;
//! use generated_client::apiscribe::signature::{AppKey, KeyError, PlatformKey};
//!
//! # fn keys(private: Secret<String>, public: &str) -> Result<(), KeyError> {
//! let app = AppKey::new(&BYTE_AUTHORIZATION, "tt0123456789", "1", &private)?;
//! let callbacks = verifier(PlatformKey::new(&BYTE_SIGNATURE, public)?);
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "signature")]
use apiscribe::Secret;
use apiscribe::http::HeaderName;
#[cfg(feature = "signature")]
use apiscribe::signature::{Message, PlatformKey, SignatureError};

pub use crate::platform::{BYTE_AUTHORIZATION, BYTE_SIGNATURE, CALLBACKS, USER_LOGIN};

#[cfg(feature = "ecpay")]
pub mod ecpay;

/// Believes calls that were signed with the platform's keys.
#[cfg(feature = "callbacks")]
pub fn verifier(
    keys: impl Into<apiscribe::signature::PlatformKeys>,
) -> apiscribe::callback::CallbackVerifier {
    apiscribe::callback::CallbackVerifier::new(&CALLBACKS, keys)
}

/// Signs the JSON body of a request with the session key that `code2Session` gave: 64 digits in lower case.
///
/// The session key never leaves the server.
///
/// # Panics
///
/// Never: this scheme signs any body.
#[cfg(feature = "signature")]
pub fn sign_user_login(session_key: &Secret<String>, body: &[u8]) -> String {
    let signed =
        apiscribe::signature::sign_with_secret(&USER_LOGIN, session_key, &Message::body(body));
    signed.expect("the scheme signs any body")
}

/// Checks such a signature. The time it takes does not depend on how much of it is right.
///
/// # Errors
///
/// When it was made with another key, or for another body, or when the session key is empty.
///
/// # Panics
///
/// Never: this scheme takes any secret.
#[cfg(feature = "signature")]
pub fn verify_user_login(
    session_key: &Secret<String>,
    body: &[u8],
    signature: &str,
) -> Result<(), SignatureError> {
    let key = PlatformKey::secret(&USER_LOGIN, session_key.clone());
    key.expect("the scheme takes a secret").verify_bare(&Message::body(body), signature)
}

/// The headers of a call by the platform, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackHeaders;

impl CallbackHeaders {
    /// When it was signed, in seconds since 1970.
    pub const TIMESTAMP: HeaderName = HeaderName::from_static("byte-timestamp");
    /// A text that is new for each call.
    pub const NONCE: HeaderName = HeaderName::from_static("byte-nonce-str");
    /// The signature in Base64.
    pub const SIGNATURE: HeaderName = HeaderName::from_static("byte-signature");
    /// The platform's number of the call, which its support asks for.
    pub const LOG_ID: HeaderName = HeaderName::from_static("byte-logid");
    /// The platform's number of the event. Not documented; real calls carry it.
    pub const EVENT_ID: HeaderName = HeaderName::from_static("byte-eventid");
    /// The platform's environment, as `prod`. Not documented; real calls carry it.
    pub const ENVIRONMENT: HeaderName = HeaderName::from_static("byte-env");
    /// The platform's name for this kind of call, as `/msg/basic/payment/notify`.
    pub const IDENTIFY_NAME: HeaderName = HeaderName::from_static("byte-identifyname");
}
