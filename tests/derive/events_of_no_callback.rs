//! A variant of what is no callback, and one with the content of another.

use apiscribe::callback::{Callback, CallbackEnvelope, UnknownEvent};
use apiscribe::{Events, Json};

const TRADE: CallbackEnvelope = CallbackEnvelope {
    name: "trade",
    event: "type",
    version: None,
    content: "msg",
    answer: None,
};

enum Paid {}

impl Callback for Paid {
    type Content = Json;
    type Answer = ();
    const EVENT: &'static str = "paid";
    const ENVELOPE: &'static CallbackEnvelope = &TRADE;
    const ACKNOWLEDGEMENT: &'static str = "{}";
}

enum Other {}

#[derive(Events)]
#[events(envelope = TRADE)]
enum TradeEvent {
    #[events(Other)]
    Other(Json),
    #[events(Paid)]
    Paid(String),
    #[events(unknown)]
    Unknown(UnknownEvent),
}

fn main() {}
