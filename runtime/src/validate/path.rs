//! Where a value is inside another, by the names on the wire.

use std::fmt;

use serde::ser::{Serialize, Serializer};

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
