//! A client that verifies: which responses it believes, what it says of the others, and what it does not conclude from them.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use apiscribe::client::{BoxFuture, ClientBuilder, RetryPolicy, SetupError, Transport};
use apiscribe::error::{DecodeFault, Outcome, TransportFault};
use apiscribe::scheme::{Algorithm, Carrier, Encoding, Part, Scheme};
use apiscribe::signature::{
    AppKey, Certificate, KeyError, Message, PlatformKey, PlatformKeys, ResponseVerifier,
    SignatureError, Unverified,
};
use apiscribe::time::UnixSeconds;
use apiscribe::{Client, Encode, Endpoint, Error, ErrorCode, Secret, Tokens, Validate};
use bytes::Bytes;
use generated_client::platform::Fen;
use http::{HeaderMap, Request, Response};

use super::server::{Answer, Server, response, response_with};
use super::types::{BASIC, Issue, List, OPEN, Pay, PayError, RaiseLimit, SetLimit, TOKEN};
use crate::signature::{OTHER_PUBLIC, PKCS8, PUBLIC};

const OTHER: &str = include_str!("../../keys/other.pkcs8.pem");
const CERTIFICATE: &str = include_str!("../../keys/other.certificate.pem");

const DONE: &str = r#"{"err_no":0,"data":null}"#;
const PAID: &str = r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#;
const BUSY: &str = r#"{"err_no":23000,"err_msg":"system error"}"#;
const REFUSED: &str = r#"{"err_no":22006,"err_msg":"too early"}"#;
const NOW: UnixSeconds = UnixSeconds(1_700_000_000);

/// Each part travels in a header of its own.
const SIGNED: Scheme = Scheme::new(
    "signed",
    Algorithm::RsaSha256,
    Encoding::Base64,
    &[Part::Timestamp, Part::Text("\n"), Part::Body, Part::Text("\n")],
    &[
        Carrier::Header { header: "X-Serial", part: Part::KeyId },
        Carrier::Header { header: "X-Time", part: Part::Timestamp },
        Carrier::Header { header: "X-Signature", part: Part::Signature },
    ],
)
.window(300);

/// The platform's key, under the name `one` or `two`.
fn signer(name: &str, pem: &str) -> AppKey {
    AppKey::new(&SIGNED, "", name, Secret::from(pem)).unwrap()
}

fn one() -> PlatformKey {
    PlatformKey::new(&SIGNED, PUBLIC).unwrap().id("one")
}

fn two() -> PlatformKey {
    PlatformKey::new(&SIGNED, OTHER_PUBLIC).unwrap().id("two")
}

fn clock() -> SystemTime {
    at(NOW.0)
}

fn at(seconds: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.try_into().unwrap())
}

fn verifier(keys: impl Into<PlatformKeys>) -> ResponseVerifier {
    ResponseVerifier::new(keys).clock(clock)
}

fn headers(key: &AppKey, seconds: i64, body: &str) -> HeaderMap {
    let signed = key.sign_at(&Message::body(body.as_bytes()), UnixSeconds(seconds), "");
    signed.unwrap().headers().unwrap()
}

/// The lines of a head with a signature over a body.
fn lines(key: &AppKey, seconds: i64, body: &str) -> String {
    let headers = headers(key, seconds, body);
    headers.iter().map(|(name, value)| format!("{name}: {}\r\n", value.to_str().unwrap())).collect()
}

/// A response that is signed by the key `one`, now.
fn signed(status: u16, body: &str) -> Answer {
    signed_by(&signer("one", PKCS8), NOW.0, status, body)
}

fn signed_by(key: &AppKey, seconds: i64, status: u16, body: &str) -> Answer {
    Answer::Close(response_with(status, &lines(key, seconds, body), body))
}

fn bare(status: u16, body: &str) -> Answer {
    Answer::Close(response(status, body))
}

fn builder(server: &Server) -> ClientBuilder {
    let pauses = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(2));
    server.builder().retry(pauses)
}

fn client(server: &Server) -> Client {
    builder(server).verifier(verifier(one())).build().unwrap()
}

