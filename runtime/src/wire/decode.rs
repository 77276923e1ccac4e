//! Reads an object into the fields of a struct.
//!
//! Derived code makes a slot for each field; the loop over the keys is compiled once for each deserializer, and the
//! reading of a value once for each type of field, however many structs there are.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};

use crate::json::{self, CanAskAgain};
use crate::lenient::{Lenient, Leniently};

/// A struct that is read from an object.
pub trait Record<'de>: Sized {
    /// Keys of the fields, in the order of the slots.
    const KEYS: &'static [&'static str];

    /// Reads the fields.
    ///
    /// # Errors
    ///
    /// What is wrong with a value, or the key of a field that is missing.
    fn read<A: MapAccess<'de>>(reader: Reader<A>) -> Result<Self, A::Error>;
}

/// Reads the object of a `T`.
///
/// # Errors
///
/// As [`Record::read`], or what was found instead of an object.
pub fn decode<'de, T: Record<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Object(PhantomData))
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Record<'de>> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(Reader { map, keys: T::KEYS })
    }
}

/// An object that is to be read.
pub struct Reader<A> {
    map: A,
    keys: &'static [&'static str],
}

impl<A> Reader<A> {
    pub(super) fn new(map: A, keys: &'static [&'static str]) -> Self {
        Self { map, keys }
    }

    /// Fills a slot for each key. Keys that are not known are passed over; of a key that comes twice the last counts.
    ///
    /// # Errors
    ///
    /// What is wrong with a value, or the key of a field that is missing.
    #[inline(never)]
    pub fn read<'de>(mut self, slots: &mut [&mut dyn Slot<'de, A>]) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
    {
        let mut next = 0;
        while let Some(place) = self.map.next_key_seed(Key { keys: self.keys, next })? {
            match slots.get_mut(place) {
                Some(slot) => slot.fill(&mut self.map)?,
                None => self.skip()?,
            }
            next = place + 1;
        }
        self.missing(slots)
    }

    /// The same, and gives `rest` what the keys do not name.
    ///
    /// # Errors
    ///
    /// As [`Reader::read`].
    #[inline(never)]
    pub fn read_with_rest<'de>(
        mut self,
        slots: &mut [&mut dyn Slot<'de, A>],
        rest: &mut dyn Remainder<'de, A>,
    ) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
    {
        let mut next = 0;
        while let Some(key) = self.map.next_key_seed(AnyKey(Key { keys: self.keys, next }))? {
            match key {
                Ok(place) => {
                    match slots.get_mut(place) {
                        Some(slot) => slot.fill(&mut self.map)?,
                        None => self.skip()?,
                    }
                    next = place + 1;
                }
                Err(other) => rest.add(other, &mut self.map)?,
            }
        }
        self.missing(slots)
    }

    fn missing<'de>(&self, slots: &[&mut dyn Slot<'de, A>]) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
    {
        match slots.iter().position(|slot| slot.is_missing()) {
            Some(place) => Err(A::Error::missing_field(self.keys[place])),
            None => Ok(()),
        }
    }

    fn skip<'de>(&mut self) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
    {
        self.map.next_value::<IgnoredAny>().map(drop)
    }
}

/// Tells which field a key names. Most senders keep the order of the documents, so the field behind the last one is
/// tried first.
#[derive(Clone, Copy)]
struct Key {
    keys: &'static [&'static str],
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<usize, E> {
        match self.keys.get(self.next) {
            Some(expected) if *expected == key => Ok(self.next),
            _ => Ok(self.find(key)),
        }
    }
}

impl Key {
    /// The place of the field, or one behind the last.
    fn find(self, key: &str) -> usize {
        self.keys.iter().position(|known| *known == key).unwrap_or(self.keys.len())
    }
}

/// Tells the same, or gives the key itself, if it names none.
struct AnyKey(Key);

impl<'de> DeserializeSeed<'de> for AnyKey {
    type Value = Result<usize, String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for AnyKey {
    type Value = Result<usize, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        let place = self.0.visit_str(key)?;
        Ok(if place < self.0.keys.len() { Ok(place) } else { Err(key.to_owned()) })
    }
}

