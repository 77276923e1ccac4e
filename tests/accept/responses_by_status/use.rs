//! Successes of several shapes become an enum, and the HTTP status says which it is.

use apiscribe::error::DecodeFault;
use apiscribe::meta::ResponseKind;
use apiscribe::wire::UnknownResponse;
use apiscribe::{Endpoint, Error, Reply, http};

use super::api::demo::{
    ListRefundsPartialContent, ListRefundsRequest, ListRefundsResponse, Refund, RefundQueued,
    RefundRequest, RefundResponse,
};

fn response(status: u16, kind: &str, body: &str) -> http::Response<Vec<u8>> {
    let response = http::Response::builder().status(status).header("content-type", kind);
    response.body(body.as_bytes().to_vec()).unwrap()
}

fn json(status: u16, body: &str) -> http::Response<Vec<u8>> {
    response(status, "application/json", body)
}

#[test]
fn the_status_decides() {
    assert_eq!(RefundRequest::META.response, ResponseKind::ByStatus(&[200, 202, 204]));
    let done = RefundRequest::from_http(json(200, r#"{"id":"r"}"#)).unwrap();
    assert_eq!(done.into_data(), RefundResponse::Ok(Refund { id: "r".to_owned() }));
    let queued = RefundRequest::from_http(json(202, r#"{"position":7,"id":"r"}"#)).unwrap();
    assert_eq!(queued.into_data(), RefundResponse::Queued(RefundQueued { position: Some(7) }));
    for nothing in [response(204, "", ""), json(204, "{}"), json(204, r#"{"id":"r"}"#)] {
        assert_eq!(RefundRequest::from_http(nothing).unwrap().into_data(), RefundResponse::NoContent);
    }
}

#[test]
fn a_success_that_no_document_lists_is_kept_as_it_came() {
    let unknown = |response| -> (u16, Vec<u8>) {
        let reply: Reply<RefundResponse> = RefundRequest::from_http(response).unwrap();
        let RefundResponse::Unknown(UnknownResponse { status, data }) = reply.data() else {
            panic!("{reply:?}")
        };
        (*status, data.to_vec())
    };
    assert_eq!(unknown(json(201, r#" {"id": "r"} "#)), (201, br#"{"id": "r"}"#.to_vec()));
    assert_eq!(unknown(response(203, "text/html", "<p>")), (203, b"<p>".to_vec()));
    assert_eq!(unknown(response(205, "", "")), (205, Vec::new()));
    let debug = format!("{:?}", RefundRequest::from_http(json(201, r#"{"id":"r"}"#)).unwrap().into_data());
    assert_eq!(debug, "Unknown(UnknownResponse(201, 10 bytes))");
}

#[test]
fn what_is_wrong_with_the_data_has_its_place() {
    let error = RefundRequest::from_http(json(200, r#"{"id":[7]}"#)).unwrap_err();
    let Error::Decode(error) = error else { panic!("{error}") };
    assert_eq!(error.path, "id");
    let lacks = RefundRequest::from_http(json(200, "{}")).unwrap_err();
    assert!(lacks.to_string().contains("missing field `id`"), "{lacks}");
    let empty = RefundRequest::from_http(response(200, "", "")).unwrap_err();
    let Error::Decode(error) = empty else { panic!("{empty}") };
    assert!(matches!(error.fault, DecodeFault::Empty));
    let refused = RefundRequest::from_http(json(404, r#"{"message":"m"}"#)).unwrap_err();
    assert_eq!(refused.api().unwrap().code.0, 404);
}

#[test]
fn data_may_be_inside_an_envelope() {
    let body = r#"{"data":[{"id":"a"}],"err_no":0}"#;
    let all = ListRefundsRequest::from_http(json(200, body)).unwrap();
    assert_eq!(all.into_data(), ListRefundsResponse::Ok(vec![Refund { id: "a".to_owned() }]));
    let body = r#"{"err_no":0,"data":{"next":"n"}}"#;
    let some = ListRefundsRequest::from_http(json(206, body)).unwrap();
    let next = ListRefundsPartialContent { next: "n".to_owned() };
    assert_eq!(some.into_data(), ListRefundsResponse::PartialContent(next));
    let body = r#"{"err_no":5,"err_msg":"no","data":{"next":"n"}}"#;
    for status in [200, 206, 207] {
        let error = ListRefundsRequest::from_http(json(status, body)).unwrap_err();
        assert_eq!(error.api().unwrap().code.0, 5);
    }
    let body = r#"{"err_no":0,"data":{"a":[1]},"more":1}"#;
    let unknown = ListRefundsRequest::from_http(json(207, body)).unwrap();
    let ListRefundsResponse::Unknown(unknown) = unknown.into_data() else { panic!() };
    assert_eq!(&unknown.data[..], br#"{"a":[1]}"#);
}

#[test]
fn nothing_else_than_a_response_has_a_status() {
    let read = apiscribe::serde_json::from_str::<RefundResponse>(r#"{"id":"r"}"#);
    assert!(read.is_err());
}
