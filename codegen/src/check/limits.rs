//! Limits are possible, and of something that has them.

use crate::builtin::Builtin;
use crate::diagnostic::Diagnostics;
use crate::source::{Located, Span};
use crate::spec::{Limits, Shape};

use super::pattern;

pub(super) fn check(diagnostics: &mut Diagnostics, shape: &Shape, builtin: Option<Builtin>) {
    let is_text = matches!(builtin, Some(Builtin::String | Builtin::JsonText));
    let has_bytes = is_text || builtin == Some(Builtin::File);
    check_limits(diagnostics, shape, "bytes", shape.bytes.as_ref(), has_bytes, 0);
    let lengths = [("chars", &shape.chars), ("utf16", &shape.utf16)];
    for (key, limits) in lengths {
        check_limits(diagnostics, shape, key, limits.as_ref(), is_text, 0);
    }
    let has_items = matches!(builtin, Some(Builtin::List | Builtin::Map));
    check_limits(diagnostics, shape, "items", shape.items.as_ref(), has_items, 0);
    check_range(diagnostics, shape, shape.range.as_ref());
    if is_text {
        check_across(diagnostics, shape);
    }
    check_pattern(diagnostics, shape, builtin);
    check_url(diagnostics, shape, builtin);
}

/// Where the first limit of a shape stands, if it has one.
pub(super) fn first(shape: &Shape) -> Option<Span> {
    let Shape { bytes, chars, utf16, items, range, pattern, url, level, .. } = shape;
    let limits = [bytes, chars, utf16, items, range].into_iter().flatten();
    let spans = limits.map(|limits| limits.span).chain(pattern.iter().map(|pattern| pattern.span));
    let spans = spans.chain(url.iter().map(|scheme| scheme.span));
    spans.chain(level.iter().map(|level| level.of.span)).min()
}

/// Limits of a number, whether they hold always or on a condition.
pub(super) fn check_range(
    diagnostics: &mut Diagnostics,
    shape: &Shape,
    range: Option<&Located<Limits>>,
) {
    let is_number = Builtin::parse(&shape.ty.value).is_some_and(Builtin::is_number);
    check_limits(diagnostics, shape, "range", range, is_number, i64::MIN);
}

/// `fits`: whether the type has what is limited; `lowest`: the lowest bound that makes sense.
fn check_limits(
    diagnostics: &mut Diagnostics,
    shape: &Shape,
    key: &str,
    limits: Option<&Located<Limits>>,
    fits: bool,
    lowest: i64,
) {
    let Some(Located { value: limits, span }) = limits else { return };
    let bounds = [limits.min.as_ref(), limits.max.as_ref()];
    let Some(first) = bounds.into_iter().flatten().next() else {
        diagnostics
            .error(*span, "empty-limit", format_args!("`{key}` limits nothing"))
            .help(format_args!("write `{key}: {{ max: 64 }}`, or remove it"));
        return;
    };
    if !fits {
        return misplaced(diagnostics, shape, key, first.span);
    }
    for bound in bounds.into_iter().flatten().filter(|bound| bound.value < lowest) {
        let message = format_args!("`{key}` cannot be {bound}");
        diagnostics
            .error(bound.span, "bad-limit", message)
            .help(format_args!("a bound of `{key}` is {lowest} or more"));
    }
    if let (Some(min), Some(max)) = (&limits.min, &limits.max)
        && min.value > max.value
    {
        let message = format_args!("the lowest `{key}` {min} is above the highest {max}");
        diagnostics.error(min.span, "bad-limit", message).help("exchange the two, or mend one");
    }
}

/// How few of the second unit the text may have, at the least, for one of the first: a character is 1 to 4 bytes and
/// 1 or 2 UTF-16 units, a unit 1 to 3 bytes.
const UNITS: &[(&str, &str, i64)] = &[
    ("chars", "bytes", 1),
    ("chars", "utf16", 1),
    ("utf16", "bytes", 1),
    ("utf16", "chars", 2),
    ("bytes", "chars", 4),
    ("bytes", "utf16", 3),
];

/// A text of the lowest length in one unit fits into the highest length in another.
fn check_across(diagnostics: &mut Diagnostics, shape: &Shape) {
    let limits = |unit: &str| match unit {
        "bytes" => shape.bytes.as_ref(),
        "chars" => shape.chars.as_ref(),
        _ => shape.utf16.as_ref(),
    };
    for (unit, other, share) in UNITS {
        let min = limits(unit).and_then(|limits| limits.value.min.as_ref());
        let max = limits(other).and_then(|limits| limits.value.max.as_ref());
        if let (Some(min), Some(max)) = (min, max)
            && max.value >= 0
            && min.value / share + i64::from(min.value % share > 0) > max.value
        {
            let message = format_args!("{min} `{unit}` do not fit into {max} `{other}`");
            diagnostics.error(min.span, "bad-limit", message).help("mend one of the two");
        }
    }
}

/// A number of things or seconds, of which there is one at least.
pub(super) fn check_positive(
    diagnostics: &mut Diagnostics,
    number: Option<&Located<i64>>,
    key: &str,
) {
    if let Some(number) = number.filter(|number| !(1..=i64::from(u32::MAX)).contains(&number.value))
    {
        let message = format_args!("`{key}` cannot be {number}");
        diagnostics
            .error(number.span, "bad-limit", message)
            .help(format_args!("it is from 1 to {}", u32::MAX));
    }
}

fn misplaced(diagnostics: &mut Diagnostics, shape: &Shape, key: &str, span: Span) {
    let help = match key {
        "range" => "a number has a `range`",
        "items" => "a `list` or `map` has `items`",
        "pattern" | "url" => "only a `string` has it",
        "bytes" => "a `string`, `json_text` or `file` has `bytes`",
        _ => "a `string` or `json_text` has `chars` and `utf16`",
    };
    let help = match Builtin::parse(&shape.ty.value) {
        None => "limits of a named type stand where it is defined",
        Some(_) => help,
    };
    let message = format_args!("`{}` has no `{key}`", shape.ty);
    diagnostics.error(span, "misplaced-limit", message).help(help);
}

fn check_pattern(diagnostics: &mut Diagnostics, shape: &Shape, builtin: Option<Builtin>) {
    let Some(pattern) = &shape.pattern else { return };
    if builtin != Some(Builtin::String) {
        return misplaced(diagnostics, shape, "pattern", pattern.span);
    }
    let Err(error) = pattern::compile(&pattern.value) else { return };
    if pattern::ends_in_comment(&pattern.value) {
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

fn check_url(diagnostics: &mut Diagnostics, shape: &Shape, builtin: Option<Builtin>) {
    if let Some(first) = shape.url.first()
        && builtin != Some(Builtin::String)
    {
        return misplaced(diagnostics, shape, "url", first.span);
    }
    for scheme in shape.url.iter().filter(|scheme| !is_scheme(scheme)) {
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
