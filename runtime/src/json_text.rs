//! JSON inside a string: `{"params": "[{\"id\":1}]"}`.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, Deserializer, Visitor};
use serde::ser::{self, Serializer};
use serde::{Deserialize, Serialize};

use crate::json;

/// A value that is written as a string, and in it as JSON.
///
/// Written straight into the string: neither side keeps the JSON anywhere in between.
///
/// ```
/// use apiscribe::wire::JsonText;
///
/// let text = serde_json::to_string(&JsonText(vec![1, 2])).unwrap();
/// assert_eq!(text, r#""[1,2]""#);
/// assert_eq!(serde_json::from_str::<JsonText<Vec<i64>>>(&text).unwrap().0, [1, 2]);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonText<T>(pub T);

impl<T> From<T> for JsonText<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Serialize> Serialize for JsonText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = Json { value: &self.0, fault: Cell::new(None) };
        let written = serializer.collect_str(&json)?;
        json.fault.take().map_or(Ok(written), |fault| Err(ser::Error::custom(fault)))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for JsonText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor(PhantomData)).map(Self)
    }
}

/// A value as JSON. Where it is none, `fault` says why: serializers take it for granted that `Display` does not fail.
struct Json<'a, T> {
    value: &'a T,
    fault: Cell<Option<json::Error>>,
}

impl<T: Serialize> fmt::Display for Json<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match json::write(f, self.value) {
            Err(error) if error.is_refused() => Err(fmt::Error),
            Err(error) => {
                self.fault.set(Some(error));
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: DeserializeOwned> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string of JSON")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        json::from_str(text).map_err(|error| E::custom(error.into_fault().inside(text)))
    }
}
