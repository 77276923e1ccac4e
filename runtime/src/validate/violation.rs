//! What is wrong with a value: where, and which rule it breaks.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::path::Path;
use super::rule::Rule;

/// Everything that is wrong with a value, in the order of its fields and their rules. Never empty.
///
/// Displayed one violation a line, as `note: 600 bytes, at most 512 allowed`. Serialised as a list of
/// `{path, rule, limit, unit, actual, message}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

/// One rule that a value breaks, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where, by the names on the wire. Empty if it is the checked value as a whole.
    pub path: Path,
    /// Which rule, with its limit and what was found instead.
    pub rule: Rule,
}

impl Violations {
    pub(super) fn new(found: Vec<Violation>) -> Self {
        Self(found)
    }

    /// The violations, first to last.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// How many rules are broken; at least one.
    #[expect(clippy::len_without_is_empty, reason = "there is always a violation")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl Violation {
    pub(super) fn new(path: Path, rule: Rule) -> Self {
        Self { path, rule }
    }
}

impl std::error::Error for Violations {}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            let line_end = if index == 0 { "" } else { "\n" };
            write!(f, "{line_end}{violation}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        self.rule.fmt(f)
    }
}

impl fmt::Debug for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Violation", 6)?;
        object.serialize_field("path", &self.path)?;
        object.serialize_field("rule", self.rule.name())?;
        object.serialize_field("limit", &self.rule.limit())?;
        object.serialize_field("unit", &self.rule.unit())?;
        object.serialize_field("actual", &self.rule.actual())?;
        object.serialize_field("message", &self.rule.to_string())?;
        object.end()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
