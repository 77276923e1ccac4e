//! What an endpoint answers, and the envelopes that it is put into.

use serde_json::{Value, json};

use super::http::Response;

/// The data of an answer, `null` if there is none, or a refusal.
pub(super) type Answer = Result<Value, Refusal>;

/// A code with the platform's text to it.
pub(super) struct Refusal {
    pub(super) code: i64,
    pub(super) message: String,
}

pub(super) fn refuse<T>(code: i64, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { code, message: message.into() })
}

/// 10000, the code for a parameter at fault, and for what no source has a code of its own.
pub(super) fn refuse_parameter<T>(message: impl Into<String>) -> Result<T, Refusal> {
    refuse(10000, message)
}

/// Where an answer has its code, its message and its data.
#[derive(Clone, Copy)]
pub(super) enum Envelope {
    /// `err_no`, `err_msg`, `log_id`.
    Trade,
    /// `err_no`, `err_tips`; what was before trade_basic.
    Tips,
    /// Both texts, as an uploaded image is answered.
    Both,
    /// `data.error_code`, `data.description`; `message` beside them.
    OAuth,
}

impl Envelope {
    pub(super) fn seal(self, answer: Answer) -> Sealed {
        match answer {
            Ok(data) => self.success(data),
            Err(Refusal { code, message }) => self.refusal(code, &message),
        }
    }

    fn success(self, data: Value) -> Sealed {
        let mut body = self.head(0, "success");
        match (self, data) {
            (_, Value::Null) => {}
            (Self::OAuth, Value::Object(data)) => {
                data.into_iter().for_each(|(key, value)| body["data"][key] = value);
            }
            (_, data) => body["data"] = data,
        }
        Sealed { body, refused: false }
    }

    pub(super) fn refusal(self, code: i64, message: &str) -> Sealed {
        Sealed { body: self.head(code, message), refused: true }
    }

    fn head(self, code: i64, message: &str) -> Value {
        match self {
            Self::Trade => json!({ "err_no": code, "err_msg": message }),
            Self::Tips => json!({ "err_no": code, "err_tips": message }),
            Self::Both => json!({ "err_no": code, "err_tips": message, "err_msg": message }),
            Self::OAuth if code == 0 => {
                json!({ "data": { "error_code": 0, "description": "" }, "message": message })
            }
            Self::OAuth => {
                json!({ "data": { "error_code": code, "description": message }, "message": "error" })
            }
        }
    }
}

/// An answer in its envelope.
pub(super) struct Sealed {
    body: Value,
    refused: bool,
}

impl Sealed {
    /// As a response with this status.
    pub(super) fn into_response(self, status: u16) -> Response {
        Response::new(status, "application/json; charset=utf-8", self.body.to_string().into_bytes())
    }

    /// With 200, or if it is a refusal with the status of those.
    pub(super) fn respond(mut self, refusal: u16, log_id: &str) -> Response {
        if self.body.get("err_no").is_some() {
            self.body["log_id"] = log_id.into();
        }
        let status = if self.refused { refusal } else { 200 };
        self.into_response(status).with("x-tt-logid", log_id)
    }
}
