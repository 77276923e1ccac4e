//! Every fault once, met by a settlement, which has an idempotency key, and by a push, which has none.

use std::time::Duration;

use douyin_emulator::Content::{Empty, Garbage, Html, Json};
use douyin_emulator::Effect::{None as NoEffect, Taken};
use douyin_emulator::Fault::{
    self, Code, CutBody, Late, NotHttp, Page, Reset, ResetUnread, SlowBody, SlowHead,
    TooManyRequests,
};
use douyin_emulator::{Content, Effect, Emulator, RetryAfter};

use super::shop::{PUSH, SETTLE, builder, client, ending, push, settle};

/// Longer than one try may take.
const LONG: Duration = Duration::from_millis(400);

fn page(status: u16, content: Content, effect: Effect) -> Fault {
    Page { status, content, effect }
}

/// The fault; how a settlement that meets it once ends, after how many requests; how a push does.
///
/// A settlement that took effect before its answer was lost is `taken before`: the code 23111 says so. It is in the
/// ledger once in every row.
fn rows() -> Vec<(Fault, &'static str, usize, &'static str, usize)> {
    let done = "done";
    let before = "taken before, perhaps done";
    let broken = "broken, perhaps done";
    let late = "no answer in time, perhaps done";
    vec![
        (ResetUnread, done, 2, broken, 1),
        (Reset(NoEffect), done, 2, broken, 1),
        (Reset(Taken), before, 2, broken, 1),
        (Late(LONG), before, 2, late, 1),
        (SlowHead(Duration::from_millis(50)), before, 2, late, 1),
        (SlowBody(Duration::from_millis(50)), before, 2, late, 1),
        (CutBody, before, 2, broken, 1),
        (NotHttp(NoEffect), done, 2, broken, 1),
        (NotHttp(Taken), before, 2, broken, 1),
        // Something else answers, as a proxy.
        (page(200, Html, NoEffect), done, 2, "unreadable under 200, perhaps done", 1),
        (page(200, Html, Taken), before, 2, "unreadable under 200, perhaps done", 1),
        (page(200, Empty, Taken), before, 2, "unreadable under 200, perhaps done", 1),
        (page(500, Html, NoEffect), done, 2, "unreadable under 500, perhaps done", 1),
        (page(502, Html, Taken), before, 2, "unreadable under 502, perhaps done", 1),
        (page(502, Empty, NoEffect), done, 2, "unreadable under 502, perhaps done", 1),
        (page(503, Html, NoEffect), done, 2, "unreadable under 503, perhaps done", 1),
        (page(404, Html, NoEffect), "unreadable under 404", 1, "unreadable under 404", 1),
        (page(200, Garbage, Taken), before, 2, "unreadable under 200, perhaps done", 1),
        // The platform's own words: 28001005 is the gateway's "busy".
        (page(500, Json, NoEffect), done, 2, "refused with 28001005, perhaps done", 1),
        (page(503, Json, NoEffect), done, 2, "refused with 28001005, perhaps done", 1),
        (Code(23000, NoEffect), done, 2, "refused with 23000, perhaps done", 1),
        (Code(23000, Taken), before, 2, "refused with 23000, perhaps done", 1),
        (Code(10000, NoEffect), "refused with 10000", 1, "refused with 10000", 1),
        // What was surely not taken may be sent again, whatever it is.
        (TooManyRequests(RetryAfter::Seconds(0)), done, 2, done, 2),
        (TooManyRequests(RetryAfter::Unsaid), done, 2, done, 2),
        (TooManyRequests(RetryAfter::DateIn(0)), done, 2, done, 2),
        (
            TooManyRequests(RetryAfter::Seconds(60)),
            "refused with 28001005",
            1,
            "refused with 28001005",
            1,
        ),
    ]
}

#[tokio::test]
async fn every_fault_ends_as_it_should_for_a_settlement() {
    let platform = Emulator::start().unwrap();
    let client = client(&platform);
    for (row, (fault, expected, requests, ..)) in rows().into_iter().enumerate() {
        let order = format!("order-{row}");
        platform.fulfilled_order(&order, 10_000);
        let before = platform.requests_to(SETTLE);
        platform.inject(SETTLE, fault.clone());
        let end = ending(&client.call(&settle(&order)).await);
        assert_eq!(
            (end.as_str(), platform.requests_to(SETTLE) - before),
            (expected, requests),
            "{fault:?}"
        );
        client.call(&settle(&order)).await.ok();
        assert_eq!(platform.times_settled(&order), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn every_fault_ends_as_it_should_for_a_push() {
    let platform = Emulator::start().unwrap();
    let client = client(&platform);
    let order = platform.paid_order("order", 10_000);
    for (fault, _, _, expected, requests) in rows() {
        let before = platform.requests_to(PUSH);
        platform.inject(PUSH, fault.clone());
        let end = ending(&client.call(&push(&platform, &order)).await);
        assert_eq!(
            (end.as_str(), platform.requests_to(PUSH) - before),
            (expected, requests),
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn a_platform_that_takes_no_connection_was_sent_nothing() {
    let platform = Emulator::start().unwrap();
    // With a token, and no connection that could break.
    let client = builder(&platform).access_token(platform.issue_token()).build().unwrap();
    platform.fulfilled_order("order", 10_000);
    platform.refuse_connections().await;
    assert_eq!(ending(&client.call(&settle("order")).await), "not sent");
    assert_eq!(ending(&client.call(&push(&platform, "order")).await), "not sent");
    platform.accept_again().await;
    assert_eq!(ending(&client.call(&settle("order")).await), "done");
    assert_eq!(platform.times_settled("order"), 1);
}

#[tokio::test]
async fn a_fault_that_stays_is_given_up_after_three_tries() {
    let platform = Emulator::start().unwrap();
    let client = client(&platform);
    platform.fulfilled_order("order", 10_000);
    platform.fault_plan(|_, path| (path == SETTLE).then(|| page(503, Html, NoEffect)));
    assert_eq!(ending(&client.call(&settle("order")).await), "unreadable under 503, perhaps done");
    assert_eq!(platform.requests_to(SETTLE), 3);
    assert_eq!(platform.times_settled("order"), 0);
}