const FILLED: &str = "the reader fails unless it has filled the slot";

/// Where the value of a field goes.
pub trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;

    /// Whether there must be a value, and is none.
    fn is_missing(&self) -> bool {
        false
    }
}

/// Of a field that must be there.
pub struct Required<T>(pub Option<T>);

impl<T> Required<T> {
    /// The value.
    ///
    /// # Panics
    ///
    /// If [`Reader::read`] has not filled the slot, which it fails without.
    pub fn take(self) -> T {
        self.0.expect(FILLED)
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Required<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value()?);
        Ok(())
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

/// Where values go whose keys no field has.
pub trait Remainder<'de, A: MapAccess<'de>> {
    /// Reads the value of a key.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    fn add(&mut self, key: String, map: &mut A) -> Result<(), A::Error>;
}

/// Of a field that holds what no other field does. A value of another type than the map's is left out.
pub struct Rest<T>(pub BTreeMap<String, T>);

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Remainder<'de, A> for Rest<T> {
    fn add(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value().map(Some);
        if let Some(value) = value.or_else(|error| pass_over(map, error))? {
            self.0.insert(key, value);
        }
        Ok(())
    }
}

/// Of a field that may be absent, `null`, or of another type than documented, which leaves it empty as well.
pub struct Optional<T>(pub Option<T>);

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Optional<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value();
        self.0 = value.or_else(|error| pass_over(map, error))?;
        Ok(())
    }
}

/// Of a field that may be absent, or `null`, and these are two things.
pub struct Nullable<T>(pub Option<Option<T>>);

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Nullable<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value().map(Some);
        self.0 = value.or_else(|error| pass_over(map, error))?;
        Ok(())
    }
}

/// Of a whole number that may be text.
pub struct RequiredLenient<T>(pub Option<T>);

impl<T> RequiredLenient<T> {
    /// The value.
    ///
    /// # Panics
    ///
    /// As [`Required::take`].
    pub fn take(self) -> T {
        self.0.expect(FILLED)
    }
}

impl<'de, A: MapAccess<'de>, T: Lenient> Slot<'de, A> for RequiredLenient<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.0 = Some(map.next_value::<Leniently<T>>()?.0);
        Ok(())
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

/// Of a whole number that may be text, and otherwise as [`Optional`].
pub struct OptionalLenient<T>(pub Option<T>);

impl<'de, A: MapAccess<'de>, T: Lenient> Slot<'de, A> for OptionalLenient<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value::<Option<Leniently<T>>>();
        self.0 = value.or_else(|error| pass_over(map, error))?.map(|value| value.0);
        Ok(())
    }
}

/// Leaves a field empty whose value cannot be read, and has the value noted, if the map can do so: that of the decoder
/// here. Others fail.
#[cold]
pub(super) fn pass_over<'de, T, A: MapAccess<'de>>(
    map: &mut A,
    error: A::Error,
) -> Result<Option<T>, A::Error> {
    match refusal(map, error) {
        Some(error) => Err(error),
        None => Ok(None),
    }
}

/// The same for all types of fields.
#[cold]
fn refusal<'de, A: MapAccess<'de>>(map: &mut A, error: A::Error) -> Option<A::Error> {
    let can_ask_again =
        std::error::Error::source(&error).is_some_and(|source| source.is::<CanAskAgain>());
    let is_passed = can_ask_again && map.next_value::<Unread>().is_ok();
    (!is_passed).then_some(error)
}

/// A value that nobody reads.
struct Unread;

impl<'de> Deserialize<'de> for Unread {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(json::UNREAD, Self)
    }
}

impl Visitor<'_> for Unread {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}

/// Of a whole number that may be text, absent, or `null`, and these are two things.
pub struct NullableLenient<T>(pub Option<Option<T>>);

impl<'de, A: MapAccess<'de>, T: Lenient> Slot<'de, A> for NullableLenient<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value::<Option<Leniently<T>>>().map(Some);
        let value = value.or_else(|error| pass_over(map, error))?;
        self.0 = value.map(|value| value.map(|value| value.0));
        Ok(())
    }
}
