//! A code stands in failures only, or may be left out of a success.

use apiscribe::error::DecodeFault;
use apiscribe::{Endpoint, Error, Reply, http};

use super::api::demo::{
    CouponRequest, EitherNameRequest, LoneCallRequest, LoneNameRequest, RpcCallRequest,
};

type Result<R> = std::result::Result<Reply<<R as Endpoint>::Response>, Error<<R as Endpoint>::Error>>;

fn read<R: Endpoint>(status: u16, body: &str) -> Result<R> {
    R::from_http(http::Response::builder().status(status).body(body.as_bytes()).unwrap())
}

fn fault<R: Endpoint<Response: std::fmt::Debug>>(status: u16, body: &str) -> DecodeFault {
    match read::<R>(status, body).unwrap_err() {
        Error::Decode(error) => error.fault,
        other => panic!("{other}"),
    }
}

#[test]
fn a_success_has_no_code() {
    assert_eq!(read::<LoneNameRequest>(200, r#"{"name":"n"}"#).unwrap().name, "n");
    assert_eq!(read::<LoneNameRequest>(200, r#"{"name":"n","errcode":null}"#).unwrap().name, "n");
    assert!(read::<LoneCallRequest>(200, "{}").is_ok());
    for body in [r#"{"errcode":40001,"errmsg":"bad"}"#, r#"{"name":"n","errmsg":"bad","errcode":40001}"#] {
        for status in [200, 400] {
            let error = read::<LoneNameRequest>(status, body).unwrap_err();
            let api = error.api().unwrap();
            assert_eq!((&*api.code.0, &*api.message), ("40001", "bad"));
        }
    }
    // 0 is a code like any other, unless it is declared.
    assert!(read::<LoneNameRequest>(200, r#"{"errcode":0,"name":"n"}"#).unwrap_err().api().is_some());
    assert!(read::<LoneCallRequest>(200, r#"{"errcode":0}"#).unwrap_err().api().is_some());
}

#[test]
fn a_success_may_have_a_code() {
    for body in [r#"{"name":"n"}"#, r#"{"name":"n","errcode":0}"#, r#"{"errcode":"0","name":"n"}"#] {
        assert_eq!(read::<EitherNameRequest>(200, body).unwrap().name, "n");
    }
    let error = read::<EitherNameRequest>(200, r#"{"errcode":-1,"name":"n"}"#).unwrap_err();
    assert_eq!(error.api().unwrap().code.0, -1);
    assert!(matches!(fault::<EitherNameRequest>(500, r#"{"errcode":0,"name":"n"}"#), DecodeFault::Status));
}

#[test]
fn an_error_that_lacks_its_code_is_no_success() {
    assert!(read::<RpcCallRequest>(200, r#"{"jsonrpc":"2.0","result":null,"error":null}"#).is_ok());
    let body = r#"{"error":{"code":-32601,"message":"Method not found"}}"#;
    let error = read::<RpcCallRequest>(200, body).unwrap_err();
    assert_eq!(error.api().unwrap().message, "Method not found");
    for body in [r#"{"error":{"message":"boom"}}"#, r#"{"error":"boom"}"#, r#"{"error":{}}"#, r#"{"error":true}"#] {
        let fault = fault::<RpcCallRequest>(200, body);
        assert!(matches!(fault, DecodeFault::NoCode { key: "error.code" }), "{body}: {fault:?}");
    }
}

#[test]
fn a_body_without_a_code_says_nothing_under_another_status() {
    for body in ["{}", r#"{"trace":"x"}"#, "<html>", ""] {
        assert!(matches!(fault::<LoneCallRequest>(502, body), DecodeFault::Http), "{body}");
        assert!(matches!(fault::<LoneCallRequest>(404, body), DecodeFault::Http), "{body}");
    }
    assert!(matches!(fault::<LoneCallRequest>(200, ""), DecodeFault::Empty));
    assert!(matches!(fault::<LoneCallRequest>(200, "<html>"), DecodeFault::Json { .. }));
}

#[test]
fn the_status_may_say_it_all() {
    assert_eq!(read::<CouponRequest>(200, r#"{"code":"SPRING"}"#).unwrap().code, "SPRING");
    let error = read::<CouponRequest>(404, r#"{"code":"NO_COUPON","message":"none"}"#).unwrap_err();
    assert_eq!(error.api().unwrap().code.0, "NO_COUPON");
}
