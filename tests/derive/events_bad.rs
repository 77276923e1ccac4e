//! What an enum of events lacks, and has too much of.

use apiscribe::callback::UnknownEvent;
use apiscribe::{Events, Json};

#[derive(Events)]
enum NoEnvelope {
    #[events(Paid)]
    Paid(Json),
    #[events(unknown)]
    Unknown(UnknownEvent),
}

#[derive(Events)]
#[events(envelope = TRADE)]
enum NoUnknown {
    #[events(Paid)]
    Paid(Json),
}

#[derive(Events)]
#[events(envelop = TRADE)]
enum Misspelt {
    #[events(Paid = "paid")]
    Paid(Json),
    Refunded(Json),
    #[events(unknown)]
    Unknown(String),
    #[events(unknown)]
    Other(UnknownEvent),
}

#[derive(Events)]
#[events(envelope = TRADE)]
enum Twice {
    #[events(Paid)]
    Paid,
    #[events(Paid)]
    Again(Json),
    #[events(unknown)]
    Unknown(UnknownEvent),
}

#[derive(Events)]
#[events(envelope = TRADE)]
struct NoEnum {}

fn main() {}
