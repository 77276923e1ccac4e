//! Reads a value from JSON.

use std::borrow::Cow;
use std::mem::replace;

use serde::de::{Deserializer, Expected, IgnoredAny, Visitor};
use serde_json::de::SliceRead;

use super::access::{Inside, One, Parts, Twice};
use super::head::ResponseHead;
use super::number::fraction;
use super::token::Token;
use super::{BINARY, Error, HEAD, PARTS, RAW, RAW_VALUE, TEXT, TWICE, UNREAD, WHOLE};

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
///
/// Lenient towards what senders are known to write: a number as text and the other way round, `null`, an empty text or
/// an empty list for an object, an empty object for a list, text that is no Unicode.
#[derive(Clone)]
pub(crate) struct Decoder<'de> {
    text: &'de [u8],
    /// The same, if all of it is UTF-8, which is cheaper to tell once than for each string.
    utf8: Option<&'de str>,
    at: usize,
    depth: u8,
    /// Whether what is not UTF-8 is of two bytes a sign, as GBK.
    is_double_byte: bool,
    /// Whether the text stands for a form, where a list of one item is that item.
    is_form: bool,
    /// Where values begin that were passed over because they are not what they should be, in order.
    unread: Vec<usize>,
    /// That of the response whose body the text is.
    pub(super) head: Option<ResponseHead<'de>>,
}

/// How far a text has been read.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) depth: u8,
}

impl<'de> Decoder<'de> {
    pub(crate) fn new(text: &'de [u8]) -> Self {
        let utf8 = str::from_utf8(text).ok();
        let is_double_byte = utf8.is_none() && is_double_byte(text);
        Self { is_double_byte, ..Self::at_start(text, utf8) }
    }

    pub(crate) fn of(text: &'de str) -> Self {
        Self::at_start(text.as_bytes(), Some(text))
    }

    fn at_start(text: &'de [u8], utf8: Option<&'de str>) -> Self {
        Self {
            text,
            utf8,
            at: 0,
            depth: DEPTH,
            is_double_byte: false,
            is_form: false,
            unread: Vec::new(),
            head: None,
        }
    }

    /// The same text, which stands for a form.
    pub(super) fn of_form(self) -> Self {
        Self { is_form: true, ..self }
    }

    pub(super) fn is_double_byte(&self) -> bool {
        self.is_double_byte
    }

    pub(super) fn place(&self) -> Place {
        Place { at: self.at, depth: self.depth }
    }

    /// Goes back, as if nothing had been read from there on.
    #[cold]
    pub(super) fn go_back(&mut self, place: Place) {
        (self.at, self.depth) = (place.at, place.depth);
        while self.unread.pop_if(|at| *at >= place.at).is_some() {}
    }

    /// What has been noted from there on, and is no longer.
    pub(super) fn take_unread_from(&mut self, place: Place) -> Vec<usize> {
        let start = self.unread.partition_point(|at| *at < place.at);
        self.unread.split_off(start)
    }

    /// Notes it again, in the order of the text. Of what is before that place nothing is touched, for there may be much of it.
    pub(super) fn note_again(&mut self, mut noted: Vec<usize>, place: Place) {
        noted.extend(self.take_unread_from(place));
        noted.sort_unstable();
        noted.dedup();
        self.unread.extend(noted);
    }

    /// Notes that nobody has read the value that begins here.
    pub(super) fn note_unread(&mut self) {
        self.unread.push(self.at);
    }

