//! How a token travels, which headers each request has, and requests that are signed.

use std::sync::{Arc, Mutex};

use apiscribe::client::{BoxFuture, RetryPolicy, SetupError, Transport};
use apiscribe::endpoint::Parameters;
use apiscribe::error::{RequestError, TransportFault, UndocumentedError};
use apiscribe::meta::{Auth, BodyKind, Code, EndpointMeta, Envelope, Host, Method, TokenPlace};
use apiscribe::scheme::{Algorithm, Carrier, Encoding, Part, Scheme};
use apiscribe::signature::{AppKey, Message, PlatformKey};
use apiscribe::{Client, Encode, Endpoint, Error, Secret, Validate};
use bytes::Bytes;
use generated_client::platform_schemes::BYTE_AUTHORIZATION;
use http::{Request, Response};

use crate::signature::{PKCS8, PUBLIC};

const OPEN: Host =
    Host { name: "open", production: "https://api.example.com", sandbox: None, development: None };
const BEARER_TOKEN: Auth = Auth::at("token", TokenPlace::bearer("Authorization"));
const BASIC_TOKEN: Auth = Auth::at("token", TokenPlace::basic("Authorization"));
const QUERY_TOKEN: Auth = Auth::at("token", TokenPlace::query("access token"));
const FIELD_TOKEN: Auth = Auth::at("token", TokenPlace::field("access_token"));
const PLAIN: Envelope = Envelope::new("plain").code(&["err_no"]).success(Code::Int(0)).data("data");

const BEARER: u8 = 0;
const BASIC: u8 = 1;
const QUERY: u8 = 2;
const JSON: u8 = 3;
const FORM: u8 = 4;
const PARTS: u8 = 5;

/// A request whose token travels as `PLACE` says.
#[derive(Encode, Validate)]
struct Rename<const PLACE: u8> {
    #[wire(skip)]
    dry: Option<bool>,
    #[wire(optional)]
    name: Option<String>,
}

impl<const PLACE: u8> Endpoint for Rename<PLACE> {
    type Response = ();
    type Error = UndocumentedError;

    const META: EndpointMeta = {
        let (token, body) = match PLACE {
            BEARER => (&BEARER_TOKEN, BodyKind::Json),
            BASIC => (&BASIC_TOKEN, BodyKind::Json),
            QUERY => (&QUERY_TOKEN, BodyKind::Json),
            JSON => (&FIELD_TOKEN, BodyKind::Json),
            FORM => (&FIELD_TOKEN, BodyKind::Form),
            _ => (&FIELD_TOKEN, BodyKind::Multipart),
        };
        EndpointMeta::new("rename", Method::Post, "/names", &OPEN, &PLAIN).auth(token).body(body)
    };

    fn parameters(&self, parameters: &mut Parameters) {
        parameters.query("dry", &self.dry);
    }
}

fn made<const PLACE: u8>(
    dry: Option<bool>,
    name: Option<&str>,
    token: &str,
) -> Result<Request<Vec<u8>>, RequestError> {
    let request = Rename::<PLACE> { dry, name: name.map(str::to_owned) };
    request.to_http("https://api.example.com/v1", Some(&Secret::from(token)))
}

fn body(request: Request<Vec<u8>>) -> String {
    String::from_utf8(request.into_body()).unwrap()
}

#[test]
fn a_bearer_and_a_basic_token_are_in_a_sensitive_header() {
    let bearer = made::<BEARER>(None, None, "tok").unwrap();
    assert_eq!(bearer.headers()["authorization"], "Bearer tok");
    // The example of RFC 7617, section 2.
    let basic = made::<BASIC>(None, None, "Aladdin:open sesame").unwrap();
    assert_eq!(basic.headers()["authorization"], "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert!(
        [bearer, basic].iter().all(|request| request.headers()["authorization"].is_sensitive())
    );
    for (token, expected) in
        [("a:", "YTo="), ("ab:", "YWI6"), ("订:~", "6K6iOn4="), ("~~~:", "fn5+Og==")]
    {
        let basic = made::<BASIC>(None, None, token).unwrap();
        assert_eq!(basic.headers()["authorization"], format!("Basic {expected}"), "{token}");
    }
    let key = made::<BASIC>(None, None, "sk_test_4eC39").unwrap_err();
    assert!(matches!(key, RequestError::BasicToken { auth: "token" }), "{key}");
    let said = "the token has no `:`; `Basic` needs `user:password`, or a key and `:`";
    assert_eq!(key.to_string(), said);
    let broken = made::<BEARER>(None, None, "a\nb");
    assert!(matches!(broken, Err(RequestError::Token { auth: "token" })));
    let blank = made::<BASIC>(None, None, " ");
    assert!(matches!(blank, Err(RequestError::NoToken { auth: "token" })));
}

