//! Closed sets of words: `words!` declares one.

use super::Read;
use super::faults::{report_unknown, report_unsupported};
use crate::diagnostic::Diagnostics;
use crate::source::Located;
use crate::yaml::Node;

/// Declares a closed set of words; behind `each`, what a word is whose neighbours are other things, so that none is guessed.
macro_rules! words {
    (@kind) => { None };
    (@kind $kind:literal) => { Some($kind) };
    (
        $(#[doc = $doc:literal])*
        $vis:vis enum $name:ident $(each $kind:literal)? {
            $($(#[doc = $word_doc:literal])* $variant:ident = $word:literal,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
        $vis enum $name {
            $($(#[doc = $word_doc])* #[serde(rename = $word)] $variant,)*
        }

        impl crate::record::Read for $name {
            fn read(
                diagnostics: &mut crate::diagnostic::Diagnostics,
                node: &crate::yaml::Node,
            ) -> Option<Self> {
                let kind = crate::record::words!(@kind $($kind)?);
                crate::record::read_word(diagnostics, node, kind, &[$(($word, $name::$variant)),*])
            }

            fn schema(
                definitions: &mut serde_json::Map<String, serde_json::Value>,
            ) -> serde_json::Value {
                let schema = serde_json::json!({
                    "description": concat!($($doc),*).trim_ascii(),
                    "oneOf": [$({
                        "const": $word,
                        "description": concat!($($word_doc),*).trim_ascii(),
                    }),*],
                });
                crate::record::define(definitions, stringify!($name), schema)
            }
        }

        impl $name {
            /// The word in the spec.
            #[allow(dead_code, reason = "not every set of words is printed")]
            pub(crate) fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                }
            }
        }
    };
}

pub(crate) use words;

/// Reads one of a closed set of words.
pub(crate) fn read_word<T: Copy>(
    diagnostics: &mut Diagnostics,
    node: &Node,
    kind: Option<&str>,
    words: &[(&'static str, T)],
) -> Option<T> {
    let text: Located<String> = Read::read(diagnostics, node)?;
    let known = words.iter().find(|(word, _)| *word == text.value);
    if known.is_none() {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        match kind {
            Some(kind) => report_unsupported(diagnostics, kind, &text, &names),
            None => {
                report_unknown(diagnostics, "word", &text, &names);
            }
        }
    }
    known.map(|(_, word)| *word)
}
