//! Why a value cannot be written, or a text not be read.

use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};
use serde::ser;

use crate::fault::Fault;

/// Boxed, as it passes through every function that reads or writes.
#[derive(Debug)]
pub(crate) struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    can_ask_again: bool,
}

#[derive(Debug)]
enum Kind {
    /// What the text goes to does not take it.
    Refused,
    /// Something wrong with a value.
    Value(String),
    /// The same, and how many bytes of the text had been read.
    At(usize, String),
}

/// The source of an error after which the very map that gave it can be asked for the same value again, as another type.
/// Other maps may panic if that is done.
#[derive(Debug)]
pub(crate) struct CanAskAgain;

impl Error {
    #[cold]
    pub(super) fn at(at: usize, message: impl Into<String>) -> Self {
        Self::new(Kind::At(at, message.into()))
    }

    /// What serde_json says of a text that begins at `start` of a longer one.
    #[cold]
    pub(super) fn of(text: &[u8], error: &serde_json::Error, start: usize) -> Self {
        let fault = Fault::of(text, error).after(start);
        Self::at(fault.at, fault.message)
    }

    /// Gives the error of a value its place, unless it has one.
    #[cold]
    pub(super) fn placed(mut self, at: usize) -> Self {
        if let Kind::Value(message) = &mut self.0.kind {
            self.0.kind = Kind::At(at, std::mem::take(message));
        }
        self
    }

    /// The error of a map that can be asked for its value again.
    #[cold]
    pub(super) fn ask_again(mut self, at: usize) -> Self {
        self.0.can_ask_again = true;
        self.placed(at)
    }

    /// Whether the text found no place to go to.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.0.kind, Kind::Refused)
    }

    /// With the place of the text's start, if there is no other.
    #[cold]
    pub(crate) fn into_fault(self) -> Fault {
        match self.0.kind {
            Kind::At(at, message) => Fault::new(at, &message),
            other => Fault::new(0, &other.to_string()),
        }
    }

    #[cold]
    fn value(message: String) -> Self {
        Self::new(Kind::Value(message))
    }

    fn new(kind: Kind) -> Self {
        Self(Box::new(Inner { kind, can_ask_again: false }))
    }
}

impl From<fmt::Error> for Error {
    #[cold]
    fn from(_: fmt::Error) -> Self {
        Self::new(Kind::Refused)
    }
}

impl From<Error> for serde_json::Error {
    fn from(error: Error) -> Self {
        de::Error::custom(error)
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.fmt(f)
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "the text is not taken",
            Self::Value(message) | Self::At(_, message) => message,
        })
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.can_ask_again.then_some(&CanAskAgain)
    }
}

impl Display for CanAskAgain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value can be asked for again")
    }
}

impl std::error::Error for CanAskAgain {}

impl ser::Error for Error {
    #[cold]
    fn custom<T: Display>(message: T) -> Self {
        Self::value(message.to_string())
    }
}

/// In serde_json's words.
impl de::Error for Error {
    #[cold]
    fn custom<T: Display>(message: T) -> Self {
        Self::value(message.to_string())
    }

    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::value(format!("invalid type: {}, expected {expected}", Found(found)))
    }

    #[cold]
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::value(format!("invalid value: {}, expected {expected}", Found(found)))
    }
}

struct Found<'a>(Unexpected<'a>);

impl Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Unit => f.write_str("null"),
            found => found.fmt(f),
        }
    }
}
