//! A value that is shown to nobody but the wire.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};
use serde::{Serialize, Serializer};
use zeroize::Zeroize;

/// By this name a [`Secret`] is known to the encoder of JSON.
pub(crate) const SECRET: &str = "$apiscribe::Secret";

/// A value that `Debug` does not show and that has no `Display`. On the wire it is as the value itself. Its memory is
/// overwritten when it is dropped; a copy that the wire needs, as a header or a body, is not.
///
/// ```
/// use apiscribe::Secret;
///
/// let token = Secret::new("secret-1".to_owned());
/// assert_eq!(format!("{token:?}"), "Secret(redacted)");
/// assert_eq!(token.expose(), "secret-1");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Hides `value`.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Whoever calls this answers for where it goes.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize + AsRef<str>> Secret<T> {
    /// Whether it is empty or white space only, as when an environment variable is not set. Such a value is never used as a
    /// token or a key.
    pub fn is_blank(&self) -> bool {
        is_blank(self.0.as_ref())
    }
}

/// Whether a text is empty or white space only.
#[inline]
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

impl<T: Serialize + Zeroize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Other formats write a newtype as what is in it.
        serializer.serialize_newtype_struct(SECRET, &self.0)
    }
}

impl<'de, T: Deserialize<'de> + Zeroize> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Serde's own words would quote a value of another type.
        let value = T::deserialize(deserializer).map(Self);
        value.map_err(|_| Error::custom("a secret value is not of the documented type"))
    }
}

impl From<String> for Secret<String> {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&String> for Secret<String> {
    fn from(value: &String) -> Self {
        Self(value.clone())
    }
}

impl From<&Self> for Secret<String> {
    fn from(value: &Self) -> Self {
        value.clone()
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}
