//! What was meant, where a name is not known.

use syn::{Error, Ident};

/// An error at `name`, which is none of `known`: the nearest of them, or all if none is near.
///
/// `what` is what the name should be one of, as `rule`.
pub(crate) fn unknown(what: &str, name: &Ident, known: &[&str]) -> Error {
    let written = name.to_string();
    let message = match nearest(&written, known) {
        Some(near) => format!("unknown {what} `{written}`, did you mean `{near}`?"),
        None => format!("unknown {what} `{written}`, expected {}", one_of(known)),
    };
    Error::new(name.span(), message)
}

/// The name that `written` is most likely a slip of.
pub(crate) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let limit = written.len().max(3) / 3;
    let distances = known.iter().map(|known| (strsim::damerau_levenshtein(written, known), *known));
    let (distance, near) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= limit).then_some(near)
}

/// As `one of `a`, `b`` for an error message.
pub(crate) fn one_of(known: &[&str]) -> String {
    let quoted: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    match &*quoted {
        [only] => only.clone(),
        _ => format!("one of {}", quoted.join(", ")),
    }
}
