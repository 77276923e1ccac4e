//! Tokens that the platform ends in the middle, and fetches of them that fail.

use std::time::Duration;

use douyin_emulator::Effect::None as NoEffect;
use douyin_emulator::{Content, Emulator, Fault, Settings};
use generated_client::apiscribe::error::TokenFault;
use generated_client::apiscribe::{Error, Tokens};
use generated_client::credential::{ClientGrantType, ClientTokenRequest, ClientTokenRequired};

use super::shop::{SETTLE, builder, client, ending, settle, tokens};

const TOKEN: &str = "/oauth/client_token/";

#[tokio::test]
async fn a_token_that_ends_between_two_calls_costs_one_more_request() {
    let platform = Emulator::start().unwrap();
    let client = client(&platform);
    for (order, end) in [
        ("order-1", (|_| {}) as fn(&Emulator)),
        ("order-2", Emulator::expire_tokens),
        ("order-3", Emulator::revoke_tokens),
    ] {
        platform.fulfilled_order(order, 10_000);
        end(&platform);
        assert_eq!(ending(&client.call(&settle(order)).await), "done");
        assert_eq!(platform.times_settled(order), 1);
    }
    assert_eq!(platform.tokens_issued(), 3);
    assert_eq!(platform.requests_to(SETTLE), 5);
}

#[tokio::test]
async fn a_token_that_another_system_replaced_serves_until_it_is_refused() {
    let platform = Emulator::start().unwrap();
    let client = client(&platform);
    for order in ["order-1", "order-2"] {
        platform.fulfilled_order(order, 10_000);
    }
    client.call(&settle("order-1")).await.unwrap();
    platform.issue_token();
    platform.advance(Duration::from_secs(301));
    client.call(&settle("order-2")).await.unwrap();
    assert_eq!(platform.tokens_issued(), 3, "ours, theirs, and ours again");
}

#[tokio::test]
async fn a_thousand_callers_at_once_fetch_one_token() {
    let platform = Emulator::start().unwrap();
    // A thousand answers at once take their time on a busy machine.
    let patient = builder(&platform).try_timeout(Duration::from_secs(20));
    let client = patient.tokens(tokens()).build().unwrap();
    platform.fulfilled_order("order", 10_000);
    let calls = (0..1000).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { ending(&client.call(&settle("order")).await) })
    });
    let mut ends = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        ends.push(call.await.unwrap());
    }
    assert_eq!(platform.tokens_issued(), 1);
    assert_eq!(ends.iter().filter(|end| *end == "done").count(), 1);
    assert_eq!(platform.times_settled("order"), 1);
}

#[tokio::test]
async fn a_fetch_that_fails_in_passing_is_tried_again() {
    for fault in [
        Fault::ResetUnread,
        Fault::Page { status: 503, content: Content::Html, effect: NoEffect },
        Fault::CutBody,
    ] {
        let platform = Emulator::start().unwrap();
        let client = client(&platform);
        platform.fulfilled_order("order", 10_000);
        platform.inject(TOKEN, fault.clone());
        let first = ending(&client.call(&settle("order")).await);
        // Fetching a token ends the former, so it is not sent again blindly; the next call fetches.
        assert_eq!(first, "no token", "{fault:?}");
        tokio::time::sleep(Duration::from_millis(1050)).await;
        assert_eq!(ending(&client.call(&settle("order")).await), "done", "{fault:?}");
    }
}

#[tokio::test]
async fn a_wrong_secret_is_told_as_one_and_not_tried_five_hundred_times() {
    let platform = Emulator::start().unwrap();
    let request = ClientTokenRequest::new(ClientTokenRequired {
        client_key: Settings::default().app_id.as_str().into(),
        client_secret: "not-the-secret".into(),
        grant_type: ClientGrantType::ClientCredential,
    });
    let client = builder(&platform).tokens(Tokens::new(request)).build().unwrap();
    for call in 0..600 {
        let Err(Error::Token(error)) = client.call(&settle("order")).await else {
            panic!("a token")
        };
        assert!(error.to_string().contains("10013"), "{error}");
        assert_eq!(matches!(error.fault, TokenFault::Issue(_)), call == 0, "{error}");
        assert!(!format!("{error} {error:?}").contains("not-the-secret"));
    }
    assert!(platform.requests_to(TOKEN) < 5, "{}", platform.requests_to(TOKEN));
    assert_eq!(platform.requests_to(SETTLE), 0);
}

#[tokio::test]
async fn too_many_fetches_are_told_as_such() {
    let platform = Emulator::start().unwrap();
    platform.inject(TOKEN, Fault::Code(10020, NoEffect));
    let error = client(&platform).call(&settle("order")).await.unwrap_err().to_string();
    assert!(
        error.contains("10020") && error.contains("Keep a token for as long as it lives"),
        "{error}"
    );
}
