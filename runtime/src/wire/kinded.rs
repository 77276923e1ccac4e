//! Objects of several kinds that have some fields in common: what they have in common, and the kind.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, SeqAccess, Visitor};
use serde::ser::{Impossible, Serialize, SerializeMap, Serializer};

use super::any_json;
use super::union::{Fields, next, no_object, only_objects};
use crate::json;

/// An object of one of several kinds, with the fields that all kinds have: on the wire all of them are in one object. Derefs to
/// the fields, so that `method.id` is there whatever the kind is, an unknown one too.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinded<F, K> {
    /// What all kinds have. Behind a pointer, for they may hold such an object again.
    pub fields: Box<F>,
    /// Which kind it is, and what that has besides.
    pub kind: K,
}

impl<F, K> Kinded<F, K> {
    /// An object of this kind.
    pub fn new(fields: F, kind: K) -> Self {
        Self { fields: Box::new(fields), kind }
    }
}

impl<F, K> Deref for Kinded<F, K> {
    type Target = F;

    fn deref(&self) -> &F {
        &self.fields
    }
}

impl<F, K> DerefMut for Kinded<F, K> {
    fn deref_mut(&mut self) -> &mut F {
        &mut self.fields
    }
}

impl<'de, F: DeserializeOwned, K: DeserializeOwned> Deserialize<'de> for Kinded<F, K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(json::PARTS, Both(PhantomData))
    }
}

struct Both<F, K>(PhantomData<(F, K)>);

impl<'de, F: DeserializeOwned, K: DeserializeOwned> Visitor<'de> for Both<F, K> {
    type Value = Kinded<F, K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    /// The object, as often as it is asked for.
    fn visit_seq<A: SeqAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let fields = next(&mut object, PhantomData::<F>)?;
        Ok(Kinded::new(fields, next(&mut object, PhantomData::<K>)?))
    }

    /// What any other deserializer than the one here asks.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, any: D) -> Result<Self::Value, D::Error> {
        json::from_str(&any_json::text(any)?).map_err(D::Error::custom)
    }
}

/// One object; that of an unknown kind as it came, for what it has of the fields is in it.
impl<F: Serialize, K: Serialize> Serialize for Kinded<F, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.kind.serialize(Beside { serializer, fields: &*self.fields })
    }
}

/// Writes an object that begins with these fields.
struct Beside<'a, S, F> {
    serializer: S,
    fields: &'a F,
}

impl<S: Serializer, F: Serialize> Serializer for Beside<'_, S, F> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = S::SerializeMap;
    type SerializeStruct = S::SerializeStruct;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    fn serialize_map(self, _: Option<usize>) -> Result<S::SerializeMap, S::Error> {
        let mut map = self.serializer.serialize_map(None)?;
        self.fields.serialize(Entries(&mut map))?;
        Ok(map)
    }

    fn serialize_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<S::SerializeStruct, S::Error> {
        // What is written to the letter. A kind is written as a map.
        match name == json::RAW_VALUE {
            true => self.serializer.serialize_struct(name, length),
            false => no_object(),
        }
    }

    only_objects!(S::Ok, S::Error);
}

/// Writes the entries of an object into another.
struct Entries<'a, M>(&'a mut M);

impl<'a, M: SerializeMap> Serializer for Entries<'a, M> {
    type Ok = ();
    type Error = M::Error;
    type SerializeSeq = Impossible<(), M::Error>;
    type SerializeTuple = Impossible<(), M::Error>;
    type SerializeTupleStruct = Impossible<(), M::Error>;
    type SerializeTupleVariant = Impossible<(), M::Error>;
    type SerializeMap = Self;
    type SerializeStruct = Fields<Self>;
    type SerializeStructVariant = Impossible<(), M::Error>;

    fn serialize_map(self, _: Option<usize>) -> Result<Self, M::Error> {
        Ok(self)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<Self>, M::Error> {
        match name == json::RAW_VALUE {
            true => no_object(),
            false => Ok(Fields(self)),
        }
    }

    only_objects!((), M::Error);
}

impl<M: SerializeMap> SerializeMap for Entries<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        self.0.serialize_value(value)
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}
