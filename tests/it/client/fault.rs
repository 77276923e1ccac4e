//! The path of the value at fault.

use std::collections::BTreeMap;

use apiscribe::{Decode, Encode, Endpoint, Error, Validate};

use super::types::{BASIC, OPEN};

#[derive(Debug, Encode, Validate, Endpoint)]
#[endpoint(POST "/")]
#[endpoint(name = "tree", host = OPEN, envelope = BASIC, response = Node)]
struct Tree {}

#[derive(Debug, Decode)]
struct Node {
    #[wire(name = "数", essential)]
    _number: Option<bool>,
    #[wire(name = "list", essential)]
    _list: Option<Vec<Node>>,
    #[wire(name = "rows", essential)]
    _rows: Option<Vec<Vec<bool>>>,
    #[wire(name = "map", essential)]
    _map: Option<BTreeMap<String, bool>>,
}

fn path(body: &str) -> String {
    let response = http::Response::new(body.as_bytes().to_vec());
    match Tree::from_http(response) {
        Err(Error::Decode(error)) => error.path,
        other => panic!("{other:?}"),
    }
}

#[test]
fn paths() {
    for (expected, data) in [
        ("data", r"7"),
        ("data.数", r#"{"数":7}"#),
        ("data.数", r#"{"数":{"x":1}}"#),
        ("data.数", r#"{"x":{"数":[{}]},"数":"\"}],"}"#),
        ("data.list[1]", r#"{"list":[{},7]}"#),
        ("data.list[2].list[0].数", r#"{"list":[{},{"list":[{}]},{"list":[{"数":7}]}]}"#),
        ("data.rows[1][2]", r#"{"rows":[[true],[true,false,"x"]]}"#),
        ("data.rows[2]", r#"{ "rows" : [ [ true ] , [ ] , 1 ] }"#),
        ("data.map.a_b-1", r#"{"map":{"a_b-1":7}}"#),
        (r#"data.map["a.b"]"#, r#"{"map":{"x":true,"a.b":7}}"#),
        (r#"data.map["\"]\\"]"#, r#"{"map":{"\"]\\":7}}"#),
        (r#"data.map[""]"#, r#"{"map":{"":7}}"#),
        ("data.map.é", r#"{"map":{"\u00e9":7}}"#),
        ("data.rows[0][0]", "{\r\n\t\"rows\": [\n[\n\"一\"\n]]}"),
    ] {
        assert_eq!(path(&format!(r#"{{"err_no":0,"data":{data}}}"#)), expected, "{data}");
    }
}

#[test]
fn paths_in_texts_that_are_no_json() {
    for (expected, body) in [
        ("", "<html>"),
        ("", "\u{feff}"),
        ("", "[]"),
        ("err_no", r#"{"err_no":"x"}"#),
        ("err_no", r#"{"err_no":1e3 ,"data":{}}"#),
        ("data", r#"{"err_no":0,"data":"#),
        ("data.map.k", r#"{"err_no":0,"data":{"map":{"k":tr"#),
        ("data.map", r#"{"err_no":0,"data":{"map":{"k":true,"#),
        ("data.rows[1]", r#"{"err_no":0,"data":{"rows":[[],"#),
        ("", r#"{"err_no":0,"data":{}} {}"#),
    ] {
        assert_eq!(path(body), expected, "{body}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let body = "\u{feff}{\"err_no\":0,\"data\":{\"list\":[7]}}";
    assert_eq!(path(body), "data.list[0]");
    let body = "\u{feff}{\"err_no\":0,\"data\":{}}".as_bytes().to_vec();
    Tree::from_http(http::Response::new(body)).unwrap();
}
