//! Writes the key of an entry: text, or a scalar, which is put into quotes.

use std::fmt::Display;

use serde::ser::{Error as _, Impossible, Serialize, Serializer};

use super::Error;
use super::encoder::Encoder;

/// Where a key is to be written, with the comma before it and the colon behind it.
pub(super) struct Key<'a, 'o> {
    encoder: &'a mut Encoder<'o>,
    start: &'static str,
}

impl<'a, 'o> Key<'a, 'o> {
    pub(super) fn new(encoder: &'a mut Encoder<'o>, is_first: bool) -> Self {
        Self { encoder, start: if is_first { "\"" } else { ",\"" } }
    }

    pub(super) fn text(self, text: &str) -> Result<(), Error> {
        self.encoder.quoted(self.start, text, "\":")
    }

    fn quoted(
        self,
        write: impl FnOnce(&mut Encoder<'o>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.encoder.raw(self.start)?;
        write(self.encoder)?;
        self.encoder.raw("\":")
    }

    fn fraction(self, is_finite: bool, number: &impl Serialize) -> Result<(), Error> {
        if !is_finite {
            return refused();
        }
        self.quoted(|encoder| encoder.fraction(number))
    }
}

#[cold]
fn refused<T>() -> Result<T, Error> {
    Err(Error::custom("key must be a string"))
}

macro_rules! scalar {
    ($($method:ident $scalar:ty),*) => {$(
        fn $method(self, scalar: $scalar) -> Result<(), Error> {
            self.quoted(|encoder| encoder.$method(scalar))
        }
    )*};
}

macro_rules! refused {
    ($($method:ident($($argument:ty),*) $result:ty;)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$result, Error> {
            refused()
        }
    )*};
}

type Name = &'static str;
type Nothing = Impossible<(), Error>;

impl Serializer for Key<'_, '_> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Nothing;
    type SerializeTuple = Nothing;
    type SerializeTupleStruct = Nothing;
    type SerializeTupleVariant = Nothing;
    type SerializeMap = Nothing;
    type SerializeStruct = Nothing;
    type SerializeStructVariant = Nothing;

    scalar! {
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_i128 i128, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_u128 u128
    }

    fn serialize_f32(self, number: f32) -> Result<(), Error> {
        self.fraction(number.is_finite(), &number)
    }

    fn serialize_f64(self, number: f64) -> Result<(), Error> {
        self.fraction(number.is_finite(), &number)
    }

    fn serialize_char(self, character: char) -> Result<(), Error> {
        self.text(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.text(text)
    }

    fn serialize_unit_variant(self, _: Name, _: u32, variant: Name) -> Result<(), Error> {
        self.text(variant)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: Name,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: Name,
        _: u32,
        _: Name,
        _: &T,
    ) -> Result<(), Error> {
        refused()
    }

    refused! {
        serialize_bytes(&[u8]) ();
        serialize_none() ();
        serialize_unit() ();
        serialize_unit_struct(Name) ();
        serialize_seq(Option<usize>) Nothing;
        serialize_tuple(usize) Nothing;
        serialize_tuple_struct(Name, usize) Nothing;
        serialize_tuple_variant(Name, u32, Name, usize) Nothing;
        serialize_map(Option<usize>) Nothing;
        serialize_struct(Name, usize) Nothing;
        serialize_struct_variant(Name, u32, Name, usize) Nothing;
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.quoted(|encoder| encoder.display(format_args!("{value}")))
    }
}
