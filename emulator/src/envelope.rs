//! What an endpoint makes of a request, and the envelopes that it is sent in.

use std::error::Error;
use std::fmt;

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

const LOG_ID: HeaderName = HeaderName::from_static("x-tt-logid");

/// The data of a response, `null` if there is none, or a refusal.
pub(crate) type Outcome = Result<Value, Refusal>;

/// What the platform refuses with: a code of its documents, or 10000 where no source names one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// `err_no` of the platform, or the page's code.
    pub code: i64,
    /// For people.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.message)
    }
}

impl Error for Refusal {}

pub(crate) fn refuse<T>(code: i64, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { code, message: message.into() })
}

/// 10000, the code for a parameter at fault, and for what no source has a code of its own.
pub(crate) fn refuse_parameter<T>(message: impl Into<String>) -> Result<T, Refusal> {
    refuse(10000, message)
}

/// Where a response has its code, its message and its data.
#[derive(Clone, Copy)]
pub(crate) enum Envelope {
    /// `err_no`, `err_msg`, `log_id`.
    Trade,
    /// `err_no`, `err_tips`; what was before trade_basic.
    Tips,
    /// Both texts, as an uploaded image has it.
    Both,
    /// `data.error_code`, `data.description`; `message` beside them.
    OAuth,
    /// The same with `data.log_id`, as only the response to a user's code has it.
    UserOAuth,
    /// `error_code`, `message`.
    Business,
}

impl Envelope {
    pub(crate) fn seal(self, outcome: Outcome) -> Sealed {
        match outcome {
            Ok(data) => self.success(data),
            Err(Refusal { code, message }) => self.refusal(code, &message),
        }
    }

    fn success(self, data: Value) -> Sealed {
        let mut body = self.head(0, "success");
        match (self, data) {
            (_, Value::Null) => {}
            (Self::OAuth | Self::UserOAuth, Value::Object(data)) => {
                data.into_iter().for_each(|(key, value)| body["data"][key] = value);
            }
            (_, data) => body["data"] = data,
        }
        Sealed { body, envelope: self, refused: false }
    }

    pub(crate) fn refusal(self, code: i64, message: &str) -> Sealed {
        Sealed { body: self.head(code, message), envelope: self, refused: true }
    }

    fn head(self, code: i64, message: &str) -> Value {
        match self {
            Self::Trade => json!({ "err_no": code, "err_msg": message }),
            Self::Tips => json!({ "err_no": code, "err_tips": message }),
            Self::Both => json!({ "err_no": code, "err_tips": message, "err_msg": message }),
            Self::Business => json!({ "error_code": code, "message": message }),
            Self::OAuth | Self::UserOAuth if code == 0 => {
                json!({ "data": { "error_code": 0, "description": "" }, "message": message })
            }
            Self::OAuth | Self::UserOAuth => {
                json!({ "data": { "error_code": code, "description": message }, "message": "error" })
            }
        }
    }
}

/// A response's body in its envelope.
pub(crate) struct Sealed {
    body: Value,
    envelope: Envelope,
    refused: bool,
}

impl Sealed {
    /// As a response with this status.
    pub(crate) fn into_response(self, status: u16) -> Response {
        bytes(status, "application/json; charset=utf-8", self.body.to_string().into_bytes())
    }

    /// With 200, or if it is a refusal with the status of those.
    pub(crate) fn respond(mut self, refusal: u16, log_id: &str) -> Response {
        match self.envelope {
            Envelope::Trade | Envelope::Tips | Envelope::Both => {
                self.body["log_id"] = log_id.into();
            }
            Envelope::UserOAuth => self.body["data"]["log_id"] = log_id.into(),
            Envelope::OAuth | Envelope::Business => {}
        }
        let status = if self.refused { refusal } else { 200 };
        ([(LOG_ID, log_id.to_owned())], self.into_response(status)).into_response()
    }
}

/// A response that is no endpoint's.
pub(crate) fn text(status: u16, text: impl Into<String>) -> Response {
    bytes(status, "text/plain; charset=utf-8", text.into().into_bytes())
}

/// A status that there is not becomes 500.
pub(crate) fn bytes(status: u16, content_type: &'static str, body: Vec<u8>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(CONTENT_TYPE, content_type)], body).into_response()
}
