//! `POST /emulator/<action>`: for programs of other languages and processes, what a test in Rust does with the methods of
//! [`Emulator`].

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::post;
use serde_json::{Map, Value, json};

use crate::emulator::Emulator;
use crate::envelope::{Outcome, Refusal, bytes, refuse_parameter};
use crate::fault::{Content, Effect, Fault, RetryAfter};
use crate::fields::Fields;
use crate::platform::Platform;

const MOST_BYTES: usize = 1024 * 1024;
const FOLDER: &str = "/emulator/";

/// Something that a user, the platform or the network does.
#[cfg_attr(
    not(feature = "cli"),
    expect(dead_code, reason = "only the command prints what an action takes and does")
)]
pub(crate) struct Action {
    pub(crate) name: &'static str,
    /// The fields of its JSON.
    pub(crate) takes: &'static str,
    /// What it does, and the fields of the response.
    pub(crate) does: &'static str,
    act: fn(&Emulator, Fields<'_>) -> Outcome,
}

pub(crate) const ACTIONS: &[Action] = &[
    Action {
        name: "place_order",
        takes: "data, byteAuthorization",
        does: "tt.requestOrder, gives order_id",
        act: |emulator, fields| {
            let data = fields.text("data", MOST_BYTES)?;
            let order_id = emulator.place_order(data, fields.text("byteAuthorization", 4096)?)?;
            Ok(order(emulator, &order_id))
        },
    },
    Action {
        name: "paid_order",
        takes: "out_order_no, total_amount",
        does: "makes a paid order of one item, gives order_id",
        act: |emulator, fields| {
            let number = fields.text("out_order_no", 64)?;
            Ok(order(emulator, &emulator.paid_order(number, fields.amount("total_amount")?)))
        },
    },
    Action {
        name: "fulfill",
        takes: "order_id",
        does: "all items of the order are redeemed, so that it can be settled",
        act: |emulator, fields| {
            emulator.fulfill(fields.text("order_id", 64)?);
            Ok(json!({}))
        },
    },
    Action {
        name: "pay",
        takes: "order_id",
        does: "the user pays; sends the callback payment",
        act: |emulator, fields| done(emulator.pay(fields.text("order_id", 64)?)),
    },
    Action {
        name: "time_out",
        takes: "order_id",
        does: "the user does not pay in time; sends the callback payment",
        act: |emulator, fields| done(emulator.time_out(fields.text("order_id", 64)?)),
    },
    Action {
        name: "ask_for_refund",
        takes: "order_id",
        does: "the user wants the money back; sends the callback pre_create_refund, gives refund_id",
        act: |emulator, fields| {
            let refund_id = emulator.ask_for_refund(fields.text("order_id", 64)?)?;
            Ok(json!({ "refund_id": refund_id }))
        },
    },
    Action {
        name: "notify_url",
        takes: "url",
        does: "where callbacks go: an http URL",
        act: |emulator, fields| {
            emulator.set_notify_url(fields.text("url", 512)?);
            Ok(json!({}))
        },
    },
    Action {
        name: "deliveries",
        takes: "",
        does: "every delivery of a callback so far",
        act: |emulator, _| Ok(deliveries(emulator)),
    },
    Action {
        name: "advance",
        takes: "seconds",
        does: "moves the clock forward",
        act: |emulator, fields| {
            emulator.advance(Duration::from_secs(fields.amount("seconds")?.unsigned_abs()));
            Ok(json!({}))
        },
    },
    Action {
        name: "fault",
        takes: "path, fault, took_effect?, code?, status?, millis?",
        does: "the next request to the path meets reset, cut, late, code, page or too_many_requests",
        act: |emulator, fields| {
            emulator.inject(fields.text("path", 512)?, fault(fields)?);
            Ok(json!({}))
        },
    },
];

/// Beside the platform's own paths; such requests are neither counted nor met by faults.
pub(crate) fn router(platform: &Arc<Platform>) -> Router {
    let mut router = Router::new();
    for action in ACTIONS {
        let act = move |State(platform): State<Arc<Platform>>, request: Request| {
            action.respond(platform, request)
        };
        router = router.route(&format!("{FOLDER}{}", action.name), post(act));
    }
    router.with_state(Arc::clone(platform))
}

impl Action {
    async fn respond(&'static self, platform: Arc<Platform>, request: Request) -> Response {
        let body = to_bytes(request.into_body(), MOST_BYTES).await.unwrap_or_default();
        match self.run(&Emulator::of(platform), &body) {
            Ok(data) => respond(200, &data),
            Err(Refusal { code, message }) => {
                respond(400, &json!({ "code": code, "message": message }))
            }
        }
    }

    /// No body is an object without fields.
    fn run(&self, emulator: &Emulator, body: &[u8]) -> Outcome {
        let fields = match body {
            [] => Value::Object(Map::new()),
            _ => match serde_json::from_slice(body) {
                Ok(fields) => fields,
                Err(_) => return refuse_parameter("the body is no JSON"),
            },
        };
        (self.act)(emulator, Fields::of(&fields)?)
    }
}

fn respond(status: u16, data: &Value) -> Response {
    bytes(status, "application/json; charset=utf-8", data.to_string().into_bytes())
}

fn done(result: Result<(), Refusal>) -> Outcome {
    result.map(|()| json!({}))
}

fn order(emulator: &Emulator, order_id: &str) -> Value {
    json!({ "order_id": order_id, "item_order_id_list": emulator.items_of(order_id) })
}

fn deliveries(emulator: &Emulator) -> Value {
    let deliveries = emulator.deliveries().into_iter().map(|delivery| {
        let response = delivery.response.map(
            |(status, body)| json!({ "status": status, "body": String::from_utf8_lossy(&body) }),
        );
        json!({
            "event": delivery.event,
            "attempt": delivery.attempt,
            "body": delivery.body,
            "response": response,
            "acknowledged": delivery.acknowledged,
        })
    });
    deliveries.collect()
}

fn fault(fields: Fields<'_>) -> Result<Fault, Refusal> {
    let effect = if fields.flag("took_effect")? { Effect::Taken } else { Effect::None };
    let millis = fields.optional_whole("millis")?.unwrap_or(0).unsigned_abs();
    match fields.text("fault", 64)? {
        "reset" => Ok(Fault::Reset(effect)),
        "cut" => Ok(Fault::CutBody),
        "late" => Ok(Fault::Late(Duration::from_millis(millis))),
        "code" => Ok(Fault::Code(fields.whole("code")?, effect)),
        "too_many_requests" => Ok(Fault::TooManyRequests(RetryAfter::Seconds(millis / 1000))),
        "page" => {
            let status = u16::try_from(fields.whole("status")?).unwrap_or(500);
            Ok(Fault::Page { status, content: Content::Html, effect })
        }
        other => refuse_parameter(format!("fault: {other}")),
    }
}
