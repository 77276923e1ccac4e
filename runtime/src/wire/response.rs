//! What is read with the head of its response: an enum with a variant for each HTTP status, and fields that are headers.
//!
//! Only the decoder of a response knows the head. It gives it to whoever asks by the name `json::HEAD`: the status, the
//! headers that were asked for, and then the data.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error, IgnoredAny, SeqAccess, Visitor,
};

use super::decode::{Record, decode};
use crate::json;

/// An enum of the successes of an endpoint, by their HTTP statuses.
///
/// The derive `Responses` implements it.
pub trait Responses<'de>: Sized {
    /// The documented statuses.
    const STATUSES: &'static [u16];

    /// Reads the data of a response of this status.
    ///
    /// # Errors
    ///
    /// What is wrong with the data.
    fn read<A: SeqAccess<'de>>(status: u16, data: ResponseData<A>) -> Result<Self, A::Error>;
}

/// A success that the documents do not list.
///
/// `Debug` gives the length of its body only.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownResponse {
    /// The HTTP status, a 2xx.
    pub status: u16,
    /// The data as they came.
    pub data: Bytes,
}

impl fmt::Debug for UnknownResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnknownResponse({}, {} bytes)", self.status, self.data.len())
    }
}

/// Data that are to be read.
pub struct ResponseData<A>(A);

impl<A> ResponseData<A> {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    pub fn read<'de, T: Deserialize<'de>>(self) -> Result<T, A::Error>
    where
        A: SeqAccess<'de>,
    {
        next(self.0)
    }

    /// Passes them over.
    ///
    /// # Errors
    ///
    /// If they cannot be.
    pub fn ignore<'de>(self) -> Result<(), A::Error>
    where
        A: SeqAccess<'de>,
    {
        next::<IgnoredAny, A>(self.0).map(drop)
    }

    /// Keeps them as they are.
    ///
    /// # Errors
    ///
    /// If they are said to be JSON and are not.
    pub fn unknown<'de>(self, status: u16) -> Result<UnknownResponse, A::Error>
    where
        A: SeqAccess<'de>,
    {
        let Raw(data) = next(self.0)?;
        Ok(UnknownResponse { status, data })
    }
}

fn next<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(mut head: A) -> Result<T, A::Error> {
    head.next_element()?.ok_or_else(|| A::Error::custom("a part of the response is missing"))
}

/// Reads the enum of a response.
///
/// # Errors
///
/// As [`Responses::read`], or if it is not read from a response.
pub fn decode_by_status<'de, T: Responses<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_enum(json::HEAD, &[], ByStatus(PhantomData))
}

struct ByStatus<T>(PhantomData<T>);

impl<'de, T: Responses<'de>> Visitor<'de> for ByStatus<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a response with its HTTP status")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut head: A) -> Result<T, A::Error> {
        let status = head.next_element()?.unwrap_or_default();
        T::read(status, ResponseData(head))
    }
}

/// Reads a struct with fields that are headers, which are not in it yet, and those headers.
///
/// # Errors
///
/// As [`Record::read`], or if it is not read from a response.
pub fn decode_with_headers<'de, T: Record<'de>, D: Deserializer<'de>>(
    deserializer: D,
    names: &'static [&'static str],
) -> Result<(T, Headers), D::Error> {
    deserializer.deserialize_enum(json::HEAD, names, WithHeaders(PhantomData, names))
}

/// The headers that were asked for, in that order.
pub struct Headers(std::vec::IntoIter<Option<String>>);

impl Headers {
    /// The next one as a value; none if it did not come, or is not what it should be.
    #[expect(clippy::should_implement_trait, reason = "each is of another type")]
    pub fn next<T: DeserializeOwned>(&mut self) -> Option<T> {
        let json = json::to_string(&self.0.next()??).ok()?;
        json::from_str(&json).ok()
    }
}

struct WithHeaders<T>(PhantomData<T>, &'static [&'static str]);

impl<'de, T: Record<'de>> Visitor<'de> for WithHeaders<T> {
    type Value = (T, Headers);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a response with its headers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut head: A) -> Result<Self::Value, A::Error> {
        head.next_element::<u16>()?;
        let mut headers = Vec::with_capacity(self.1.len());
        for _ in self.1 {
            let Header(text) = head.next_element()?.unwrap_or(Header(None));
            headers.push(text);
        }
        let value = match T::KEYS {
            // There may be no body at all.
            [] => next::<Bare<T>, A>(head)?.0,
            _ => next::<Data<T>, A>(head)?.0,
        };
        Ok((value, Headers(headers.into_iter())))
    }
}

struct Data<T>(T);

impl<'de, T: Record<'de>> Deserialize<'de> for Data<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode(deserializer).map(Data)
    }
}

/// Of a struct without keys, whatever is there.
struct Bare<T>(T);

impl<'de, T: Record<'de>> Deserialize<'de> for Bare<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer)?;
        let nothing = std::iter::empty::<((), ())>();
        decode(serde::de::value::MapDeserializer::new(nothing)).map(Bare)
    }
}

struct Header(Option<String>);

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HeaderText).map(Header)
    }
}

struct HeaderText;

impl Visitor<'_> for HeaderText {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a header")
    }

    fn visit_unit<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<String>, E> {
        Ok(Some(text.to_owned()))
    }
}

/// A value as it is written, JSON or not.
struct Raw(Bytes);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::octets(deserializer, json::RAW).map(Raw)
    }
}
