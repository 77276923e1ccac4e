//! An error says in its body when to ask again.

use std::time::{Duration, SystemTime};

use apiscribe::{Endpoint, http};

use super::api::demo::{PayRequest, SaveRequest, SayRequest, SellRequest};

fn asked<R: Endpoint<Response: std::fmt::Debug>>(header: &str, body: &str) -> Option<Duration> {
    let response = http::Response::builder().status(429).header("retry-after", header);
    R::from_http(response.body(body.as_bytes()).unwrap()).unwrap_err().retry_after()
}

fn said(wait: &str) -> Option<Duration> {
    let body = format!(r#"{{"ok":false,"error_code":429,"parameters":{{"retry_after":{wait}}}}}"#);
    asked::<SayRequest>("", &body)
}

#[test]
fn a_wait_is_in_the_unit_that_the_spec_says() {
    assert_eq!(said("35"), Some(Duration::from_secs(35)));
    assert_eq!(said("0.5"), Some(Duration::from_millis(500)));
    assert_eq!(said(r#""35""#), Some(Duration::from_secs(35)));
    let sold = asked::<SellRequest>("", r#"{"error":{"code":"busy","wait_ms":1500}}"#);
    assert_eq!(sold, Some(Duration::from_millis(1500)));
}

#[test]
fn the_longer_wait_of_header_and_body_counts() {
    let body = r#"{"ok":false,"error_code":429,"parameters":{"retry_after":35}}"#;
    assert_eq!(asked::<SayRequest>("7", body), Some(Duration::from_secs(35)));
    assert_eq!(asked::<SayRequest>("70", body), Some(Duration::from_secs(70)));
    let silent = r#"{"ok":false,"error_code":429}"#;
    assert_eq!(asked::<SayRequest>("7", silent), Some(Duration::from_secs(7)));
}

#[test]
fn a_time_is_counted_from_now() {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let (hour, day) = (Duration::from_secs(3600), Duration::from_secs(86_400));
    let is_about_a_day = |wait: Option<Duration>| wait.is_some_and(|wait| wait > day - hour && wait <= day);
    let at = (now + day).as_secs();
    let body = format!(r#"{{"error":{{"code":"busy","at":{at}}}}}"#);
    assert!(is_about_a_day(asked::<SaveRequest>("", &body)));
    let at = (now + day).as_millis();
    let body = format!(r#"{{"error":{{"code":"busy"}},"at":{at}}}"#);
    assert!(is_about_a_day(asked::<PayRequest>("", &body)));
    let past = r#"{"error":{"code":"busy","at":1}}"#;
    assert_eq!(asked::<SaveRequest>("", past), Some(Duration::ZERO));
}

#[test]
fn what_is_no_wait_says_nothing() {
    for nothing in ["-1", "null", "true", r#""soon""#, r#""NaN""#, "[]", "{}"] {
        assert_eq!(said(nothing), None, "{nothing}");
    }
    assert_eq!(said("1e300"), Some(Duration::MAX));
    assert_eq!(asked::<SayRequest>("", r#"{"ok":false,"error_code":1,"parameters":[]}"#), None);
}
