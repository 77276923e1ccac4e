//! Broken rules in words, as `600 bytes, at most 512 allowed`.

use std::fmt;

use super::condition::{Choice, Condition, Test};
use super::figure::Figure;
use super::rule::{Rule, Unit, UrlFault};

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("required, but missing or empty"),
            Self::RequiredIf { condition } => write!(f, "required when {condition}, but missing"),
            Self::ForbiddenIf { condition } => write!(f, "not allowed when {condition}"),
            Self::EachIf { condition, needed } => {
                write!(f, "{} when {condition}", Needed(needed.test))
            }
            Self::Sum { list, field, sum, actual, unit } => {
                explain_sum(f, (list, field), *sum, (actual.as_ref(), *unit))
            }
            Self::ExactlyOneOf { fields, given } => {
                write!(f, "exactly one of {} must be given, not {given}", List(fields, "and"))
            }
            Self::AtLeastOneOf { fields } => {
                write!(f, "at least one of {} must be given", List(fields, "and"))
            }
            Self::TooShort { unit, min, actual } => {
                write!(f, "{actual} {}, at least {min} needed", unit.noun(*actual == 1))
            }
            Self::TooLong { unit, max, actual } => {
                write!(f, "{actual} {}, at most {max} allowed", unit.noun(*actual == 1))
            }
            Self::TooSmall { min, exclusive, actual, unit, condition } => {
                let bound = if *exclusive { "more than" } else { "at least" };
                let bound = Bound { words: ["too small", bound, "needed"], limit: min };
                explain_range(f, &bound, (actual.as_ref(), *unit), *condition)
            }
            Self::TooLarge { max, exclusive, actual, unit, condition } => {
                let bound = if *exclusive { "less than" } else { "at most" };
                let bound = Bound { words: ["too large", bound, "allowed"], limit: max };
                explain_range(f, &bound, (actual.as_ref(), *unit), *condition)
            }
            Self::NotANumber => f.write_str("not a number"),
            Self::Pattern { pattern } => write!(f, "does not match `{pattern}`"),
            Self::Url { schemes, fault: UrlFault::Scheme } => {
                write!(f, "not a URL with {}", List(schemes, "or"))
            }
            Self::Url { schemes, fault } => {
                write!(f, "not a URL with {}: {fault}", List(schemes, "or"))
            }
            Self::Level { levels, actual, unit } => levels.explain(*actual, unit, f),
            Self::SettingMissing { setting } => {
                write!(
                    f,
                    "cannot be checked without the setting `{setting}`, give it in `Settings`"
                )
            }
            Self::Undocumented { actual: Some(actual) } => {
                write!(f, "`{actual}` is not a documented value")
            }
            Self::Undocumented { actual: None } => f.write_str("not a documented value"),
            Self::SameAs { field } => write!(f, "must be the same as {field}"),
            Self::Custom { message, .. } => f.write_str(message),
        }
    }
}

fn explain_sum(
    f: &mut fmt::Formatter<'_>,
    (list, field): (&str, &str),
    sum: Option<i64>,
    (actual, unit): (Option<&Figure>, Option<Unit>),
) -> fmt::Result {
    let Some(actual) = actual else {
        return write!(f, "not what {list}[].{field} adds up to");
    };
    let actual = Counted(actual, unit);
    match sum {
        Some(sum) => write!(f, "{actual}, but {list}[].{field} adds up to {sum}"),
        None => write!(f, "{actual}, but {list}[].{field} adds up to more than 64 bits hold"),
    }
}

/// One end of a range; `words` as `too small`, `at least`, `needed`.
struct Bound<'a> {
    words: [&'static str; 3],
    limit: &'a Figure,
}

fn explain_range(
    f: &mut fmt::Formatter<'_>,
    Bound { words: [size, bound, verdict], limit }: &Bound<'_>,
    (actual, unit): (Option<&Figure>, Option<Unit>),
    condition: Option<&Condition>,
) -> fmt::Result {
    match actual {
        Some(actual) => write!(f, "{}, {bound} {limit} {verdict}", Counted(actual, unit))?,
        None => write!(f, "{size}, {bound} {} {verdict}", Counted(limit, unit))?,
    }
    condition.map_or(Ok(()), |condition| write!(f, " when {condition}"))
}

/// Displayed as `5 cents`.
struct Counted<'a>(&'a Figure, Option<Unit>);

impl fmt::Display for Counted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(figure, unit) = self;
        match unit {
            Some(unit) => write!(f, "{figure} {}", unit.noun(figure.as_i64() == Some(1))),
            None => figure.fmt(f),
        }
    }
}

/// What a test asks of a value, displayed as `must be 1 or 2`.
struct Needed(Test);

impl fmt::Display for Needed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Test::Is(values) => write!(f, "must be {}", Choice(values)),
            Test::IsNot(values) => write!(f, "must not be {}", Choice(values)),
            Test::Present => f.write_str("required"),
            Test::Absent => f.write_str("not allowed"),
        }
    }
}

/// Displayed as `a, b and c`.
struct List<'a>(&'a [&'a str], &'a str);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(texts, word) = self;
        for (index, text) in texts.iter().enumerate() {
            match index {
                0 => f.write_str(text)?,
                _ if index + 1 == texts.len() => write!(f, " {word} {text}")?,
                _ => write!(f, ", {text}")?,
            }
        }
        Ok(())
    }
}

impl Unit {
    /// As `byte` behind 1 and `bytes` behind any other number.
    fn noun(self, is_one: bool) -> &'static str {
        match self {
            Self::Bytes if is_one => "byte",
            Self::Characters if is_one => "character",
            Self::Utf16Units if is_one => "UTF-16 unit",
            Self::Utf16Units => "UTF-16 units",
            Self::Items if is_one => "item",
            Self::Money(unit) => unit.noun(is_one),
            Self::UnixMillis => "ms since 1970",
            Self::UnixSeconds => "s since 1970",
            Self::Other(name) if is_one => name.one,
            Self::Bytes
            | Self::Characters
            | Self::Items
            | Self::Millis
            | Self::Seconds
            | Self::Other(_) => self.name(),
        }
    }
}
