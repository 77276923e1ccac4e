//! Objects may have keys that no field has.

use std::collections::BTreeMap;

use apiscribe::{Endpoint, Validate, http};

use super::api::demo::{Label, LabelRequired, NoteRequest, TagRequest, TagRequired};

const BASE: &str = "https://api.example.com";

#[test]
fn they_are_written_beside_the_fields() {
    let mut request = TagRequest::new(TagRequired { id: "1".into() });
    request.labels.insert("de".to_owned(), Label::new(LabelRequired { text: "eins".into() }));
    let http = request.to_http(BASE, None).unwrap();
    let body = r#"{"id":"1","de":{"text":"eins"}}"#;
    assert_eq!(str::from_utf8(http.body()).unwrap(), body);
    let mut note = NoteRequest::new();
    note.rest.insert("a b".to_owned(), "c".to_owned());
    let http = note.to_http(BASE, None).unwrap();
    assert_eq!(str::from_utf8(http.body()).unwrap(), "a%20b=c");
}

#[test]
fn their_limits_are_checked() {
    let mut request = TagRequest::new(TagRequired { id: "1".into() });
    let labels = ["ja", "de", "en"].map(|key| (key.to_owned(), Label::new(LabelRequired { text: "longer".into() })));
    request.labels = BTreeMap::from(labels);
    let violations = request.validate().unwrap_err().to_string();
    assert!(violations.starts_with("labels: 3 items, at most 2 allowed\n"), "{violations}");
    assert!(violations.ends_with("labels[\"ja\"].text: 6 characters, at most 5 allowed"));
    let mut note = NoteRequest::new();
    note.rest.insert("a".to_owned(), "long".to_owned());
    let expected = "rest[\"a\"]: 4 bytes, at most 3 allowed";
    assert_eq!(note.validate().unwrap_err().to_string(), expected);
}

#[test]
fn a_key_of_a_field_is_not_written_twice() {
    let mut request = TagRequest::new(TagRequired { id: "1".into() });
    request.labels.insert("id".to_owned(), Label::new(LabelRequired { text: "2".into() }));
    assert!(request.to_http(BASE, None).is_err());
}

#[test]
fn they_are_read_as_far_as_they_are_of_the_type() {
    let body = br#"{"code":0,"data":{"a":1,"id":"x","b":"2","c":"three"}}"#.to_vec();
    let reply = TagRequest::from_http(http::Response::new(body)).unwrap();
    assert_eq!(reply.id, "x");
    let rest = [("a", 1), ("b", 2)].map(|(key, value)| (key.to_owned(), value));
    assert_eq!(reply.rest, BTreeMap::from(rest));
    assert_eq!(reply.unread(), ["data.c"]);
}
