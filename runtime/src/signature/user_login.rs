//! The signature by which the platform knows that an app holds a user's session key: HMAC-SHA256 in hexadecimal.
//!
//! Source: <https://developer.open-douyin.com/docs/resource/zh-CN/mini-game/develop/server/log-in/user-login-sign>.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};

use super::fault::SignatureError;
use super::{check_key, hex, same};
use crate::secret::Secret;

/// Signs the JSON body of a request with the session key that `code2Session` gave: 64 digits in lower case.
///
/// The session key never leaves the server.
pub fn sign_user_login(session_key: &Secret<String>, body: &[u8]) -> String {
    let key = Key::new(HMAC_SHA256, session_key.expose().as_bytes());
    hex(sign(&key, body).as_ref())
}

/// Checks such a signature. The time it takes does not depend on how much of it is right.
///
/// # Errors
///
/// When it was made with another key, or for another body, or when the session key is empty.
pub fn verify_user_login(
    session_key: &Secret<String>,
    body: &[u8],
    signature: &str,
) -> Result<(), SignatureError> {
    check_key(session_key)?;
    same(signature, &sign_user_login(session_key, body))
}
