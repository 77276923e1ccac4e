//! Reads a value from JSON.

use std::borrow::Cow;
use std::mem::replace;

use serde::de::{Deserializer, Expected, IgnoredAny, Visitor};
use serde_json::de::SliceRead;

use super::access::Inside;
use super::token::Token;
use super::{Error, RAW_VALUE};

/// How deep lists and objects may lie in one another: as deep as serde_json lets them.
const DEPTH: u8 = 128;

pub(super) type SerdeJson<'de> = serde_json::Deserializer<SliceRead<'de>>;

/// How much of a list or an object has been read.
pub(crate) enum Progress {
    /// Its start.
    Begun,
    /// An item or an entry at least.
    Inside,
    /// All of it.
    Ended,
}

/// A text that has been read up to a place.
#[derive(Clone)]
pub(crate) struct Decoder<'de> {
    text: &'de [u8],
    /// The same, if all of it is UTF-8, which is cheaper to tell once than for each string.
    utf8: Option<&'de str>,
    at: usize,
    depth: u8,
}

impl<'de> Decoder<'de> {
    pub(crate) fn new(text: &'de [u8]) -> Self {
        Self { text, utf8: str::from_utf8(text).ok(), at: 0, depth: DEPTH }
    }

    pub(crate) fn of(text: &'de str) -> Self {
        Self { text: text.as_bytes(), utf8: Some(text), at: 0, depth: DEPTH }
    }

    pub(super) fn rest(&self) -> &'de [u8] {
        &self.text[self.at..]
    }

    /// All behind the next byte, if the whole text is UTF-8.
    pub(super) fn utf8_behind(&self) -> Option<&'de str> {
        self.utf8?.get(self.at + 1..)
    }

    /// So many bytes behind the next one, if they are UTF-8.
    pub(super) fn text_behind(&self, length: usize) -> Option<&'de str> {
        let range = self.at + 1..self.at + 1 + length;
        match self.utf8 {
            Some(utf8) => utf8.get(range),
            None => str::from_utf8(self.text.get(range)?).ok(),
        }
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.at += count;
    }

    /// The next byte that is not white space.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.text.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    /// Whether a `null` comes next.
    pub(crate) fn is_null(&mut self) -> bool {
        self.peek() == Some(b'n') && self.rest().starts_with(b"null")
    }

    /// Fails unless nothing follows.
    pub(crate) fn end(&mut self) -> Result<(), Error> {
        self.peek().map_or(Ok(()), |_| Err(self.fault("trailing characters")))
    }

    /// Goes into an object, or says of the whole value that it is none.
    pub(crate) fn enter_object(&mut self) -> Result<(), Error> {
        if self.peek() != Some(b'{') {
            return Err(Error::at(self.at, "expected `{`, the start of an object"));
        }
        self.go_in()
    }

    /// Reads the key of an entry, up to its value.
    pub(crate) fn key(&mut self) -> Result<Cow<'de, str>, Error> {
        let key = self.key_text()?;
        self.colon()?;
        Ok(key)
    }

    pub(super) fn key_text(&mut self) -> Result<Cow<'de, str>, Error> {
        if self.peek() != Some(b'"') {
            return Err(self.fault("key must be a string"));
        }
        self.string()
    }

    pub(super) fn colon(&mut self) -> Result<(), Error> {
        self.expect(b':', "expected `:`")
    }

    /// Passes `byte` over.
    fn expect(&mut self, byte: u8, message: &str) -> Result<(), Error> {
        match self.peek() {
            Some(found) if found == byte => self.at += 1,
            Some(_) => return Err(self.fault(message)),
            None => return Err(self.fault("EOF while parsing a list or an object")),
        }
        Ok(())
    }

    /// Something wrong with the byte that is next.
    #[cold]
    pub(super) fn fault(&self, message: &str) -> Error {
        Error::at((self.at + 1).min(self.text.len()), message)
    }

    /// The error of a value has no place of its own. Nothing is read after it, so it is where reading stopped.
    #[cold]
    pub(crate) fn placed(&self, error: Error) -> Error {
        error.placed(self.at)
    }

    /// Lets serde_json read what comes next.
    pub(super) fn hand_over<T>(
        &mut self,
        read: impl FnOnce(&mut SerdeJson<'de>) -> serde_json::Result<T>,
    ) -> Result<T, Error> {
        let rest = self.rest();
        let mut json = serde_json::Deserializer::from_slice(rest);
        let value = read(&mut json).map_err(|error| Error::of(rest, &error, self.at))?;
        self.at += json.into_iter::<IgnoredAny>().byte_offset();
        Ok(value)
    }

    /// Goes into a list or an object. Fails unless one begins here, as `open` says.
    fn enter(&mut self, open: u8, expected: &dyn Expected) -> Result<(), Error> {
        if self.peek() != Some(open) {
            return Err(self.refuse(expected));
        }
        self.go_in()
    }

    fn go_in(&mut self) -> Result<(), Error> {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 {
            return Err(self.fault("recursion limit exceeded"));
        }
        self.at += 1;
        Ok(())
    }

    /// Whether there is another item or entry, before which the comma is passed over, or else the end.
    pub(crate) fn has_next(&mut self, close: u8, progress: &mut Progress) -> Result<bool, Error> {
        match replace(progress, Progress::Inside) {
            Progress::Ended => *progress = Progress::Ended,
            _ if self.peek() == Some(close) => {
                *progress = Progress::Ended;
                self.at += 1;
                self.depth += 1;
            }
            Progress::Begun => return Ok(true),
            Progress::Inside => return self.comma(close).map(|()| true),
        }
        Ok(false)
    }

    fn comma(&mut self, close: u8) -> Result<(), Error> {
        let message = if close == b']' { "expected `,` or `]`" } else { "expected `,` or `}`" };
        self.expect(b',', message)?;
        if self.peek() == Some(close) {
            return Err(self.fault("trailing comma"));
        }
        Ok(())
    }

    /// Why the list or object that was entered at `depth` has no end here, if its visitor has seen none.
    fn unfinished(&mut self, depth: u8, close: u8) -> Option<Error> {
        if self.depth == depth {
            return None;
        }
        self.depth = depth;
        self.expect(close, "trailing characters").err()
    }

    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        let depth = self.depth;
        self.enter(b'[', &visitor)?;
        let list = visitor.visit_seq(Inside::new(self));
        if list.is_ok()
            && let Some(error) = self.unfinished(depth, b']')
        {
            return Err(error);
        }
        list
    }

    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        let depth = self.depth;
        self.enter(b'{', &visitor)?;
        let object = visitor.visit_map(Inside::new(self));
        if object.is_ok()
            && let Some(error) = self.unfinished(depth, b'}')
        {
            return Err(error);
        }
        object
    }

    fn text(&mut self, expected: &dyn Expected) -> Result<Cow<'de, str>, Error> {
        if self.peek() != Some(b'"') {
            return Err(self.refuse(expected));
        }
        self.string()
    }

    /// What comes next is not what it should be.
    #[cold]
    fn refuse(&mut self, expected: &dyn Expected) -> Error {
        self.token().map_or_else(|error| error, |token| token.refuse(expected))
    }

    fn visit_number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        match self.token()? {
            Token::Unsigned(number) => visitor.visit_u64(number),
            Token::Signed(number) => visitor.visit_i64(number),
            Token::Fraction(number) => visitor.visit_f64(number),
            other => Err(other.refuse(&visitor)),
        }
    }

    fn visit_text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        visit_text(self.text(&visitor)?, visitor)
    }
}

