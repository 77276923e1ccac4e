//! The platform refuses.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Attempts;
use super::details::{self, ErrorDetails};
use super::effect::{fmt_duplicate, fmt_effect, is_refusal, is_timeout};
use super::retry_after::{in_body, retry_after};
use super::server_text::{NAME, OneLine, SHOWN};
use crate::code::RawCode;
use crate::error_code::{ErrorCase, ErrorCode, ErrorRow, ResponseCode, Retry, WireCode};
use crate::meta::Envelope;

/// What the platform answered instead of data.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ApiError<E> {
    /// Name of the endpoint, as `create_order`.
    pub endpoint: &'static str,
    /// The endpoint's own error; an undocumented code is kept in its `Unknown`.
    pub code: E,
    /// The platform's text, without the secrets of the call, and cut where it is longer than 4 KiB.
    pub message: String,
    /// The id under which the platform finds the call in its log.
    pub log_id: Option<String>,
    /// The HTTP status, which may well be 200.
    pub status: StatusCode,
    /// An earlier request with the same idempotency key took effect: ask for its result, send no other. It may have been
    /// an earlier attempt of the same call, see `attempts`.
    pub duplicate: bool,
    /// The platform refused the token, before it looked at the request.
    pub token_refused: bool,
    /// The attempts before this one.
    pub attempts: Attempts,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The whole body, as it came, with whatever the spec does not know. It may hold what is nobody else's business, so
    /// `Debug` gives its length only.
    pub body: Bytes,
    pub(crate) envelope: &'static Envelope,
    /// The code is the status, and the body has no word of the platform's, so that anyone may have sent it.
    pub(crate) is_anyones: bool,
}

impl ApiError<RawCode> {
    pub(super) fn named<E: ErrorCode<Code: ResponseCode>>(self) -> ApiError<E> {
        ApiError {
            endpoint: self.endpoint,
            code: E::from_response(E::Code::from_raw(self.code, self.status), self.status.as_u16()),
            message: self.message,
            log_id: self.log_id,
            status: self.status,
            duplicate: self.duplicate,
            token_refused: self.token_refused,
            attempts: self.attempts,
            headers: self.headers,
            body: self.body,
            envelope: self.envelope,
            is_anyones: self.is_anyones,
        }
    }
}

impl<E> ApiError<E> {
    /// What the error says besides its code and its text: the fields that the spec declares for the endpoint's envelope
    /// (`details`), of which any that is absent or cannot be read is `None`. `None` if the error has no details, or those of
    /// another type.
    ///
    /// They are read from [`ApiError::body`] and, as that, may repeat what the request held.
    pub fn details<T: ErrorDetails>(&self) -> Option<T> {
        details::read(self.envelope, &self.body)
    }

    /// How long the platform asks to wait: by `Retry-After`, or by the number in the body that the spec declares; the longer of the two.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers).max(self.asked_in_body())
    }

    /// How long the body asks to wait.
    pub(crate) fn asked_in_body(&self) -> Option<Duration> {
        in_body(self.envelope, &self.body)
    }

    /// Whether this attempt, as opposed to those before it, leaves it open whether the request took effect. `row` is what the
    /// documents say of the code.
    pub(super) fn leaves_effect_open(&self, row: Option<&ErrorRow>) -> bool {
        // A server that says so has not looked at the request.
        let is_over_limit = self.status == StatusCode::TOO_MANY_REQUESTS && !self.duplicate;
        if self.token_refused || is_over_limit {
            return false;
        }
        // A gateway that failed may have passed the request on.
        if self.duplicate || (self.is_anyones && !is_refusal(self.status)) {
            return true;
        }
        match row.map(|row| row.retry) {
            // What is worth sending again has failed inside the platform, who knows where.
            Some(Some(retry)) => retry == Retry::Same,
            Some(None) => self.status.is_server_error() || is_timeout(self.status),
            // The platform reports its own failures under HTTP 200 as well.
            None => !is_refusal(self.status),
        }
    }
}

