//! What the platform sends of itself: signed, and again until the app has acknowledged it.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::handle::StandIn;
use super::http::post;
use super::refund;
use super::state::{Platform, State};

/// Deliveries of one callback, all told.
const MOST_DELIVERIES: usize = 21;

impl StandIn {
    /// Every delivery so far, oldest first.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.platform.with(|state| state.deliveries.clone())
    }

    /// Returns when no callback is under way: each was acknowledged or given up.
    pub(crate) async fn callbacks_done(&self) {
        let mut under_way = self.platform.under_way.subscribe();
        // An error means that the platform is gone, and that there is nothing to wait for.
        drop(under_way.wait_for(|number| *number == 0).await);
    }

    /// Sends a callback of this type with this message, whatever they are.
    pub(crate) fn send_callback(&self, event: &str, msg: &str) {
        self.platform.with(|state| state.outbox.push(Callback::new(event, msg, None)));
    }

    /// Sends once more what was delivered before, as the platform does that did not see the acknowledgement.
    pub(crate) fn deliver_again(&self, delivery: &Delivery) {
        let callback = Callback {
            event: delivery.event.clone(),
            body: delivery.body.clone(),
            named_url: delivery.named_url.clone(),
            sequel: Sequel::None,
        };
        self.platform.with(|state| state.outbox.push(callback));
    }
}

/// One try to deliver a callback.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) event: String,
    pub(crate) body: String,
    /// 1 for the first.
    pub(crate) attempt: usize,
    /// The address that the app's request named. It is HTTPS and cannot be reached from here, so the delivery went to
    /// that of the settings.
    pub(crate) named_url: Option<String>,
    /// The status and the body of the answer, if there was one.
    pub(crate) answer: Option<(u16, Vec<u8>)>,
    /// Whether that was an acknowledgement.
    pub(crate) acknowledged: bool,
}

/// A callback that is to be sent.
pub(super) struct Callback {
    event: String,
    body: String,
    named_url: Option<String>,
    sequel: Sequel,
}

/// What follows from the app's answer.
pub(super) enum Sequel {
    None,
    /// The answer gives this refund its number.
    RefundAsked(String),
}

impl Callback {
    pub(super) fn new(
        event: &str,
        msg: &(impl ToString + ?Sized),
        named_url: Option<String>,
    ) -> Self {
        let body = json!({ "version": "3.0", "type": event, "msg": msg.to_string() });
        Self { event: event.to_owned(), body: body.to_string(), named_url, sequel: Sequel::None }
    }

    pub(super) fn followed_by(self, sequel: Sequel) -> Self {
        Self { sequel, ..self }
    }
}

impl Sequel {
    /// Whether the answer will do.
    fn take(&self, state: &mut State, answer: &Value) -> bool {
        match self {
            Self::None => true,
            Self::RefundAsked(refund_id) => refund::take_answer(state, refund_id, answer),
        }
    }

    /// There was no answer that would do.
    fn give_up(&self, state: &mut State) {
        if let Self::RefundAsked(refund_id) = self {
            refund::pass_over(state, refund_id);
        }
    }
}

/// Delivers until it is acknowledged, or the platform gives up.
pub(super) async fn deliver(platform: Arc<Platform>, callback: Callback) {
    let pauses = platform.with(|state| state.settings.callback_pauses.clone());
    let mut pauses = pauses.into_iter().take(MOST_DELIVERIES - 1);
    let mut attempt = 1;
    while !deliver_once(&platform, &callback, attempt).await {
        let Some(pause) = pauses.next() else {
            platform.with(|state| callback.sequel.give_up(state));
            break;
        };
        sleep(pause).await;
        attempt += 1;
    }
    platform.under_way.send_modify(|number| *number = number.saturating_sub(1));
}

async fn deliver_once(platform: &Arc<Platform>, callback: &Callback, attempt: usize) -> bool {
    let answer = send(platform, callback).await;
    platform.with(|state| {
        let acknowledged = match &answer {
            Some((200, body)) => is_acknowledged(state, callback, body),
            _ => false,
        };
        state.deliveries.push(Delivery {
            event: callback.event.clone(),
            body: callback.body.clone(),
            attempt,
            named_url: callback.named_url.clone(),
            answer,
            acknowledged,
        });
        acknowledged
    })
}

fn is_acknowledged(state: &mut State, callback: &Callback, body: &[u8]) -> bool {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    answer["err_no"] == 0 && callback.sequel.take(state, &answer)
}

async fn send(platform: &Arc<Platform>, callback: &Callback) -> Option<(u16, Vec<u8>)> {
    let (url, patience) = platform
        .with(|state| (state.settings.notify_url.clone(), state.settings.callback_patience));
    let body = callback.body.as_bytes();
    let signed = platform.keys.sign(platform.clock.now(), body).ok()?;
    let headers = [
        ("content-type", "application/json"),
        ("Byte-Timestamp", &signed.timestamp),
        ("Byte-Nonce-Str", &signed.nonce),
        ("Byte-Signature", &signed.signature),
    ];
    post(&url?, &headers, body, patience).await
}
