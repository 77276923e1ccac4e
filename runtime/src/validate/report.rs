//! Violations: where they are, which rule they break, and how they are collected. The path to a value is only put together
//! once something is wrong with it.

use std::borrow::Cow;
use std::{fmt, mem};

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::rule::Rule;
use super::settings::Settings;

/// The violations found so far, and the settings that rules need.
///
/// An implementation of [`Validate`](super::Validate) by hand adds what it finds with [`Report::add`].
#[derive(Debug)]
pub struct Report<'s> {
    found: Vec<Violation>,
    pub(super) settings: &'s Settings,
}

/// How many violations there were at some time; those after it belong to the value that was checked since.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Mark(usize);

impl<'s> Report<'s> {
    #[inline]
    pub(super) const fn new(settings: &'s Settings) -> Self {
        Self { found: Vec::new(), settings }
    }

    /// The settings given to this check.
    pub const fn settings(&self) -> &'s Settings {
        self.settings
    }

    /// Adds a violation of the field `field`, by its name on the wire; `""` for the checked value as a whole.
    #[cold]
    pub fn add(&mut self, field: &'static str, rule: Rule) {
        self.push(field, rule);
    }

    /// Adds a violation of the checked value as a whole: of a rule of one's own, with a code for programs and a message
    /// for people.
    ///
    /// ```
    /// use apiscribe::Validate;
    /// use apiscribe::validate::{Report, Rule, Segment};
    ///
    /// fn is_even(number: &i64, report: &mut Report<'_>) {
    ///     if number % 2 != 0 {
    ///         report.refuse("odd", format!("{number} is odd"));
    ///     }
    /// }
    ///
    /// fn rises(period: &Period, report: &mut Report<'_>) {
    ///     if period.days[1] < period.days[0] {
    ///         report.within(Segment::Field("days"), |report| {
    ///             report.within(Segment::Index(1), |report| report.refuse("order", "before the first"));
    ///         });
    ///         report.add("", Rule::custom("order", "must rise"));
    ///     }
    /// }
    ///
    /// #[derive(Validate)]
    /// #[validate(custom(rises))]
    /// struct Period {
    ///     #[validate(each(custom(is_even)))]
    ///     days: [i64; 2],
    /// }
    ///
    /// let violations = Period { days: [4, 3] }.validate().unwrap_err();
    /// assert_eq!(violations.to_string(), "days[1]: 3 is odd\ndays[1]: before the first\nmust rise");
    /// assert_eq!(violations.iter().next().unwrap().rule.name(), "odd");
    /// ```
    #[cold]
    pub fn refuse(&mut self, code: &'static str, message: impl Into<Cow<'static, str>>) {
        self.push("", Rule::custom(code, message));
    }

    /// Puts all that `check` adds under `segment`: a field, an item of a list, or the value of a map.
    #[inline]
    pub fn within(&mut self, segment: Segment, check: impl FnOnce(&mut Self)) {
        let mark = self.mark();
        check(self);
        self.under(mark, || segment);
    }

    /// For what is out of line already.
    #[inline]
    pub(super) fn push(&mut self, field: &'static str, rule: Rule) {
        if self.found.is_empty() {
            // To allocate costs less than to grow. What is replaced holds nothing that would have to be freed.
            mem::forget(mem::replace(&mut self.found, Vec::with_capacity(4)));
        }
        self.found.push(Violation::new(Path::to_field(field), rule));
    }

    #[inline]
    pub(super) fn finish(self) -> Result<(), Violations> {
        if self.found.is_empty() {
            // Has never held anything. To find that out again costs a fifth of a check.
            mem::forget(self.found);
            return Ok(());
        }
        Err(Violations::new(self.found))
    }

    #[doc(hidden)]
    #[inline]
    pub fn mark(&self) -> Mark {
        Mark(self.found.len())
    }

    /// Puts what was found since `mark` under `parent`, which is asked for only if there is something.
    #[inline]
    pub(super) fn under(&mut self, mark: Mark, parent: impl FnOnce() -> Segment) {
        if self.found.len() > mark.0 {
            self.push_parent(mark, &parent());
        }
    }

    /// Takes what values say out of what was found since `mark`.
    #[doc(hidden)]
    #[inline]
    pub fn redact(&mut self, mark: Mark) {
        if self.found.len() > mark.0 {
            self.redact_since(mark);
        }
    }

    /// An empty string that is required breaks one rule, not its lower limit as well.
    pub(super) fn is_missing(&self, field: &'static str) -> bool {
        self.found.last() == Some(&Violation::new(Path::to_field(field), Rule::Required))
    }

    #[cold]
    fn push_parent(&mut self, mark: Mark, parent: &Segment) {
        for violation in &mut self.found[mark.0..] {
            violation.path.push_parent(parent.clone());
        }
    }

    #[cold]
    fn redact_since(&mut self, mark: Mark) {
        for violation in &mut self.found[mark.0..] {
            violation.path.redact();
            violation.rule.redact();
        }
    }
}

#[doc(hidden)]
impl Report<'_> {
    /// `check`: the call of a function of the user.
    #[inline]
    pub fn custom(&mut self, field: &'static str, check: impl FnOnce(&mut Self)) {
        self.within(Segment::Field(field), check);
    }

    /// `holds`: whether the field is absent or the same as `other`, its name on the wire.
    #[inline]
    pub fn same_as(&mut self, field: &'static str, holds: bool, other: &'static str) {
        if !holds {
            self.add(field, Rule::SameAs { field: other });
        }
    }

    /// That an empty string is required is all there is to say of it.
    #[cold]
    pub(super) fn add_unless_missing(&mut self, field: &'static str, is_empty: bool, rule: Rule) {
        if !is_empty || !self.is_missing(field) {
            self.push(field, rule);
        }
    }
}

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

/// A way into a value, as `items[3].amount`.
///
/// Grows from the inside out, and takes no allocation for a field of the checked value itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Path {
    leaf: Segment,
    /// Innermost first, so that a parent is added at the end.
    parents: Vec<Segment>,
}

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A field of an object, by its name on the wire.
    Field(&'static str),
    /// An item of a list, counted from 0.
    Index(usize),
    /// A value of a map, by its key.
    Key(String),
}

impl Segment {
    /// Stands for the value as a whole.
    const WHOLE: Self = Self::Field("");
}

impl Path {
    pub(super) const fn to_field(name: &'static str) -> Self {
        Self { leaf: Segment::Field(name), parents: Vec::new() }
    }

    /// Whether this is the checked value as a whole.
    pub fn is_empty(&self) -> bool {
        self.parents.is_empty() && self.leaf == Segment::WHOLE
    }

    /// The steps, from the checked value inwards.
    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        let leaf = Some(&self.leaf).filter(|leaf| **leaf != Segment::WHOLE);
        self.parents.iter().rev().chain(leaf)
    }

    /// Puts the value into one that holds it. The item of a list within a list has no name to put it under.
    pub(super) fn push_parent(&mut self, parent: Segment) {
        if self.is_empty() {
            self.leaf = parent;
        } else if parent != Segment::WHOLE {
            self.parents.push(parent);
        }
    }

    /// Leaves out what the value itself says: keys of maps.
    pub(super) fn redact(&mut self) {
        for segment in self.parents.iter_mut().chain([&mut self.leaf]) {
            if let Segment::Key(key) = segment {
                *key = "redacted".to_owned();
            }
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.segments().enumerate() {
            match segment {
                Segment::Field(name) if index == 0 => f.write_str(name)?,
                Segment::Field(name) => write!(f, ".{name}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) => write!(f, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), f)
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
