//! Everything that is wrong with one item, reported in one go.

use std::fmt::Display;

use quote::ToTokens;
use syn::{Error, Result};

/// Collects the errors of an item; each underlines its own token.
#[derive(Default)]
pub(crate) struct Errors {
    found: Option<Error>,
}

impl Errors {
    /// Says what is wrong with `tokens`, and what to write instead.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(Error::new_spanned(tokens, message));
    }

    pub(crate) fn push(&mut self, error: Error) {
        match &mut self.found {
            Some(found) => found.combine(error),
            None => self.found = Some(error),
        }
    }

    /// The value, unless it is an error, which is kept.
    pub(crate) fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// How many things are wrong so far.
    pub(crate) fn count(&self) -> usize {
        self.found.iter().flatten().count()
    }

    /// The barrier: behind it the item is sound.
    pub(crate) fn finish(self) -> Result<()> {
        self.found.map_or(Ok(()), Err)
    }
}
