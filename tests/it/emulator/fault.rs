//! Each fault does what it says, and the request has the effect that it says.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use douyin_emulator::{Content, Effect, Emulator, Fault, RetryAfter};
use serde_json::{Value, json};

use super::raw::{Answer, CLIENT_TOKEN, Raw, SETTLE_CREATE, request, send, token_of, try_send};

const PAUSE: Duration = Duration::from_millis(2);

/// An order, a settlement of it that meets the fault, and how often the order is settled then.
fn settle_under(fault: Fault) -> (std::io::Result<Answer>, usize) {
    let platform = Emulator::start().unwrap();
    platform.fulfilled_order("order-1", 1000);
    platform.inject(SETTLE_CREATE, fault);
    let answer = try_send(&platform, SETTLE_CREATE, &token_of(&platform), &settlement());
    let again = send(&platform, SETTLE_CREATE, &token_of(&platform), &settlement()).json();
    let settled_before = again["err_no"] == 23111;
    assert_eq!(platform.times_settled("order-1"), 1);
    (answer, usize::from(settled_before))
}

fn settlement() -> Value {
    json!({ "out_order_no": "order-1", "out_settle_no": "settle-1", "settle_desc": "x" })
}

#[test]
fn a_reset_comes_before_or_after_the_effect() {
    for (fault, settled) in
        [(Fault::ResetUnread, 0), (Fault::Reset(Effect::None), 0), (Fault::Reset(Effect::Taken), 1)]
    {
        let (answer, found) = settle_under(fault.clone());
        assert_eq!(answer.err().unwrap().kind(), ErrorKind::ConnectionReset, "{fault:?}");
        assert_eq!(found, settled, "{fault:?}");
    }
}

#[test]
fn an_answer_can_be_late_or_slow() {
    for (fault, least) in [
        (Fault::Late(50 * PAUSE), 50 * PAUSE),
        (Fault::SlowHead(PAUSE), 100 * PAUSE),
        (Fault::SlowBody(PAUSE), 16 * PAUSE),
    ] {
        let start = Instant::now();
        let (answer, settled) = settle_under(fault.clone());
        assert!(start.elapsed() >= least, "{fault:?}");
        assert_eq!((answer.unwrap().json()["err_no"].as_i64(), settled), (Some(0), 1), "{fault:?}");
    }
}

#[test]
fn a_body_can_be_cut() {
    let (answer, settled) = settle_under(Fault::CutBody);
    assert_eq!((answer.err().unwrap().kind(), settled), (ErrorKind::UnexpectedEof, 1));
}

#[test]
fn an_answer_can_be_no_http() {
    let platform = Emulator::start().unwrap();
    platform.inject("/", Fault::NotHttp(Effect::Taken));
    let mut raw = Raw::connect(&platform);
    raw.write(&request("/", "", ""));
    assert!(!raw.rest().unwrap().starts_with(b"HTTP"));
}

#[test]
fn a_page_takes_the_place_of_the_answer() {
    for (status, content, effect, kind) in [
        (200, Content::Html, Effect::None, "text/html; charset=utf-8"),
        (200, Content::Garbage, Effect::Taken, "application/json"),
        (500, Content::Json, Effect::Taken, "application/json; charset=utf-8"),
        (502, Content::Html, Effect::None, "text/html; charset=utf-8"),
        (503, Content::Empty, Effect::Taken, "text/plain"),
    ] {
        let (answer, settled) = settle_under(Fault::Page { status, content, effect });
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.header("content-type")), (status, Some(kind)));
        assert_eq!(serde_json::from_slice::<Value>(&answer.body).is_ok(), content == Content::Json);
        assert_eq!(settled, usize::from(effect == Effect::Taken));
    }
}

#[test]
fn too_many_requests_say_when_to_come_back() {
    for (after, said) in [(RetryAfter::Seconds(7), Some("7")), (RetryAfter::Unsaid, None)] {
        let (answer, settled) = settle_under(Fault::TooManyRequests(after));
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.header("retry-after"), settled), (429, said, 0));
    }
    let (answer, _) = settle_under(Fault::TooManyRequests(RetryAfter::DateIn(60)));
    let date = answer.unwrap().header("retry-after").unwrap().to_owned();
    assert!(date.ends_with(" GMT") && date.len() == 29, "{date}");
}

#[test]
fn a_code_comes_in_the_endpoints_envelope() {
    for (effect, settled) in [(Effect::None, 0), (Effect::Taken, 1)] {
        let (answer, found) = settle_under(Fault::Code(23000, effect));
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.json()["err_no"].as_i64()), (400, Some(23000)));
        assert_eq!(found, settled);
    }
    let platform = Emulator::start().unwrap();
    platform.inject(CLIENT_TOKEN, Fault::Code(10020, Effect::None));
    let answer = send(&platform, CLIENT_TOKEN, "", &json!({})).json();
    assert_eq!(answer["data"]["error_code"], 10020);
}

#[test]
fn a_plan_is_asked_for_each_request_after_what_was_injected() {
    let platform = Emulator::start().unwrap();
    platform.fault_plan(|number, path| {
        (number == 1 && path == "/b").then_some(Fault::Code(1, Effect::None))
    });
    platform.inject("/a/", Fault::Code(2, Effect::None));
    let code = |path| try_send(&platform, path, "", &json!({})).unwrap().status;
    assert_eq!([code("/a"), code("/b"), code("/b")], [200, 200, 404]);
    platform.fault_plan(|_, _| Some(Fault::ResetUnread));
    platform.no_more_faults();
    assert_eq!(code("/b"), 404);
}

#[tokio::test]
async fn connections_are_refused_and_taken_again() {
    let platform = Emulator::start().unwrap();
    let address = platform.url().strip_prefix("http://").unwrap();
    let mut open = Raw::connect(&platform);
    platform.refuse_connections().await;
    assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    assert!(open.rest().unwrap_or_default().is_empty());
    platform.accept_again().await;
    assert_eq!(try_send(&platform, "/", "", &json!({})).unwrap().status, 404);
}

#[test]
fn an_outage_ends_by_itself() {
    let platform = Emulator::start().unwrap();
    platform.inject("/", Fault::Outage(20 * PAUSE));
    assert!(try_send(&platform, "/", "", &json!({})).is_err());
    let address = platform.url().strip_prefix("http://").unwrap();
    let start = Instant::now();
    while TcpStream::connect(address).is_err() {
        assert!(start.elapsed() < Duration::from_secs(10));
        std::thread::sleep(PAUSE);
    }
    assert_eq!(try_send(&platform, "/", "", &json!({})).unwrap().status, 404);
}
