//! A field that may be left out and may be null has three states: absent keeps it, null clears it, a value sets it.

use apiscribe::wire::JsonText;
use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{Home, HomeRequired, Id, PatchRequest, PatchResponse, Size};

fn written(request: &PatchRequest) -> String {
    assert!(request.validate().is_ok());
    serde_json::to_string(request).unwrap()
}

fn read(data: &str) -> PatchResponse {
    let body = format!(r#"{{"code":0,"message":"","data":{data}}}"#).into_bytes();
    PatchRequest::from_http(http::Response::new(body)).unwrap().into_data()
}

#[test]
fn what_is_absent_is_not_written() {
    assert_eq!(written(&PatchRequest::new()), "{}");
}

#[test]
fn what_is_to_be_cleared_is_written_as_null() {
    let request = PatchRequest {
        note: Some(None),
        count: Some(None),
        id: Some(None),
        size: Some(None),
        home: Some(None),
        tags: Some(None),
        extra: Some(None),
        secret: Some(None),
        reason: None,
    };
    let body = r#"{"note":null,"count":null,"id":null,"size":null,"home":null,"tags":null,"extra":null,"secret":null}"#;
    assert_eq!(written(&request), body);
}

#[test]
fn a_value_is_written_and_checked() {
    let request = PatchRequest {
        note: Some(Some("a".to_owned())),
        count: Some(Some(1)),
        id: Some(Some("i".into())),
        size: Some(Some(Size::S)),
        home: Some(Some(Home::new(HomeRequired { city: "c".into() }))),
        tags: Some(Some(vec!["t".into()])),
        extra: Some(Some(JsonText(vec![1, 2]))),
        secret: Some(Some("s".into())),
        reason: Some("r".to_owned()),
    };
    let body = r#"{"note":"a","count":1,"id":"i","size":"S","home":{"city":"c"},"tags":["t"],"extra":"[1,2]","secret":"s","reason":"r"}"#;
    assert_eq!(written(&request), body);

    let wrong = PatchRequest {
        note: Some(Some("12345".to_owned())),
        count: Some(Some(0)),
        id: Some(Some("12345".into())),
        size: Some(Some(Size::Unknown("XL".to_owned()))),
        home: Some(Some(Home::new(HomeRequired { city: "".into() }))),
        tags: Some(Some(vec!["a".into(), "b".into()])),
        extra: Some(Some(JsonText(vec![1, 2, 3]))),
        ..PatchRequest::new()
    };
    let violations = wrong.validate().unwrap_err().to_string();
    let fields: Vec<&str> =
        violations.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(fields, ["note", "count", "id", "size", "home.city", "tags", "extra", "reason"]);
}

#[test]
fn the_three_states_are_told_apart_when_read() {
    let absent = read("{}");
    assert_eq!((absent.note, absent.count, absent.home, absent.tags), (None, None, None, None));
    let null = read(r#"{"note":null,"count":null,"home":null,"tags":null}"#);
    assert_eq!((null.note, null.count), (Some(None), Some(None)));
    assert_eq!((null.home, null.tags), (Some(None), Some(None)));
    let given = read(r#"{"note":"","count":"7","home":{"city":"c"},"tags":["a"]}"#);
    assert_eq!((given.note, given.count), (Some(Some(String::new())), Some(Some(7))));
    assert_eq!(given.home.flatten().unwrap().city.as_deref(), Some("c"));
    assert_eq!(given.tags, Some(Some(vec![Id::from("a")])));
}
