//! A key and a message in, a signature out, or whether one is right. How is data: a [`Scheme`](crate::scheme::Scheme).
//!
//! Who sends signs with an [`AppKey`]; who receives checks with [`PlatformKeys`], and opens content with a [`ContentKey`].

mod message;
mod text;
mod fields;
mod hash;
mod app_key;
mod authorization;
mod platform_key;
mod platform_keys;
mod clock;
mod response_verifier;
mod received;
mod content_key;
mod key;
mod certificate;
mod fault;

pub use self::app_key::{AppKey, sign_with_secret};
pub use self::authorization::Authorization;
pub use self::certificate::Certificate;
pub use self::content_key::ContentKey;
pub use self::fault::{CipherError, KeyError, SignatureError, SigningError};
pub use self::message::Message;
pub use self::platform_key::PlatformKey;
pub use self::platform_keys::PlatformKeys;
pub use self::response_verifier::{ResponseVerifier, Unverified};

use std::fmt::Write as _;

use aws_lc_rs::rand;

/// Bytes in lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// 128 random bits, as 32 digits.
pub(crate) fn random_hex() -> Result<String, SigningError> {
    let mut bytes = [0; 16];
    rand::fill(&mut bytes).map_err(|_| SigningError::Crypto)?;
    Ok(hex(&bytes))
}