pub(super) fn visit_text<'de, V: Visitor<'de>>(
    text: Cow<'de, str>,
    visitor: V,
) -> Result<V::Value, Error> {
    match text {
        Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

macro_rules! by {
    ($by:ident: $($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$by(visitor)
        }
    )*};
}

/// Through serde_json, which compiles its own code for the type: for what no generated type asks for.
macro_rules! hand_over {
    ($($method:ident($($name:ident: $type:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, Error> {
            self.hand_over(|json: &mut SerdeJson<'de>| json.$method($($name,)* visitor))
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Decoder<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.token()? {
            Token::Null => visitor.visit_unit(),
            Token::Bool(value) => visitor.visit_bool(value),
            Token::Unsigned(number) => visitor.visit_u64(number),
            Token::Signed(number) => visitor.visit_i64(number),
            Token::Fraction(number) => visitor.visit_f64(number),
            Token::Text(text) => visit_text(text, visitor),
            Token::List => self.list(visitor),
            Token::Object => self.object(visitor),
        }
    }

    by! { visit_number:
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64
    }

    by! { visit_text: deserialize_char deserialize_str deserialize_string deserialize_identifier }

    by! { deserialize_any: deserialize_bool deserialize_unit }

    hand_over! {
        deserialize_i128() deserialize_u128() deserialize_bytes() deserialize_byte_buf()
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.peek() == Some(b'n') {
            self.token()?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == RAW_VALUE {
            return self.hand_over(|json: &mut SerdeJson<'de>| {
                json.deserialize_newtype_struct(name, visitor)
            });
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.object(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.ignore()?;
        visitor.visit_unit()
    }
}
