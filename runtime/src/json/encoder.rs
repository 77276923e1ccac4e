//! Writes a value as JSON.

use std::fmt::{self, Display, Write};

use serde::ser::{Error as _, Serialize, Serializer};

use super::Error;
use super::compound::Compound;
use super::plain::plain_length;
use crate::secret::{SECRET, Secret};

/// Writes a value as JSON, without white space.
pub(crate) fn write(out: &mut dyn Write, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
    value.serialize(&mut Encoder { out: Out::Other(out), secrets: None })
}

/// The same into a text, which is faster.
pub(super) fn append(out: &mut String, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
    value.serialize(&mut Encoder { out: Out::Text(out), secrets: None })
}

/// The same, and adds the secrets in it that are strings to `secrets`.
pub(crate) fn write_with_secrets(
    out: &mut String,
    value: &(impl Serialize + ?Sized),
    secrets: &mut Vec<Secret<String>>,
) -> Result<(), Error> {
    value.serialize(&mut Encoder { out: Out::Text(out), secrets: Some(secrets) })
}

pub(super) struct Encoder<'o> {
    out: Out<'o>,
    secrets: Option<&'o mut Vec<Secret<String>>>,
}

/// Where the JSON goes. Nearly always that is a text, whose calls cost much less than those of who knows what.
enum Out<'o> {
    Text(&'o mut String),
    Other(&'o mut dyn Write),
}

impl Out<'_> {
    fn any(&mut self) -> &mut dyn Write {
        match self {
            Self::Text(out) => *out,
            Self::Other(out) => *out,
        }
    }
}

impl<'o> Encoder<'o> {
    pub(super) fn raw(&mut self, text: &str) -> Result<(), Error> {
        match &mut self.out {
            Out::Text(out) => out.push_str(text),
            Out::Other(out) => out.write_str(text)?,
        }
        Ok(())
    }

    fn string(&mut self, text: &str) -> Result<(), Error> {
        self.quoted("\"", text, "\"")
    }

    /// The inside of a string, and what stands around it.
    pub(super) fn quoted(&mut self, start: &str, text: &str, end: &str) -> Result<(), Error> {
        match &mut self.out {
            Out::Text(out) if plain_length(text.as_bytes()) == text.len() => {
                out.reserve(start.len() + text.len() + end.len());
                out.extend([start, text, end]);
                Ok(())
            }
            _ => {
                self.raw(start)?;
                Escaped(self.out.any()).write_str(text)?;
                self.raw(end)
            }
        }
    }

    /// The inside of a string.
    pub(super) fn display(&mut self, text: fmt::Arguments<'_>) -> Result<(), Error> {
        Ok(Escaped(self.out.any()).write_fmt(text)?)
    }

    fn whole(&mut self, number: impl Display) -> Result<(), Error> {
        Ok(write!(self.out.any(), "{number}")?)
    }

    /// As serde_json writes it: what is not a number as `null`.
    pub(super) fn fraction(&mut self, number: &impl Serialize) -> Result<(), Error> {
        self.raw(&serde_json::to_string(number).map_err(Error::custom)?)
    }

    /// Keeps a secret, of which the JSON is known, if secrets are asked for.
    #[cold]
    fn note(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        if let Some(secrets) = &mut self.secrets {
            let json = Secret::new(super::to_string(value)?);
            secrets.extend(serde_json::from_str::<Secret<String>>(json.expose()));
        }
        Ok(())
    }

    /// Begins an object with one key, that of a variant with data.
    fn variant(&mut self, variant: &str) -> Result<(), Error> {
        self.raw("{")?;
        self.string(variant)?;
        self.raw(":")
    }
}

/// What is written here is the inside of a string.
struct Escaped<'a>(&'a mut dyn Write);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text;
        loop {
            let (plain, odd) = rest.split_at(plain_length(rest.as_bytes()));
            self.0.write_str(plain)?;
            let Some(byte) = odd.bytes().next() else { return Ok(()) };
            self.escape(byte)?;
            rest = &odd[1..];
        }
    }
}

impl Escaped<'_> {
    fn escape(&mut self, byte: u8) -> fmt::Result {
        match byte {
            b'"' => self.0.write_str("\\\""),
            b'\\' => self.0.write_str("\\\\"),
            b'\x08' => self.0.write_str("\\b"),
            b'\t' => self.0.write_str("\\t"),
            b'\n' => self.0.write_str("\\n"),
            b'\x0C' => self.0.write_str("\\f"),
            b'\r' => self.0.write_str("\\r"),
            control => write!(self.0, "\\u{control:04x}"),
        }
    }
}

macro_rules! whole {
    ($($method:ident $number:ty),*) => {$(
        fn $method(self, number: $number) -> Result<(), Error> {
            self.whole(number)
        }
    )*};
}

impl<'a, 'o> Serializer for &'a mut Encoder<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Compound<'a, 'o>;
    type SerializeTuple = Compound<'a, 'o>;
    type SerializeTupleStruct = Compound<'a, 'o>;
    type SerializeTupleVariant = Compound<'a, 'o>;
    type SerializeMap = Compound<'a, 'o>;
    type SerializeStruct = Compound<'a, 'o>;
    type SerializeStructVariant = Compound<'a, 'o>;

    whole! {
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_i128 i128, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_u128 u128
    }

    fn serialize_f32(self, number: f32) -> Result<(), Error> {
        self.fraction(&number)
    }

    fn serialize_f64(self, number: f64) -> Result<(), Error> {
        self.fraction(&number)
    }

    fn serialize_char(self, character: char) -> Result<(), Error> {
        self.string(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.string(text)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.raw("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.raw("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.raw("null")
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.string(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        if name == SECRET {
            self.note(value)?;
        }
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.variant(variant)?;
        value.serialize(&mut *self)?;
        self.raw("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a, 'o>, Error> {
        Compound::begin(self, "[", "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a, 'o>, Error> {
        Compound::begin(self, "[", "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'a, 'o>, Error> {
        Compound::begin(self, "[", "]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a, 'o>, Error> {
        self.variant(variant)?;
        Compound::begin(self, "[", "]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a, 'o>, Error> {
        Compound::begin(self, "{", "}")
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'a, 'o>, Error> {
        Compound::of_struct(self, name)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'a, 'o>, Error> {
        self.variant(variant)?;
        Compound::begin(self, "{", "}}")
    }

    /// A loop, which is less to compile than what serde does by default.
    fn collect_seq<I: IntoIterator<Item: Serialize>>(self, items: I) -> Result<(), Error> {
        let mut separator = "[";
        for item in items {
            self.raw(separator)?;
            item.serialize(&mut *self)?;
            separator = ",";
        }
        self.raw(if separator == "[" { "[]" } else { "]" })
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.raw("\"")?;
        self.display(format_args!("{value}"))?;
        self.raw("\"")
    }
}
