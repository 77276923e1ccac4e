//! What comes back, as data or as one of the errors.

use apiscribe::callback::{Callback, CallbackFault};
use apiscribe::error::{DecodeFault, Retry};
use apiscribe::{Endpoint, Error, ErrorCode};
use generated_client::platform::Fen;
use generated_client::settle::SettleQueryRequest;
use http::StatusCode;

use super::server::{Answer, Server, response};
use super::types::{List, Paid, Pay, PayError, PayResult, Tell};

type PayFailure = Error<PayError>;

async fn pay(status: u16, body: &str) -> Result<Paid, PayFailure> {
    let server = Server::json(status, body);
    server.client().call(&Pay::new("p1")).await.map(|reply| reply.into_data())
}

fn decode_fault(error: &PayFailure) -> (&str, &DecodeFault) {
    match error {
        Error::Decode(error) => (&error.path, &error.fault),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn success_gives_data_log_id_and_status() {
    let body =
        r#"{"data":{"amount":"5","more":[{}],"items":[{"id":"i1"}]},"log_id":"L1","err_no":0}"#;
    let server = Server::json(201, body);
    let reply = server.client().call(&Pay::new("p1")).await.unwrap();
    assert_eq!((reply.amount, reply.items[0].id.as_str()), (Fen(5), "i1"));
    assert_eq!((reply.log_id(), reply.http_status().as_u16()), (Some("L1"), 201));
}

#[tokio::test]
async fn a_business_error_is_an_error_under_any_status() {
    for status in [200, 400, 500] {
        let body = r#"{"err_no":23111,"err_msg":"pay_no has existed","log_id":"L1"}"#;
        let error = pay(status, body).await.unwrap_err();
        let api = error.api().unwrap();
        assert_eq!((&api.code, api.status.as_u16()), (&PayError::PayNoExists, status));
        assert_eq!((api.advice(), api.retry()), (Some("Ask for the result."), Some(Retry::Never)));
        assert!(api.duplicate);
        let shown = format!(
            "pay: 23111 pay_no has existed (HTTP {status}, log_id L1): Ask for the result; a retry cannot succeed; \
             the request may have taken effect, so ask for its result before sending it again"
        );
        assert_eq!(error.to_string(), shown);
    }
}

#[tokio::test]
async fn a_business_error_is_one_whatever_its_data_looks_like() {
    for data in ["null", "\"\"", "{}", "[[1]]", r#"{"amount":true,"items":7}"#] {
        let body = format!(r#"{{"data":{data},"err_no":"9","err_msg":null}}"#);
        let error = pay(200, &body).await.unwrap_err();
        assert_eq!(error.api().map(|api| &api.code), Some(&PayError::Unknown(9)), "{error}");
    }
}

#[tokio::test]
async fn a_refusal_without_a_text_is_shown_by_what_is_known() {
    let documented = pay(400, r#"{"err_no":23111,"err_msg":""}"#).await.unwrap_err();
    let text =
        "pay: 23111 pay_no has existed (HTTP 400): Ask for the result; a retry cannot succeed; ";
    assert!(documented.to_string().starts_with(text), "{documented}");
    let unknown = pay(400, r#"{"err_no":9,"log_id":""}"#).await.unwrap_err();
    assert_eq!(unknown.to_string(), "pay: 9 (HTTP 400): not documented; ask the platform");
}

#[tokio::test]
async fn the_message_tells_which_of_several_errors_it_is() {
    let error = pay(200, r#"{"err_no":22006,"err_msg":"too late"}"#).await.unwrap_err();
    let api = error.api().unwrap();
    assert_eq!((api.meaning(), api.advice()), (Some("Not any more."), None));
    assert_eq!(api.code.code(), 22006);
}

#[tokio::test]
async fn a_page_of_a_proxy_is_kept_whole_and_shown_in_part() {
    let page = format!("<html>\n<h1>502 Bad Gateway</h1>{}</html>", "x".repeat(5000));
    let error = pay(502, &page).await.unwrap_err();
    let shown = error.to_string();
    assert!(
        shown.contains("HTTP 502") && shown.contains("`<html> <h1>502 Bad Gateway</h1>xx"),
        "{shown}"
    );
    assert!(shown.len() < 600, "{shown}");
    assert!(matches!(&error, Error::Decode(error) if error.body_text() == page));
}

#[tokio::test]
async fn a_body_that_was_cut_off_says_where() {
    let error =
        pay(200, r#"{"err_no":0,"data":{"amount":5,"items":[{"id":"a"},{"id":"#).await.unwrap_err();
    assert_eq!(decode_fault(&error).0, "data.items[1].id");
}

#[tokio::test]
async fn a_body_shorter_than_declared_is_a_broken_connection() {
    let mut bytes = response(200, r#"{"err_no":0,"data":{}}"#);
    bytes.truncate(bytes.len() - 4);
    let server = Server::start(Answer::Close(bytes));
    let error = server.client().call(&Pay::new("p1")).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(error) if error.may_have_arrived()), "{error}");
}

#[tokio::test]
async fn a_wrong_type_says_where() {
    let body = r#"{"err_no":0,"log_id":"L1","data":{"amount":1.5,"items":[{"id":"a"},{"id":17}]}}"#;
    let error = pay(200, body).await.unwrap_err();
    assert_eq!(decode_fault(&error).0, "data.amount");
    assert_eq!(error.log_id(), Some("L1"));
    let shown = error.to_string();
    assert!(
        shown.starts_with(
            "pay: HTTP 200, log_id L1: data.amount: invalid type: floating point `1.5`"
        ),
        "{shown}"
    );
}

#[tokio::test]
async fn json_text_that_cannot_be_read_is_named() {
    let body = r#"{"err_no":0,"data":{"amount":5,"items":[{"id":"a","detail":"[1,\n{}]"}]}}"#;
    let server = Server::json(200, body);
    let reply = server.client().call(&Pay::new("p1")).await.unwrap();
    assert_eq!((reply.amount, &reply.items[0].detail), (Fen(5), &None));
    assert_eq!(reply.unread(), ["data.items[0].detail"]);
}

#[tokio::test]
async fn a_success_without_data_is_one_where_none_is_needed() {
    for data in ["", r#","data":null"#] {
        let server = Server::json(200, &format!(r#"{{"err_no":0{data}}}"#));
        assert_eq!(server.client().call(&List::of("1")).await.unwrap().into_data(), None);
        server.client().call(&Tell {}).await.unwrap();
    }
}

#[test]
fn no_data_is_no_item_where_a_list_is_due() {
    for data in ["", r#","data":null"#, r#","data":[]"#] {
        let body = format!(r#"{{"err_no":0{data},"err_msg":"","log_id":"L1"}}"#);
        let reply = SettleQueryRequest::from_http(http::Response::new(body.into_bytes())).unwrap();
        assert_eq!(reply.into_data(), []);
    }
}

#[tokio::test]
async fn data_that_are_not_documented_are_passed_over() {
    for data in ["{}", "\"\"", "[1]"] {
        let server = Server::json(200, &format!(r#"{{"err_no":0,"data":{data}}}"#));
        server.client().call(&Tell {}).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let error = pay(200, r#"{"err_no":0,"err_msg":""}"#).await.unwrap_err();
    assert!(matches!(decode_fault(&error), ("", DecodeFault::NoData { key: "data" })), "{error}");
    let error = pay(200, r#"{"data":{"amount":5,"items":[]}}"#).await.unwrap_err();
    assert!(
        matches!(decode_fault(&error), ("", DecodeFault::NoCode { key }) if *key == "err_no"),
        "{error}"
    );
    let error = pay(200, "").await.unwrap_err();
    assert!(matches!(decode_fault(&error), ("", DecodeFault::Empty)), "{error}");
}

#[tokio::test]
async fn data_without_a_code_are_not_judged() {
    let error = pay(200, r#"{"data":{"error_code":2190008,"description":"expired"}}"#).await;
    let shown = error.unwrap_err().to_string();
    assert!(shown.starts_with("pay: HTTP 200: `err_no` is missing: a body of 55 bytes"), "{shown}");
}

#[tokio::test]
async fn a_success_under_a_status_of_failure_is_not_believed() {
    let error = pay(500, r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#).await.unwrap_err();
    assert!(matches!(decode_fault(&error), ("", DecodeFault::Status)), "{error}");
    assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
}

#[test]
fn answers_are_read_without_a_network_too() {
    let response = http::Response::new(br#"{"err_no":0,"data":{"amount":5,"items":[]}}"#.to_vec());
    assert_eq!(Pay::from_http(response).unwrap().amount, Fen(5));
}

#[test]
fn a_callback_gives_its_content() {
    let body = r#"{"version":"3.0","msg":"{\"amount\":5,\"items\":[]}","type":"payment"}"#;
    let event = PayResult::parse(body.as_bytes()).unwrap();
    assert_eq!((event.amount, event.version()), (Fen(5), Some("3.0")));
    assert_eq!(PayResult::ENVELOPE.event(body.as_bytes()).unwrap(), "payment");
}

#[test]
fn a_callback_at_fault_says_where() {
    let fault = |body: &str| PayResult::parse(body.as_bytes()).unwrap_err();
    let wrong = fault(
        r#"{"type":"payment","msg":"{\"amount\":5,\"items\":[{\"id\":[true]}],\"amount\":{}}"}"#,
    );
    assert!(matches!(&wrong, CallbackFault::Json { path, .. } if path == "msg.amount"), "{wrong}");
    assert_eq!(fault(r#"{"msg":"{}"}"#).to_string(), "`type` is missing from the body");
    assert_eq!(fault(r#"{"type":"payment","msg":null}"#).to_string(), "msg: expected text");
    let other = "the event is `refund`, not `payment`; choose the parser by the event's name";
    assert_eq!(fault(r#"{"type":"refund","msg":"{}"}"#).to_string(), other);
    let shown = fault(r#"{"type":"a\nb","msg":"{}"}"#).to_string();
    assert!(shown.starts_with(r"the event is `a\nb`, not"), "a line break in a log: {shown}");
    let no_object = "the body is not JSON: expected `{`, the start of an object at line 1 column 1";
    assert_eq!(fault("").to_string(), no_object);
    assert_eq!(fault("[]").to_string(), no_object);
    let cut = fault("{\n\"type\":\"pay").to_string();
    assert_eq!(cut, "type: EOF while parsing a string at line 2 column 11");
    let twice = r#"{"msg":1,"type":"refund","type":"payment","msg":"{\"amount\":5,\"items\":[]}"}"#;
    assert_eq!(PayResult::parse(twice.as_bytes()).unwrap().amount, Fen(5), "the last counts");
}
