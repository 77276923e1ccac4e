//! What it costs to believe and to read a callback, headers, signature, time, envelope and content, against the bare check
//! of its signature by the crypto library: instructions.

mod figure;
mod rounds;

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use apiscribe::http::{HeaderMap, HeaderValue};
use apiscribe::signature::PlatformKey;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use generated_client::platform::TradeEvent;
use generated_client::platform_schemes::{BYTE_SIGNATURE, CallbackHeaders, verifier};

use crate::figure::print;
use crate::rounds::{instructions, run_or_compare};

/// A pair made for tests.
const PRIVATE: &str = include_str!("../keys/app.pkcs8.pem");
const PUBLIC: &str = include_str!("../keys/app.public.pem");

/// So many that what signing once costs, which differs from run to run, does not show.
const ROUNDS: u32 = 1_000;

const TIMESTAMP: u64 = 1_780_000_000;
const NONCE: &str = "DC10180A100073E70A48F195DA2AF2E6";
const BODY: &str = r#"{"version":"3.0","type":"payment","msg":"{\"app_id\":\"tt07e3715e98c9aac0\",\"out_order_no\":\"order-1\",\"order_id\":\"motb7291862380517000003\",\"status\":\"SUCCESS\",\"total_amount\":1980,\"discount_amount\":0,\"pay_channel\":10,\"channel_pay_id\":\"7291862380517000009\",\"merchant_uid\":\"M7291862380517\",\"event_time\":1780000000000,\"user_bill_pay_id\":\"DTPC7291862380517\"}"}"#;

fn main() {
    run_or_compare(run, compare);
}

fn compare() {
    let (ours, bare) = (instructions("ours", ROUNDS), instructions("bare", ROUNDS));
    let name = format!("callback, verified and read: instructions, {bare} of bare verification");
    print(&name, ours, Some(bare * 1.10));
}

fn run(case: &str, rounds: usize) {
    let signature = sign();
    match case {
        "bare" => verify_bare(&signature, rounds),
        _ => receive(&signature, rounds),
    }
}

fn der(pem: &str) -> Vec<u8> {
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    STANDARD.decode(base64).expect("Base64")
}

fn signed_text() -> Vec<u8> {
    format!("{TIMESTAMP}\n{NONCE}\n{BODY}\n").into_bytes()
}

fn sign() -> Vec<u8> {
    let key = RsaKeyPair::from_pkcs8(&der(PRIVATE)).expect("a private key");
    let mut signature = vec![0; key.public_modulus_len()];
    let signed = key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &signed_text(), &mut signature);
    signed.expect("a signature");
    signature
}

fn verify_bare(signature: &[u8], rounds: usize) {
    let key = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der(PUBLIC)).expect("a public key");
    let text = signed_text();
    for _ in 0..rounds {
        key.verify_sig(black_box(&text), black_box(signature)).expect("a good signature");
    }
}

fn receive(signature: &[u8], rounds: usize) {
    let key = PlatformKey::new(&BYTE_SIGNATURE, PUBLIC).expect("a public key");
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(TIMESTAMP);
    let verifier = verifier(key).clock(move || now);
    let mut headers = HeaderMap::new();
    let value = |text: &str| HeaderValue::from_str(text).expect("a header");
    headers.insert(CallbackHeaders::TIMESTAMP, value(&TIMESTAMP.to_string()));
    headers.insert(CallbackHeaders::NONCE, value(NONCE));
    headers.insert(CallbackHeaders::SIGNATURE, value(&STANDARD.encode(signature)));
    for _ in 0..rounds {
        let event = verifier.verify::<TradeEvent>(black_box(&headers), black_box(BODY.as_bytes()));
        let event = event.expect("a call of the platform's");
        assert!(matches!(event.into_content(), TradeEvent::PaymentResult(_)));
    }
}
