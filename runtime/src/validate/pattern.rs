//! The rule `pattern`: a regular expression that the whole text must match.

use std::sync::OnceLock;

use regex_lite::Regex;

/// A regular expression of derived code, compiled at its first use, the only one that allocates.
#[doc(hidden)]
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    regex: OnceLock<Option<Regex>>,
}

/// That the feature is on.
#[doc(hidden)]
pub trait PatternFeature {}

impl<T: ?Sized> PatternFeature for T {}

impl Pattern {
    pub const fn new(source: &'static str) -> Self {
        Self { source, regex: OnceLock::new() }
    }

    pub(super) const fn source(&self) -> &'static str {
        self.source
    }

    /// The derive has compiled the expression before; one that is bad all the same matches nothing.
    pub(super) fn matches(&self, text: &str) -> bool {
        let regex =
            self.regex.get_or_init(|| Regex::new(&format!(r"\A(?:{})\z", self.source)).ok());
        regex.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}
