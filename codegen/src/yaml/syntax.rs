//! What the parser complains of → what a person is told.

use saphyr_parser::ScanError;

use super::places::Places;
use crate::diagnostic::Diagnostics;
use crate::source::Span;

/// What would be right, by a part of the parser's message. The first that fits counts.
const ADVICE: &[(&str, &str)] = &[
    ("unknown anchor", "an alias is not allowed; write the value out"),
    ("mapping values", "put text with `: ` in it in quotes, or indent this key as those beside it"),
    ("unprintable", "remove the control character, which cannot be seen"),
    ("byte order mark", "remove the sign U+FEFF, which cannot be seen"),
    ("tab", "indent with spaces"),
    ("unexpected character", "put text that begins with this sign in quotes"),
    ("while parsing a quoted scalar", "write `\\\\` for a backslash"),
    ("quoted scalar", "see where the quotes that begin here should be closed"),
    ("flow mapping", "close the mapping with `}`, or put a comma before the next key"),
    ("illegal placement", "see whether a `[` or `{` above is not closed"),
    ("misplaced bracket", "remove it, or put text that begins with it in quotes"),
    ("expected key", "indent this line as those above it"),
    ("block sequence entries", "begin the list on a line of its own"),
    ("simple key expect", "write a key, a colon and a space"),
];

/// Reports a fault of YAML's own grammar.
pub(super) fn report(
    diagnostics: &mut Diagnostics,
    places: &Places,
    text: &str,
    error: &ScanError,
) {
    let place = place(places.point(error.marker().index()), text, error.info());
    let complaint = diagnostics.error(place, "yaml-syntax", error.info().replace('\'', "`"));
    match ADVICE.iter().find(|(part, _)| error.info().contains(part)) {
        Some((_, advice)) => complaint.help(advice),
        None => complaint.help("see whether quotes, brackets and indentation are right"),
    }
}

/// Where the fault is, if the parser noticed it too late.
fn place(noticed: Span, text: &str, message: &str) -> Span {
    let before = &text[..noticed.start];
    if message.starts_with("tab") {
        Span { start: before.trim_end_matches('\t').len(), ..noticed }
    } else if message.starts_with("simple key expect") {
        let end = before.trim_end().len();
        Span { start: end, end, ..noticed }
    } else {
        noticed
    }
}
