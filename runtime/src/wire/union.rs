//! Objects of several kinds, which one of their keys tells apart: a variant for each kind.
//!
//! The key may come last, so the object is read twice: first for its kind, then as what it is. Derived code says which
//! variants there are; how they are found, read and written is here, once.
//!
//! `decode_union` asks the reader for its object as a list of the same object over and over: first for the key that
//! tells the kinds apart, then for the kind; `Kinded` asks for the fields that all kinds have before that. Another
//! deserializer hands over the JSON of the value (`any_json`), which the reader of this crate then reads, so that
//! nothing is compiled twice. serde_json hands over text unchanged; a number that was a float on the way is written
//! so that no decimal is read from it.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess,
    Visitor,
};
use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

use serde_json::value::RawValue;

use super::any_json;
use super::decode::{OptionalLenient, Reader, Required};
use crate::json;

/// An enum whose variants are kinds of objects.
pub trait Union: DeserializeOwned {
    /// The key that tells the kinds apart, alone.
    const TAG: &'static [&'static str];
    /// The values of the key, as text.
    const VALUES: &'static [&'static str];

    /// Reads the variant at this place among the values; at any other, the one that keeps what it does not know.
    ///
    /// # Errors
    ///
    /// What is wrong with the content.
    fn read<'de, A: SeqAccess<'de>>(place: usize, content: Content<A>) -> Result<Self, A::Error>;
}

/// Reads the object of a `U`.
///
/// # Errors
///
/// As [`Union::read`], or what was found instead of an object.
pub fn decode_union<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    deserializer.deserialize_newtype_struct(json::TWICE, Kinds(PhantomData))
}

struct Kinds<U>(PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for Kinds<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    /// The object, as often as it is asked for.
    fn visit_seq<A: SeqAccess<'de>>(self, mut object: A) -> Result<U, A::Error> {
        let tag = next(&mut object, Tag(U::TAG))?;
        let place = U::VALUES.iter().position(|value| Some(*value) == tag.as_deref());
        U::read(place.unwrap_or(U::VALUES.len()), Content { object, tag })
    }

    /// What any other deserializer than the one here asks.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, any: D) -> Result<U, D::Error> {
        json::from_str(&any_json::text(any)?).map_err(D::Error::custom)
    }
}

pub(super) fn next<'de, A: SeqAccess<'de>, T: DeserializeSeed<'de>>(
    object: &mut A,
    seed: T,
) -> Result<T::Value, A::Error> {
    object
        .next_element_seed(seed)?
        .ok_or_else(|| A::Error::custom("an object can be read once only"))
}

/// The value of the key that tells the kinds apart, if it is one that can be text.
struct Tag(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Tag {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, object: D) -> Result<Self::Value, D::Error> {
        object.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Tag {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut tag = OptionalLenient(None);
        Reader::new(map, self.0).read(&mut [&mut tag])?;
        Ok(tag.0)
    }
}

/// An object whose kind is known.
pub struct Content<A> {
    object: A,
    tag: Option<String>,
}

impl<'de, A: SeqAccess<'de>> Content<A> {
    /// The fields are beside the key that tells the kinds apart.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    pub fn flat<T: Deserialize<'de>>(mut self) -> Result<T, A::Error> {
        next(&mut self.object, PhantomData)
    }

    /// They are in an object of their own, under the one key of `keys`.
    ///
    /// # Errors
    ///
    /// What is wrong with them, or that the key is missing.
    pub fn keyed<T: Deserialize<'de>>(
        mut self,
        keys: &'static [&'static str],
    ) -> Result<T, A::Error> {
        next(&mut self.object, Keyed(keys, PhantomData))
    }

    /// What it is nobody knows.
    ///
    /// # Errors
    ///
    /// That it is not JSON.
    pub fn unknown(mut self) -> Result<UnknownVariant, A::Error> {
        let Raw(json) = next(&mut self.object, PhantomData)?;
        Ok(UnknownVariant { tag: self.tag, json })
    }
}

struct Keyed<T>(&'static [&'static str], PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Keyed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, object: D) -> Result<T, D::Error> {
        object.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Keyed<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut content = Required(None);
        Reader::new(map, self.0).read(&mut [&mut content])?;
        Ok(content.take())
    }
}

/// A value as it is written.
struct Raw(String);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = json::octets(deserializer, json::RAW)?;
        Ok(Self(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

/// An object of a kind that the documents do not list, as it came. Validation refuses it, as nobody knows what the platform
/// would make of it; a request that is not validated is sent with it, to the letter.
///
/// `Debug` shows its kind and its size, as there may be a secret in it.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownVariant {
    tag: Option<String>,
    json: String,
}

impl UnknownVariant {
    /// Which kind it is; `None` if the object does not say.
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The whole object, to the letter.
    pub fn json(&self) -> &str {
        &self.json
    }
}

/// As it came.
impl Serialize for UnknownVariant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.json).map_err(ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl fmt::Debug for UnknownVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = format_args!("{} bytes", self.json.len());
        f.debug_struct("UnknownVariant").field("tag", &self.tag).field("json", &size).finish()
    }
}

