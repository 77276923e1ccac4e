//! What is in a list or map may be `null`.

use std::collections::BTreeMap;

use apiscribe::{Endpoint, Validate, http};

use super::api::demo::{Part, PartRequired, SaveRequest, SaveRequired};

fn request() -> SaveRequest {
    let mut request = SaveRequest::new(SaveRequired { parts: vec![None, Some(Part::new(PartRequired { name: "a".into() }))] });
    request.scores = Some(BTreeMap::from([("x".to_owned(), None), ("y".to_owned(), Some(1))]));
    request.rows = Some(vec![vec![None, Some("b".to_owned())]]);
    request.rest.insert("z".to_owned(), None);
    request
}

#[test]
fn it_is_written_as_null() {
    let http = request().to_http("https://api.example.com", None).unwrap();
    let body = r#"{"parts":[null,{"name":"a"}],"scores":{"x":null,"y":1},"rows":[[null,"b"]],"z":null}"#;
    assert_eq!(str::from_utf8(http.body()).unwrap(), body);
}

#[test]
fn what_is_there_is_checked() {
    let mut request = request();
    assert!(request.validate().is_ok());
    request.parts.push(Some(Part::new(PartRequired { name: "long".into() })));
    request.scores.as_mut().unwrap().insert("w".to_owned(), Some(10));
    let expected = "parts[2].name: 4 bytes, at most 3 allowed\nscores[\"w\"]: 10, at most 9 allowed";
    assert_eq!(request.validate().unwrap_err().to_string(), expected);
}

#[test]
fn it_is_read() {
    let body = br#"{"code":0,"data":{"parts":[null,{"name":"a"}],"scores":{"x":null,"y":"2"}}}"#;
    let reply = SaveRequest::from_http(http::Response::new(body.to_vec())).unwrap();
    let parts = reply.parts.as_ref().unwrap();
    assert_eq!((parts.len(), parts[0].is_none(), parts[1].is_some()), (2, true, true));
    let scores = reply.scores.as_ref().unwrap();
    assert_eq!((scores["x"], scores["y"]), (None, Some(2)));
    assert!(reply.unread().is_empty());
}
