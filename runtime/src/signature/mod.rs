//! A key and a text in, a signature out, or whether one is right: what the app sends is signed with the app's private
//! key, what the platform sends is checked with the platform's public key.
//!
//! Source: <https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/server/signature-algorithm>.

mod app_key;
mod authorization;
mod platform_key;
mod key;
mod fault;
mod user_login;

#[cfg(feature = "ecpay")]
pub mod ecpay;

pub use self::app_key::AppKey;
pub use self::authorization::{Authorization, BYTE_AUTHORIZATION};
pub use self::fault::{KeyError, SignatureError, SigningError};
pub use self::platform_key::{PlatformKey, PlatformKeys};
pub use self::user_login::{sign_user_login, verify_user_login};

#[cfg(feature = "callbacks")]
pub(crate) use self::app_key::random_hex;

use std::fmt::Write as _;

use crate::secret::Secret;

/// Bytes in lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Refuses an empty key: anyone can sign with it.
fn check_key(key: &Secret<String>) -> Result<(), SignatureError> {
    if key.is_blank() { Err(SignatureError::EmptyKey) } else { Ok(()) }
}

/// Whether two texts are the same, in a time that does not tell how much of them is.
fn same(found: &str, expected: &str) -> Result<(), SignatureError> {
    aws_lc_rs::constant_time::verify_slices_are_equal(found.as_bytes(), expected.as_bytes())
        .map_err(|_| SignatureError::Mismatch)
}
