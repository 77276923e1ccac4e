//! What came of a reconciliation.

use std::fmt;
use std::sync::Arc;

use super::finding::{Found, Note};
use super::scenario::{Check, Scenario};
use super::totals::Totals;
use super::window::Window;

/// What came of a reconciliation.
#[derive(Debug)]
pub struct ReconciliationReport {
    /// The time.
    pub window: Window,
    /// The time for diamonds.
    pub diamond_window: Window,
    /// All sums of it.
    pub totals: Totals,
    /// The document's scenarios, and those for diamonds and rebates, as far as files for them were read.
    pub scenarios: Vec<Scenario>,
    /// How many rows could not be read, and so are in no sum. They are among the findings.
    pub unread: u64,
    /// What does not fit together, by file and line.
    pub findings: Vec<Found>,
    /// How many findings there were beyond the limit. Their effects are in the scenarios all the same.
    pub omitted: u64,
    /// What is out of the ordinary and no fault.
    pub notes: Vec<Note>,
    /// Words that the mapping does not have.
    pub unknown_words: Vec<UnknownWord>,
}

impl ReconciliationReport {
    /// Whether everything was read and fits together: there are sums to compare, all of them are alike, every row was read,
    /// and nothing was found. Sums may be alike by chance if rows are missing on both sides, so ask this, not them.
    pub fn is_clean(&self) -> bool {
        let checks = || self.scenarios.iter().flat_map(|scenario| &scenario.checks);
        checks().next().is_some()
            && checks().all(Check::holds)
            && self.unread == 0
            && self.findings.is_empty()
            && self.omitted == 0
            && self.unknown_words.is_empty()
    }
}

/// A word in a column of words that the mapping does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The file.
    pub file: Arc<str>,
    /// The first line that has it.
    pub line: u32,
    /// What the column tells, as `state`.
    pub what: &'static str,
    /// The word.
    pub word: Box<str>,
    /// How many rows have it.
    pub count: u64,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, what, word, count } = self;
        let word = word.escape_debug();
        write!(f, "{file}:{line}: `{word}` is no {what} of the mapping; {count} rows have it")
    }
}
