//! The rule `pattern` without its feature: derived code does not compile, and says what to do.

/// A regular expression of derived code.
#[doc(hidden)]
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
}

/// That the feature is on.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the rule `pattern` needs the feature `pattern` of the crate `apiscribe`",
    label = "not without the feature",
    note = "write `apiscribe = {{ features = [\"pattern\"], .. }}` in Cargo.toml"
)]
pub trait PatternFeature {}

impl Pattern {
    pub const fn new(source: &'static str) -> Self {
        Self { source }
    }

    pub(super) const fn source(&self) -> &'static str {
        self.source
    }

    pub(super) const fn matches(&self, _: &str) -> bool {
        true
    }
}
