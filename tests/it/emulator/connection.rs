//! HTTP as such: connections that stay, bodies in chunks, and clients that are broken.

use douyin_emulator::Emulator;
use serde_json::json;

use super::raw::{ORDER_QUERY, Raw, request, token_of};

#[test]
fn a_connection_serves_many_requests() {
    let platform = Emulator::start().unwrap();
    platform.paid_order("order-1", 100);
    let token = token_of(&platform);
    let mut raw = Raw::connect(&platform);
    for _ in 0..3 {
        raw.write(&request(ORDER_QUERY, &token, r#"{"out_order_no":"order-1"}"#));
        assert_eq!(raw.read().unwrap().json()["data"]["pay_status"], "SUCCESS");
    }
    raw.write(&request(ORDER_QUERY, "connection: close\r\n", "{}"));
    assert_eq!(raw.read().unwrap().json()["err_no"], 28001003);
    assert_eq!(raw.rest().unwrap(), b"");
    assert_eq!(platform.requests_to(ORDER_QUERY), 4);
}

#[test]
fn requests_may_come_at_once_and_in_chunks() {
    let platform = Emulator::start().unwrap();
    platform.paid_order("order-1", 100);
    let token = token_of(&platform);
    let chunked = format!(
        "POST {ORDER_QUERY} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{token}Transfer-Encoding: chunked\r\n\r\n\
         8;x=y\r\n{{\"out_or\r\n12\r\nder_no\":\"order-1\"}}\r\n0\r\nlast: line\r\n\r\n"
    );
    let mut raw = Raw::connect(&platform);
    raw.write(&[chunked.as_bytes(), chunked.as_bytes()].concat());
    for _ in 0..2 {
        assert_eq!(raw.read().unwrap().json()["err_no"], 0);
    }
    assert_eq!(platform.requests()[1].body, br#"{"out_order_no":"order-1"}"#);
}

#[test]
fn nonsense_is_refused_and_the_next_client_served() {
    let platform = Emulator::start().unwrap();
    for (nonsense, status) in [
        ("\u{0}\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/2\r\nhost: x\r\n\r\n", 400),
        ("GET x HTTP/1.1\r\nhost: x\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nhost: x\r\n folded: y\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: +1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: gzip\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n", 400),
        ("POST /unknown HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n", 404),
        (&format!("GET {ORDER_QUERY} HTTP/1.1\r\nhost: x\r\n\r\n"), 405),
    ] {
        let mut raw = Raw::connect(&platform);
        raw.write(nonsense.as_bytes());
        assert_eq!(raw.read().unwrap().status, status, "{nonsense:?}");
    }
}

#[test]
fn a_body_without_a_length_is_taken_up_to_a_bound() {
    let platform = Emulator::start().unwrap();
    let mut raw = Raw::connect(&platform);
    raw.write(b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
    let chunk = [&b"100000\r\n"[..], &[b'x'; 0x10_0000], b"\r\n"].concat();
    for _ in 0..16 {
        raw.write(&chunk);
    }
    raw.write(b"1\r\nx\r\n");
    assert_eq!(raw.read().unwrap().status, 413);
}

#[test]
fn an_endless_head_is_cut_off() {
    let platform = Emulator::start().unwrap();
    let mut raw = Raw::connect(&platform);
    raw.write(format!("GET / HTTP/1.1\r\nhost: x\r\nlong: {}", "x".repeat(40_000)).as_bytes());
    assert_eq!(raw.read().unwrap().status, 431);
}

#[test]
fn a_body_that_is_no_json_is_the_gateways_matter() {
    let platform = Emulator::start().unwrap();
    let token = token_of(&platform);
    let mut raw = Raw::connect(&platform);
    raw.write(&request(ORDER_QUERY, &token, "{"));
    assert_eq!(raw.read().unwrap().json()["err_no"], 28001007);
    raw.write(&request(ORDER_QUERY, &token, &json!([]).to_string()));
    assert_eq!(raw.read().unwrap().json()["err_no"], 10000);
}
