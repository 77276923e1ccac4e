//! Bodies that are one value and no object of the request's fields.

use std::collections::BTreeMap;

use apiscribe::endpoint::File;
use apiscribe::error::RequestError;
use apiscribe::{Endpoint, Validate};

use super::api::demo::{
    CreateLabelRequest, CreateLabelRequired, Label, LabelRequired, RenderRequest, RenderRequired, SetAvatarRequest, SetAvatarRequired, SetLabelsRequest, SetLabelsRequired, SetLevelRequest, SetLevelRequired,
    SetPropertiesRequest, SetPropertiesRequired,
};

const BASE: &str = "https://api.example.com";

/// Path and query, media type, and body.
fn sent(request: &impl Endpoint) -> (String, String, String) {
    let (parts, body) = request.to_http(BASE, None).unwrap().into_parts();
    let media_type = parts.headers["content-type"].to_str().unwrap().to_owned();
    (parts.uri.path_and_query().unwrap().to_string(), media_type, String::from_utf8(body).unwrap())
}

fn label(name: &str) -> Label {
    Label::new(LabelRequired { name: name.into() })
}

fn all(path: &str, media_type: &str, body: &str) -> (String, String, String) {
    (path.to_owned(), media_type.to_owned(), body.to_owned())
}

#[test]
fn a_list_is_the_body() {
    let labels = vec![label("bug"), Label { color: Some("red".to_owned()), ..label("ui") }];
    let request = SetLabelsRequest { dry_run: Some(true), ..SetLabelsRequest::new(SetLabelsRequired { number: 5, labels }) };
    let json = r#"[{"name":"bug"},{"name":"ui","color":"red"}]"#;
    assert_eq!(sent(&request), all("/issues/5/labels?dry_run=true", "application/json", json));
    assert_eq!(sent(&SetLabelsRequest::new(SetLabelsRequired { number: 5, labels: Vec::new() })).2, "[]");
}

#[test]
fn its_rules_hold_and_name_the_field() {
    let paths = |labels| {
        let violations = SetLabelsRequest::new(SetLabelsRequired { number: 5, labels }).validate().unwrap_err();
        violations.iter().map(|violation| violation.path.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(paths(vec![label("a"), label("too long")]), ["labels[1].name"]);
    assert_eq!(paths(vec![label("a"), label("b"), label("c")]), ["labels"]);
}

#[test]
fn a_map_or_an_object_of_a_named_type_is_the_body() {
    let properties = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    let map = all("/properties", "application/merge-patch+json", r#"{"a":1,"b":2}"#);
    assert_eq!(sent(&SetPropertiesRequest::new(SetPropertiesRequired { properties })), map);
    let object = all("/labels", "application/json", r#"{"name":"x"}"#);
    assert_eq!(sent(&CreateLabelRequest::new(CreateLabelRequired { label: label("x") })), object);
}

#[test]
fn a_text_is_the_body_as_it_is() {
    let text = "a \"b\"\n订";
    assert_eq!(sent(&RenderRequest::new(RenderRequired { text: text.into() })), all("/render", "text/x-markdown", text));
    assert_eq!(sent(&SetLevelRequest::new(SetLevelRequired { level: 7 })), all("/level", "text/plain; charset=utf-8", "7"));
}

#[test]
fn a_file_is_the_body_with_its_own_media_type() {
    let request = SetAvatarRequest::new(SetAvatarRequired { picture: File::new("a.png", "image/png", *b"PNG") });
    assert_eq!(sent(&request), all("/avatar", "image/png", "PNG"));
    let unnamed = SetAvatarRequest::new(SetAvatarRequired { picture: File::new("", "", *b"") });
    assert_eq!(sent(&unnamed), all("/avatar", "application/octet-stream", ""));
    assert!(SetAvatarRequest::new(SetAvatarRequired { picture: File::new("a", "", *b"long") }).validate().is_err());
    let broken = SetAvatarRequest::new(SetAvatarRequired { picture: File::new("a", "a\nb", *b"x") }).to_http(BASE, None);
    assert!(matches!(broken, Err(RequestError::ContentType { name: "picture" })));
}
