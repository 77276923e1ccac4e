//! What a string looks like: its pattern, compiled as the derive `Validate` and the runtime compile it, and the schemes of
//! a URL.

use regex_lite::{Error, Regex};

use super::misplaced;
use crate::diagnostic::Diagnostics;
use crate::model::{Model, Shape, Type};
use crate::source::Located;

/// What a pattern and the schemes of a URL are for.
const ONLY_STRINGS: &str = "only a `string` has it";

pub(super) fn check_pattern(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    shape: &Shape<'_>,
    pattern: &Located<String>,
) {
    if !matches!(shape.ty, Type::String) {
        return misplaced(diagnostics, model, shape, "pattern", pattern.span, ONLY_STRINGS);
    }
    let Err(error) = compile(&pattern.value) else { return };
    if ends_in_comment(&pattern.value) {
        diagnostics
            .error(pattern.span, "bad-pattern", "the pattern ends in a comment")
            .help("end the comment with a line break, or remove it");
        return;
    }
    let message = format_args!("not a regular expression: {error}");
    let help = match error.to_string().ends_with("not supported") {
        true => "write it without, or say it in a note",
        false => "write `\\` before a sign that stands for itself",
    };
    diagnostics.error(pattern.span, "bad-pattern", message).help(help);
}

pub(super) fn check_url(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    shape: &Shape<'_>,
    schemes: &[Located<String>],
) {
    if !matches!(shape.ty, Type::String) {
        return misplaced(diagnostics, model, shape, "url", schemes[0].span, ONLY_STRINGS);
    }
    for scheme in schemes.iter().filter(|scheme| !is_scheme(scheme)) {
        diagnostics
            .error(scheme.span, "bad-scheme", format_args!("`{scheme}` is not the scheme of a URL"))
            .help("write it as https, without `://`");
    }
}

fn is_scheme(scheme: &Located<String>) -> bool {
    scheme.value.starts_with(|first: char| first.is_ascii_lowercase())
        && scheme.value.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte)
        })
}

/// Matches the whole of a text. The pattern must be one by itself as well: it cannot close the group that it is put in.
pub(super) fn compile(pattern: &str) -> Result<Regex, Error> {
    Regex::new(pattern)?;
    Regex::new(&format!(r"\A(?:{pattern})\z"))
}

/// Whether what closes the group would be part of a comment, as in `(?x) a # letters`.
fn ends_in_comment(pattern: &str) -> bool {
    Regex::new(pattern).is_ok() && Regex::new(&format!("(?:{pattern}\n)")).is_ok()
}
