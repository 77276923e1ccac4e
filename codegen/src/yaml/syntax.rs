//! What the parser complains of → what a person reads.

mod scene;
mod lines;
mod flow;
mod quotes;

use saphyr_parser::ScanError;

use self::scene::{Complaint, Scene};
use super::Places;
use crate::diagnostic::Diagnostics;
use crate::source::Span;

/// Whoever knows where the fault is and what it is. The first counts.
const SUSPICIONS: &[fn(&Scene<'_>) -> Option<Complaint>] = &[
    lines::conflict_mark,
    lines::tab,
    quotes::escape,
    quotes::trailing,
    flow::entry,
    lines::entry,
];

/// What would be right, by a part of the parser's message, where nobody knows. The first that fits counts.
const ADVICE: &[(&str, &str)] = &[
    ("unknown anchor", "put text that begins with `*` in quotes; an alias is not allowed"),
    ("unprintable", "remove the control character, which cannot be seen"),
    ("byte order mark", "remove the sign U+FEFF, which cannot be seen"),
    ("unexpected character", "put text that begins with this sign in quotes"),
    ("scanning a block scalar", "put text that begins with `>` or `|` in quotes"),
    ("mapping keys", "put text that begins with `? ` in quotes"),
    ("quoted scalar", "close the quotes that begin here where the text ends"),
    ("misplaced bracket", "remove it, or put text that begins with it in quotes"),
    ("expected key", "indent this line as those above it"),
    ("`-` indicator", "indent this line as those above it"),
    ("block sequence entries", "begin the list on a line of its own, or put the text in quotes"),
];

/// Reports a fault of YAML's own grammar. `bracket` is where the innermost open one stands, `read` where the last part
/// ends that was read.
pub(super) fn report(
    diagnostics: &mut Diagnostics,
    places: &Places,
    text: &str,
    error: &ScanError,
    (bracket, read): (Option<usize>, usize),
) {
    let noticed = places.point(error.marker().index());
    let message = &*error.info().replace('\'', "`");
    let scene = Scene { text, noticed: noticed.start, message, bracket, read };
    if let Some(found) = SUSPICIONS.iter().find_map(|suspicion| suspicion(&scene)) {
        let Complaint { start, end, message, help } = found;
        let place = Span { start, end, ..noticed };
        diagnostics.error(place, "yaml-syntax", message).help(help);
        return;
    }
    let advice = ADVICE.iter().find(|(part, _)| message.contains(part)).map(|(_, advice)| *advice);
    let advice = advice.unwrap_or("see whether quotes, brackets and indentation are right");
    diagnostics.error(noticed, "yaml-syntax", message).help(advice);
}
