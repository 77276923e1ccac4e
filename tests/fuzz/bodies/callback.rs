//! Any headers and any body: nothing panics, and what the platform did not sign is neither handed over nor acknowledged.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use generated_client::apiscribe::callback::Opened;
use generated_client::apiscribe::callback::{
    Acknowledgement, Callback, CallbackEnvelope, CallbackFault, CallbackMeta, Callbacks,
    UnknownEvent,
};
use generated_client::apiscribe::signature::PlatformKey;
use generated_client::apiscribe::{Events, http, serde_json};
use generated_client::platform::TRADE;
use generated_client::platform_schemes::{BYTE_SIGNATURE, verifier};
use generated_client::settle::SettleResult;

const PUBLIC: &str = include_str!("../../keys/app.public.pem");

enum Any {
    Settle(<SettleResult as Callback>::Content),
    Unknown(UnknownEvent),
}

impl Events for Any {
    const ENVELOPE: &'static CallbackEnvelope = &TRADE;

    fn read(opened: &Opened) -> Result<Self, CallbackFault> {
        match opened.name() {
            SettleResult::EVENT => opened.read().map(Self::Settle),
            _ => Ok(Self::Unknown(opened.unknown())),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Settle(_) => SettleResult::EVENT,
            Self::Unknown(event) => &event.event,
        }
    }

    fn identity(&self) -> Option<String> {
        match self {
            Self::Settle(content) => SettleResult::identity(content),
            Self::Unknown(_) => None,
        }
    }

    fn meta(&self) -> Option<CallbackMeta> {
        match self {
            Self::Settle(_) => Some(CallbackMeta::of::<SettleResult>()),
            Self::Unknown(_) => None,
        }
    }
}

/// Lines `name: value` up to an empty one, then the body.
pub(crate) fn run(data: &[u8]) {
    let end = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = end.map_or((&b""[..], data), |end| (&data[..end], &data[end + 2..]));
    parse(body);
    receive(head, body);
}

/// Without a signature: the envelope and the content.
fn parse(body: &[u8]) {
    let name = TRADE.event(body);
    match Any::parse(body) {
        Ok(event) => assert_eq!(event.name(), name.expect("the event has a name")),
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
}

fn receive(head: &[u8], body: &[u8]) {
    let mut request = http::Request::new(body);
    for line in head.split(|byte| *byte == b'\n') {
        let at = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        let (name, value) = (&line[..at], line[at..].trim_ascii_start());
        let value = value.strip_prefix(b":").unwrap_or(value).trim_ascii();
        if let (Ok(name), Ok(value)) =
            (http::HeaderName::from_bytes(name), http::HeaderValue::from_bytes(value))
        {
            request.headers_mut().append(name, value);
        }
    }
    let key = PlatformKey::new(&BYTE_SIGNATURE, PUBLIC).expect("a public key");
    let callbacks = Callbacks::<Any>::new(verifier(key))
        .on_error(|error| assert!(!error.to_string().is_empty()));
    let handler =
        async |_| -> Result<Acknowledgement, String> { panic!("believed what nobody signed") };
    let response = ready(callbacks.receive(request, handler));
    assert!(!response.status().is_success());
    let told: serde_json::Value =
        serde_json::from_slice(response.body()).expect("an answer in JSON");
    assert_eq!(told["err_no"], response.status().as_u16());
}

/// Nothing here waits, so a future is ready at once.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the store in memory does not wait"),
    }
}
