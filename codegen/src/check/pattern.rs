//! Patterns, compiled as the derive `Validate` and the runtime compile them.

use regex_lite::{Error, Regex};

/// Matches the whole of a text. The pattern must be one by itself as well: it cannot close the group that it is put in.
pub(super) fn compile(pattern: &str) -> Result<Regex, Error> {
    Regex::new(pattern)?;
    Regex::new(&format!(r"\A(?:{pattern})\z"))
}

/// Whether what closes the group would be part of a comment, as in `(?x) a # letters`.
pub(super) fn ends_in_comment(pattern: &str) -> bool {
    Regex::new(pattern).is_ok() && Regex::new(&format!("(?:{pattern}\n)")).is_ok()
}
