//! Lists and objects while they are written.

use std::mem::replace;

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant,
};

use super::encoder::Encoder;
use super::key::Key;
use super::{Error, RAW_VALUE, to_string};

/// A list or an object that has been begun.
pub(super) struct Compound<'a, 'o> {
    encoder: &'a mut Encoder<'o>,
    is_first: bool,
    /// What it ends with. With nothing, it is the one field of a value that serde_json hands over as text.
    end: &'static str,
}

impl<'a, 'o> Compound<'a, 'o> {
    pub(super) fn begin(
        encoder: &'a mut Encoder<'o>,
        start: &str,
        end: &'static str,
    ) -> Result<Self, Error> {
        encoder.raw(start)?;
        Ok(Self { encoder, is_first: true, end })
    }

    pub(super) fn of_struct(encoder: &'a mut Encoder<'o>, name: &str) -> Result<Self, Error> {
        match name {
            // serde_json's `RawValue`, and its `Number` with the feature `arbitrary_precision`.
            RAW_VALUE | "$serde_json::private::Number" => Self::begin(encoder, "", ""),
            _ => Self::begin(encoder, "{", "}"),
        }
    }

    fn next(&mut self) -> Result<&mut Encoder<'o>, Error> {
        if !replace(&mut self.is_first, false) {
            self.encoder.raw(",")?;
        }
        Ok(self.encoder)
    }

    fn key(&mut self) -> Key<'_, 'o> {
        let is_first = replace(&mut self.is_first, false);
        Key::new(self.encoder, is_first)
    }

    fn text(&mut self, json: &str) -> Result<(), Error> {
        let text: String = serde_json::from_str(json).map_err(Error::custom)?;
        self.encoder.raw(&text)
    }

    fn finish(self) -> Result<(), Error> {
        self.encoder.raw(self.end)
    }
}

macro_rules! items {
    ($($kind:ident $method:ident),*) => {$(
        impl $kind for Compound<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                value.serialize(self.next()?)
            }

            fn end(self) -> Result<(), Error> {
                self.finish()
            }
        }
    )*};
}

items! {
    SerializeSeq serialize_element, SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field
}

impl SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        key.serialize(self.key())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.encoder)
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

macro_rules! fields {
    ($($kind:ident),*) => {$(
        impl $kind for Compound<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                if self.end.is_empty() {
                    return self.text(&to_string(value)?);
                }
                self.key().text(name)?;
                value.serialize(&mut *self.encoder)
            }

            fn end(self) -> Result<(), Error> {
                self.finish()
            }
        }
    )*};
}

fields! { SerializeStruct, SerializeStructVariant }
