//! Why a call is not acknowledged, and what the platform learns of it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{Response, StatusCode};
use serde_json::{Map, Value};

use super::{BoxError, response};
use crate::callback::{CallbackFault, RawCallback};
use crate::error::{OneLine, SHOWN};
use crate::scheme::{CallbackScheme, Told};
use crate::signature::SignatureError;

/// Why a call by the platform is not acknowledged. `Display` says what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReceiveError {
    /// A header of the signature is missing: status 400.
    MissingHeader {
        /// As the documents write it.
        name: &'static str,
    },
    /// A header of the signature is there twice, is empty, or is malformed: status 400.
    BadHeader {
        /// As the documents write it.
        name: &'static str,
    },
    /// The body broke off before its end: status 400.
    Broken(BoxError),
    /// The body did not arrive within the time allowed: status 408.
    Late {
        /// The time allowed.
        after: Duration,
    },
    /// The signature is not the platform's: status 401.
    Signature(SignatureError),
    /// Signed by the platform, but not of now: status 403.
    Stale {
        /// How far the timestamp is from this machine's time, in whole seconds.
        by: Duration,
        /// Whether the timestamp is ahead of this machine's time.
        ahead: bool,
    },
    /// Another call of the same event is being handled right now: status 409.
    UnderWay {
        /// Which event.
        event: Box<EventInfo>,
    },
    /// The body is larger than allowed: status 413.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The body is the platform's, and not the documented JSON: status 422.
    Malformed {
        /// What is wrong with it.
        fault: Arc<CallbackFault>,
        /// The call as it was received.
        call: Arc<RawCallback>,
    },
    /// Nobody handles events of this kind: the spec does not know it, or the handler said so by
    /// [`Acknowledgement::unhandled`](super::Acknowledgement::unhandled). Status 501.
    Unhandled {
        /// The event's name, cut where it is longer than 256 bytes.
        event: String,
        /// Its kind, cut likewise, if the spec knows the name and not the kind, see
        /// [`Callback::unknown_kind`](crate::callback::Callback::unknown_kind).
        kind: Option<String>,
        /// The call as it was received.
        call: Arc<RawCallback>,
    },
    /// The handler returned an error: status 500.
    Handler {
        /// What it returned.
        error: BoxError,
        /// Which event.
        event: Box<EventInfo>,
    },
    /// The handler panicked, or the store did before it: status 500.
    Panicked {
        /// Which event; `None` if it was something else under a router that panicked.
        event: Option<Box<EventInfo>>,
    },
    /// The handler, or the hook for dead letters, acknowledged an event without the answer that it asks for: status 500.
    NoAnswer {
        /// The event's name.
        event: &'static str,
    },
    /// The handler acknowledged the event as one of another kind: status 500.
    OtherAnswer {
        /// The event's name, cut where it is longer than 256 bytes.
        event: String,
        /// The kind that the handler named.
        answer: &'static str,
    },
    /// The store of events failed: status 503.
    Store {
        /// What it returned.
        error: BoxError,
        /// Which event.
        event: Box<EventInfo>,
    },
    /// The hook for dead letters failed. For `on_error` only: the call itself is refused for what made it one.
    DeadLetter {
        /// What it returned.
        error: BoxError,
        /// The call that it was handed.
        event: Box<EventInfo>,
    },
}

/// Which event an error is about: what to look for in a database, and what to quote to the platform's support.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct EventInfo {
    /// The event's name, as `payment`, cut where it is longer than 256 bytes; `None` if it could not be read.
    pub name: Option<String>,
    /// What tells the event from others of its name, see [`Events::identity`](crate::Events::identity); cut likewise.
    pub identity: Option<String>,
    /// The platform's number of the call.
    pub log_id: Option<String>,
}

