//! The rules a value can break, each with its limit, what was found instead, and all of it in words, as `600 bytes, at most
//! 512 allowed`.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, Serializer};

use super::condition::{Choice, Condition, Test};
use super::figure::Figure;
use super::levels::Levels;
use crate::money::MoneyUnit;

/// A broken rule.
///
/// Sizes are always shown. A value (`actual` of a number, level or enum) is shown unless its field is marked `secret`;
/// text never is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// Must be given, and not as an empty string.
    Required,
    /// Must be given, for the condition holds.
    RequiredIf { condition: &'static Condition },
    /// Must be left out, for the condition holds.
    ForbiddenIf { condition: &'static Condition },
    /// An item of a list does not hold what it must, for the condition on the object around the list holds.
    EachIf { condition: &'static Condition, needed: &'static Condition },
    /// Is not the sum of this field of the items of this list. `sum` is `None` where 64 bits cannot hold it.
    Sum {
        list: &'static str,
        field: &'static str,
        sum: Option<i64>,
        actual: Option<Figure>,
        unit: Option<Unit>,
    },
    /// One and only one of these fields must be given. The first counts first where the platform ranks them.
    ExactlyOneOf { fields: &'static [&'static str], given: usize },
    /// One or more of these fields must be given.
    AtLeastOneOf { fields: &'static [&'static str] },
    /// Has fewer units than `min`.
    TooShort { unit: Unit, min: usize, actual: usize },
    /// Has more units than `max`.
    TooLong { unit: Unit, max: usize, actual: usize },
    /// Is below `min`; or equals it, if `min` itself is out of range (`exclusive`). `condition` is that of `range_if`.
    TooSmall {
        min: Figure,
        exclusive: bool,
        actual: Option<Figure>,
        unit: Option<Unit>,
        condition: Option<&'static Condition>,
    },
    /// Is above `max`; or equals it, if `max` itself is out of range (`exclusive`). `condition` is that of `range_if`.
    TooLarge {
        max: Figure,
        exclusive: bool,
        actual: Option<Figure>,
        unit: Option<Unit>,
        condition: Option<&'static Condition>,
    },
    /// Is a float that is not a number (NaN), which is in no range.
    NotANumber,
    /// Does not match the regular expression from end to end.
    Pattern { pattern: &'static str },
    /// Is no URL with one of these schemes; `fault` says which part is wrong.
    Url { schemes: &'static [&'static str], fault: UrlFault },
    /// Is none of the amounts allowed. `actual` is the amount in `unit`, `None` also where 64 bits cannot hold it.
    Level { levels: &'static Levels, actual: Option<i64>, unit: &'static MoneyUnit },
    /// Cannot be checked, because this setting is not given.
    SettingMissing { setting: &'static str },
    /// Is an enum's undocumented value.
    Undocumented { actual: Option<String> },
    /// Is not the same as this other field of the object.
    SameAs { field: &'static str },
    /// A rule of the user's own: `code` for programs, `message` for people.
    Custom { code: &'static str, message: Cow<'static, str> },
}

/// What a length or a number is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Bytes of UTF-8: 3 for a Chinese character, 4 for an emoji.
    Bytes,
    /// Unicode scalar values: 1 for a Chinese character, 1 for an emoji of one code point.
    Characters,
    /// What JavaScript counts: 1 for a Chinese character, 2 for an emoji.
    Utf16Units,
    /// Items of a list or entries of a map.
    Items,
    /// That of a type with `#[derive(Money)]`.
    Money(&'static MoneyUnit),
    /// A time, in milliseconds since 1970 UTC.
    UnixMillis,
    /// A time, in seconds since 1970 UTC.
    UnixSeconds,
    /// A duration in milliseconds.
    Millis,
    /// A duration in seconds.
    Seconds,
    /// That of a hand-written number.
    Other(&'static UnitName),
}

/// The name of a unit, as `UnitName { one: "piece", many: "pieces" }`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct UnitName {
    /// Behind the number 1.
    pub one: &'static str,
    /// Behind any other number. The unit of a serialised violation, too.
    pub many: &'static str,
}

/// Which part of a URL is wrong. Displayed as what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlFault {
    /// It does not begin with one of the schemes and `://`.
    Scheme,
    /// There is white space in it, or a character that shows as nothing.
    WhiteSpace,
    /// User or password stand before the host.
    UserInfo,
    /// The host is not ASCII.
    NotAscii,
    /// The host is neither a name nor an address.
    Host,
    /// The port is not a number from 1 to 65535.
    Port,
}

impl fmt::Display for UrlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "another scheme, or none",
            Self::WhiteSpace => "white space or an invisible character in it",
            Self::UserInfo => "user and password are not allowed",
            Self::NotAscii => "the host is not ASCII; write it in punycode (xn--)",
            Self::Host => "the host is not a name or an address",
            Self::Port => "the port is not a number from 1 to 65535",
        })
    }
}

impl Rule {
    /// A rule of one's own. `code` is what [`Rule::name`] gives, in snake case as the others, and should be none of
    /// theirs; `message` says what is wrong. On a field marked `secret` a message that is put together at run time is
    /// not told, as it may hold the value.
    pub fn custom(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Custom { code, message: message.into() }
    }

