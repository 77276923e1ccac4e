//! HTTP methods: what a request of each looks like, and which may be repeated.

use apiscribe::meta::Method;
use apiscribe::{Encode, Endpoint, Validate};

use super::{OPEN, PLAIN, sent};

#[derive(Encode, Validate, Endpoint)]
#[endpoint(HEAD "/items/{id}", name = "look", host = OPEN, envelope = PLAIN)]
struct Look {
    #[wire(skip)]
    #[endpoint(path)]
    id: i64,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(PUT "/items", name = "replace", host = OPEN, envelope = PLAIN)]
struct Replace {
    title: String,
}

/// `milestone`: left alone, cleared or set.
#[derive(Encode, Validate, Endpoint)]
#[endpoint(PATCH "/items", name = "change", host = OPEN, envelope = PLAIN)]
struct Change {
    #[wire(optional)]
    title: Option<String>,
    #[wire(optional)]
    milestone: Option<Option<i64>>,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(DELETE "/items", name = "delete", host = OPEN, envelope = PLAIN)]
struct Delete {
    #[wire(skip)]
    #[endpoint(query)]
    id: i64,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(DELETE "/items/tags", name = "untag", host = OPEN, envelope = PLAIN)]
struct Untag {
    tags: Vec<String>,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/items/close", name = "close", host = OPEN, envelope = PLAIN, body = none)]
struct Close {}

#[test]
fn each_method_is_written_with_the_body_that_it_has() {
    let (get, put) = (sent(&Look { id: 5 }), sent(&Replace { title: "x".to_owned() }));
    assert_eq!(get, ("HEAD /items/5".to_owned(), None, String::new()));
    let json = Some("application/json".to_owned());
    assert_eq!(put, ("PUT /items".to_owned(), json.clone(), r#"{"title":"x"}"#.to_owned()));
    let untag = sent(&Untag { tags: vec!["x".to_owned()] });
    assert_eq!(untag, ("DELETE /items/tags".to_owned(), json, r#"{"tags":["x"]}"#.to_owned()));
}

#[test]
fn a_patch_leaves_a_field_alone_or_clears_or_sets_it() {
    let change = |milestone| sent(&Change { title: None, milestone }).2;
    assert_eq!(change(None), "{}");
    assert_eq!(change(Some(None)), r#"{"milestone":null}"#);
    assert_eq!(change(Some(Some(3))), r#"{"milestone":3}"#);
}

#[test]
fn what_has_no_fields_for_a_body_has_none_where_that_is_said_and_where_it_deletes() {
    assert_eq!(sent(&Delete { id: 5 }), ("DELETE /items?id=5".to_owned(), None, String::new()));
    assert_eq!(sent(&Close {}), ("POST /items/close".to_owned(), None, String::new()));
}

#[test]
fn a_method_says_what_may_be_repeated() {
    let all = [Look::META, Replace::META, Change::META, Delete::META, Close::META];
    let said = all.map(|meta| (meta.method, meta.is_safe(), meta.is_idempotent()));
    let expected = [
        (Method::Head, true, true),
        (Method::Put, false, true),
        (Method::Patch, false, false),
        (Method::Delete, false, true),
        (Method::Post, false, false),
    ];
    assert_eq!(said, expected);
}
