//! A mapping whose keys are names of the spec has those that it needs, and no others.

use crate::diagnostic::Diagnostics;
use crate::source::{Located, Span};
use crate::spec::rules::Given;
use crate::spelling::{advice, closest};

/// The names that a mapping may have, and those of them that it must have.
pub(super) struct Keys<'a> {
    /// What they are called in a complaint, as `column`.
    pub(super) kind: &'a str,
    pub(super) known: Vec<&'a str>,
    pub(super) needed: Vec<&'a str>,
    /// How to do without one that is needed.
    pub(super) help: &'a str,
}

impl Keys<'_> {
    /// Reports names that are unknown or missing. One that was misspelt is not missing as well.
    pub(super) fn check(
        &self,
        diagnostics: &mut Diagnostics,
        span: Span,
        entries: &[(Located<String>, Located<Given>)],
    ) {
        let mut there: Vec<&str> = Vec::new();
        let mut place = Span { end: span.start + 1, ..span };
        for (name, _) in entries {
            if self.known.contains(&name.as_str()) {
                there.push(name.as_str());
                place = name.span;
            } else {
                there.extend(closest(name.as_str(), self.known.iter().copied()));
                let message = format_args!("there is no {} named `{name}`", self.kind);
                diagnostics
                    .error(name.span, "unknown-key", message)
                    .help(advice(name.as_str(), self.known.iter().copied()));
            }
        }
        let missing = self.needed.iter().filter(|name| !there.contains(name));
        let missing: Vec<String> = missing.map(|name| format!("`{name}`")).collect();
        if !missing.is_empty() {
            diagnostics
                .error(place, "missing-key", format_args!("missing {}", missing.join(", ")))
                .help(self.help);
        }
    }
}
