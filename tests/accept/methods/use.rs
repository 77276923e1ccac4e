//! Each method, with the body that it has.

use apiscribe::Endpoint;

use super::api::demo::{
    DeleteIssueRequest, DeleteIssueRequired, DeleteLabelsRequest, DeleteLabelsRequired, LookAtIssueRequest, LookAtIssueRequired, ReplaceTopicsRequest, ReplaceTopicsRequired, StarRequest, UpdateIssueRequest, UpdateIssueRequired,
};

/// Method and address without the server, media type, and body.
fn sent(request: &impl Endpoint) -> (String, Option<String>, String) {
    let (parts, body) = request.to_http("https://api.example.com", None).unwrap().into_parts();
    let media_type = parts.headers.get("content-type").map(|value| value.to_str().unwrap().to_owned());
    let line = format!("{} {}", parts.method, parts.uri.path_and_query().unwrap());
    (line, media_type, String::from_utf8(body).unwrap())
}

fn json(line: &str, body: &str) -> (String, Option<String>, String) {
    (line.to_owned(), Some("application/json".to_owned()), body.to_owned())
}

fn bare(line: &str) -> (String, Option<String>, String) {
    (line.to_owned(), None, String::new())
}

#[test]
fn the_fields_of_a_head_go_into_the_query() {
    let request = LookAtIssueRequest { since: Some("2024".to_owned()), ..LookAtIssueRequest::new(LookAtIssueRequired { number: 5 }) };
    assert_eq!(sent(&request), bare("HEAD /issues/5?since=2024"));
    assert!(LookAtIssueRequest::META.is_safe());
}

#[test]
fn put_patch_and_delete_have_the_body_of_a_post() {
    let put = ReplaceTopicsRequest { dry_run: Some(true), ..ReplaceTopicsRequest::new(ReplaceTopicsRequired { names: vec!["a".to_owned()] }) };
    assert_eq!(sent(&put), json("PUT /topics?dry_run=true", r#"{"names":["a"]}"#));
    let delete = DeleteLabelsRequest::new(DeleteLabelsRequired { labels: vec!["a".to_owned()] });
    assert_eq!(sent(&delete), json("DELETE /labels", r#"{"labels":["a"]}"#));
}

#[test]
fn a_patch_leaves_a_field_alone_or_clears_it_or_sets_it() {
    let patch = |milestone| sent(&UpdateIssueRequest { milestone, ..UpdateIssueRequest::new(UpdateIssueRequired { number: 5 }) });
    assert_eq!(patch(None), json("PATCH /issues/5", "{}"));
    assert_eq!(patch(Some(None)), json("PATCH /issues/5", r#"{"milestone":null}"#));
    assert_eq!(patch(Some(Some(3))), json("PATCH /issues/5", r#"{"milestone":3}"#));
}

#[test]
fn a_delete_without_fields_for_a_body_has_none_and_nor_has_what_says_so() {
    assert_eq!(sent(&DeleteIssueRequest::new(DeleteIssueRequired { number: 5 })), bare("DELETE /issues/5"));
    assert_eq!(sent(&StarRequest::new()), bare("PUT /star"));
}

#[test]
fn what_http_calls_idempotent_may_be_repeated_without_a_key() {
    let put = [ReplaceTopicsRequest::META, StarRequest::META, DeleteIssueRequest::META];
    assert!(put.iter().all(|meta| meta.is_idempotent() && !meta.is_safe()));
    assert!(!UpdateIssueRequest::META.is_idempotent());
}
