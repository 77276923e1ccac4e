//! Days, and times by RFC 3339.

use apiscribe::time::{Date, Timestamp};
use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{DaysRequest, DaysRequired, StatementRequest, StatementRequired};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn they_are_text_on_the_wire() {
    let request = StatementRequest {
        since: Some(time("2024-06-19T21:22:45.5+02:00")),
        ..StatementRequest::new(StatementRequired { day: day("2024-02-29") })
    };
    let body = serde_json::to_string(&request).unwrap();
    assert_eq!(body, r#"{"day":"2024-02-29","since":"2024-06-19T19:22:45.5Z"}"#);
}

#[test]
fn lists_of_them_have_their_limits() {
    let request = StatementRequest {
        holidays: Some(vec![day("2024-01-01"); 3]),
        ..StatementRequest::new(StatementRequired { day: day("2024-02-29") })
    };
    assert_eq!(request.validate().unwrap_err().to_string(), "holidays: 3 items, at most 2 allowed");
}

/// A day that there is not is as good as none.
#[test]
fn what_cannot_be_read_is_named() {
    let body = br#"{"code":0,"data":{"made_at":"2018-06-08T10:34:56+08:00","due":"2023-02-29"}}"#;
    let reply = StatementRequest::from_http(http::Response::new(body.to_vec())).unwrap();
    assert_eq!(reply.made_at, time("2018-06-08T02:34:56Z"));
    assert_eq!(reply.due, None);
    assert_eq!(reply.unread(), ["data.due"]);
}

#[test]
fn they_stand_in_a_url() {
    let mut request = DaysRequest::new(DaysRequired { day: day("2024-02-29") });
    request.since = Some(time("2024-06-19T19:22:45Z"));
    let http = request.to_http("https://api.example.com", None).unwrap();
    assert_eq!(
        http.uri(),
        "https://api.example.com/days/2024-02-29?since=2024-06-19T19%3A22%3A45Z"
    );
}
