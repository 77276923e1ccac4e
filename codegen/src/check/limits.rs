//! Limits are possible, and of something that has them.

use crate::diagnostic::Diagnostics;
use crate::ir::Measure;
use crate::model::{Limit, Model, Role, Shape, Type};
use crate::source::{Located, Span};
use crate::spec::Limits;

use super::{pattern, ranges};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, shape: &Shape<'_>) {
    for limit in &shape.limits {
        match limit {
            Limit::Bounds { of, bounds } => {
                check_bounds(diagnostics, model, shape, *of, bounds);
            }
            Limit::Range(range) => ranges::check_range(diagnostics, model, shape, range),
            Limit::Pattern(pattern) => check_pattern(diagnostics, model, shape, pattern),
            Limit::Url(schemes) => check_url(diagnostics, model, shape, schemes),
            Limit::Level(_) => {}
        }
    }
    if matches!(shape.ty, Type::String | Type::JsonText(_)) {
        check_across(diagnostics, shape);
    }
}

/// Where the first limit of a shape stands, if it has one.
pub(super) fn first(shape: &Shape<'_>) -> Option<Span> {
    let spans = shape.limits.iter().map(|limit| match limit {
        Limit::Bounds { bounds, .. } => bounds.span,
        Limit::Range(range) => range.span,
        Limit::Pattern(pattern) => pattern.span,
        Limit::Url(schemes) => schemes[0].span,
        Limit::Level(level) => level.spec.of.span,
    });
    spans.min()
}

/// Whether a type has what is limited.
fn has(ty: &Type<'_>, measure: Measure) -> bool {
    let is_text = matches!(ty, Type::String | Type::JsonText(_));
    match measure {
        Measure::Bytes => is_text || matches!(ty, Type::File),
        Measure::Chars | Measure::Utf16 => is_text,
        Measure::Items => matches!(ty, Type::List(_) | Type::Map(_)),
        Measure::Range => ty.is_number(),
    }
}

/// Bounds of a length, or of a number of items.
fn check_bounds(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    shape: &Shape<'_>,
    measure: Measure,
    Located { value: limits, span }: &Located<Limits>,
) {
    let key = measure.word();
    let bounds = [limits.min.as_ref(), limits.max.as_ref()];
    let Some(first) = bounds.into_iter().flatten().next() else {
        return report_empty(diagnostics, key, *span);
    };
    if matches!(shape.ty, Type::Error) {
        return;
    }
    if !has(&shape.ty, measure) {
        let help = match measure {
            Measure::Range => ranges::OF_NUMBERS,
            Measure::Items => "a `list` or `map` has `items`",
            Measure::Bytes => "a `string`, `json_text` or `file` has `bytes`",
            Measure::Chars | Measure::Utf16 => "a `string` or `json_text` has `chars` and `utf16`",
        };
        return misplaced(diagnostics, model, shape, key, first.span, help);
    }
    check_ends(diagnostics, key, limits);
}

/// How many keys an object may have that no field has.
pub(super) fn check_items(
    diagnostics: &mut Diagnostics,
    Located { value: limits, span }: &Located<Limits>,
) {
    let key = Measure::Items.word();
    match (&limits.min, &limits.max) {
        (None, None) => report_empty(diagnostics, key, *span),
        _ => check_ends(diagnostics, key, limits),
    }
}

fn report_empty(diagnostics: &mut Diagnostics, key: &str, span: Span) {
    diagnostics
        .error(span, "empty-limit", format_args!("`{key}` limits nothing"))
        .help(format_args!("write `{key}: {{ max: 64 }}`, or remove it"));
}

fn check_ends(diagnostics: &mut Diagnostics, key: &str, limits: &Limits) {
    let bounds = [limits.min.as_ref(), limits.max.as_ref()];
    for bound in bounds.into_iter().flatten().filter(|bound| bound.value < 0) {
        let message = format_args!("`{key}` cannot be {bound}");
        diagnostics
            .error(bound.span, "bad-limit", message)
            .help(format_args!("a bound of `{key}` is 0 or more"));
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
const UNITS: &[(Measure, Measure, i64)] = &[
    (Measure::Chars, Measure::Bytes, 1),
    (Measure::Chars, Measure::Utf16, 1),
    (Measure::Utf16, Measure::Bytes, 1),
    (Measure::Utf16, Measure::Chars, 2),
    (Measure::Bytes, Measure::Chars, 4),
    (Measure::Bytes, Measure::Utf16, 3),
];

/// A text of the lowest length in one unit fits into the highest length in another.
fn check_across(diagnostics: &mut Diagnostics, shape: &Shape<'_>) {
    for (unit, other, share) in UNITS {
        let min = shape.bounds(*unit).and_then(|limits| limits.min.as_ref());
        let max = shape.bounds(*other).and_then(|limits| limits.max.as_ref());
        if let (Some(min), Some(max)) = (min, max)
            && max.value >= 0
            && min.value / share + i64::from(min.value % share > 0) > max.value
        {
            let (unit, other) = (unit.word(), other.word());
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

pub(super) fn misplaced(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    shape: &Shape<'_>,
    key: &str,
    span: Span,
    help: &str,
) {
    let is_named = match shape.ty {
        Type::Text(_) | Type::Enum(_) | Type::Union(_) => true,
        Type::Object(object) => matches!(model[object].role, Role::Type),
        _ => false,
    };
    let help = if is_named { "limits of a named type stand where it is defined" } else { help };
    let message = format_args!("`{}` has no `{key}`", shape.written);
    diagnostics.error(span, "misplaced-limit", message).help(help);
}

/// What a pattern and the schemes of a URL are for.
const ONLY_STRINGS: &str = "only a `string` has it";

fn check_pattern(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    shape: &Shape<'_>,
    pattern: &Located<String>,
) {
    if !matches!(shape.ty, Type::String) {
        return misplaced(diagnostics, model, shape, "pattern", pattern.span, ONLY_STRINGS);
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

fn check_url(
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
