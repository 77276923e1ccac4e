//! Whether a request that failed may have taken effect, in the one wording that all errors share.

use std::fmt;

use http::StatusCode;

/// Ends the text of an error. Nothing where the request cannot have taken effect.
pub(super) fn fmt_effect(may_have: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match may_have {
        true => f.write_str(
            "; the request may have taken effect, so ask for its result before sending it again",
        ),
        false => Ok(()),
    }
}

/// The same of a request that an earlier one with its idempotency key has made needless.
pub(super) fn fmt_duplicate(may_have: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match may_have {
        true => f.write_str(
            "; an earlier request with this idempotency key has taken effect, so ask for its result and send no other",
        ),
        false => Ok(()),
    }
}

/// Whether a server that answers so, in words other than the platform's, has not acted on the request: it did not let
/// it in, did not know its path or could not take it. Any other status may come after the platform has acted.
pub(super) fn is_turned_away(status: StatusCode) -> bool {
    matches!(status.as_u16(), 401 | 404 | 405 | 407 | 411 | 413 | 414 | 415 | 421 | 429 | 431)
}

/// Whether a status blames the request, so that whoever sent it did not act on it.
pub(super) fn is_refusal(status: StatusCode) -> bool {
    status.is_client_error() && !is_timeout(status)
}

/// Whether a status says that a time ran out, as 408 and the 499 of proxies: what somebody waited for in vain may be the
/// platform's response.
pub(super) fn is_timeout(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 499)
}

/// Whether a redirect is to the same request elsewhere. 302 and 303 may lead to the result of one that was acted on.
pub(super) fn is_elsewhere(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 307 | 308)
}