impl ReceiveError {
    /// The HTTP status that the platform is given. None of them acknowledges the event, so it calls again.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::MissingHeader { .. } | Self::BadHeader { .. } | Self::Broken(_) => {
                StatusCode::BAD_REQUEST
            }
            Self::Late { .. } => StatusCode::REQUEST_TIMEOUT,
            Self::Signature(_) => StatusCode::UNAUTHORIZED,
            Self::Stale { .. } => StatusCode::FORBIDDEN,
            // No failure of this server: a 5xx would count against its health.
            Self::UnderWay { .. } => StatusCode::CONFLICT,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unhandled { .. } => StatusCode::NOT_IMPLEMENTED,
            Self::Handler { .. }
            | Self::Panicked { .. }
            | Self::NoAnswer { .. }
            | Self::OtherAnswer { .. }
            | Self::DeadLetter { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Store { .. } => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The status, and the body that the platform wants. Nothing of the body that came, of its signature or of an error of
    /// the handler is in it.
    pub fn to_response(&self, scheme: &CallbackScheme) -> Response<Vec<u8>> {
        let status = self.status();
        let value = |told: &Told| match told {
            Told::Status => Value::from(status.as_u16()),
            Told::Reason => Value::from(self.tips()),
            Told::Text(text) => Value::from(*text),
        };
        let members = scheme.failure.iter();
        let body: Map<String, Value> =
            members.map(|(name, told)| ((*name).to_owned(), value(told))).collect();
        let body = if body.is_empty() { String::new() } else { Value::from(body).to_string() };
        response(status, body.into_bytes())
    }

    /// The call that could not be read, or that nobody handles, as it was received.
    pub fn call(&self) -> Option<&RawCallback> {
        match self {
            Self::Malformed { call, .. } | Self::Unhandled { call, .. } => Some(call),
            _ => None,
        }
    }

    /// The event's name, if it could be read; cut where it is longer than 256 bytes.
    pub fn event(&self) -> Option<&str> {
        match self {
            Self::Unhandled { event, .. } | Self::OtherAnswer { event, .. } => Some(event),
            Self::NoAnswer { event } => Some(event),
            _ => self.info()?.name.as_deref(),
        }
    }

    /// What tells the event from others of its name, as the number of its order, if the error is about one.
    pub fn identity(&self) -> Option<&str> {
        self.info()?.identity.as_deref()
    }

    /// The platform's number of the call, if the error is about one that could be believed.
    pub fn log_id(&self) -> Option<&str> {
        let of_event = self.info().and_then(|event| event.log_id.as_deref());
        of_event.or_else(|| self.call()?.log_id())
    }

    fn info(&self) -> Option<&EventInfo> {
        match self {
            Self::UnderWay { event }
            | Self::Handler { event, .. }
            | Self::Store { event, .. }
            | Self::DeadLetter { event, .. } => Some(event),
            Self::Panicked { event } => event.as_deref(),
            _ => None,
        }
    }

    fn tips(&self) -> String {
        match self {
            Self::MissingHeader { .. }
            | Self::BadHeader { .. }
            | Self::Late { .. }
            | Self::Stale { .. }
            | Self::TooLarge { .. } => self.what(),
            Self::Broken(_) => "the body broke off".to_owned(),
            Self::Signature(_) => "the signature does not match".to_owned(),
            Self::UnderWay { .. } => "the event is being handled".to_owned(),
            Self::Malformed { .. } => "the body is not the documented JSON".to_owned(),
            Self::Unhandled { .. } => "events of this kind are not handled here".to_owned(),
            Self::Handler { .. }
            | Self::Panicked { .. }
            | Self::NoAnswer { .. }
            | Self::OtherAnswer { .. }
            | Self::Store { .. }
            | Self::DeadLetter { .. } => "the event was not handled".to_owned(),
        }
    }

    fn what(&self) -> String {
        match self {
            Self::MissingHeader { name } => format!("the header `{name}` is missing"),
            Self::BadHeader { name } => format!("the header `{name}` is malformed"),
            Self::Broken(error) => format!("the body broke off: {}", line(error)),
            Self::Late { after } => format!("the body did not arrive within {after:?}"),
            Self::Signature(error) => error.to_string(),
            Self::Stale { by, ahead } => {
                let side = if *ahead { "ahead of" } else { "behind" };
                format!("the timestamp is {} s {side} this server's clock", by.as_secs())
            }
            Self::UnderWay { .. } => "the event is being handled by another call".to_owned(),
            Self::TooLarge { limit } => format!("the body is over the limit of {limit} bytes"),
            Self::Malformed { fault, .. } => fault.to_string(),
            Self::Unhandled { event, kind: Some(kind), .. } => {
                format!("nobody handles events `{}` of the kind `{}`", shown(event), shown(kind))
            }
            Self::Unhandled { event, .. } => {
                format!("nobody handles events of the kind `{}`", shown(event))
            }
            Self::Handler { error, .. } => format!("the handler failed: {}", line(error)),
            Self::Panicked { .. } => "the handler, or the store, panicked".to_owned(),
            Self::NoAnswer { event } => format!("`{event}` was acknowledged without its answer"),
            Self::OtherAnswer { event, answer } => {
                format!("`{}` was acknowledged as `{answer}`", shown(event))
            }
            Self::Store { error, .. } => format!("the store of events failed: {}", line(error)),
            Self::DeadLetter { error, .. } => {
                format!("the hook for dead letters failed: {}", line(error))
            }
        }
    }

    fn remedy(&self) -> &'static str {
        match self {
            Self::MissingHeader { .. } | Self::BadHeader { .. } => {
                "if the platform sent it, let the proxies before this server pass its headers on"
            }
            Self::Broken(_) => "nothing needs to be done; the platform calls again",
            Self::Late { .. } => {
                "if these are the platform's, raise `body_timeout`; else somebody holds connections open"
            }
            // Says so itself.
            Self::Signature(_) => "",
            Self::Stale { .. } => {
                "set this machine's clock, or allow for a wider window; else somebody repeats an old call"
            }
            Self::UnderWay { .. } => {
                "nothing needs to be done; many of these point to a slow handler"
            }
            Self::TooLarge { .. } => "raise the limit if the platform's calls are that large",
            Self::Malformed { .. } => {
                "the spec, or the platform, must change; the platform calls again"
            }
            Self::Unhandled { .. } => {
                "handle it, or acknowledge it on purpose; the platform calls again"
            }
            Self::Handler { .. } | Self::Panicked { .. } => {
                "fix the handler; the platform calls again"
            }
            Self::NoAnswer { .. } => "return `Acknowledgement::with`; the platform calls again",
            Self::OtherAnswer { .. } => {
                "name the event's own kind in `Acknowledgement::of` or `with`; the platform calls again"
            }
            Self::Store { .. } => {
                "fix the store; an event may be handed over a second time until it works"
            }
            Self::DeadLetter { .. } => {
                "fix the hook; the call is refused, and the platform calls again"
            }
        }
    }
}

