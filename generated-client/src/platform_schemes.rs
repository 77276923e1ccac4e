//! How this platform signs and calls, as data for the engine in [`apiscribe::scheme`].
//!
//! ```no_run
//! use generated_client::platform_schemes::{BYTE_AUTHORIZATION, BYTE_SIGNATURE, verifier};
//! use generated_client::apiscribe::{AppKey, KeyError, PlatformKey, Secret};
//!
//! # fn keys(private: Secret<String>, public: &str) -> Result<(), KeyError> {
//! let app = AppKey::new(&BYTE_AUTHORIZATION, "tt0123456789", "1", &private)?;
//! let callbacks = verifier(PlatformKey::new(&BYTE_SIGNATURE, public)?);
//! # Ok(())
//! # }
//! ```

use apiscribe::http::HeaderName;
use apiscribe::scheme::{Algorithm, CallbackScheme, Carrier, Encoding, Part, Scheme, Told};
#[cfg(feature = "signature")]
use apiscribe::{Message, PlatformKey, Secret, SignatureError};

#[cfg(feature = "ecpay")]
pub mod ecpay;

/// How the app signs requests and the options of JS APIs: SHA-256 with RSA over five lines, each with its line break, in the
/// header `Byte-Authorization`. The account is the AppID, the key's id the version that the console shows, `1` for an
/// app's first key.
///
/// The documents show the header in two forms. That with quotes is on the overview page and in the examples of the HTTP
/// APIs; that without is on the page of `tt.requestOrder`, whose option `byteAuthorization` takes it.
///
/// Source: <https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/server/signature-algorithm>.
pub const BYTE_AUTHORIZATION: Scheme = Scheme::new(
    "byte_authorization",
    Algorithm::RsaSha256,
    Encoding::Base64,
    &[
        Part::Method,
        Part::Text("\n"),
        Part::Target,
        Part::Text("\n"),
        Part::Timestamp,
        Part::Text("\n"),
        Part::Nonce,
        Part::Text("\n"),
        Part::Body,
        Part::Text("\n"),
    ],
    &[Carrier::Pairs {
        header: "Byte-Authorization",
        prefix: "SHA256-RSA2048 ",
        quote: "\"",
        pairs: &[
            ("appid", Part::Account),
            ("nonce_str", Part::Nonce),
            ("timestamp", Part::Timestamp),
            ("key_version", Part::KeyId),
            ("signature", Part::Signature),
        ],
    }],
);

/// How the platform signs its calls and its responses: SHA-256 with RSA over three lines, each with its line break. The key
/// is the platform's public key for one app, from the console's page of keys, not the app's own.
///
/// Source: <https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/server/signature-algorithm>.
pub const BYTE_SIGNATURE: Scheme = Scheme::new(
    "byte_signature",
    Algorithm::RsaSha256,
    Encoding::Base64,
    &[
        Part::Timestamp,
        Part::Text("\n"),
        Part::Nonce,
        Part::Text("\n"),
        Part::Body,
        Part::Text("\n"),
    ],
    &[
        Carrier::Header { header: "Byte-Timestamp", part: Part::Timestamp },
        Carrier::Header { header: "Byte-Nonce-Str", part: Part::Nonce },
        Carrier::Header { header: "Byte-Signature", part: Part::Signature },
    ],
)
.window(300);

/// The signature by which the platform knows that an app holds a user's session key.
///
/// Source: <https://developer.open-douyin.com/docs/resource/zh-CN/mini-game/develop/server/log-in/user-login-sign>.
pub const USER_LOGIN: Scheme =
    Scheme::new("user_login", Algorithm::HmacSha256, Encoding::Hex, &[Part::Body], &[]);

/// How the platform makes its calls, and what it wants to hear.
///
/// Source: <https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/server/payment/trade-system/general/refund/refund-notify>.
pub const CALLBACKS: CallbackScheme = CallbackScheme::new(
    "callbacks",
    r#"{"err_no":0,"err_tips":"success"}"#,
    &[("err_no", Told::Status), ("err_tips", Told::Reason)],
)
.kept(&["byte-*", "signature", "content-type"])
.log_id("byte-logid")
.event_id("byte-eventid");

/// Believes calls that were signed with the platform's keys.
#[cfg(feature = "callbacks")]
pub fn verifier(keys: impl Into<apiscribe::PlatformKeys>) -> apiscribe::CallbackVerifier {
    apiscribe::CallbackVerifier::new(&CALLBACKS, keys)
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
    let signed = apiscribe::sign_with_secret(&USER_LOGIN, session_key, &Message::body(body));
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