    /// The rule in snake case, as `too_long`; of one's own rules, their code.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::RequiredIf { .. } => "required_if",
            Self::ForbiddenIf { .. } => "forbidden_if",
            Self::EachIf { .. } => "each_if",
            Self::Sum { .. } => "sum",
            Self::ExactlyOneOf { .. } => "exactly_one_of",
            Self::AtLeastOneOf { .. } => "at_least_one_of",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::TooSmall { .. } => "too_small",
            Self::TooLarge { .. } => "too_large",
            Self::NotANumber => "not_a_number",
            Self::Pattern { .. } => "pattern",
            Self::Url { .. } => "url",
            Self::Level { .. } => "level",
            Self::SettingMissing { .. } => "setting_missing",
            Self::Undocumented { .. } => "undocumented",
            Self::SameAs { .. } => "same_as",
            Self::Custom { code, .. } => code,
        }
    }

    pub(super) fn limit(&self) -> Fact<'_> {
        match self {
            Self::TooShort { min: limit, .. } | Self::TooLong { max: limit, .. } => {
                Fact::Size(*limit)
            }
            Self::TooSmall { min: limit, .. } | Self::TooLarge { max: limit, .. } => {
                Fact::Figure(limit)
            }
            Self::Pattern { pattern: text }
            | Self::SettingMissing { setting: text }
            | Self::SameAs { field: text } => Fact::Text(text),
            Self::ExactlyOneOf { fields: texts, .. }
            | Self::AtLeastOneOf { fields: texts }
            | Self::Url { schemes: texts, .. } => Fact::Texts(texts),
            Self::Level { levels, .. } => Fact::Numbers(levels.values),
            Self::Sum { sum, .. } => sum.map_or(Fact::None, Fact::Number),
            _ => Fact::None,
        }
    }

    pub(super) fn unit(&self) -> Option<&'static str> {
        match self {
            Self::TooShort { unit, .. } | Self::TooLong { unit, .. } => Some(unit.name()),
            Self::TooSmall { unit, .. } | Self::TooLarge { unit, .. } | Self::Sum { unit, .. } => {
                unit.map(Unit::name)
            }
            Self::Level { levels, .. } => Some(levels.unit.name),
            _ => None,
        }
    }

    pub(super) fn actual(&self) -> Fact<'_> {
        match self {
            Self::TooShort { actual, .. } | Self::TooLong { actual, .. } => Fact::Size(*actual),
            Self::ExactlyOneOf { given, .. } => Fact::Size(*given),
            Self::TooSmall { actual, .. }
            | Self::TooLarge { actual, .. }
            | Self::Sum { actual, .. } => actual.as_ref().map_or(Fact::None, Fact::Figure),
            Self::Level { actual, .. } => actual.map_or(Fact::None, Fact::Number),
            Self::Undocumented { actual } => actual.as_deref().map_or(Fact::None, Fact::Text),
            _ => Fact::None,
        }
    }

    /// Leaves out what the value itself says.
    pub(super) fn redact(&mut self) {
        match self {
            Self::TooSmall { actual, .. } | Self::TooLarge { actual, .. } => *actual = None,
            Self::Level { actual, .. } => *actual = None,
            Self::Sum { sum, actual, .. } => (*sum, *actual) = (None, None),
            Self::Undocumented { actual } => *actual = None,
            Self::Custom { message: message @ Cow::Owned(_), .. } => {
                *message = Cow::Borrowed("not valid; the details are redacted");
            }
            _ => {}
        }
    }
}

impl Unit {
    /// As in a serialised violation: `bytes`, `utf16_units`, `cents`, `unix_ms`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Characters => "characters",
            Self::Utf16Units => "utf16_units",
            Self::Items => "items",
            Self::Money(unit) => unit.name,
            Self::UnixMillis => "unix_ms",
            Self::UnixSeconds => "unix_s",
            Self::Millis => "ms",
            Self::Seconds => "s",
            Self::Other(name) => name.many,
        }
    }

    /// The unit of levels that it is.
    pub(super) const fn of_money(self) -> Option<&'static MoneyUnit> {
        match self {
            Self::Money(unit) if unit.either.is_empty() => Some(unit),
            _ => None,
        }
    }

    pub(super) const fn is(self, other: Self) -> bool {
        is_same(self.name(), other.name())
    }

    /// Whether something counted in `other` may be counted in this unit.
    pub(super) const fn may_be(self, other: Self) -> bool {
        let (Self::Money(unit), Self::Money(other)) = (self, other) else { return self.is(other) };
        let mut at = 0;
        while at < other.either.len() {
            if is_same(unit.name, other.either[at].name) {
                return true;
            }
            at += 1;
        }
        is_same(unit.name, other.name)
    }
}

const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// Part of a serialised violation; its type follows the rule.
pub(super) enum Fact<'a> {
    None,
    Size(usize),
    Number(i64),
    Figure(&'a Figure),
    Text(&'a str),
    Texts(&'a [&'a str]),
    Numbers(&'a [i64]),
}

impl Serialize for Fact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_none(),
            Self::Size(size) => size.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Figure(figure) => figure.serialize(serializer),
            Self::Text(text) => text.serialize(serializer),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::Numbers(numbers) => numbers.serialize(serializer),
        }
    }
}

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
