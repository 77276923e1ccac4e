//! What becomes of an item over time, as written.

use crate::record::record;
use crate::source::{Located, Scalar, Text};

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