/// How much of a name is shown, in bytes.
const LONGEST_SHOWN: usize = 80;

/// Short, and on one line.
fn shown(text: &str) -> OneLine<'_> {
    OneLine(text, LONGEST_SHOWN)
}

/// The same of an error of the user's own, which may say more.
fn line(error: &BoxError) -> String {
    OneLine(&error.to_string(), SHOWN).to_string()
}

/// As `the handler failed: no database (payment 7123, log_id 2023…); fix the handler; …`
impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what())?;
        let name = self.info().and_then(|event| event.name.as_deref());
        let event = name.map(|name| match self.identity() {
            Some(identity) => format!("{} {}", shown(name), shown(identity)),
            None => shown(name).to_string(),
        });
        let log_id = self.log_id().map(|log_id| format!("log_id {}", shown(log_id)));
        let about: Vec<String> = event.into_iter().chain(log_id).collect();
        if !about.is_empty() {
            write!(f, " ({})", about.join(", "))?;
        }
        match self.remedy() {
            "" => Ok(()),
            remedy => write!(f, "; {remedy}"),
        }
    }
}

impl From<SignatureError> for ReceiveError {
    fn from(error: SignatureError) -> Self {
        match error {
            SignatureError::MissingHeader { name } => Self::MissingHeader { name },
            SignatureError::BadHeader { name } => Self::BadHeader { name },
            error => Self::Signature(error),
        }
    }
}

impl std::error::Error for ReceiveError {
    /// What the variant's own `Display` does not say already.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Broken(error)
            | Self::Handler { error, .. }
            | Self::Store { error, .. }
            | Self::DeadLetter { error, .. } => error.source(),
            _ => None,
        }
    }
}