fn why<E: std::fmt::Debug>(error: &Error<E>) -> Unverified {
    match error {
        Error::Decode(error) => match error.fault {
            DecodeFault::Unverified(why) => why,
            ref other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn missing(name: &'static str) -> Unverified {
    Unverified::Signature(SignatureError::MissingHeader { name })
}

#[tokio::test]
async fn what_is_signed_is_believed_success_or_not() {
    let server = Server::series(&[signed(200, PAID), signed(400, REFUSED), signed(204, "")]);
    let client = client(&server);
    assert_eq!(client.call(&Pay::new("p1")).await.unwrap().amount, Fen(5));
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert_eq!(error.api().unwrap().code, PayError::Audit);
    assert!(!error.may_have_taken_effect(), "{error}");
    // A body that is empty is signed as well, and read then.
    let error = client.call(&RaiseLimit { by: 1 }).await.unwrap_err();
    assert!(matches!(&error, Error::Decode(error) if matches!(error.fault, DecodeFault::Empty)));
}

#[tokio::test]
async fn a_success_without_a_signature_is_none() {
    for status in [200, 204] {
        let body = if status == 200 { DONE } else { "" };
        let server = Server::start(bare(status, body));
        let error = client(&server).call(&RaiseLimit { by: 1 }).await.unwrap_err();
        assert_eq!(why(&error), missing("X-Serial"));
        assert!(error.may_have_taken_effect() && server.requests().len() == 1, "{error}");
    }
    let server = Server::start(bare(200, DONE));
    let error = client(&server).call(&RaiseLimit { by: 1 }).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "raise_limit: HTTP 200: not verified as the platform's response: the header `X-Serial` is missing; see whether a \
         proxy responded or took the header away, and whether the request was signed as the platform expects, for it may not \
         sign what it says to strangers; what came is not trusted, and kept in `body`; the request may have taken effect, so \
         ask for its result before sending it again"
    );
}

/// One who is believed could have a payment made twice.
#[tokio::test]
async fn a_refusal_without_a_signature_is_no_proof_that_nothing_happened() {
    for (status, body) in [
        (400, REFUSED),
        (401, "<html>log in</html>"),
        (403, r#"{"err_no":22006,"err_msg":"ask the app-secret"}"#),
        (404, ""),
        (413, ""),
        (429, "slow down"),
        (200, REFUSED),
    ] {
        let server = Server::start(bare(status, body));
        let error = client(&server).call(&RaiseLimit { by: 1 }).await.unwrap_err();
        assert_eq!(why(&error), missing("X-Serial"));
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(error.may_have_taken_effect() && server.requests().len() == 1, "{error}");
        assert!(error.to_string().contains("the request may have taken effect"), "{error}");
    }
}

#[tokio::test]
async fn a_gateway_is_quoted_and_its_responses_are_met_by_another_attempt_where_that_is_safe() {
    let page = "<html>Bad Gateway</html>";
    for gateway in [bare(502, page), bare(429, ""), bare(200, "<html>welcome</html>")] {
        let answers = [gateway.clone(), gateway.clone(), signed(200, DONE)];
        let server = Server::series(&answers);
        client(&server).call(&SetLimit { limit: 1 }).await.unwrap();
        assert_eq!(server.requests().len(), 3);
        let server = Server::series(&answers);
        client(&server).call(&RaiseLimit { by: 1 }).await.unwrap_err();
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::start(bare(502, page));
    let error = client(&server).call(&SetLimit { limit: 1 }).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("not trusted: the server cannot be reached, or is overloaded; try later, `<html>Bad Gateway"),
        "{text}"
    );
    assert!(text.contains("earlier attempts: not verified (HTTP 502) after"), "{text}");
    let unverified = Outcome::Unverified { status: http::StatusCode::BAD_GATEWAY };
    assert_eq!(error.attempts()[0].outcome, unverified);
    assert!(unverified.may_have_taken_effect() && error.may_have_taken_effect(), "{text}");
    // Of what changes nothing there is nothing to ask.
    let error = client(&server).call(&List::of("1")).await.unwrap_err();
    assert!(!error.may_have_taken_effect(), "{error}");
}

#[tokio::test]
async fn what_another_attempt_meets_again_is_not_tried_again() {
    for (status, body) in [(400, BUSY), (302, "")] {
        let server = Server::start(bare(status, body));
        client(&server).call(&SetLimit { limit: 1 }).await.unwrap_err();
        assert_eq!(server.requests().len(), 1);
    }
    // The platform's own failure may be gone the next time.
    let server = Server::series(&[signed(500, BUSY), signed(200, PAID)]);
    client(&server).call(&Pay::new("p1")).await.unwrap();
}

#[tokio::test]
async fn a_redirect_is_followed_neither_with_nor_without_a_signature() {
    let elsewhere = "location: https://other.example.com/a\r\n";
    let server = Server::start(Answer::Close(response_with(307, elsewhere, "")));
    let error = client(&server).call(&RaiseLimit { by: 1 }).await.unwrap_err();
    assert_eq!(why(&error), missing("X-Serial"));
    assert!(error.to_string().contains("a redirect, so check the base URL"), "{error}");
    assert!(error.may_have_taken_effect(), "{error}");
    let head = lines(&signer("one", PKCS8), NOW.0, "") + elsewhere;
    let server = Server::start(Answer::Close(response_with(307, &head, "")));
    let error = client(&server).call(&RaiseLimit { by: 1 }).await.unwrap_err();
    let Error::Decode(decode) = &error else { panic!("{error}") };
    assert!(matches!(decode.fault, DecodeFault::Redirect { .. }), "{error}");
    assert!(!error.may_have_taken_effect(), "{error}");
}

#[tokio::test]
async fn the_key_is_the_one_that_the_response_names() {
    let (first, second) = (signer("one", PKCS8), signer("two", OTHER));
    let impostor = signer("one", OTHER);
    let server = Server::series(&[
        signed_by(&first, NOW.0, 200, DONE),
        signed_by(&second, NOW.0, 200, DONE),
        signed_by(&impostor, NOW.0, 200, DONE),
    ]);
    let both = PlatformKeys::from(one()).and(two());
    let client = builder(&server).verifier(verifier(both)).build().unwrap();
    for _ in 0..2 {
        client.call(&RaiseLimit { by: 1 }).await.unwrap();
    }
    let error = client.call(&RaiseLimit { by: 1 }).await.unwrap_err();
    assert_eq!(why(&error), Unverified::Signature(SignatureError::Mismatch));
}

#[tokio::test]
async fn a_new_key_is_taken_by_a_client_that_is_at_work() {
    let server = Server::start(signed_by(&signer("two", OTHER), NOW.0, 200, DONE));
    let keys = PlatformKeys::from(one());
    let client = builder(&server).verifier(verifier(keys.clone())).build().unwrap();
    // Nothing will be believed until somebody fetches the key.
    let error = client.call(&SetLimit { limit: 1 }).await.unwrap_err();
    assert_eq!(why(&error), Unverified::Signature(SignatureError::OtherKey));
    assert!(error.to_string().contains("`PlatformKeys::renew`"), "{error}");
    assert!(error.may_have_taken_effect() && server.requests().len() == 1, "{error}");

    keys.renew(PlatformKeys::from(one()).and(two())).unwrap();
    client.call(&SetLimit { limit: 1 }).await.unwrap();
}

const SECRET: Scheme = Scheme::new(
    "secret",
    Algorithm::HmacSha256,
    Encoding::Hex,
    &[Part::Body],
    &[Carrier::Header { header: "X-Signature", part: Part::Signature }],
);

/// Else each request would be sent, and no response believed.
#[test]
fn a_client_without_a_key_to_verify_with_is_none() {
    let blank = PlatformKey::secret(&SECRET, Secret::from(" ")).unwrap();
    let built = Client::builder().verifier(blank.clone()).build();
    assert!(matches!(built, Err(SetupError::BlankKey)), "{built:?}");
    let keys = PlatformKeys::from(one());
    assert_eq!(keys.renew(blank.clone()), Err(KeyError::Blank));
    let headers = headers(&signer("one", PKCS8), NOW.0, DONE);
    assert_eq!(verifier(keys).verify(&headers, DONE.as_bytes()), Ok(()));
    // One of several is enough.
    Client::builder().verifier(PlatformKeys::from(blank).and(one())).build().unwrap();
}

#[tokio::test]
async fn a_response_that_is_not_of_now_is_not_believed() {
    for (seconds, by, ahead) in [(NOW.0 - 301, 301, false), (NOW.0 + 301, 301, true)] {
        let server = Server::start(signed_by(&signer("one", PKCS8), seconds, 200, DONE));
        let error = client(&server).call(&SetLimit { limit: 1 }).await.unwrap_err();
        assert_eq!(why(&error), Unverified::Stale { by: Duration::from_secs(by), ahead });
        assert!(error.to_string().contains("set this machine's clock"), "{error}");
        assert_eq!(server.requests().len(), 1);
        let wide = verifier(one()).window(Duration::from_secs(301));
        builder(&server).verifier(wide).build().unwrap().call(&List::of("1")).await.unwrap();
    }
    for seconds in [NOW.0 - 300, NOW.0 + 300] {
        let server = Server::start(signed_by(&signer("one", PKCS8), seconds, 200, DONE));
        client(&server).call(&List::of("1")).await.unwrap();
    }
}

#[tokio::test]
async fn what_was_changed_on_the_way_is_not_believed() {
    let head = lines(&signer("one", PKCS8), NOW.0, PAID);
    let twice = format!("{head}x-serial: one\r\n");
    let unread = head.replace("x-time: 17", "x-time: +17");
    let mismatch = SignatureError::Mismatch;
    let bad = |name| SignatureError::BadHeader { name };
    for (head, body, fault) in [
        (&head, PAID.replace('5', "6"), mismatch),
        (&head, format!("{PAID} "), mismatch),
        (&head.replace("x-time: 1700000000", "x-time: 1700000001"), PAID.to_owned(), mismatch),
        (&twice, PAID.to_owned(), bad("X-Serial")),
        (&unread, PAID.to_owned(), bad("X-Time")),
        (
            &head.replace("x-signature: ", "x-signature: !"),
            PAID.to_owned(),
            SignatureError::Unreadable,
        ),
    ] {
        let broken = Answer::Close(response_with(200, head, &body));
        let server = Server::series(&[broken.clone(), signed(200, PAID)]);
        client(&server).call(&Pay::new("p1")).await.unwrap();
        assert_eq!(server.requests().len(), 2);
        let server = Server::start(broken);
        let error = client(&server).call(&Pay::new("p1")).await.unwrap_err();
        assert_eq!(why(&error), Unverified::Signature(fault), "{error}");
        assert_eq!(server.requests().len(), 3);
    }
}

/// Of a body whose length is not declared, nobody knows where it ends but its signature.
#[tokio::test]
async fn a_body_that_is_cut_off_is_not_believed() {
    let head = lines(&signer("one", PKCS8), NOW.0, PAID);
    let cut = format!("HTTP/1.1 200 X\r\n{head}\r\n{}", &PAID[..20]);
    let server = Server::series(&[Answer::Close(cut.into_bytes()), signed(200, PAID)]);
    client(&server).call(&Pay::new("p1")).await.unwrap();
    assert_eq!(server.requests().len(), 2);

    // Without its whole body a 429 cannot be verified: it is believed by a client that believes everything.
    for late in [
        Answer::Close(b"HTTP/1.1 429 X\r\ncontent-length: 99\r\n\r\n{".to_vec()),
        bare(429, &"x".repeat(200)),
    ] {
        let server = Server::start(late);
        let small = builder(&server).max_body(100);
        let error = small.build().unwrap().call(&RaiseLimit { by: 1 }).await.unwrap_err();
        assert!(!error.may_have_taken_effect(), "{error}");
        let small = builder(&server).max_body(100).verifier(verifier(one()));
        let error = small.build().unwrap().call(&RaiseLimit { by: 1 }).await.unwrap_err();
        assert!(error.may_have_taken_effect() && matches!(error, Error::Transport(_)), "{error}");
    }
}

/// Somebody who may end a token could keep a client busy with fetching them.
#[tokio::test]
async fn a_token_is_not_refused_by_whom_nobody_knows() {
    let issue = r#"{"err_no":0,"data":{"access_token":"clt.1234567","expires_in":7200}}"#;
    let server = Server::by(move |_, request| match request.starts_with("POST /token/") {
        true => signed(200, issue),
        false => bare(400, r#"{"err_no":28001008,"err_msg":"expired"}"#),
    });
    let tokens = Tokens::new(Issue::new());
    let client = server.anonymous().tokens(tokens).verifier(verifier(one())).build().unwrap();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert_eq!(why(&error), missing("X-Serial"));
    assert_eq!(server.requests().len(), 2);

    // Nor is one taken from them, and no error shows what they gave.
    let server = Server::start(bare(200, issue));
    let tokens = Tokens::new(Issue::new());
    let client = server.anonymous().tokens(tokens).verifier(verifier(one())).build().unwrap();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert!(matches!(error, Error::Token(_)), "{error}");
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("not verified as the platform's"), "{shown}");
    assert!(!shown.contains("clt.1234567") && !shown.contains("app-secret"), "{shown}");
}

/// Reads what the platform signs for nobody.
#[derive(Debug, Encode, Validate, Endpoint)]
#[endpoint(GET "/api/file/")]
#[endpoint(name = "file", host = OPEN, auth = TOKEN, envelope = BASIC, response = Option<String>)]
#[endpoint(unsigned)]
struct Read {}

#[tokio::test]
async fn an_endpoint_that_is_not_signed_is_taken_as_it_comes() {
    const { assert!(Read::META.unsigned && !Pay::META.unsigned) };
    let told = r#"{"err_no":0,"data":"told"}"#;
    let server = Server::series(&[bare(200, told), bare(400, REFUSED), bare(200, DONE)]);
    let client = client(&server);
    assert_eq!(client.call(&Read {}).await.unwrap().data().as_deref(), Some("told"));
    assert!(matches!(client.call(&Read {}).await, Err(Error::Api(_))));
    // The next endpoint's is.
    client.call(&RaiseLimit { by: 1 }).await.unwrap_err();
}

/// Responds with these, in turn.
#[derive(Debug, Clone)]
struct Canned(Arc<Mutex<Vec<Response<Bytes>>>>);

impl Transport for Canned {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportFault>> {
        let response = self.0.lock().unwrap().remove(0);
        Box::pin(async { Ok(response) })
    }
}

#[tokio::test]
async fn the_responses_of_another_transport_are_verified_as_well() {
    let mut good = Response::new(Bytes::from_static(DONE.as_bytes()));
    *good.headers_mut() = headers(&signer("one", PKCS8), NOW.0, DONE);
    let mut bad = good.clone();
    *bad.body_mut() = Bytes::from_static(b"{\"err_no\":0}");
    let transport = Canned(Arc::new(Mutex::new(vec![good, bad])));
    let client = Client::builder().transport(transport).verifier(verifier(one())).build().unwrap();
    client.call(&RaiseLimit { by: 1 }).await.unwrap();
    let error = client.call(&RaiseLimit { by: 1 }).await.unwrap_err();
    assert_eq!(why(&error), Unverified::Signature(SignatureError::Mismatch));
}

/// 2028-06-07 02:34:56 UTC.
const EXPIRES: i64 = 1_843_958_096;

#[tokio::test]
async fn a_key_whose_certificate_has_expired_is_not_believed() {
    let certificate = Certificate::new(CERTIFICATE).unwrap();
    let key = PlatformKey::certificate(&SIGNED, &certificate).unwrap();
    let platform = signer(certificate.serial_number(), OTHER);
    let call = async |seconds: i64, keys: PlatformKeys| {
        let server = Server::start(signed_by(&platform, seconds, 200, DONE));
        let verifier = ResponseVerifier::new(keys).clock(move || at(seconds));
        let client = builder(&server).verifier(verifier).build().unwrap();
        (client.call(&SetLimit { limit: 1 }).await, server.requests().len())
    };
    call(EXPIRES, key.clone().into()).await.0.unwrap();
    let (result, requests) = call(EXPIRES + 1, key.clone().into()).await;
    let error = result.unwrap_err();
    assert_eq!((why(&error), requests), (Unverified::Signature(SignatureError::ExpiredKey), 1));
    assert!(error.to_string().contains("fetch the platform's newest keys"), "{error}");
    // Who has the bare key as well has said that it is to be believed for good.
    let bare = PlatformKey::new(&SIGNED, OTHER_PUBLIC).unwrap().id(certificate.serial_number());
    call(EXPIRES + 1, PlatformKeys::from(key.clone()).and(bare)).await.0.unwrap();
    // Who does not know the time is not told.
    let headers = headers(&platform, EXPIRES + 1, DONE);
    assert_eq!(key.verify_message(&Message::received(&headers, DONE.as_bytes())), Ok(()));
}

/// The error of an endpoint has codes that the platform alone may give.
#[tokio::test]
async fn an_unverified_duplicate_is_none() {
    let used = r#"{"err_no":23111,"err_msg":"pay_no has existed"}"#;
    let server = Server::start(bare(400, used));
    let error = client(&server).call(&Pay::new("p1")).await.unwrap_err();
    assert!(error.api().is_none() && error.may_have_taken_effect(), "{error}");
    let Error::Decode(decode) = error else { unreachable!() };
    assert_eq!(decode.body_text(), used);
    assert_eq!(PayError::PayNoExists.code(), 23111);
}
