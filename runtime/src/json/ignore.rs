//! Passes a value over, whatever is in it and however deep.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::decoder::Decoder;
use super::{Error, lossy, number};

/// The last three are no JSON. Python and others write them for numbers that are none.
const WORDS: [&str; 6] = ["null", "true", "false", "NaN", "Infinity", "-Infinity"];

impl<'de> Decoder<'de> {
    /// Passes a value over, and gives it as it is written.
    pub(crate) fn raw(&mut self) -> Result<&'de [u8], Error> {
        self.peek();
        let rest = self.rest();
        self.ignore()?;
        Ok(&rest[..rest.len() - self.rest().len()])
    }

    /// Passes a value over.
    pub(crate) fn ignore(&mut self) -> Result<(), Error> {
        let start = self.place();
        if self.pass().is_some() {
            return Ok(());
        }
        self.go_back(start);
        // Says what is wrong.
        self.hand_over(|json| IgnoredAny::deserialize(json)).map(drop)
    }

    /// Passes a value over that is not what it should be, and notes that nobody has read it. Of what senders write for
    /// nothing there is nothing to note.
    #[cold]
    pub(super) fn pass_unread(&mut self) -> Result<(), Error> {
        self.peek();
        if self.nothing_length().is_none() {
            self.note_unread();
        }
        self.ignore()
    }

    /// Whether the whole text is one value.
    pub(super) fn is_value(&mut self) -> bool {
        self.pass().is_some() && self.peek().is_none()
    }

    /// Leaves off where something is wrong.
    fn pass(&mut self) -> Option<()> {
        // What ends the lists and objects that it is inside of.
        let mut open = Vec::new();
        loop {
            match self.peek()? {
                byte @ (b'[' | b'{') => {
                    self.skip(1);
                    let close = byte + 2;
                    if self.peek()? != close {
                        open.push(close);
                        self.pass_key(close)?;
                        continue;
                    }
                    self.skip(1);
                }
                _ => self.pass_scalar()?,
            }
            if !self.pass_to_next(&mut open)? {
                return Some(());
            }
        }
    }

    /// Goes on to the next value inside, if there is one.
    fn pass_to_next(&mut self, open: &mut Vec<u8>) -> Option<bool> {
        while let Some(close) = open.last().copied() {
            let byte = self.peek()?;
            self.skip(1);
            if byte == b',' {
                return self.pass_key(close).map(|()| true);
            }
            if byte != close {
                return None;
            }
            open.pop();
        }
        Some(false)
    }

    /// Passes a key over, if it is inside an object, as what ends that says.
    fn pass_key(&mut self, close: u8) -> Option<()> {
        if close != b'}' {
            return Some(());
        }
        if self.peek()? != b'"' {
            return None;
        }
        self.pass_scalar()?;
        self.colon().ok()
    }

    fn pass_scalar(&mut self) -> Option<()> {
        let rest = self.rest();
        let length = match rest.first()? {
            b'"' => lossy::length(&rest[1..], self.is_double_byte())? + 2,
            b'0'..=b'9' => number::length(rest)?,
            b'-' if rest.get(1).is_some_and(u8::is_ascii_digit) => number::length(rest)?,
            _ => WORDS.into_iter().find(|word| rest.starts_with(word.as_bytes()))?.len(),
        };
        self.skip(length);
        Some(())
    }
}
