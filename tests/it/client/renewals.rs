//! Fetches of tokens that outlast the calls that began them, against a platform that rotates refresh tokens, is slow, and
//! fails.

use std::time::{Duration, Instant};

use apiscribe::client::CallOptions;
use apiscribe::client::token::{MemoryStore, StoredToken, TokenStore};
use apiscribe::error::TokenFault;
use apiscribe::time::UnixMillis;
use apiscribe::{Error, Tokens, blocking};

use super::faulty_stores::{Faulty, Step};
use super::platform::{Platform, expired, old, refreshing, token, until};
use super::server::{Answer, Server, response};
use super::types::{Issue, Pay};

fn briefly() -> CallOptions {
    CallOptions::new().timeout(Duration::from_millis(20))
}

fn token_fault<T>(result: Result<T, Error<super::types::PayError>>) -> TokenFault {
    match result {
        Err(Error::Token(error)) => error.fault,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("a call without a token"),
    }
}

#[tokio::test]
async fn a_fetch_goes_on_when_its_caller_is_dropped() {
    let platform = Platform::start();
    platform.hold();
    let client = platform.builder(refreshing(expired())).build().unwrap();
    let caller = client.clone();
    let caller = tokio::spawn(async move { caller.call(&Pay::new("p1")).await.map(drop) });
    until(|| platform.fetches().len() == 1).await;
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    platform.release();
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!(platform.fetches(), [r#"{"secret":"r.0"}"#]);
}

#[tokio::test]
async fn a_fetch_goes_on_when_its_callers_time_is_up() {
    let platform = Platform::start();
    platform.hold();
    let client = platform.builder(refreshing(expired())).build().unwrap();
    let fault = token_fault(client.call_with(&Pay::new("p1"), briefly()).await);
    assert!(matches!(fault, TokenFault::Timeout { .. }), "{fault}");
    platform.release();
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!(platform.fetches(), [r#"{"secret":"r.0"}"#]);
}

#[tokio::test]
async fn calls_that_take_less_time_than_a_fetch_do_not_begin_one_each() {
    let platform = Platform::start();
    platform.hold();
    let client = platform.builder(Tokens::new(Issue::new())).build().unwrap();
    for _ in 0..10 {
        token_fault(client.call_with(&Pay::new("p1"), briefly()).await);
    }
    platform.release();
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!(platform.fetches().len(), 1);
}

#[tokio::test]
async fn while_a_token_is_valid_nobody_waits_for_the_next() {
    let platform = Platform::start();
    platform.hold();
    let client = platform.builder(refreshing(old())).build().unwrap();
    for _ in 0..3 {
        client.call(&Pay::new("p1")).await.unwrap();
    }
    assert_eq!(platform.tokens(), ["clt.0"; 3]);
    platform.release();
    client.flush_tokens().await;
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!(platform.tokens().last().unwrap(), "clt.1");
    assert_eq!(platform.fetches().len(), 1);
}

#[tokio::test]
async fn a_fetch_in_the_background_that_fails_is_not_repeated_at_once() {
    let platform = Platform::start();
    platform.fail_next_fetch(Answer::Close(response(500, "")));
    let client = platform.builder(refreshing(old())).build().unwrap();
    for _ in 0..5 {
        client.call(&Pay::new("p1")).await.unwrap();
        client.flush_tokens().await;
    }
    assert_eq!((platform.tokens().len(), platform.fetches().len()), (5, 1));
}

#[tokio::test]
async fn of_those_who_wait_for_a_fetch_that_fails_one_has_the_error_itself() {
    let platform = Platform::start();
    let refused = r#"{"err_no":10013,"err_msg":"client key or secret error"}"#;
    platform.fail_next_fetch(Answer::Late(Duration::from_millis(50), response(200, refused)));
    let client = platform.builder(Tokens::new(Issue::new())).build().unwrap();
    let calls = (0..20).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { token_fault(client.call(&Pay::new("p1")).await) })
    });
    let mut faults = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        faults.push(call.await.unwrap());
    }
    assert!(faults.iter().all(|fault| fault.to_string().contains("10013")), "{faults:?}");
    assert_eq!(faults.iter().filter(|fault| matches!(fault, TokenFault::Issue(_))).count(), 1);
    assert_eq!(platform.fetches().len(), 1);
}

