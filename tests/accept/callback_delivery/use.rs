//! When a platform calls again, and what it does when nobody acknowledges, is data of its spec.

use apiscribe::Events;
use apiscribe::callback::{Callback, CallbackMeta, Undelivered};

use super::api::demo::{Asked, Booked, Paid, Shipped};
use super::api::platform::CallsEvent;

fn pauses<C: Callback>(first: usize) -> Vec<u64> {
    CallbackMeta::of::<C>().pauses().take(first).collect()
}

#[test]
fn the_last_pause_repeats_until_its_end() {
    assert_eq!(pauses::<Asked>(100), [60, 600, 600, 600, 600, 600]);
    assert_eq!(pauses::<Shipped>(100), [5]);
}

#[test]
fn a_pause_that_repeats_until_the_acknowledgement_has_no_end() {
    assert_eq!(pauses::<Paid>(4), [5, 3600, 3600, 3600]);
    assert_eq!(CallbackMeta::of::<Paid>().pauses().nth(1_000_000), Some(3600));
}

#[test]
fn what_becomes_of_an_event_in_the_end_is_a_constant() {
    assert_eq!(Asked::UNDELIVERED, Some(Undelivered::Approved));
    assert_eq!(Shipped::UNDELIVERED, Some(Undelivered::Lost));
    assert_eq!(Booked::UNDELIVERED, Some(Undelivered::Refused));
    assert_eq!(Paid::UNDELIVERED, None);
    let asked = CallsEvent::KINDS.iter().find(|kind| kind.event == "asked").unwrap();
    assert_eq!((asked.undelivered, asked.repeats_until), (Some(Undelivered::Approved), Some(3600)));
}
