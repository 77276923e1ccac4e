//! The signatures of guaranteed payment (担保支付), which is closed to new apps: MD5 on requests, SHA-1 on callbacks.
//!
//! Neither hash is safe against one who wants two texts of one hash; they are here because this platform asks for them.

use apiscribe::Secret;
use apiscribe::serde_json::{Map, Value};
use apiscribe::signature::{Message, PlatformKey, SignatureError};

pub use crate::platform::{ECPAY_CALLBACKS as CALLBACKS, ECPAY_REQUESTS as REQUESTS};

/// The value of a request's field `sign`, made with the salt from the console's payment settings: 32 digits in lower case.
///
/// # Panics
///
/// Never: this scheme signs any object.
pub fn sign(request: &Map<String, Value>, salt: &Secret<String>) -> String {
    let signed = apiscribe::signature::sign_with_secret(&REQUESTS, salt, &Message::fields(request));
    signed.expect("the scheme signs any object")
}

/// The token from the console's payment settings, for callbacks: put it beside the platform's key,
/// `PlatformKeys::from(key).and(ecpay::token(token))`. With an empty token no such call is believed, as anyone could have
/// signed it.
///
/// # Panics
///
/// Never: this scheme takes any secret.
pub fn token(token: Secret<String>) -> PlatformKey {
    PlatformKey::secret(&CALLBACKS, token).expect("the scheme takes a secret")
}

/// Checks the field `msg_signature` of a callback. The time it takes does not depend on how much of it is right.
///
/// # Errors
///
/// When the field is missing, or was made with another token or of other values, or when the token is empty.
pub fn verify_callback(
    callback: &Map<String, Value>,
    secret: &Secret<String>,
) -> Result<(), SignatureError> {
    let signature = callback.get("msg_signature").and_then(Value::as_str);
    let signature = signature.ok_or(SignatureError::Unreadable);
    let key = token(secret.clone());
    match secret.is_blank() {
        true => Err(SignatureError::EmptyKey),
        false => key.verify_bare(&Message::fields(callback), signature?),
    }
}