#[tokio::test]
async fn the_documented_lifetime_counts_where_a_response_has_none_that_can_be() {
    let max = i64::MAX.to_string();
    let min = i64::MIN.to_string();
    for expires_in in ["0", "-5", &min, &max, "99999999999", "\"-5\""] {
        let platform = Platform::start().expires_in(expires_in);
        let store = MemoryStore::default();
        let tokens = Tokens::new(Issue::new()).store(store.clone());
        let client = platform.builder(tokens).build().unwrap();
        for _ in 0..5 {
            client.call(&Pay::new("p1")).await.unwrap();
        }
        assert_eq!(platform.fetches().len(), 1, "{expires_in}");
        client.flush_tokens().await;
        let kept = stored(&store).await.unwrap();
        assert_eq!(kept.expires_at.unwrap().0 - kept.issued_at.0, 7_200_000, "{expires_in}");
    }
}

#[tokio::test]
async fn a_token_from_the_future_is_used_and_replaced() {
    let day = 24 * 3_600_000;
    let platform = Platform::start();
    let client = platform.builder(refreshing(token(day, day + 7_200_000))).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    client.flush_tokens().await;
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!(platform.tokens(), ["clt.0", "clt.1"]);
}

#[tokio::test]
async fn a_response_without_a_token_is_a_failure_to_fetch_one() {
    for token in ["", "  "] {
        let issued =
            format!(r#"{{"err_no":0,"data":{{"access_token":"{token}","expires_in":7200}}}}"#);
        let server = Server::json(200, &issued);
        let client = server.anonymous().tokens(Tokens::new(Issue::new())).build().unwrap();
        let fault = token_fault(client.call(&Pay::new("p1")).await);
        assert_eq!(fault.to_string(), "the response has no token in it");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_empty_refresh_token_does_not_replace_the_last_one() {
    let platform = Platform::start();
    let issued =
        r#"{"err_no":0,"data":{"access_token":"clt.0","expires_in":7200,"refresh_token":""}}"#;
    platform.fail_next_fetch(Answer::Close(response(200, issued)));
    let store = MemoryStore::default();
    let tokens = refreshing(expired()).store(store.clone());
    let client = platform.builder(tokens).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    client.flush_tokens().await;
    assert_eq!(stored(&store).await.unwrap().refresh_token, Some("r.0".into()));
}

#[tokio::test]
async fn an_empty_token_of_a_login_is_none() {
    let platform = Platform::start();
    let first = StoredToken { token: " ".into(), ..old() };
    let client = platform.builder(refreshing(first)).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!(platform.tokens(), ["clt.1"]);
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_fetch_that_ends_with_its_runtime_is_begun_again_and_counted_all_the_same() {
    let platform = Platform::start();
    platform.hold();
    let client = platform.builder(Tokens::new(Issue::new())).build().unwrap();
    let begun = Instant::now();
    for round in 1..=3 {
        runtime().block_on(async {
            let call = client.clone();
            let _call = tokio::spawn(async move { call.call(&Pay::new("p1")).await.map(drop) });
            until(|| platform.fetches().len() == round).await;
        });
    }
    platform.release();
    let result = runtime().block_on(client.call(&Pay::new("p1")));
    // On a machine that is so busy the three are forgotten already.
    if begun.elapsed() < Duration::from_secs(3) {
        let fault = token_fault(result);
        assert!(matches!(fault, TokenFault::Recently { .. }), "{fault}");
        assert_eq!(platform.fetches().len(), 3);
    }
}

#[test]
fn who_waits_for_a_fetch_whose_runtime_ends_begins_another() {
    let platform = Platform::start();
    platform.hold();
    let client = platform.builder(Tokens::new(Issue::new())).build().unwrap();
    let first = runtime();
    let call = client.clone();
    first.spawn(async move { call.call(&Pay::new("p1")).await.map(drop) });
    first.block_on(until(|| platform.fetches().len() == 1));
    runtime().block_on(async {
        let call = tokio::spawn(async move { client.call(&Pay::new("p1")).await.map(drop) });
        tokio::task::yield_now().await;
        first.shutdown_background();
        until(|| platform.fetches().len() == 2).await;
        platform.release();
        call.await.unwrap().unwrap();
    });
}

#[test]
fn the_blocking_client_fetches_between_calls() {
    let platform = Platform::start();
    platform.hold();
    let store = MemoryStore::default();
    let tokens = refreshing(old()).store(store.clone());
    let client = blocking::Client::new(platform.builder(tokens)).unwrap();
    client.call(&Pay::new("p1")).unwrap();
    platform.release();
    runtime().block_on(until_stored(&store, "r.1"));
    client.call(&Pay::new("p1")).unwrap();
    assert_eq!(platform.tokens(), ["clt.0", "clt.1"]);
}

#[test]
fn a_blocking_client_that_is_dropped_waits_for_the_token_on_its_way() {
    let platform = Platform::start();
    let late =
        r#"{"err_no":0,"data":{"access_token":"clt.1","expires_in":7200,"refresh_token":"r.1"}}"#;
    platform.fail_next_fetch(Answer::Late(Duration::from_millis(100), response(200, late)));
    let store = MemoryStore::default();
    let tokens = refreshing(old()).store(store.clone());
    let client = blocking::Client::new(platform.builder(tokens)).unwrap();
    client.call(&Pay::new("p1")).unwrap();
    drop(client);
    let kept = runtime().block_on(stored(&store)).unwrap();
    assert_eq!(kept.refresh_token, Some("r.1".into()));
}

#[tokio::test]
async fn a_blocking_client_that_is_dropped_inside_a_runtime_waits_beside_it() {
    let platform = Platform::start();
    let store = MemoryStore::default();
    let tokens = refreshing(old()).store(store.clone());
    let builder = platform.builder(tokens);
    let client = std::thread::spawn(move || {
        let client = blocking::Client::new(builder).unwrap();
        client.call(&Pay::new("p1")).unwrap();
        client
    });
    drop(client.join().unwrap());
    until_stored(&store, "r.1").await;
}

#[tokio::test]
async fn a_login_that_is_newer_than_the_store_replaces_what_it_holds() {
    let platform = Platform::start();
    let store = MemoryStore::default();
    let former = StoredToken { token: "clt.9".into(), ..token(-20_000, 7_000_000) };
    store.lock().await.unwrap().save(&former).await.unwrap();
    let login = token(-10_000, 7_000_000);
    let tokens = refreshing(login.clone()).store(store.clone());
    let client = platform.builder(tokens).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    client.flush_tokens().await;
    assert_eq!(stored(&store).await, Some(login));
    assert_eq!((platform.tokens(), platform.fetches()), (vec!["clt.0".to_owned()], vec![]));
}

#[tokio::test]
async fn a_login_whose_token_is_refused_at_once_is_refreshed_and_not_replaced_by_an_older_one() {
    let platform = Platform::start();
    platform.refuse_up_to(0);
    let store = MemoryStore::default();
    let former = StoredToken { token: "clt.9".into(), ..token(-20_000, 7_000_000) };
    store.lock().await.unwrap().save(&former).await.unwrap();
    let tokens = refreshing(token(-10_000, 7_000_000)).store(store.clone());
    let client = platform.builder(tokens).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    client.flush_tokens().await;
    assert_eq!(platform.tokens(), ["clt.0", "clt.1"]);
    assert_eq!(stored(&store).await.unwrap().refresh_token, Some("r.1".into()));
}

#[tokio::test]
async fn a_valid_token_in_the_store_is_used_while_the_next_is_slow() {
    let platform = Platform::start();
    platform.hold();
    let store = MemoryStore::default();
    let newer = StoredToken { token: "clt.9".into(), ..token(-7_000_000, 200_000) };
    store.lock().await.unwrap().save(&newer).await.unwrap();
    let tokens = refreshing(expired()).store(store.clone());
    let client = platform.builder(tokens).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!(platform.tokens(), ["clt.9"]);
    platform.release();
    client.flush_tokens().await;
    assert_eq!(platform.fetches().len(), 1);
}

#[tokio::test]
async fn while_a_token_is_fetched_nothing_else_begins() {
    let platform = Platform::start();
    platform.hold();
    let locks = Faulty::new(Step::Load, 0);
    let client = platform.builder(refreshing(old()).store(locks.clone())).build().unwrap();
    for _ in 0..20 {
        client.call(&Pay::new("p1")).await.unwrap();
    }
    assert_eq!(locks.locks(), 1);
    platform.release();
    client.flush_tokens().await;
    assert_eq!(locks.locks(), 1);
}

#[tokio::test]
async fn a_login_replaces_a_token_in_the_store_that_is_from_the_future() {
    let platform = Platform::start();
    let store = MemoryStore::default();
    let future = StoredToken { token: "clt.9".into(), ..token(86_400_000, 90_000_000) };
    store.lock().await.unwrap().save(&future).await.unwrap();
    let login = token(-10_000, 7_000_000);
    let tokens = refreshing(login.clone()).store(store.clone());
    let client = platform.builder(tokens).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    client.flush_tokens().await;
    assert_eq!(stored(&store).await, Some(login));
}

#[tokio::test]
async fn a_token_in_the_store_that_is_newer_than_a_former_login_is_used() {
    let platform = Platform::start();
    let store = MemoryStore::default();
    let newer = StoredToken { token: "clt.9".into(), ..token(-10_000, 7_000_000) };
    store.lock().await.unwrap().save(&newer).await.unwrap();
    let tokens = refreshing(expired()).store(store.clone());
    let client = platform.builder(tokens).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!((platform.tokens(), platform.fetches()), (vec!["clt.9".to_owned()], vec![]));
}

#[tokio::test]
async fn a_token_that_was_refused_is_replaced_by_one_that_the_store_has_got_meanwhile() {
    let platform = Platform::start();
    let store = MemoryStore::default();
    let client = platform.builder(refreshing(token(-5_000, 7_000_000)).store(store.clone()));
    let client = client.build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    client.flush_tokens().await;
    platform.refuse_up_to(0);
    // By a clock that is a little behind.
    let newer = StoredToken { token: "clt.9".into(), ..token(-10_000, 7_000_000) };
    store.lock().await.unwrap().save(&newer).await.unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!(platform.tokens().last().unwrap(), "clt.9");
    assert_eq!(platform.fetches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_token_fetched_late_is_dated_by_its_request() {
    let platform = Platform::start();
    platform.hold();
    let store = MemoryStore::default();
    let client = platform.builder(Tokens::new(Issue::new()).store(store.clone())).build().unwrap();
    token_fault(client.call_with(&Pay::new("p1"), briefly()).await);
    until(|| platform.fetches().len() == 1).await;
    let arrived = UnixMillis::now();
    platform.release();
    client.flush_tokens().await;
    assert!(stored(&store).await.unwrap().issued_at <= arrived);
}

async fn stored(store: &MemoryStore) -> Option<StoredToken> {
    store.lock().await.unwrap().load().await.unwrap()
}

async fn until_stored(store: &MemoryStore, refresh: &str) {
    while stored(store).await.and_then(|kept| kept.refresh_token) != Some(refresh.into()) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
