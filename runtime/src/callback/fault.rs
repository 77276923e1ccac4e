//! What can be wrong with the body of a call by the platform.

use std::fmt;

use crate::error::{NAME, OneLine};
use crate::fault::Fault;
#[cfg(feature = "callbacks")]
use crate::signature::CipherError;

/// What is wrong with the body of a call by the platform. Do not acknowledge it: the platform calls again.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallbackFault {
    /// Not JSON, or a value of another type than documented.
    Json {
        /// The value at fault, as `msg.amount`; empty if it is the whole body.
        path: String,
        /// What is wrong, with line and column in the body, or in the text inside it.
        error: serde_json::Error,
    },
    /// A part of the envelope is missing.
    Missing {
        /// Its place, a key or a path of keys.
        key: &'static str,
    },
    /// A part of the envelope is something else than text.
    NotText {
        /// Its place, a key or a path of keys.
        key: &'static str,
    },
    /// The content cannot be decrypted.
    #[cfg(feature = "callbacks")]
    Encrypted(CipherError),
    /// The body reports another event.
    OtherEvent {
        /// The event asked for.
        expected: &'static str,
        /// The event that it is.
        found: String,
    },
}

impl CallbackFault {
    /// Path and message come from the body, so they are cut, and on one line.
    #[cold]
    pub(super) fn of(path: String, fault: Fault, text: &[u8]) -> Self {
        let message = OneLine(&fault.message, NAME).to_string();
        let error = Fault { message, ..fault }.into_serde_json(text);
        Self::Json { path: OneLine(&path, NAME).to_string(), error }
    }
}

impl fmt::Display for CallbackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json { path, error } if path.is_empty() => {
                write!(f, "the body is not JSON: {error}")
            }
            Self::Json { path, error } => write!(f, "{path}: {error}"),
            Self::Missing { key } => write!(f, "`{key}` is missing from the body"),
            Self::NotText { key } => write!(f, "{key}: expected text"),
            #[cfg(feature = "callbacks")]
            Self::Encrypted(error) => error.fmt(f),
            Self::OtherEvent { expected, found } => {
                // Whoever sent it is not known yet: no line break of theirs reaches a log, nor a long text.
                let found: String = found.chars().take(60).flat_map(char::escape_debug).collect();
                write!(
                    f,
                    "the event is `{found}`, not `{expected}`; choose the parser by the event's name"
                )
            }
        }
    }
}

impl std::error::Error for CallbackFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Json { error, .. } => Some(error),
            _ => None,
        }
    }
}
