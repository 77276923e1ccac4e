//! What may befall a request, and which request it befalls.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse as _, Response};

use crate::clock::{Clock, http_date};
use crate::envelope::{Envelope, bytes};

/// One way for a request to go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Resets the connection, ends all others and refuses new ones for this long. The request has no effect.
    Outage(Duration),
    /// Resets the connection when only the head was read. The request has no effect.
    ResetUnread,
    /// Reads the request and resets the connection in place of a response.
    Reset(Effect),
    /// Takes effect; responds after this time.
    Late(Duration),
    /// Takes effect; pauses so long before each byte of the response's head.
    SlowHead(Duration),
    /// Takes effect; pauses so long before each sixteenth of the response's body.
    SlowBody(Duration),
    /// Takes effect; sends half of the body that `Content-Length` promises, then closes.
    CutBody,
    /// Sends something that is not HTTP.
    NotHttp(Effect),
    /// Responds with this page in place of the platform's response.
    Page {
        /// Its HTTP status.
        status: u16,
        /// What it holds.
        content: Content,
        /// Whether the request took effect.
        effect: Effect,
    },
    /// Responds with 429. The request has no effect.
    TooManyRequests(RetryAfter),
    /// Responds with this code in the endpoint's envelope: 23000, or 28001003 for a token that is refused.
    Code(i64, Effect),
}

/// Whether a request that met a fault did what it asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It did not.
    None,
    /// It did; only the response is lost or false.
    Taken,
}

/// What a page holds that is not a response of the platform's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// The endpoint's envelope with the gateway's 28001005.
    Json,
    /// A page for people, as a proxy shows it.
    Html,
    /// Called JSON, but neither JSON nor UTF-8.
    Garbage,
    /// Nothing.
    Empty,
}

/// How a 429 says when to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// As a number of seconds.
    Seconds(u64),
    /// As an HTTP date, so many seconds from now by the emulator's clock.
    DateIn(u64),
    /// Not at all.
    Unsaid,
}

impl Fault {
    pub(crate) fn effect(&self) -> Effect {
        match self {
            Self::Outage(_) | Self::ResetUnread | Self::TooManyRequests(_) => Effect::None,
            Self::Late(_) | Self::SlowHead(_) | Self::SlowBody(_) | Self::CutBody => Effect::Taken,
            Self::Reset(effect) | Self::NotHttp(effect) | Self::Code(_, effect) => *effect,
            Self::Page { effect, .. } => *effect,
        }
    }

    /// What is sent in place of the platform's response. `refusal` is the status of the endpoint's refusals.
    pub(crate) fn response(
        &self,
        envelope: Envelope,
        refusal: u16,
        clock: &Clock,
    ) -> Option<Response> {
        match self {
            Self::Page { status, content, .. } => Some(content.page(*status, envelope)),
            Self::TooManyRequests(after) => Some(after.page(envelope, clock)),
            Self::Code(code, _) => Some(envelope.refusal(*code, "injected").into_response(refusal)),
            _ => None,
        }
    }
}

impl Content {
    fn page(self, status: u16, envelope: Envelope) -> Response {
        match self {
            Self::Json => envelope.refusal(28001005, "internal error").into_response(status),
            Self::Html => bytes(status, "text/html; charset=utf-8", b"<html>busy</html>".to_vec()),
            Self::Garbage => bytes(status, "application/json", b"{\"err_no\":0,\xff\xfe".to_vec()),
            Self::Empty => bytes(status, "text/plain", Vec::new()),
        }
    }
}

impl RetryAfter {
    fn page(self, envelope: Envelope, clock: &Clock) -> Response {
        let page = envelope.refusal(28001005, "too many requests").into_response(429);
        let after = match self {
            Self::Seconds(seconds) => seconds.to_string(),
            Self::DateIn(seconds) => http_date(clock.now().saturating_add(seconds)),
            Self::Unsaid => return page,
        };
        ([(RETRY_AFTER, after)], page).into_response()
    }
}

/// Number and path of a request → what befalls it.
pub(crate) type Plan = Arc<dyn Fn(usize, &str) -> Option<Fault> + Send + Sync>;

/// The faults to come.
#[derive(Default)]
pub(crate) struct Faults {
    injected: VecDeque<(String, Fault)>,
    plan: Option<Plan>,
}

impl Faults {
    pub(crate) fn inject(&mut self, path: &str, fault: Fault) {
        self.injected.push_back((path.to_owned(), fault));
    }

    pub(crate) fn plan(&mut self, plan: Option<Plan>) {
        self.plan = plan;
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// What was injected for this request, and the plan to ask if nothing was.
    pub(crate) fn take(&mut self, path: &str) -> (Option<Fault>, Option<Plan>) {
        let index = self.injected.iter().position(|(wanted, _)| same_path(wanted, path));
        let injected = index.and_then(|index| self.injected.remove(index));
        (injected.map(|(_, fault)| fault), self.plan.clone())
    }
}

/// The platform's documents write the same path with and without a slash at its end.
pub(crate) fn same_path(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}