    /// Where values begin that were passed over because they are not what they should be, since this was asked last.
    pub(crate) fn take_unread(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.unread)
    }

    pub(super) fn rest(&self) -> &'de [u8] {
        &self.text[self.at..]
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
            if !is_blank(*byte) {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    /// Where the next value begins, or the end of the last one is.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// Whether a `null` comes next.
    pub(crate) fn is_null(&mut self) -> bool {
        self.peek() == Some(b'n') && self.rest().starts_with(b"null")
    }

    /// Whether a text with nothing in it comes next.
    pub(crate) fn is_empty_text(&mut self) -> bool {
        self.peek() == Some(b'"') && self.rest().starts_with(b"\"\"")
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

    /// Goes into a list, or says of the whole value that it is none.
    pub(crate) fn enter_list(&mut self) -> Result<(), Error> {
        if self.peek() != Some(b'[') {
            return Err(Error::at(self.at, "expected `[`, the start of a list"));
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
        if self.text.get(self.at) == Some(&b':') {
            self.at += 1;
            return Ok(());
        }
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

    /// The error of the value that has just been read, which can be read again.
    #[cold]
    pub(super) fn ask_again(&self, error: Error) -> Error {
        error.ask_again(self.at)
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

    /// Goes into a list or an object. Fails unless one begins here, as `open` says, or what stands for an empty one.
    fn enter(&mut self, open: u8, expected: &dyn Expected) -> Result<Progress, Error> {
        if self.peek() != Some(open) {
            return self.enter_nothing(expected);
        }
        self.go_in().map(|()| Progress::Begun)
    }

    /// Passes over what senders write for an empty list or object.
    #[cold]
    fn enter_nothing(&mut self, expected: &dyn Expected) -> Result<Progress, Error> {
        match self.nothing_length() {
            Some(length) => self.skip(length),
            None => return Err(self.refuse(expected)),
        }
        Ok(Progress::Ended)
    }

    /// How long a `null`, an empty text, or an empty list or object is that begins here.
    pub(super) fn nothing_length(&self) -> Option<usize> {
        let rest = self.rest();
        let is_nothing = |nothing: &&[u8]| rest.starts_with(nothing);
        if let Some(nothing) = [b"null".as_slice(), b"\"\""].into_iter().find(is_nothing) {
            return Some(nothing.len());
        }
        let (open, inside) = rest.split_first()?;
        let close = match open {
            b'[' => b']',
            b'{' => b'}',
            _ => return None,
        };
        let blank = inside.iter().take_while(|byte| is_blank(**byte)).count();
        (inside.get(blank) == Some(&close)).then_some(blank + 2)
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
        // Most bodies have no blanks.
        if let (Progress::Inside, [b',', byte, ..]) = (&*progress, self.rest())
            && *byte != close
            && !is_blank(*byte)
        {
            self.at += 1;
            return Ok(true);
        }
        self.goes_on(close, progress)
    }

    fn goes_on(&mut self, close: u8, progress: &mut Progress) -> Result<bool, Error> {
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
        if self.is_form && self.peek() == Some(b'"') && !self.is_empty_text() {
            return visitor.visit_seq(One(Some(self)));
        }
        let depth = self.depth;
        let progress = self.enter(b'[', &visitor)?;
        let list = visitor.visit_seq(Inside::new(self, progress));
        if list.is_ok()
            && let Some(error) = self.unfinished(depth, b']')
        {
            return Err(error);
        }
        list
    }

    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        let depth = self.depth;
        let progress = self.enter(b'{', &visitor)?;
        let object = visitor.visit_map(Inside::new(self, progress));
        if object.is_ok()
            && let Some(error) = self.unfinished(depth, b'}')
        {
            return Err(error);
        }
        object
    }

    fn text(&mut self, expected: &dyn Expected) -> Result<Cow<'de, str>, Error> {
        if self.peek() != Some(b'"') {
            return self.scalar_text(expected);
        }
        self.string()
    }

    /// A number or a truth value as it is written. A number with an exponent may have been rounded, which a number that
    /// is wanted as text, an identifier most often, does not bear.
    #[cold]
    fn scalar_text(&mut self, expected: &dyn Expected) -> Result<Cow<'de, str>, Error> {
        let rest = self.rest();
        let token = self.token()?;
        let text = str::from_utf8(&rest[..rest.len() - self.rest().len()]).unwrap_or_default();
        match token {
            Token::Bool(_) | Token::Unsigned(_) | Token::Signed(_) => Ok(Cow::Borrowed(text)),
            Token::Fraction(..) if !text.contains(['e', 'E']) => Ok(Cow::Borrowed(text)),
            other => Err(other.refuse(expected)),
        }
    }

    /// What comes next is not what it should be.
    #[cold]
    fn refuse(&mut self, expected: &dyn Expected) -> Error {
        self.token().map_or_else(|error| error, |token| token.refuse(expected))
    }

    fn visit_whole<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        match self.token()? {
            Token::Unsigned(number) => visitor.visit_u64(number),
            Token::Signed(number) => visitor.visit_i64(number),
            other => match other.whole() {
                Some(number) => number.visit(visitor),
                None => Err(other.refuse_value(&visitor)),
            },
        }
    }

    fn visit_number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        match self.token()? {
            Token::Unsigned(number) => visitor.visit_u64(number),
            Token::Signed(number) => visitor.visit_i64(number),
            Token::Fraction(number, _) => visitor.visit_f64(number),
            Token::Text(text) => match fraction(&text) {
                Some(number) => visitor.visit_f64(number),
                None => Err(Token::Text(text).refuse_value(&visitor)),
            },
            other => Err(other.refuse_value(&visitor)),
        }
    }

    fn visit_truth<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        let token = self.token()?;
        match token.truth() {
            Some(value) => visitor.visit_bool(value),
            None => Err(token.refuse_value(&visitor)),
        }
    }

    fn visit_text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        visit_text(self.text(&visitor)?, visitor)
    }

    /// All bytes, which are no JSON.
    pub(super) fn visit_binary<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        let bytes = self.rest();
        self.skip(bytes.len());
        visitor.visit_bytes(bytes)
    }

    fn visit_unread<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        self.pass_unread()?;
        visitor.visit_unit()
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

