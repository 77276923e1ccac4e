//! An enum of events by hand, calls signed as the platform would, and a receiver whose clock stands still.

use std::convert::Infallible;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use apiscribe::callback::Opened;
use apiscribe::callback::{
    Acknowledgement, Callback, CallbackEnvelope, CallbackFault, CallbackMeta, CallbackVerifier,
    Callbacks, Event, UnknownEvent,
};
use apiscribe::serde_json::json;
use apiscribe::signature::PlatformKeys;
use apiscribe::{Decode, Encode, Events, Validate};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use generated_client::platform_schemes;
use http::{Request, Response};

use crate::signature::{PKCS8, platform_key};

/// When all calls are signed, and what the receiver's clock shows.
pub(super) const NOW: u64 = 1_700_000_000;

pub(super) const PLAIN: &str = r#"{"err_no":0,"err_tips":"success"}"#;

static TRADE: CallbackEnvelope = CallbackEnvelope {
    name: "trade",
    event: "type",
    version: Some("version"),
    content: "msg",
    answer: Some("data"),
};

/// Its `settle_id` tells it from others.
pub(crate) enum Settle {}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub(crate) struct SettleContent {
    pub(crate) settle_id: String,
}

impl Callback for Settle {
    type Content = SettleContent;
    type Answer = ();
    const EVENT: &'static str = "settle";
    const ENVELOPE: &'static CallbackEnvelope = &TRADE;
    const ACKNOWLEDGEMENT: &'static str = PLAIN;

    fn identity(content: &SettleContent) -> Option<String> {
        Some(content.settle_id.clone())
    }
}

/// It asks for an answer, and nothing tells it from others.
pub(super) enum Apply {}

#[derive(Debug, Clone, PartialEq, Encode, Validate)]
pub(super) struct ApplyAnswer {
    #[validate(bytes(max = 8))]
    pub(super) out_refund_no: String,
}

impl Callback for Apply {
    type Content = apiscribe::Json;
    type Answer = ApplyAnswer;
    const EVENT: &'static str = "apply";
    const ENVELOPE: &'static CallbackEnvelope = &TRADE;
    const ACKNOWLEDGEMENT: &'static str = PLAIN;
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Trade {
    Settle(SettleContent),
    Apply(apiscribe::Json),
    Unknown(UnknownEvent),
}

impl Events for Trade {
    const ENVELOPE: &'static CallbackEnvelope = &TRADE;
    const KINDS: &'static [CallbackMeta] =
        &[CallbackMeta::of::<Settle>(), CallbackMeta::of::<Apply>()];

    fn read(opened: &Opened) -> Result<Self, CallbackFault> {
        match opened.name() {
            Settle::EVENT => opened.read().map(Self::Settle),
            Apply::EVENT => opened.read().map(Self::Apply),
            _ => Ok(Self::Unknown(opened.unknown())),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Settle(_) => Settle::EVENT,
            Self::Apply(_) => Apply::EVENT,
            Self::Unknown(event) => &event.event,
        }
    }

    fn identity(&self) -> Option<String> {
        match self {
            Self::Settle(content) => Settle::identity(content),
            Self::Apply(content) => Apply::identity(content),
            Self::Unknown(_) => None,
        }
    }
}

/// A body of an event.
pub(super) fn body(event: &str, content: &str) -> Vec<u8> {
    json!({ "version": "3.0", "type": event, "msg": content }).to_string().into_bytes()
}

/// A settlement of this id.
pub(crate) fn settle(id: &str) -> Request<Vec<u8>> {
    call(&body("settle", &json!({ "settle_id": id }).to_string()))
}

/// A call that the platform makes now.
pub(super) fn call(body: &[u8]) -> Request<Vec<u8>> {
    call_at(NOW, body)
}

pub(super) fn call_at(seconds: u64, body: &[u8]) -> Request<Vec<u8>> {
    let timestamp = seconds.to_string();
    Request::post("/callback")
        .header("Byte-Timestamp", &timestamp)
        .header("Byte-Nonce-Str", "nonce")
        .header("Byte-Signature", sign(&timestamp, "nonce", body))
        .body(body.to_vec())
        .unwrap()
}

fn sign(timestamp: &str, nonce: &str, body: &[u8]) -> String {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
    static KEY: LazyLock<RsaKeyPair> = LazyLock::new(|| {
        let base64: String = PKCS8.lines().filter(|line| !line.starts_with('-')).collect();
        RsaKeyPair::from_pkcs8(&STANDARD.decode(base64).unwrap()).unwrap()
    });
    let text = [format!("{timestamp}\n{nonce}\n").as_bytes(), body, b"\n"].concat();
    let mut signature = vec![0; KEY.public_modulus_len()];
    KEY.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &text, &mut signature).unwrap();
    STANDARD.encode(signature)
}

/// Its clock stands at [`NOW`].
pub(crate) fn verifier() -> CallbackVerifier {
    verifier_of(platform_key())
}

pub(super) fn verifier_of(keys: impl Into<PlatformKeys>) -> CallbackVerifier {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    platform_schemes::verifier(keys).clock(move || now)
}

pub(super) fn callbacks() -> Callbacks<Trade> {
    Callbacks::new(verifier())
}

/// The same, which also hands over events of kinds that nobody documented.
pub(super) fn accepting_unknown() -> Callbacks<Trade> {
    callbacks().accept_unknown(true)
}

/// A handler that is content with anything.
pub(super) async fn accept(_: Event<Trade>) -> Result<Acknowledgement, Infallible> {
    Ok(Acknowledgement::any())
}

/// Status and body.
pub(super) fn parts(response: Response<Vec<u8>>) -> (u16, String) {
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/json");
    (status, String::from_utf8(response.into_body()).unwrap())
}

/// What a call is refused with.
pub(super) fn refusal(status: u16, tips: &str) -> (u16, String) {
    (status, json!({ "err_no": status, "err_tips": tips }).to_string())
}
