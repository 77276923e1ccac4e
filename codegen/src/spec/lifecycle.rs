//! What becomes of an item over time, as written.

use crate::record::record;
use crate::source::{Day, Located, Scalar, Text};

record! {
    /// It still works, and should not be used in new code. At least one of `instead` and `why`.
    pub(crate) struct Deprecated {
        /// Name of what replaces it, of the same kind: a field of the same object, an item of this domain or, with
        /// `domain.` before it, of another.
        instead: Option<Located<String>>,
        /// Why, or what to do, in our own words.
        why: Option<Text>,
        /// Where that is said, if not in the item's own source.
        source: Vec<Located<String>>,
    }
}

record! {
    /// A value that still works, and should not be used in new code. At least one of `instead` and `why`.
    pub(crate) struct DeprecatedValue {
        /// The value of the same enum that replaces it, as on the wire.
        instead: Option<Located<Scalar>>,
        /// Why, or what to do, in our own words.
        why: Option<Text>,
        /// Where that is said, if not in the enum's own source.
        source: Vec<Located<String>>,
    }
}

record! {
    /// When and for whom something can be called. At least one of the four.
    pub(crate) struct Lifecycle {
        /// Since when it can be called.
        available: Option<Stage>,
        /// Who may call it, if not every app.
        restricted: Option<Restriction>,
        /// Apps that do not use it yet can no longer begin to; the others can call it as before.
        closed_to_new_apps: Option<Stage>,
        /// It will no longer be there for anyone: users are warned.
        closing: Option<Stage>,
    }
}

record! {
    /// What begins on a day.
    pub(crate) struct Stage {
        /// The day, or the month, on which it begins, as `"2026-01-31"` or `"2026-01"`; left out if it has not been announced.
        day: Option<Located<Day>>,
        /// What else is to be known, in our own words.
        doc: Option<Text>,
        /// Where that is said, if not in the item's own source.
        source: Vec<Located<String>>,
    }
}

record! {
    /// Who may call something.
    pub(crate) struct Restriction {
        /// The industries or kinds of apps, as the platform calls them.
        to: Vec<Text>,
        /// What else is to be known, in our own words.
        doc: Option<Text>,
        /// Where that is said, if not in the item's own source.
        source: Vec<Located<String>>,
    }
}

impl Lifecycle {
    /// What begins on a day, in the order in which it must.
    pub(crate) fn stages(&self) -> impl Iterator<Item = (&'static str, &Stage)> {
        let stages = [
            ("available", &self.available),
            ("closed_to_new_apps", &self.closed_to_new_apps),
            ("closing", &self.closing),
        ];
        stages.into_iter().filter_map(|(key, stage)| Some((key, stage.as_ref()?)))
    }
}
