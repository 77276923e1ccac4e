//! The usual shapes of envelopes: data beside the code, a code in an object of its own, a code at each of two levels.

use apiscribe::{Endpoint, Error, http};

use super::api::demo::{CommonError, ListItemsRequest, PushOrderRequest, QueryEntityRequest};

fn response(body: &str) -> http::Response<Vec<u8>> {
    http::Response::new(body.as_bytes().to_vec())
}

fn refused<R: Endpoint<Error = CommonError>>(body: &str) -> (CommonError, String, Option<String>) {
    let error = R::from_http(response(body)).map(|reply| reply.http_status()).unwrap_err();
    let Error::Api(error) = error else { panic!("{error}") };
    (error.code.clone(), error.message.clone(), error.log_id.clone())
}

#[test]
fn data_may_stand_beside_the_code() {
    let reply = PushOrderRequest::from_http(response(r#"{"err_code":0,"err_msg":"","order_id":"b"}"#));
    assert_eq!(reply.unwrap().order_id, "b");
    let body = r#"{"err_code":10001,"err_msg":"no such order","order_id":""}"#;
    let expected = (CommonError::BadParameter, "no such order".to_owned(), None);
    assert_eq!(refused::<PushOrderRequest>(body), expected);
}

#[test]
fn a_code_may_be_in_an_object_of_its_own() {
    let body = r#"{"data":{"name":"n"},"err":{"err_code":0,"err_msg":""},"extra":{"logid":"L1"}}"#;
    let reply = QueryEntityRequest::from_http(response(body)).unwrap();
    assert_eq!((reply.name.as_str(), reply.log_id()), ("n", Some("L1")));
    let body = r#"{"err":{"err_code":28001003,"err_msg":"expired"},"extra":{"logid":"L2"}}"#;
    let expected = (CommonError::BadToken, "expired".to_owned(), Some("L2".to_owned()));
    assert_eq!(refused::<QueryEntityRequest>(body), expected);
}

#[test]
fn each_of_two_codes_must_be_that_of_a_success() {
    let body = |extra: i64, data: i64| {
        format!(
            r#"{{"data":{{"items":["a"],"error_code":{data},"description":"of data"}},"extra":{{"error_code":{extra},"description":"","logid":"L3"}}}}"#
        )
    };
    let reply = ListItemsRequest::from_http(response(&body(0, 0))).unwrap();
    assert_eq!((reply.items.len(), reply.log_id()), (1, Some("L3")));
    let log_id = Some("L3".to_owned());
    let of_data = (CommonError::BadParameter, "of data".to_owned(), log_id.clone());
    assert_eq!(refused::<ListItemsRequest>(&body(0, 10001)), of_data);
    let of_extra = (CommonError::BadToken, "of data".to_owned(), log_id);
    assert_eq!(refused::<ListItemsRequest>(&body(28001003, 10001)), of_extra);
    let one = r#"{"data":{"items":[],"error_code":0}}"#;
    assert!(ListItemsRequest::from_http(response(one)).is_ok());
}
