//! When a platform calls again is data: pauses, and perhaps the last of them again and again.

use apiscribe::callback::{Callback, CallbackEnvelope, CallbackMeta};

static PLAIN: CallbackEnvelope =
    CallbackEnvelope { name: "plain", event: "type", version: None, content: "msg", answer: None };

/// The last of two pauses repeats until `UNTIL` seconds after the first call.
enum Repeated<const UNTIL: u64> {}

impl<const UNTIL: u64> Callback for Repeated<UNTIL> {
    type Content = ();
    type Answer = ();
    const EVENT: &'static str = "plain";
    const ENVELOPE: &'static CallbackEnvelope = &PLAIN;
    const ACKNOWLEDGEMENT: &'static str = "";
    const RETRY_AFTER: &'static [u64] = &[15, 60];
    const REPEATS_UNTIL: Option<u64> = if UNTIL == 0 { None } else { Some(UNTIL) };
}

fn pauses<C: Callback>() -> Vec<u64> {
    CallbackMeta::of::<C>().pauses().collect()
}

#[test]
fn the_last_pause_repeats_until_the_end() {
    assert_eq!(pauses::<Repeated<0>>(), [15, 60]);
    assert_eq!(pauses::<Repeated<75>>(), [15, 60]);
    assert_eq!(pauses::<Repeated<134>>(), [15, 60]);
    assert_eq!(pauses::<Repeated<135>>(), [15, 60, 60]);
    assert_eq!(pauses::<Repeated<{ 3 * 24 * 3600 }>>().len(), 2 + (3 * 24 * 3600 - 75) / 60);
}
