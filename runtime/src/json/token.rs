//! What stands next in a text: a scalar, or the start of a list or an object.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::{Error as _, Expected, Unexpected};
use serde_json::Number;

use super::decoder::Decoder;
use super::number::{Whole, whole};
use super::plain::plain_length;
use super::{Error, lossy};

/// A scalar that has been read, or what a list or an object begins with, which has not.
pub(super) enum Token<'de> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    /// With its text.
    Fraction(f64, &'de str),
    Text(Cow<'de, str>),
    List,
    Object,
}

impl Token<'_> {
    /// Why it is not what it should be.
    #[cold]
    pub(super) fn refuse(&self, expected: &dyn Expected) -> Error {
        let found = match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Unsigned(number) => Unexpected::Unsigned(*number),
            Self::Signed(number) => Unexpected::Signed(*number),
            Self::Fraction(number, _) => Unexpected::Float(*number),
            Self::Text(text) => Unexpected::Str(text),
            Self::List => Unexpected::Seq,
            Self::Object => Unexpected::Map,
        };
        Error::invalid_type(found, expected)
    }

    /// Why its text is not what it should be.
    #[cold]
    pub(super) fn refuse_value(&self, expected: &dyn Expected) -> Error {
        match self {
            Self::Text(text) => Error::invalid_value(Unexpected::Str(text), expected),
            other => other.refuse(expected),
        }
    }

    /// The whole number that it is, be it text.
    pub(super) fn whole(&self) -> Option<Whole> {
        match self {
            Self::Unsigned(number) => Some(Whole::Unsigned(*number)),
            Self::Signed(number) => Some(Whole::Signed(*number)),
            Self::Fraction(_, text) => whole(text),
            Self::Text(text) => whole(text),
            Self::Null | Self::Bool(_) | Self::List | Self::Object => None,
        }
    }

    /// Whether it says yes or no.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Text(text) if text.trim().eq_ignore_ascii_case("true") => Some(true),
            Self::Text(text) if text.trim().eq_ignore_ascii_case("false") => Some(false),
            other => match other.whole()? {
                Whole::Unsigned(0) | Whole::Signed(0) => Some(false),
                Whole::Unsigned(1) => Some(true),
                _ => None,
            },
        }
    }
}

impl<'de> Decoder<'de> {
    pub(super) fn token(&mut self) -> Result<Token<'de>, Error> {
        match self.peek() {
            Some(b'"') => self.string().map(Token::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'{') => Ok(Token::Object),
            Some(b'[') => Ok(Token::List),
            _ => self.word(),
        }
    }

    /// Reads a text that the caller has seen the start of.
    pub(super) fn string(&mut self) -> Result<Cow<'de, str>, Error> {
        let rest = &self.rest()[1..];
        let length = plain_length(rest);
        if rest.get(length) == Some(&b'"')
            && let Some(text) = self.text_behind(length)
        {
            self.skip(length + 2);
            return Ok(Cow::Borrowed(text));
        }
        if let Some((text, length)) = unescape(rest) {
            self.skip(length + 2);
            return Ok(Cow::Owned(text));
        }
        self.odd_string()
    }

    #[cold]
    fn odd_string(&mut self) -> Result<Cow<'de, str>, Error> {
        match lossy::read(&self.rest()[1..], self.is_double_byte()) {
            Some((text, length)) => {
                self.skip(length + 2);
                Ok(Cow::Owned(text))
            }
            // Says what is wrong.
            None => self.hand_over(|json| String::deserialize(json)).map(Cow::Owned),
        }
    }

    /// A whole number of 18 digits, which every type of 64 bits holds, is read here.
    fn number(&mut self) -> Result<Token<'de>, Error> {
        let rest = self.rest();
        let sign = usize::from(rest[0] == b'-');
        let digits = rest[sign..].iter().take_while(|byte| byte.is_ascii_digit());
        let (count, number) = digits.take(19).fold((0, 0_i64), |(count, number), digit| {
            (count + 1, number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0')))
        });
        let follows = rest.get(sign + count);
        let starts_with_zero = rest.get(sign) == Some(&b'0');
        let is_plain = (1..19).contains(&count)
            && !matches!(follows, Some(b'.' | b'e' | b'E'))
            && (!starts_with_zero || (count == 1 && sign == 0));
        if !is_plain {
            return self.odd_number();
        }
        self.skip(sign + count);
        Ok(if sign == 1 { Token::Signed(-number) } else { Token::Unsigned(number.unsigned_abs()) })
    }

    #[cold]
    fn odd_number(&mut self) -> Result<Token<'de>, Error> {
        let rest = self.rest();
        let number = self.hand_over(|json| Number::deserialize(json))?;
        let text = str::from_utf8(&rest[..rest.len() - self.rest().len()]).unwrap_or_default();
        Ok(match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Token::Unsigned(number),
            (None, Some(number)) => Token::Signed(number),
            (None, None) => Token::Fraction(number.as_f64().unwrap_or(f64::NAN), text),
        })
    }

    fn word(&mut self) -> Result<Token<'de>, Error> {
        let words =
            [("null", Token::Null), ("true", Token::Bool(true)), ("false", Token::Bool(false))];
        let rest = self.rest();
        let found = words.into_iter().find(|(word, _)| rest.starts_with(word.as_bytes()));
        let Some((word, token)) = found else { return Err(self.no_value()) };
        self.skip(word.len());
        Ok(token)
    }

    #[cold]
    fn no_value(&mut self) -> Error {
        let start = self.place();
        self.ignore().err().unwrap_or_else(|| {
            self.go_back(start);
            self.fault("expected value")
        })
    }
}

/// The text up to the quote that ends it, and how many bytes that is. `None` if it has no end, or an escape of more
/// than one letter.
fn unescape(rest: &[u8]) -> Option<(String, usize)> {
    // JSON text in a string has an escape every few bytes, and is long: let it not be moved while it grows.
    let mut text = Vec::with_capacity(rest.len().min(1024));
    // A letter that stands for itself is copied with what follows it.
    let (mut at, mut letters) = (0, 0);
    loop {
        let end = at + letters + plain_length(&rest[at + letters..]);
        text.extend_from_slice(&rest[at..end]);
        at = end;
        match *rest[at..].first_chunk()? {
            [b'"', _] => break,
            [b'\\', b'"' | b'\\' | b'/'] => (at, letters) = (at + 1, 1),
            [b'\\', letter] => {
                text.push(u8::try_from(escaped(letter)?).ok()?);
                (at, letters) = (at + 2, 0);
            }
            _ => return None,
        }
    }
    // Almost always nearly as much room as text, which is not worth a move.
    if text.capacity() > 2 * text.len() {
        text.shrink_to_fit();
    }
    Some((String::from_utf8(text).ok()?, at))
}

pub(super) fn escaped(letter: u8) -> Option<char> {
    Some(match letter {
        b'"' | b'\\' | b'/' => letter.into(),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        _ => return None,
    })
}
