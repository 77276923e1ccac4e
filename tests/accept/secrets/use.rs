//! A secret is sent and read, and shown nowhere.

use apiscribe::{Endpoint, Secret, Validate, http, serde_json};

use super::api::demo::{LogInRequest, LogInRequired, Password};

fn log_in(password: &str, pin: &str) -> LogInRequest {
    LogInRequest {
        pin: Some(Secret::from(pin)),
        ..LogInRequest::new(LogInRequired { name: "me".into(), password: Password::from(password) })
    }
}

#[test]
fn the_wire_has_it() {
    let body = serde_json::to_string(&log_in("pass word", "1234")).unwrap();
    assert_eq!(body, r#"{"name":"me","password":"pass word","pin":"1234"}"#);
}

#[test]
fn no_debug_and_no_violation_shows_it() {
    let request = log_in("secret", "12x4");
    let violations = request.validate().unwrap_err();
    assert_eq!(violations.len(), 2);
    let shown = format!(
        "{request:?} {violations:?} {violations} {}",
        serde_json::to_string(&violations).unwrap()
    );
    assert!(!shown.contains("secret\"") && !shown.contains("12x4"), "{shown}");
    assert!(shown.contains("password: 6 bytes, at least 8 needed"), "{shown}");
}

#[test]
fn a_response_may_have_one() {
    let body = br#"{"code":0,"message":"","data":{"token":"t0ken"}}"#.to_vec();
    let reply = LogInRequest::from_http(http::Response::new(body)).unwrap();
    assert_eq!(reply.token.expose(), "t0ken");
    assert!(!format!("{:?}", reply.into_data()).contains("t0ken"));
}
