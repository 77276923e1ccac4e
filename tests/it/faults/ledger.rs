//! 10,000 settlements on a network and a platform that fail about every other time: each order is settled exactly once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use douyin_emulator::Content::{Empty, Garbage, Html, Json};
use douyin_emulator::Effect::{None as NoEffect, Taken};
use douyin_emulator::{Emulator, Fault, RetryAfter};
use generated_client::apiscribe::{Client, Error};
use tokio::task::JoinSet;

use super::shop::{SETTLE, builder, settle};
use crate::support::Random;

const ORDERS: usize = 10_000;
const AT_ONCE: usize = 40;

/// What befalls a request; the same for the same number in every run.
fn fault(number: usize) -> Option<Fault> {
    let mut random = Random::new(number as u64);
    let effect = *random.choose(&[NoEffect, Taken]);
    let content = *random.choose(&[Html, Json, Garbage, Empty]);
    let status = *random.choose(&[200, 500, 502, 503]);
    match random.below(1000) {
        0..120 => Some(Fault::Reset(effect)),
        120..180 => Some(Fault::ResetUnread),
        180..240 => Some(Fault::CutBody),
        240..320 => Some(Fault::Page { status, content, effect }),
        320..380 => Some(Fault::Code(23000, effect)),
        380..420 => Some(Fault::NotHttp(effect)),
        420..460 => Some(Fault::TooManyRequests(RetryAfter::Seconds(0))),
        460..480 => Some(Fault::Late(Duration::from_millis(700))),
        480..490 => Some(Fault::SlowHead(Duration::from_millis(20))),
        490..500 => Some(Fault::SlowBody(Duration::from_millis(20))),
        500..502 => Some(Fault::Outage(Duration::from_millis(5))),
        _ => None,
    }
}

/// What a shop does: asks again under the same number until it knows that the order is settled.
async fn settle_surely(client: Client, order: String) -> usize {
    let request = settle(&order);
    let mut ends = Vec::new();
    for calls in 1..=50 {
        match client.call(&request).await {
            Ok(_) => return calls,
            Err(Error::Api(error)) if error.duplicate => return calls,
            Err(Error::Invalid(violations)) => panic!("{violations}"),
            Err(error) => ends.push(error.to_string()),
        }
    }
    panic!("{order} was not settled in 50 calls: {ends:#?}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_faulty_settlements_settle_each_order_exactly_once() {
    let platform = Arc::new(Emulator::start().unwrap());
    let orders: Vec<String> = (0..ORDERS).map(|number| format!("order-{number}")).collect();
    for order in &orders {
        platform.fulfilled_order(order, 10_000);
    }
    let client = builder(&platform).access_token(platform.issue_token());
    let client = client.try_timeout(Duration::from_millis(500)).build().unwrap();
    platform.fault_plan(|number, path| fault(number).filter(|_| path == SETTLE));

    let (mut tasks, mut calls) = (JoinSet::new(), 0);
    for order in orders.clone() {
        if tasks.len() == AT_ONCE {
            calls += tasks.join_next().await.unwrap().unwrap();
        }
        tasks.spawn(settle_surely(client.clone(), order));
    }
    calls += tasks.join_all().await.iter().sum::<usize>();

    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let mut paid_out = 0;
    for entry in platform.ledger() {
        *times.entry(entry.out_order_no).or_default() += 1;
        paid_out += entry.amount;
    }
    assert!(orders.iter().all(|order| times.get(order) == Some(&1)), "not once: {times:?}");
    assert_eq!((times.len(), paid_out), (ORDERS, 10_000 * ORDERS as i64));
    assert_eq!(platform.settled_under_two_numbers(), 0);
    let requests = platform.requests_to(SETTLE);
    assert!(requests > ORDERS * 3 / 2 && calls > ORDERS, "{requests} requests, {calls} calls");
}
