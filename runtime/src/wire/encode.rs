//! Writes an object, field by field.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{Error, SerializeMap, Serializer};

/// Writes an object. After a failure it takes no more fields, and `end` gives the failure.
///
/// Keeping the failure here spares derived code a branch for each field.
#[must_use]
pub struct Writer<S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> Writer<S> {
    /// Begins an object.
    pub fn new(serializer: S) -> Self {
        // Their number is not known before it is known which optional ones are there.
        Self { map: serializer.serialize_map(None) }
    }

    /// Writes a field.
    pub fn field<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if let Some(map) = self.key(name)
            && let Err(error) = map.serialize_value(value)
        {
            self.map = Err(error);
        }
    }

    /// Begins a field, where nothing has failed yet.
    fn key(&mut self, name: &'static str) -> Option<&mut S::SerializeMap> {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_key(name)
        {
            self.map = Err(error);
        }
        self.map.as_mut().ok()
    }

    /// Writes a field, unless it is absent.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    /// Writes what other fields do not hold; `keys` are theirs.
    pub fn rest<T: Serialize>(&mut self, rest: &BTreeMap<String, T>, keys: &[&str]) {
        for (key, value) in rest {
            if keys.contains(&key.as_str()) {
                let twice =
                    format_args!("`{key}` is the key of a field, and cannot be in the rest");
                self.map = Err(S::Error::custom(twice));
            }
            if let Ok(map) = &mut self.map
                && let Err(error) = map.serialize_entry(key, value)
            {
                self.map = Err(error);
            }
        }
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// The first failure of the serializer.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map?.end()
    }
}
