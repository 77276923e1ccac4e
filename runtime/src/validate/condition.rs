//! When a conditional rule holds, as data for people; derived code has it as code besides.

use std::fmt;

/// A condition on another field of the same object, as `goodType is 2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// The other field, by its name on the wire.
    pub field: &'static str,
    /// What is asked of it.
    pub test: Test,
}

/// What a condition asks of the other field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// It has one of these values.
    Is(&'static [Literal]),
    /// It has none of these values, or is absent.
    IsNot(&'static [Literal]),
    /// It is given, and not as an empty string.
    Present,
    /// It is not given, or as an empty string.
    Absent,
}

/// A value on the wire, as a rule writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literal {
    Bool(bool),
    Int(i64),
    Text(&'static str),
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.test {
            Test::Is(values) => write!(f, "{} is {}", self.field, Choice(values)),
            Test::IsNot(values) => write!(f, "{} is not {}", self.field, Choice(values)),
            Test::Present => write!(f, "{} is given", self.field),
            Test::Absent => write!(f, "{} is not given", self.field),
        }
    }
}

/// Displayed as `1 or 2`.
pub(super) struct Choice(pub(super) &'static [Literal]);

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, value) in self.0.iter().enumerate() {
            let between = if index == 0 { "" } else { " or " };
            write!(f, "{between}{value}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => value.fmt(f),
            Self::Int(value) => value.fmt(f),
            Self::Text(value) => write!(f, "{value:?}"),
        }
    }
}