impl<E: ErrorCode> ApiError<E> {
    /// What has happened, in plain words, if documented.
    pub fn meaning(&self) -> Option<&'static str> {
        self.case().and_then(|case| case.meaning).or_else(|| self.code.meaning())
    }

    /// What to do about it, if documented.
    pub fn advice(&self) -> Option<&'static str> {
        self.case().and_then(|case| case.advice).or_else(|| self.code.advice())
    }

    /// Whether sending again can help, if documented.
    pub fn retry(&self) -> Option<Retry> {
        self.code.retry()
    }

    /// Whether the request may have taken effect, in this attempt or one before. Always false for a request that
    /// changes nothing.
    pub fn may_have_taken_effect(&self) -> bool {
        self.attempts.leave_effect_open(self.leaves_effect_open(self.code.row()))
    }

    /// The platform's text; where it gave none, the documented one; none that only repeats the code.
    fn text(&self) -> Option<&str> {
        let own = Some(self.message.as_str()).filter(|text| !text.is_empty());
        let is_news = |text: &&str| !self.code.code().is_text(text);
        own.filter(is_news).or_else(|| self.code.message().filter(is_news))
    }

    /// Which of several errors it is, where the platform uses one code for all of them and only the text tells.
    fn case(&self) -> Option<&'static ErrorCase> {
        self.code.case(&self.message)
    }
}

/// A code for people.
struct Shown<C>(C);

impl<C: WireCode> fmt::Display for Shown<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        WireCode::fmt(&self.0, f)
    }
}

/// As `create_order: 23117 order … (HTTP 400, log_id 2023…): What to do; a retry cannot succeed`
impl<E: ErrorCode<Code: ResponseCode>> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.endpoint)?;
        write!(f, "{}", OneLine(&Shown(self.code.code()).to_string(), NAME))?;
        if let Some(message) = self.text() {
            write!(f, " {}", OneLine(message, SHOWN))?;
        }
        write!(f, " (HTTP {}", self.status.as_u16())?;
        if let Some(log_id) = &self.log_id {
            write!(f, ", log_id {}", OneLine(log_id, NAME))?;
        }
        f.write_str("): ")?;
        f.write_str(match (self.advice().or_else(|| self.meaning()), &self.log_id) {
            (Some(advice), _) => advice.trim_end_matches('.'),
            (None, Some(_)) => "not documented; ask the platform, giving it the log_id",
            (None, None) => "not documented; ask the platform",
        })?;
        // Of a code that asks for something else, the status is no advice.
        if self.status == StatusCode::TOO_MANY_REQUESTS
            && !self.duplicate
            && !matches!(self.retry(), Some(Retry::Never | Retry::Changed))
        {
            f.write_str("; too many requests, call less often")?;
        }
        f.write_str(match self.retry() {
            // There is nothing to change in the request.
            _ if self.token_refused => "; it is the token that was refused",
            // It has succeeded.
            _ if self.duplicate => "",
            Some(Retry::Never) => "; a retry cannot succeed",
            Some(Retry::Same) => "; the same request may succeed later",
            Some(Retry::Changed) => "; change the request before sending it again",
            None => "",
        })?;
        match self.duplicate {
            true => fmt_duplicate(self.may_have_taken_effect(), f)?,
            false => fmt_effect(self.may_have_taken_effect(), f)?,
        }
        write!(f, "{}", self.attempts)
    }
}

impl<E: fmt::Debug> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("endpoint", &self.endpoint)
            .field("code", &self.code)
            .field("message", &format_args!("\"{}\"", OneLine(&self.message, SHOWN)))
            .field("log_id", &self.log_id)
            .field("status", &self.status)
            .field("duplicate", &self.duplicate)
            .field("token_refused", &self.token_refused)
            .field("attempts", &self.attempts)
            .field("headers", &format_args!("{} headers", self.headers.len()))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl<E: ErrorCode<Code: ResponseCode>> std::error::Error for ApiError<E> {}
