//! The rule `pattern`: a regular expression that the whole text must match.

use std::sync::OnceLock;

/// A regular expression of derived code, compiled at its first use, the only one that allocates.
#[doc(hidden)]
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    #[cfg(feature = "pattern-unicode")]
    is_unicode: bool,
    regex: OnceLock<Option<Regex>>,
}

/// What a feature adds changes the meaning of no other pattern: those that `regex-lite` can read are left to it.
#[derive(Debug)]
enum Regex {
    Lite(regex_lite::Regex),
    #[cfg(feature = "pattern-unicode")]
    Unicode(regex::Regex),
}

/// That the feature is on.
#[doc(hidden)]
pub trait PatternFeature {}

impl<T: ?Sized> PatternFeature for T {}

impl Pattern {
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            #[cfg(feature = "pattern-unicode")]
            is_unicode: false,
            regex: OnceLock::new(),
        }
    }

    /// With classes of Unicode.
    #[cfg(feature = "pattern-unicode")]
    pub const fn unicode(source: &'static str) -> Self {
        Self { source, is_unicode: true, regex: OnceLock::new() }
    }

    pub(super) const fn source(&self) -> &'static str {
        self.source
    }

    /// The derive has compiled the expression before; one that is bad all the same matches nothing.
    pub(super) fn matches(&self, text: &str) -> bool {
        let regex = self.regex.get_or_init(|| self.compile());
        regex.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    fn compile(&self) -> Option<Regex> {
        let source = format!(r"\A(?:{})\z", self.source);
        #[cfg(feature = "pattern-unicode")]
        if self.is_unicode {
            return regex::Regex::new(&source).ok().map(Regex::Unicode);
        }
        regex_lite::Regex::new(&source).ok().map(Regex::Lite)
    }
}

impl Regex {
    fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Lite(regex) => regex.is_match(text),
            #[cfg(feature = "pattern-unicode")]
            Self::Unicode(regex) => regex.is_match(text),
        }
    }
}
