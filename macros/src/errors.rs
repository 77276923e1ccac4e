//! Everything that is wrong with one item, reported in one go; and what was meant, where a name is not known.

use std::fmt::Display;

use quote::ToTokens;
use syn::{Error, Ident, Result};

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

/// An error at `name`, which is none of `known`: the nearest of them, or all if none is near.
///
/// `what` is what the name should be one of, as `rule`.
pub(crate) fn unknown_name(what: &str, name: &Ident, known: &[&str]) -> Error {
    let written = name.to_string();
    let message = match nearest(&written, known) {
        Some(near) => format!("unknown {what} `{written}`, did you mean `{near}`?"),
        None => format!("unknown {what} `{written}`, expected {}", one_of(known)),
    };
    Error::new(name.span(), message)
}

/// The name that `written` is most likely a slip of.
fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let limit = written.len().max(3) / 3;
    let distances = known.iter().map(|known| (strsim::damerau_levenshtein(written, known), *known));
    let (distance, near) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= limit).then_some(near)
}

/// As `one of `a`, `b`` for an error message.
fn one_of(known: &[&str]) -> String {
    let quoted: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    match &*quoted {
        [only] => only.clone(),
        _ => format!("one of {}", quoted.join(", ")),
    }
}
