//! The rules a value can break, each with its limit and what was found instead.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, Serializer};

use super::condition::Condition;
use super::figure::Figure;
use super::levels::Levels;
use crate::money::MoneyUnit;

/// A broken rule.
///
/// Sizes are always told. A value (`actual` of a number, level or enum) is told unless its field is marked `secret`;
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
    /// Is a float that is no number (NaN), which is in no range.
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
    /// The host is no name and no address.
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