/// Writes an object that says its kind and no more.
///
/// # Errors
///
/// What the serializer finds wrong.
pub fn write_tag<S: Serializer>(
    serializer: S,
    (tag, value): (&'static str, &impl Serialize),
) -> Result<S::Ok, S::Error> {
    begin(serializer, (tag, value))?.end()
}

/// Writes an object that says its kind, with the content under a key of its own.
///
/// # Errors
///
/// What the serializer finds wrong.
pub fn write_keyed<S: Serializer>(
    serializer: S,
    tag: (&'static str, &impl Serialize),
    key: &'static str,
    content: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    let mut map = begin(serializer, tag)?;
    map.serialize_entry(key, content)?;
    map.end()
}

/// Writes an object that says its kind, with the fields of the content beside.
///
/// # Errors
///
/// What the serializer finds wrong; that the content is not an object.
pub fn write_flat<S: Serializer>(
    serializer: S,
    tag: (&'static str, &impl Serialize),
    content: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    content.serialize(Tagged { serializer, tag })
}

fn begin<S: Serializer>(
    serializer: S,
    (tag, value): (&'static str, &impl Serialize),
) -> Result<S::SerializeMap, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry(tag, value)?;
    Ok(map)
}

/// Writes the kind before the first field.
struct Tagged<'a, S, V> {
    serializer: S,
    tag: (&'static str, &'a V),
}

pub(super) fn no_object<T, E: ser::Error>() -> Result<T, E> {
    Err(E::custom("only the fields of an object can stand beside its kind"))
}

/// What is not an object is refused by all that write one.
macro_rules! only_objects {
    ($ok:ty, $error:ty) => {
        only_objects! { $ok, $error =>
            serialize_bool(value: bool) -> $ok;
            serialize_i8(value: i8) -> $ok;
            serialize_i16(value: i16) -> $ok;
            serialize_i32(value: i32) -> $ok;
            serialize_i64(value: i64) -> $ok;
            serialize_u8(value: u8) -> $ok;
            serialize_u16(value: u16) -> $ok;
            serialize_u32(value: u32) -> $ok;
            serialize_u64(value: u64) -> $ok;
            serialize_f32(value: f32) -> $ok;
            serialize_f64(value: f64) -> $ok;
            serialize_char(value: char) -> $ok;
            serialize_str(value: &str) -> $ok;
            serialize_bytes(value: &[u8]) -> $ok;
            serialize_none() -> $ok;
            serialize_unit() -> $ok;
            serialize_unit_struct(name: &'static str) -> $ok;
            serialize_unit_variant(name: &'static str, place: u32, variant: &'static str) -> $ok;
            serialize_seq(length: Option<usize>) -> Self::SerializeSeq;
            serialize_tuple(length: usize) -> Self::SerializeTuple;
            serialize_tuple_struct(name: &'static str, length: usize) -> Self::SerializeTupleStruct;
            serialize_tuple_variant(
                name: &'static str, place: u32, variant: &'static str, length: usize
            ) -> Self::SerializeTupleVariant;
            serialize_struct_variant(
                name: &'static str, place: u32, variant: &'static str, length: usize
            ) -> Self::SerializeStructVariant;
        }

        fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<$ok, $error> {
            value.serialize(self)
        }

        fn serialize_newtype_struct<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            value: &T,
        ) -> Result<$ok, $error> {
            value.serialize(self)
        }

        fn serialize_newtype_variant<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: &T,
        ) -> Result<$ok, $error> {
            crate::wire::union::no_object()
        }
    };
    ($ok:ty, $error:ty => $($method:ident($($name:ident: $type:ty),*) -> $made:ty;)*) => {$(
        fn $method(self, $($name: $type),*) -> Result<$made, $error> {
            $(let _ = $name;)*
            crate::wire::union::no_object()
        }
    )*};
}

pub(super) use only_objects;

impl<S: Serializer, V: Serialize> Serializer for Tagged<'_, S, V> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = S::SerializeMap;
    type SerializeStruct = Fields<S::SerializeMap>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    fn serialize_map(self, _: Option<usize>) -> Result<S::SerializeMap, S::Error> {
        begin(self.serializer, self.tag)
    }

    fn serialize_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Fields<S::SerializeMap>, S::Error> {
        // Of an unknown kind of object inside, which cannot have one more key.
        if name == json::RAW_VALUE {
            return no_object();
        }
        begin(self.serializer, self.tag).map(Fields)
    }

    only_objects!(S::Ok, S::Error);
}

/// The fields of a struct, written as entries.
pub(super) struct Fields<M>(pub(super) M);

impl<M: SerializeMap> SerializeStruct for Fields<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        self.0.serialize_entry(key, value)
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}