#[test]
fn a_token_in_the_query_is_escaped_and_comes_last() {
    let alone = made::<QUERY>(None, None, "a&b").unwrap();
    assert_eq!(alone.uri(), "https://api.example.com/v1/names?access%20token=a%26b");
    let behind = made::<QUERY>(Some(true), None, "tok").unwrap();
    assert_eq!(behind.uri(), "https://api.example.com/v1/names?dry=true&access%20token=tok");
    assert!(!behind.headers().contains_key("authorization"));
}

#[test]
fn a_token_is_a_field_of_a_json_object_or_of_a_form() {
    let json = |name, token| body(made::<JSON>(None, name, token).unwrap());
    assert_eq!(json(None, "t\"k"), r#"{"access_token":"t\"k"}"#);
    assert_eq!(json(Some("n"), "tok"), r#"{"access_token":"tok","name":"n"}"#);
    let form = |name, token| body(made::<FORM>(None, name, token).unwrap());
    assert_eq!(form(None, "t&k"), "access_token=t%26k");
    assert_eq!(form(Some("n"), "tok"), "access_token=tok&name=n");
    let parts = made::<PARTS>(None, Some("n"), "tok");
    assert!(matches!(parts, Err(RequestError::TokenField { auth: "token" })));
}

/// Keeps what is sent, and answers with nothing.
#[derive(Debug, Clone, Default)]
struct Recorder(Arc<Mutex<Vec<Request<Bytes>>>>);

impl Transport for Recorder {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportFault>> {
        let mut sent = self.0.lock().unwrap();
        sent.push(request);
        let response = match sent.len() {
            1 => Err(TransportFault::Connect("no route".into())),
            _ => Ok(Response::new(Bytes::from_static(br#"{"err_no":0}"#))),
        };
        Box::pin(async { response })
    }
}

#[tokio::test]
async fn a_client_has_headers_for_each_request_and_signs_each_attempt_anew() {
    let key = AppKey::new(&BYTE_AUTHORIZATION, "app", "1", Secret::from(PKCS8)).unwrap();
    let recorder = Recorder::default();
    let client = Client::builder()
        .transport(recorder.clone())
        .access_token("tok")
        .header("Accept", "application/vnd.example.v1+json")
        .header("accept", "application/vnd.example.v2+json")
        .header("Authorization", "not this")
        .signer(key)
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    let request = Rename::<BEARER> { dry: Some(true), name: Some("n".to_owned()) };
    client.call(&request).await.unwrap();

    let sent = recorder.0.lock().unwrap();
    assert_eq!(sent.len(), 2);
    let ours = PlatformKey::new(&BYTE_AUTHORIZATION, PUBLIC).unwrap();
    for request in sent.iter() {
        let headers = request.headers();
        assert_eq!(headers["accept"], "application/vnd.example.v2+json");
        assert_eq!(headers["authorization"], "Bearer tok");
        let mut message = Message::received(headers, request.body());
        (message.method, message.target) = ("POST", "/names?dry=true");
        assert_eq!(ours.verify_message(&message), Ok(()));
    }
    assert_ne!(sent[0].headers()["byte-authorization"], sent[1].headers()["byte-authorization"]);
}

#[test]
fn a_header_that_follows_from_the_request_or_is_none_is_refused() {
    for (name, value) in
        [("Content-Length", "1"), ("host", "a"), ("Content-Type", "a/b"), ("a b", "1"), ("A", "\n")]
    {
        let built = Client::builder().header(name, value).build();
        assert!(matches!(built, Err(SetupError::Header { .. })), "{name}");
    }
}

/// It writes to what is no header.
const BROKEN: Scheme = Scheme::new(
    "broken",
    Algorithm::RsaSha256,
    Encoding::Base64,
    &[Part::Body],
    &[Carrier::Header { header: "not a header", part: Part::Signature }],
);

#[tokio::test]
async fn what_cannot_be_signed_is_not_sent() {
    let key = AppKey::new(&BROKEN, "", "", Secret::from(PKCS8)).unwrap();
    let recorder = Recorder::default();
    let builder = Client::builder().transport(recorder.clone()).access_token("tok").signer(key);
    let called = builder.build().unwrap().call(&Rename::<JSON> { dry: None, name: None }).await;
    let error = called.unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::Signing(_))), "{error}");
    assert!(recorder.0.lock().unwrap().is_empty());
}
