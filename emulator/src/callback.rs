//! What the platform sends of itself.

use serde_json::json;

/// One attempt to deliver a callback.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Delivery {
    /// The kind of event, as `payment`.
    pub event: String,
    /// The body that was sent.
    pub body: String,
    /// 1 for the first.
    pub attempt: usize,
    /// The address that the app's request named. It is HTTPS and cannot be reached from here, so the delivery went to
    /// that of the settings.
    pub named_url: Option<String>,
    /// The status and the body of the app's response, if there was one.
    pub response: Option<(u16, Vec<u8>)>,
    /// Whether that was an acknowledgement.
    pub acknowledged: bool,
}

/// A callback that is to be sent.
pub(crate) struct Callback {
    pub(crate) event: String,
    pub(crate) body: String,
    pub(crate) named_url: Option<String>,
    pub(crate) sequel: Sequel,
}

/// What follows from the app's response.
pub(crate) enum Sequel {
    None,
    /// The response gives this refund its number.
    RefundAsked(String),
}

impl Callback {
    pub(crate) fn new(
        event: &str,
        msg: &(impl ToString + ?Sized),
        named_url: Option<String>,
    ) -> Self {
        let body = json!({ "version": "3.0", "type": event, "msg": msg.to_string() });
        Self { event: event.to_owned(), body: body.to_string(), named_url, sequel: Sequel::None }
    }

    /// What was delivered before, to be sent once more.
    pub(crate) fn again(delivery: &Delivery) -> Self {
        Self {
            event: delivery.event.clone(),
            body: delivery.body.clone(),
            named_url: delivery.named_url.clone(),
            sequel: Sequel::None,
        }
    }

    pub(crate) fn followed_by(self, sequel: Sequel) -> Self {
        Self { sequel, ..self }
    }
}
