//! Encrypted content in, its plain text out.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::fault::{CipherError, KeyError};
use crate::scheme::{Cipher, CipherAlgorithm};
use crate::secret::Secret;

/// The secret by which encrypted content is read. `Debug` does not show it. Cheap to clone.
#[derive(Clone)]
pub struct ContentKey {
    cipher: &'static Cipher,
    key: Arc<LessSafeKey>,
}

impl ContentKey {
    /// The secret that was agreed with the platform: for AES-256 the 32 bytes of the text.
    ///
    /// # Errors
    ///
    /// [`KeyError::Length`], if it is of another length.
    pub fn new(
        cipher: &'static Cipher,
        secret: impl Into<Secret<String>>,
    ) -> Result<Self, KeyError> {
        let secret = secret.into();
        let CipherAlgorithm::Aes256Gcm = cipher.algorithm;
        let key = UnboundKey::new(&AES_256_GCM, secret.expose().as_bytes());
        let key = key.map_err(|_| KeyError::Length { bytes: AES_256_GCM.key_len() })?;
        Ok(Self { cipher, key: Arc::new(LessSafeKey::new(key)) })
    }

    /// The plain text of an encrypted object, which is given as JSON.
    ///
    /// # Errors
    ///
    /// [`CipherError`], if it lacks a field, was encrypted with another key, or was changed.
    pub fn open(&self, object: &str) -> Result<String, CipherError> {
        let object: Map<String, Value> =
            serde_json::from_str(object).map_err(|_| CipherError::NoObject)?;
        let text = |field: &'static str| object.get(field).and_then(Value::as_str);
        let field = |field| text(field).ok_or(CipherError::Field { field });
        let Cipher { ciphertext, nonce, associated_data, .. } = *self.cipher;
        let base64 = field(ciphertext)?;
        let mut bytes =
            STANDARD.decode(base64).map_err(|_| CipherError::Field { field: ciphertext })?;
        let number = Nonce::try_assume_unique_for_key(field(nonce)?.as_bytes())
            .map_err(|_| CipherError::Field { field: nonce })?;
        let data = Aad::from(text(associated_data).unwrap_or_default().as_bytes());
        let opened = self.key.open_in_place(number, data, &mut bytes);
        let length = opened.map_err(|_| CipherError::Mismatch)?.len();
        bytes.truncate(length);
        String::from_utf8(bytes).map_err(|_| CipherError::NoText)
    }
}

impl fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContentKey")
    }
}
