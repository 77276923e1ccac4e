//! The head of the response whose body is being read, for the few types that ask for it.

use http::response::Parts;
use serde::de::value::{StrDeserializer, U16Deserializer, UnitDeserializer};
use serde::de::{DeserializeSeed, IntoDeserializer, SeqAccess, Visitor};

use super::Error;
use super::decoder::Decoder;

/// The head, and whether the body is JSON.
#[derive(Clone, Copy)]
pub(super) struct ResponseHead<'de> {
    parts: &'de Parts,
    is_json: bool,
}

impl<'de> Decoder<'de> {
    /// Of the body of this response; if it is not JSON, it is one value as it is.
    pub(crate) fn of_response(mut self, parts: &'de Parts, is_json: bool) -> Self {
        self.head = Some(ResponseHead { parts, is_json });
        self
    }

    /// The status, the headers of these names, and the data.
    #[cold]
    pub(super) fn visit_head<V: Visitor<'de>>(
        &mut self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Some(ResponseHead { parts, .. }) = self.head else {
            return Err(self.fault("only a response has a status and headers"));
        };
        visitor.visit_seq(Headed { decoder: self, parts, names, next: Part::Status })
    }

    /// The bytes of a value, or of a body that is not JSON.
    #[cold]
    pub(super) fn visit_raw<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        match self.head {
            Some(ResponseHead { is_json: false, .. }) => self.visit_binary(visitor),
            _ => visitor.visit_bytes(self.raw()?),
        }
    }
}

struct Headed<'a, 'de> {
    decoder: &'a mut Decoder<'de>,
    parts: &'de Parts,
    /// Those that are still to be given.
    names: &'static [&'static str],
    next: Part,
}

#[derive(Clone, Copy)]
enum Part {
    Status,
    Headers,
    End,
}

impl<'de> SeqAccess<'de> for Headed<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        match (self.next, self.names) {
            (Part::Status, _) => {
                self.next = Part::Headers;
                let status: U16Deserializer<Error> = self.parts.status.as_u16().into_deserializer();
                seed.deserialize(status).map(Some)
            }
            (Part::Headers, [name, rest @ ..]) => {
                self.names = rest;
                let value = self.parts.headers.get(*name).and_then(|value| value.to_str().ok());
                match value {
                    Some(text) => seed.deserialize(StrDeserializer::<Error>::new(text)),
                    None => seed.deserialize(UnitDeserializer::<Error>::new()),
                }
                .map(Some)
            }
            (Part::Headers, []) => {
                self.next = Part::End;
                seed.deserialize(&mut *self.decoder).map(Some)
            }
            (Part::End, _) => Ok(None),
        }
    }
}
