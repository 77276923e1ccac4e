//! Broken rules in words, as `600 bytes, at most 512 allowed`.

use std::fmt;

use super::condition::{Choice, Test};
use super::rule::{Rule, Unit};

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("required, but missing or empty"),
            Self::RequiredIf { condition } => write!(f, "required when {condition}, but missing"),
            Self::ForbiddenIf { condition } => write!(f, "not allowed when {condition}"),
            Self::EachIf { condition, needed } => {
                write!(f, "{} when {condition}", Needed(needed.test))
            }
            Self::Sum { list, field, sum, actual } => explain_sum(f, (list, field), *sum, *actual),
            Self::ExactlyOneOf { fields, given } => {
                write!(f, "exactly one of {} must be given, not {given}", List(fields, "and"))
            }
            Self::AtLeastOneOf { fields } => {
                write!(f, "at least one of {} must be given", List(fields, "and"))
            }
            Self::TooShort { unit, min, actual } => {
                write!(f, "{actual} {}, at least {min} needed", unit.noun(*actual))
            }
            Self::TooLong { unit, max, actual } => {
                write!(f, "{actual} {}, at most {max} allowed", unit.noun(*actual))
            }
            Self::TooSmall { min, actual: Some(actual) } => {
                write!(f, "{actual}, at least {min} needed")
            }
            Self::TooSmall { min, actual: None } => write!(f, "too small, at least {min} needed"),
            Self::TooLarge { max, actual: Some(actual) } => {
                write!(f, "{actual}, at most {max} allowed")
            }
            Self::TooLarge { max, actual: None } => write!(f, "too large, at most {max} allowed"),
            Self::Pattern { pattern } => write!(f, "does not match `{pattern}`"),
            Self::Url { schemes } => write!(f, "not a URL with {}", List(schemes, "or")),
            Self::Level { levels, actual, unit } => levels.explain(*actual, *unit, f),
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
        }
    }
}

fn explain_sum(
    f: &mut fmt::Formatter<'_>,
    (list, field): (&str, &str),
    sum: Option<i64>,
    actual: Option<i64>,
) -> fmt::Result {
    match (sum, actual) {
        (Some(sum), Some(actual)) => write!(f, "{actual}, but {list}[].{field} adds up to {sum}"),
        (None, Some(actual)) => {
            write!(f, "{actual}, but {list}[].{field} adds up to more than 64 bits hold")
        }
        _ => write!(f, "not what {list}[].{field} adds up to"),
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
    /// As `1 byte` and `2 bytes`.
    fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Bytes, 1) => "byte",
            (Self::Bytes, _) => "bytes",
            (Self::Characters, 1) => "character",
            (Self::Characters, _) => "characters",
            (Self::Utf16Units, 1) => "UTF-16 unit",
            (Self::Utf16Units, _) => "UTF-16 units",
            (Self::Items, 1) => "item",
            (Self::Items, _) => "items",
        }
    }
}
