//! The items of a list and the entries of an object, one after another.

use std::borrow::Cow;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::Error;
use super::decoder::{Decoder, Place, Progress, SerdeJson, visit_text};

/// The inside of a list or an object.
pub(super) struct Inside<'a, 'de> {
    decoder: &'a mut Decoder<'de>,
    progress: Progress,
    /// How deep it is.
    depth: u8,
    /// Where the value of the entry begins that is being read.
    value: usize,
}

impl<'a, 'de> Inside<'a, 'de> {
    pub(super) fn new(decoder: &'a mut Decoder<'de>, progress: Progress) -> Self {
        let Place { at, depth } = decoder.place();
        Self { decoder, progress, depth, value: at }
    }
}

impl<'de> SeqAccess<'de> for Inside<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if !self.decoder.has_next(b']', &mut self.progress)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.decoder).map(Some)
    }
}

/// A list of the one value that comes next.
pub(super) struct One<'a, 'de>(pub(super) Option<&'a mut Decoder<'de>>);

impl<'de> SeqAccess<'de> for One<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        self.0.take().map(|decoder| seed.deserialize(decoder)).transpose()
    }
}

/// A value, as often as it is asked for.
pub(super) struct Twice<'a, 'de> {
    decoder: &'a mut Decoder<'de>,
    start: Place,
}

impl<'a, 'de> Twice<'a, 'de> {
    pub(super) fn new(decoder: &'a mut Decoder<'de>) -> Self {
        decoder.peek();
        let start = decoder.place();
        Self { decoder, start }
    }
}

impl<'de> SeqAccess<'de> for Twice<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        self.decoder.go_back(self.start);
        seed.deserialize(&mut *self.decoder).map(Some)
    }
}

/// The same, but each time for another part of the value.
pub(super) struct Parts<'a, 'de>(Twice<'a, 'de>);

impl<'a, 'de> Parts<'a, 'de> {
    pub(super) fn new(decoder: &'a mut Decoder<'de>) -> Self {
        Self(Twice::new(decoder))
    }
}

impl<'de> SeqAccess<'de> for Parts<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let noted = self.0.decoder.take_unread_from(self.0.start);
        let value = self.0.next_element_seed(seed);
        self.0.decoder.note_again(noted, self.0.start);
        value
    }
}

impl<'de> MapAccess<'de> for Inside<'_, 'de> {
    type Error = Error;

    // For the loop over the keys of a record, which all records share.
    #[inline(always)]
    fn next_key_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if !self.decoder.has_next(b'}', &mut self.progress)? {
            return Ok(None);
        }
        let key = seed.deserialize(Key(self.decoder))?;
        self.decoder.colon()?;
        self.value = self.decoder.place().at;
        Ok(Some(key))
    }

    /// May be asked again for a value that could not be read, as its error says.
    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        if self.decoder.place().at != self.value {
            self.decoder.go_back(Place { at: self.value, depth: self.depth });
        }
        let value = seed.deserialize(&mut *self.decoder);
        value.map_err(|error| self.decoder.ask_again(error))
    }
}

/// The key of an entry: text, which may be asked for as the number that is in it.
struct Key<'a, 'de>(&'a mut Decoder<'de>);

impl<'de> Key<'_, 'de> {
    /// Gives `read` the text between the quotes.
    fn read<T>(self, read: impl FnOnce(Cow<'de, str>) -> Result<T, Error>) -> Result<T, Error> {
        read(self.0.key_text()?)
    }
}

/// As strict as serde_json: keys are made by whoever has made the map.
fn scalar<'de, T>(
    text: Cow<'de, str>,
    read: impl FnOnce(&mut SerdeJson<'de>) -> serde_json::Result<T>,
) -> Result<T, Error> {
    // A number has no escapes, so its text is always lent.
    let text = match text {
        Cow::Borrowed(text) if text.trim_ascii() == text => text,
        _ => return Err(Error::custom("key must be a scalar")),
    };
    let mut json = serde_json::Deserializer::from_slice(text.as_bytes());
    let value = read(&mut json).and_then(|value| json.end().map(|()| value));
    value.map_err(Error::custom)
}

macro_rules! scalar {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.read(|text| scalar(text, |json| json.$method(visitor)))
        }
    )*};
}

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.read(|text| visit_text(text, visitor))
    }

    scalar! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_i128 deserialize_u128 deserialize_f32 deserialize_f64
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.read(|text| visitor.visit_enum(text.into_deserializer()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}
