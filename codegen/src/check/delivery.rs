//! When a platform calls again makes sense.

use crate::diagnostic::Diagnostics;
use crate::model::Callback;
use crate::source::Located;
use crate::spec::delivery::Until;

use super::check_positive;

pub(super) fn check(diagnostics: &mut Diagnostics, callback: &Callback<'_>) {
    let spec = callback.spec;
    check_positive(diagnostics, spec.attempts.as_ref(), "attempts");
    for seconds in &spec.retry_after {
        check_positive(diagnostics, Some(seconds), "retry_after");
    }
    let Some(until) = &spec.repeats_until else { return };
    let Some(last) = spec.retry_after.last() else {
        diagnostics
            .error(until.span, "bad-delivery", "no pause is declared that could repeat")
            .help("add `retry_after: [600]`, of which the last pause repeats");
        return;
    };
    let pauses = spec.retry_after.iter().fold(0_i64, |sum, pause| sum.saturating_add(pause.value));
    match (until.value, &spec.attempts) {
        (Until::Seconds(seconds), _) => check_end(diagnostics, until, seconds, pauses, last),
        (Until::Acknowledged, Some(attempts)) => {
            let message =
                format_args!("`attempts` ends after {attempts} calls, `acknowledged` never");
            diagnostics
                .error(attempts.span, "bad-delivery", message)
                .help("remove `attempts`, or write `repeats_until` in seconds");
        }
        (Until::Acknowledged, None) => {}
    }
}

/// The last pause is made once more at the least.
fn check_end(
    diagnostics: &mut Diagnostics,
    until: &Located<Until>,
    seconds: i64,
    pauses: i64,
    last: &Located<i64>,
) {
    let least = pauses.saturating_add(last.value);
    if seconds < least {
        let message = format_args!("no pause repeats: {seconds} seconds have passed by then");
        diagnostics
            .error(until.span, "bad-delivery", message)
            .help(format_args!("it is {least} or more after these pauses; or remove it"));
    }
}
