//! JSON text, each way, by serde's traits.
//!
//! serde_json compiles its parser and its printer again for every type. These two are compiled once: what is generic in
//! them is a few lines a type, and those are all that a program pays for an endpoint that it calls. Fractions, and texts
//! that are no JSON at all, are left to serde_json, and so are its messages. The reader takes more than serde_json does:
//! see [`Decoder`].
//!
//! What the reader accepts and serde_json refuses is what servers are known to write: numbers as strings and strings
//! as numbers, `null`, `[]` and `""` for nothing, strings that are not Unicode, `NaN` and `Infinity` where nobody
//! reads them. The leniency is the reader's, so all types have it, derived or not. A test compares both parsers on
//! generated and damaged input and allows no other difference.
//!
//! A field that is not essential and cannot be read is skipped: its slot (`wire`) asks the map for the same value
//! again, as one that nobody reads; the reader returns to the start of the value and notes its place, which becomes a
//! path in `unread`. Only this reader can be asked again, and it says so by the source of its error (`CanAskAgain`);
//! an error of any other deserializer is returned as it is.

mod error;
mod plain;
mod encoder;
mod compound;
mod key;
mod decoder;
mod token;
mod number;
mod lossy;
mod ignore;
mod access;
mod head;
mod octets;
mod place;

pub(crate) use self::decoder::{Decoder, Progress};
pub(crate) use self::encoder::{write, write_with_secrets};
pub(crate) use self::error::{CanAskAgain, Error};
pub(crate) use self::number::{int, unsigned};
pub(crate) use self::octets::octets;
pub(crate) use self::place::{above, below, is_here};

use serde::Serialize;
use serde::de::DeserializeOwned;

use self::encoder::append;

/// By this name serde_json's `RawValue` is known to it.
pub(crate) const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Newtypes of these names ask the decoder here for a whole number, for text, for the bytes of a value as it is written (or of a body that is
/// no JSON), for a list of the value and once more the value, for a value that could not be read to be passed over, and for all bytes as they
/// are. Any other deserializer takes them for newtypes.
pub(crate) const WHOLE: &str = "$apiscribe::Whole";
pub(crate) const TEXT: &str = "$apiscribe::Text";
pub(crate) const RAW: &str = "$apiscribe::Raw";
pub(crate) const TWICE: &str = "$apiscribe::Twice";
pub(crate) const UNREAD: &str = "$apiscribe::Unread";
pub(crate) const BINARY: &str = "$apiscribe::Binary";

/// The same list, of which each reading is of another part of the value: what none of them could read is noted.
pub(crate) const PARTS: &str = "$apiscribe::Parts";

/// An enum of this name asks for the head of a response and then its data.
pub(crate) const HEAD: &str = "$apiscribe::Head";

/// A value as JSON.
pub(crate) fn to_string(value: &(impl Serialize + ?Sized)) -> Result<String, Error> {
    // Most values are shorter, in bytes, so that they are written without being moved.
    let mut text = String::with_capacity(128);
    append(&mut text, value)?;
    Ok(text)
}

/// The value that a whole text is.
pub(crate) fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let (value, unread) = read(text)?;
    match unread.first() {
        Some(at) => Err(Error::at(at + 1, "not of the documented type")),
        None => Ok(value),
    }
}

/// The value that a whole text is, and where values in it begin that were passed over because they are not what they
/// should be.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<(T, Vec<usize>), Error> {
    read_by(Decoder::of(text))
}

/// The same of a form, which is an object of texts: where a list is wanted, and its name came once, that is a list of one.
pub(crate) fn read_form<T: DeserializeOwned>(text: &str) -> Result<(T, Vec<usize>), Error> {
    read_by(Decoder::of(text).of_form())
}

fn read_by<T: DeserializeOwned>(mut decoder: Decoder<'_>) -> Result<(T, Vec<usize>), Error> {
    match T::deserialize(&mut decoder) {
        Ok(value) => decoder.end().map(|()| (value, decoder.take_unread())),
        Err(error) => Err(decoder.placed(error)),
    }
}