/// Whether a text that is not UTF-8 is JSON only if a backslash may be half a sign.
#[cold]
fn is_double_byte(text: &[u8]) -> bool {
    let is_json =
        |is_double_byte| Decoder { is_double_byte, ..Decoder::at_start(text, None) }.is_value();
    !is_json(false) && is_json(true)
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
            Token::Fraction(number, _) => visitor.visit_f64(number),
            Token::Text(text) => visit_text(text, visitor),
            Token::List => self.list(visitor),
            Token::Object => self.object(visitor),
        }
    }

    by! { visit_whole:
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    by! { visit_number: deserialize_f32 deserialize_f64 }

    by! { visit_truth: deserialize_bool }

    by! { visit_text: deserialize_char deserialize_str deserialize_string deserialize_identifier }

    by! { deserialize_any: deserialize_unit }

    hand_over! {
        deserialize_i128() deserialize_u128() deserialize_bytes() deserialize_byte_buf()
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            HEAD => self.visit_head(variants, visitor),
            _ => self.hand_over(|json: &mut SerdeJson<'de>| {
                json.deserialize_enum(name, variants, visitor)
            }),
        }
    }

    #[inline]
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

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            WHOLE => self.visit_whole(visitor),
            TEXT => self.visit_text(visitor),
            RAW => self.visit_raw(visitor),
            TWICE => visitor.visit_seq(Twice::new(self)),
            PARTS => visitor.visit_seq(Parts::new(self)),
            UNREAD => self.visit_unread(visitor),
            BINARY => self.visit_binary(visitor),
            RAW_VALUE => self.hand_over(|json: &mut SerdeJson<'de>| {
                json.deserialize_newtype_struct(name, visitor)
            }),
            _ => visitor.visit_newtype_struct(self),
        }
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
        match self.peek() {
            Some(b'[') if self.nothing_length().is_none() => self.list(visitor),
            _ => self.object(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.ignore()?;
        visitor.visit_unit()
    }
}
