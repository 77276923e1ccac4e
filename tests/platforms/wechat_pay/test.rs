//! WeChat Pay v3: requests, responses and notifications are signed, codes are strings, content is encrypted.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use apiscribe::callback::{
    Acknowledgement, Callback, CallbackFault, CallbackVerifier, Callbacks, Event, ReceiveError,
};
use apiscribe::client::{ClientBuilder, RetryPolicy};
use apiscribe::error::DecodeFault;
use apiscribe::meta::Method;
use apiscribe::signature::{
    AppKey, CipherError, ContentKey, KeyError, Message, PlatformKey, PlatformKeys, SignatureError,
};
use apiscribe::time::UnixSeconds;
use apiscribe::signature::{Certificate, ResponseVerifier, Unverified};
use apiscribe::{Client, Endpoint, Error, Secret, Validate, serde_json};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use serde_json::{Value, json};

use super::api::certificate::CertificatesRequest;
use super::api::pay::{
    Appid, CloseOrderRequest, CloseOrderRequired, Currency, JsapiOrderError, JsapiOrderRequest, JsapiOrderRequired, Mchid, NotifyUrl,
    OrderAmount, OrderAmountRequired, OutTradeNo, Payer, PayerRequired, Payment, QueryByIdRequest, QueryByIdRequired, QueryByOutTradeNoError,
    QueryByOutTradeNoRequest, QueryByOutTradeNoRequired, TradeState, TradeType, TransactionId,
};
use super::api::platform::{API, Fen, NOTIFICATION, NoticeEvent, REQUEST, RESOURCE, RESPONSE};
use super::api::refund::{
    OutRefundNo, QueryRefundRequest, QueryRefundRequired, RefundAbnormal, RefundError, RefundRequest, RefundRequired, RefundStatus,
    Refunded, RequestedAmount, RequestedAmountRequired,
};
use crate::client::server::{Answer, Server, response_with};
use crate::signature::{OTHER_PUBLIC, PKCS8, PUBLIC};

/// What the platform responds with, after its documents' samples.
macro_rules! canned {
    ($name:literal) => {
        include_str!(concat!("responses/", $name))
    };
}

const MERCHANT_SERIAL: &str = "1DDE55AD98ED71D6";
const PLATFORM_SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
/// The APIv3 key, with which the responses' content is encrypted.
const CONTENT_KEY: &str = "0123456789abcdef0123456789abcdef";
const NOW: UnixSeconds = UnixSeconds(1_700_000_000);
const NUMBER: &str = "1217752501201407033233368018";

fn merchant_key() -> AppKey {
    AppKey::new(&REQUEST, "1900009191", MERCHANT_SERIAL, Secret::from(PKCS8)).unwrap()
}

/// The key that the platform signs with.
fn platform_signer() -> AppKey {
    let pem = include_str!("../../keys/other.pkcs8.pem");
    AppKey::new(&RESPONSE, "", PLATFORM_SERIAL, Secret::from(pem)).unwrap()
}

/// What its signatures are checked with: the key of its certificate, and the one before.
fn platform_keys() -> PlatformKeys {
    PlatformKeys::from(former_key()).and(certified(canned!("certificate.pem")))
}

fn former_key() -> PlatformKey {
    PlatformKey::new(&RESPONSE, PUBLIC).unwrap().id("5157F09EFDC096DE")
}

/// The key of a certificate, named by its serial number.
fn certified(pem: &str) -> PlatformKey {
    PlatformKey::certificate(&RESPONSE, &Certificate::new(pem).unwrap()).unwrap()
}

fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW.0.try_into().unwrap())
}

fn content_key(key: &str) -> ContentKey {
    ContentKey::new(&RESOURCE, Secret::from(key)).unwrap()
}

fn signature(body: &str) -> HeaderMap {
    let signed = platform_signer().sign_at(&Message::body(body.as_bytes()), NOW, "n1");
    signed.unwrap().headers().unwrap()
}

/// A response as the platform sends it, signed.
fn response(status: u16, body: &str) -> Answer {
    let headers = signature(body);
    let lines =
        headers.iter().map(|(name, value)| format!("{name}: {}\r\n", value.to_str().unwrap()));
    let head = lines.collect::<String>() + "Request-ID: 08F78BB5AF0610D302\r\n";
    Answer::Close(response_with(status, &head, body))
}

/// It signs what it sends, and believes what the platform has signed.
fn client(server: &Server) -> Client {
    client_with(server, platform_keys())
}

fn client_with(server: &Server, keys: PlatformKeys) -> Client {
    builder(server).verifier(ResponseVerifier::new(keys).clock(now)).build().unwrap()
}

fn builder(server: &Server) -> ClientBuilder {
    let retries = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(1));
    let builder = Client::builder().base_url(&API, &server.url).retry(retries);
    builder.signer(merchant_key())
}

/// A request as the server received it.
struct Received {
    method: String,
    target: String,
    headers: HeaderMap,
    body: String,
}

impl Received {
    fn of(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.split("\r\n");
        let mut line = lines.next().unwrap().split(' ');
        let mut next = || line.next().unwrap().to_owned();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            let name: HeaderName = name.parse().unwrap();
            (name, value.parse::<HeaderValue>().unwrap())
        });
        Self { method: next(), target: next(), headers: headers.collect(), body: body.to_owned() }
    }

    /// Whether it is signed with the merchant's key.
    fn verify(&self) -> Result<(), SignatureError> {
        let key = PlatformKey::new(&REQUEST, PUBLIC).unwrap().id(MERCHANT_SERIAL);
        let mut message = Message::received(&self.headers, self.body.as_bytes());
        (message.method, message.target) = (self.method.as_str(), self.target.as_str());
        key.verify_message(&message)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// The requests that a server has received, each of them signed.
fn received(server: &Server) -> Vec<Received> {
    let requests: Vec<_> = server.requests().iter().map(|text| Received::of(text)).collect();
    for request in &requests {
        assert_eq!(request.verify(), Ok(()), "{}", request.target);
    }
    requests
}

fn order() -> JsapiOrderRequest {
    JsapiOrderRequest::new(JsapiOrderRequired { appid: Appid::from("wxd678efh567hg6787"), mchid: Mchid::from("1230000109"), description: "Image形象店-深圳腾大-QQ公仔".into(), out_trade_no: OutTradeNo::from(NUMBER), notify_url: NotifyUrl::from("https://www.weixin.qq.com/wxpay/pay.php"), amount: OrderAmount { currency: Some(Currency::Cny), ..OrderAmount::new(OrderAmountRequired { total: Fen(100) }) }, payer: Payer::new(PayerRequired { openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into() }) })
}

fn refund() -> RefundRequest {
    let amount = RequestedAmount::new(RequestedAmountRequired { refund: Fen(50), total: Fen(100), currency: Currency::Cny });
    RefundRequest {
        transaction_id: Some(TransactionId::from(NUMBER)),
        ..RefundRequest::new(RefundRequired { out_refund_no: OutRefundNo::from(NUMBER), amount })
    }
}

#[tokio::test]
async fn an_order_is_signed_and_its_response_verified() {
    let server = Server::start(response(200, canned!("order.json")));
    let until = "2018-06-08T10:34:56+08:00".parse().unwrap();
    let request = JsapiOrderRequest { time_expire: Some(until), ..order() };
    let reply = client(&server).call(&request).await.unwrap();
    assert_eq!(reply.prepay_id, "wx201410272009395522657a690389285100");
    assert_eq!(reply.headers()["request-id"], "08F78BB5AF0610D302");

    let requests = received(&server);
    let request = &requests[0];
    assert_eq!((&*request.method, &*request.target), ("POST", "/v3/pay/transactions/jsapi"));
    assert_eq!(request.headers["accept"], "application/json");
    assert_eq!(request.headers["content-type"], "application/json");
    let authorization = request.headers["authorization"].to_str().unwrap();
    let start = r#"WECHATPAY2-SHA256-RSA2048 mchid="1900009191",nonce_str=""#;
    assert!(authorization.starts_with(start), "{authorization}");
    assert_eq!(
        request.json(),
        json!({
            "appid": "wxd678efh567hg6787",
            "mchid": "1230000109",
            "description": "Image形象店-深圳腾大-QQ公仔",
            "out_trade_no": NUMBER,
            "time_expire": "2018-06-08T02:34:56Z",
            "notify_url": "https://www.weixin.qq.com/wxpay/pay.php",
            "amount": { "total": 100, "currency": "CNY" },
            "payer": { "openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" },
        })
    );
}

#[tokio::test]
async fn a_response_that_was_changed_or_not_signed_is_not_believed() {
    let Answer::Close(signed) = response(200, r#"{"prepay_id":"wx1"}"#) else { unreachable!() };
    let changed = String::from_utf8(signed).unwrap().replace("wx1", "wx2");
    let bare = response_with(200, "", r#"{"prepay_id":"wx1"}"#);
    let server = Server::series(&[Answer::Close(changed.into_bytes()), Answer::Close(bare)]);
    let client = builder(&server).retry(RetryPolicy::never());
    let client = client.verifier(ResponseVerifier::new(platform_keys()).clock(now)).build().unwrap();
    let missing = SignatureError::MissingHeader { name: "Wechatpay-Serial" };
    for fault in [SignatureError::Mismatch, missing] {
        let error = client.call(&order()).await.unwrap_err();
        assert_eq!(unverified(&error), Unverified::Signature(fault));
        assert!(error.may_have_taken_effect(), "{error}");
    }
}

fn unverified<E: std::fmt::Debug>(error: &Error<E>) -> Unverified {
    match error {
        Error::Decode(error) => match error.fault {
            DecodeFault::Unverified(why) => why,
            ref other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// The platform signs what it says to merchants whom it knows by their signature.
#[tokio::test]
async fn who_signs_with_a_wrong_key_is_quoted_what_was_said() {
    let told = r#"{"code":"SIGN_ERROR","message":"签名错误"}"#;
    let server = Server::start(Answer::Close(response_with(401, "", told)));
    let error = client(&server).call(&order()).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("whether the request was signed as the platform expects"), "{text}");
    assert!(text.contains("签名错误") && server.requests().len() == 1, "{text}");
}

/// Who believes that a refund was refused pays it out in another way.
#[tokio::test]
async fn a_refusal_is_believed_if_it_is_signed() {
    let body = r#"{"code":"USER_ACCOUNT_ABNORMAL","message":"用户账户注销"}"#;
    let forged = Answer::Close(response_with(403, "", body));
    let server = Server::series(&[response(403, body), forged]);
    let client = client(&server);
    let error = client.call(&refund()).await.unwrap_err();
    assert_eq!(error.api().unwrap().code, RefundError::UserAccountAbnormal);
    assert!(!error.may_have_taken_effect(), "{error}");
    let error = client.call(&refund()).await.unwrap_err();
    assert!(error.api().is_none() && error.may_have_taken_effect(), "{error}");
}

/// Signed by `openssl`: `tests/keys/README.md`.
#[test]
fn a_request_is_signed_as_openssl_signs_it() {
    let (at, nonce) = (UnixSeconds(1_554_208_460), "593BEC0C930BF1AFEB40B4A08C8FB242");
    let target = "/v3/pay/transactions/jsapi";
    let body = br#"{"appid":"wxd678efh567hg6787","mchid":"1900009191","amount":{"total":100}}"#;
    let signed = merchant_key().authorize_at(Method::Post, target, body, at, nonce).unwrap();
    let headers = signed.headers().unwrap();
    let signature = include_str!("../../keys/wechat_request.sig");
    assert_eq!(
        headers["authorization"],
        format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"1900009191\",nonce_str=\"{nonce}\",signature=\"{signature}\",\
             timestamp=\"1554208460\",serial_no=\"1DDE55AD98ED71D6\""
        )
    );
    // And is read back as it was written.
    let ours = PlatformKey::new(&REQUEST, PUBLIC).unwrap().id(MERCHANT_SERIAL);
    let mut message = Message::received(&headers, body);
    (message.method, message.target) = ("POST", target);
    assert_eq!(ours.verify_message(&message), Ok(()));
    message.target = "/v3/pay/transactions/app";
    assert_eq!(ours.verify_message(&message), Err(SignatureError::Mismatch));
}

#[test]
fn a_request_against_the_documents_is_not_sent() {
    let request = JsapiOrderRequest {
        description: "好".repeat(128),
        out_trade_no: OutTradeNo::from("a b"),
        notify_url: NotifyUrl::from("ftp://example.com/?a=1"),
        ..order()
    };
    let violations = request.validate().unwrap_err().to_string();
    for field in
        ["description: 128 characters, at most 127", "out_trade_no: 3 characters, at least 6"]
    {
        assert!(violations.contains(field), "{violations}");
    }
    assert_eq!(violations.matches("notify_url: ").count(), 2, "{violations}");

    // This one's limit is in bytes, and the order is named once.
    let request = RefundRequest { reason: Some("好".repeat(27)), ..refund() };
    let violations = request.validate().unwrap_err().to_string();
    assert_eq!(violations, "reason: 81 bytes, at most 80 allowed");
    let request = RefundRequest { out_trade_no: Some(OutTradeNo::from(NUMBER)), ..refund() };
    assert!(request.validate().is_err());
    let request = RefundRequest { transaction_id: None, ..refund() };
    assert!(request.validate().is_err());
}

#[tokio::test]
async fn an_order_is_queried_by_either_number() {
    let server = Server::series(&[
        response(200, canned!("transaction.json")),
        response(200, canned!("not_paid.json")),
    ]);
    let client = client(&server);
    let request = QueryByIdRequest::new(QueryByIdRequired { transaction_id: TransactionId::from(NUMBER), mchid: Mchid::from("1230000109") });
    let paid = client.call(&request).await.unwrap();
    assert_eq!(paid.unread(), Vec::<String>::new());
    let amount = paid.amount.as_ref().unwrap();
    assert_eq!((&paid.trade_state, amount.payer_total), (&TradeState::Success, Some(Fen(90))));
    assert_eq!(paid.trade_type, Some(TradeType::JsApi));
    assert_eq!(paid.success_time, Some("2018-06-08T10:34:56+08:00".parse().unwrap()));
    let discount = &paid.promotion_detail.as_ref().unwrap()[0];
    assert_eq!((discount.amount, discount.merchant_contribute), (Some(Fen(10)), Some(Fen(10))));

    let request = QueryByOutTradeNoRequest::new(QueryByOutTradeNoRequired { out_trade_no: OutTradeNo::from("a|b*c-1"), mchid: Mchid::from("1") });
    let open = client.call(&request).await.unwrap();
    assert_eq!((&open.trade_state, &open.transaction_id), (&TradeState::NotPaid, &None));

    let requests = received(&server);
    let targets = requests.iter().map(|request| (&*request.method, &*request.target));
    assert_eq!(
        targets.collect::<Vec<_>>(),
        [
            ("GET", "/v3/pay/transactions/id/1217752501201407033233368018?mchid=1230000109"),
            ("GET", "/v3/pay/transactions/out-trade-no/a%7Cb%2Ac-1?mchid=1"),
        ]
    );
}

#[tokio::test]
async fn an_order_is_closed_by_a_response_without_a_body() {
    let server = Server::start(response(204, ""));
    let request = CloseOrderRequest::new(CloseOrderRequired { out_trade_no: OutTradeNo::from(NUMBER), mchid: Mchid::from("1230000109") });
    let reply = client(&server).call(&request).await.unwrap();
    assert_eq!(reply.http_status().as_u16(), 204);
    let requests = received(&server);
    let target = format!("/v3/pay/transactions/out-trade-no/{NUMBER}/close");
    assert_eq!(
        (&requests[0].target, requests[0].json()),
        (&target, json!({ "mchid": "1230000109" }))
    );
}

#[tokio::test]
async fn a_refund_is_requested_and_queried() {
    let server = Server::series(&[
        response(200, canned!("refund.json")),
        response(200, canned!("refund_done.json")),
    ]);
    let client = client(&server);
    let request = RefundRequest { reason: Some("商品已售完".to_owned()), ..refund() };
    let accepted = client.call(&request).await.unwrap();
    assert_eq!(
        (&accepted.status, accepted.amount.refund),
        (&RefundStatus::Processing, Fen(50))
    );
    let done = client.call(&QueryRefundRequest::new(QueryRefundRequired { out_refund_no: OutRefundNo::from(NUMBER) })).await.unwrap();
    assert_eq!((&done.status, done.unread().len()), (&RefundStatus::Success, 0));
    let requests = received(&server);
    assert_eq!(
        requests[0].json(),
        json!({
            "transaction_id": NUMBER,
            "out_refund_no": NUMBER,
            "reason": "商品已售完",
            "amount": { "refund": 50, "total": 100, "currency": "CNY" },
        })
    );
    assert_eq!(requests[1].target, format!("/v3/refund/domestic/refunds/{NUMBER}"));
}

fn refused<R: Endpoint>(status: u16, code: &str) -> Error<R::Error> {
    let body = json!({ "code": code, "message": "说明", "detail": { "field": "/amount" } });
    let response = http::Response::builder().status(status).body(body.to_string()).unwrap();
    R::from_http(response).map(|reply| reply.http_status()).unwrap_err()
}

#[test]
fn codes_are_strings_under_their_statuses() {
    let error = refused::<JsapiOrderRequest>(403, "OUT_TRADE_NO_USED");
    let api = error.api().unwrap();
    assert_eq!((&api.code, api.message.as_str()), (&JsapiOrderError::OutTradeNoUsed, "说明"));
    assert!(!error.may_have_taken_effect() && !api.duplicate);
    let error = refused::<QueryByOutTradeNoRequest>(404, "ORDER_NOT_EXIST");
    assert_eq!(error.api().unwrap().code, QueryByOutTradeNoError::OrderNotExist);
    let error = refused::<RefundRequest>(403, "NOT_ENOUGH");
    assert_eq!(error.api().unwrap().code, RefundError::NotEnough);
    // A code that no page lists is kept.
    let error = refused::<RefundRequest>(403, "REQUEST_BLOCKED");
    assert_eq!(error.api().unwrap().code, RefundError::Unknown("REQUEST_BLOCKED".to_owned()));
}

#[tokio::test]
async fn an_order_is_repeated_to_the_letter_and_signed_anew() {
    let busy = r#"{"code":"SYSTEM_ERROR","message":"系统繁忙,请稍后重试"}"#;
    let server = Server::series(&[response(500, busy), response(200, canned!("order.json"))]);
    client(&server).call(&order()).await.unwrap();
    let requests = received(&server);
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].body, requests[1].body);
    assert_ne!(requests[0].headers["authorization"], requests[1].headers["authorization"]);

    let used = r#"{"code":"OUT_TRADE_NO_USED","message":"商户订单号重复"}"#;
    let server = Server::start(response(403, used));
    let error = client(&server).call(&order()).await.unwrap_err();
    assert_eq!(
        (error.api().unwrap().code.clone(), server.requests().len()),
        (JsapiOrderError::OutTradeNoUsed, 1)
    );
}

/// The first certificates cannot be verified but with themselves: that they are the platform's is known by the secret with
/// which they are encrypted. A client at work is given the next ones.
#[tokio::test]
async fn certificates_are_decrypted_and_verify_what_follows() {
    let certificates = response(200, canned!("certificates.json"));
    let server = Server::series(&[certificates.clone(), certificates, response(200, canned!("order.json"))]);
    let first = builder(&server).build().unwrap();
    let reply = first.call(&CertificatesRequest::new()).await.unwrap();
    let pems = reply.data.iter().map(|certificate| {
        content_key(CONTENT_KEY).open(&certificate.encrypt_certificate.to_string()).unwrap()
    });
    let fetched = pems.map(|pem| certified(&pem)).fold(PlatformKeys::from(former_key()), PlatformKeys::and);
    let response = Message::received(reply.headers(), reply.raw_body());
    assert_eq!(fetched.verify_message(&response), Ok(()));

    let keys = PlatformKeys::from(former_key());
    let client = client_with(&server, keys.clone());
    let error = client.call(&CertificatesRequest::new()).await.unwrap_err();
    assert_eq!(unverified(&error), Unverified::Signature(SignatureError::OtherKey));
    keys.renew(fetched).unwrap();
    client.call(&order()).await.unwrap();
}

#[tokio::test]
async fn what_is_encrypted_is_opened_with_the_key_of_the_merchant_alone() {
    let server = Server::start(response(200, canned!("certificates.json")));
    let reply = client(&server).call(&CertificatesRequest::new()).await.unwrap();
    let certificate = &reply.data[0];
    assert_eq!(certificate.serial_no, PLATFORM_SERIAL);
    let pem = Certificate::new(canned!("certificate.pem")).unwrap();
    let expires = certificate.expire_time.unwrap().as_second();
    assert_eq!((pem.serial_number(), UnixSeconds(expires).to_system_time()), (PLATFORM_SERIAL, Some(pem.expires())));
    let encrypted = certificate.encrypt_certificate.to_string();
    assert_eq!(
        content_key(CONTENT_KEY).open(&encrypted).as_deref(),
        Ok(canned!("certificate.pem"))
    );
    let other = content_key("0123456789abcdef0123456789abcdeF");
    assert_eq!(other.open(&encrypted), Err(CipherError::Mismatch));
    assert_eq!(received(&server)[0].target, "/v3/certificates");
}

fn verifier(keys: impl Into<PlatformKeys>, key: &str, seconds: i64) -> CallbackVerifier {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.try_into().unwrap());
    CallbackVerifier::new(&NOTIFICATION, keys).content_key(content_key(key)).clock(move || now)
}

fn callbacks() -> Callbacks<NoticeEvent> {
    Callbacks::new(verifier(platform_keys(), CONTENT_KEY, NOW.0))
}

/// A notification as the platform sends it, through a gateway.
fn notification(body: &str) -> Request<Vec<u8>> {
    let mut request =
        Request::post("/").header("Request-ID", "08F78BB5AF0610D302").header("Cookie", "gateway=1");
    request.headers_mut().unwrap().extend(signature(body));
    request.body(body.into()).unwrap()
}

#[tokio::test]
async fn a_payment_is_notified_verified_decrypted_and_acknowledged_without_a_body() {
    let (callbacks, calls) = (callbacks(), AtomicUsize::new(0));
    let handler = |event: Event<NoticeEvent>| {
        calls.fetch_add(1, Ordering::SeqCst);
        assert_eq!((event.log_id(), event.raw().headers.len()), (Some("08F78BB5AF0610D302"), 5));
        assert_eq!(event.event_id(), Some("EV-2018022511223320873"));
        assert_eq!(event.unread(), Vec::<String>::new());
        let NoticeEvent::Payment(paid) = event.content() else { panic!("another event") };
        assert_eq!((&paid.trade_state, paid.amount.total), (&TradeState::Success, Fen(100)));
        assert_eq!(paid.out_trade_no, OutTradeNo::from(NUMBER));
        async { Ok::<_, Infallible>(Acknowledgement::of::<Payment>()) }
    };
    // The platform repeats itself until it hears a success, and after.
    for _ in 0..2 {
        let response =
            callbacks.receive(notification(canned!("payment_notification.json")), handler).await;
        assert_eq!((response.status().as_u16(), response.body().len()), (204, 0));
        assert!(!response.headers().contains_key("content-type"));
    }
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    // 24 hours and 4 minutes in all.
    assert_eq!(Payment::RETRY_AFTER.iter().sum::<u64>(), 86_640);
}

/// A notification of a kind that the spec does not know, with the text encrypted under this nonce.
fn unknown_notification(nonce: &str, text: &str) -> String {
    use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, CONTENT_KEY.as_bytes()).unwrap());
    let mut bytes = text.as_bytes().to_vec();
    let once = Nonce::try_assume_unique_for_key(nonce.as_bytes()).unwrap();
    key.seal_in_place_append_tag(once, Aad::empty(), &mut bytes).unwrap();
    let ciphertext = STANDARD.encode(bytes);
    json!({ "event_type": "NEW", "resource": { "ciphertext": ciphertext, "nonce": nonce } }).to_string()
}

#[tokio::test]
async fn a_repeat_that_is_encrypted_anew_is_a_repeat() {
    let (callbacks, calls) = (callbacks().accept_unknown(true), AtomicUsize::new(0));
    for (nonce, text) in [("nonce0000001", "{}"), ("nonce0000002", "{}"), ("nonce0000003", "[]")] {
        let handler = async |_| {
            calls.fetch_add(1, Ordering::SeqCst);
            Ok::<_, Infallible>(Acknowledgement::any())
        };
        let response = callbacks.receive(notification(&unknown_notification(nonce, text)), handler).await;
        assert_eq!(response.status(), 204);
    }
    assert_eq!(calls.into_inner(), 2);
}

#[tokio::test]
async fn a_refund_is_notified_by_the_event_of_its_state() {
    let handler = |event: Event<NoticeEvent>| {
        let (acknowledgement, refund) = match event.into_content() {
            NoticeEvent::Refunded(refund) => (Acknowledgement::of::<Refunded>(), refund),
            NoticeEvent::RefundAbnormal(refund) => {
                (Acknowledgement::of::<RefundAbnormal>(), refund)
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(
            (refund.amount.refund, refund.success_time.is_some()),
            (Fen(50), refund.refund_status == RefundStatus::Success)
        );
        async move { Ok::<_, Infallible>(acknowledgement) }
    };
    // A refund that failed and then succeeded makes two events.
    let callbacks = callbacks();
    for body in [canned!("refund_abnormal_notification.json"), canned!("refund_notification.json")]
    {
        assert_eq!(callbacks.receive(notification(body), handler).await.status(), 204);
    }
}

#[tokio::test]
async fn a_notification_that_is_not_believed_is_refused_in_the_platforms_words() {
    let refuse = async |callbacks: Callbacks<NoticeEvent>, request: Request<Vec<u8>>| {
        let response = callbacks.receive(request, async |_| Err("never called")).await;
        let told: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(told["code"], "FAIL");
        (response.status().as_u16(), told["message"].as_str().unwrap().to_owned())
    };
    let body = canned!("payment_notification.json");
    let forger = PlatformKey::new(&RESPONSE, PUBLIC).unwrap().id(PLATFORM_SERIAL);
    let forged = Callbacks::new(verifier(forger, CONTENT_KEY, NOW.0));
    let mismatch = "the signature does not match".to_owned();
    assert_eq!(refuse(forged, notification(body)).await, (401, mismatch));
    let late = Callbacks::new(verifier(platform_keys(), CONTENT_KEY, NOW.0 + 301));
    assert_eq!(refuse(late, notification(body)).await.0, 403);
    // The id of the platform's key is that of a certificate that the merchant does not have.
    let renamed = PlatformKey::new(&RESPONSE, OTHER_PUBLIC).unwrap().id("another");
    let unknown = Callbacks::new(verifier(renamed, CONTENT_KEY, NOW.0));
    assert_eq!(refuse(unknown, notification(body)).await.0, 401);
}

#[test]
fn content_that_was_encrypted_with_another_key_is_malformed() {
    let request = notification(canned!("payment_notification.json"));
    let other = verifier(platform_keys(), "0123456789abcdef0123456789abcdeF", NOW.0);
    let Err(ReceiveError::Malformed { fault, .. }) =
        other.verify::<NoticeEvent>(request.headers(), request.body())
    else {
        panic!("another key")
    };
    assert!(matches!(*fault, CallbackFault::Encrypted(CipherError::Mismatch)), "{fault}");
}

/// Signed by `openssl` and encrypted by Python's `cryptography`: `tests/keys/README.md`.
const VECTOR: &str = include_str!("../../keys/wechat_notification.json");

#[test]
fn the_key_is_the_one_that_the_message_names() {
    let request = Request::post("/")
        .header("Wechatpay-Serial", "5157F09EFDC096DE")
        .header("Wechatpay-Timestamp", NOW.0)
        .header("Wechatpay-Nonce", "n1")
        .header("Wechatpay-Signature", include_str!("../../keys/wechat_notification.sig"))
        .body(VECTOR)
        .unwrap();
    let message = Message::received(request.headers(), request.body().as_bytes());
    assert_eq!(platform_keys().verify_message(&message), Ok(()));
    let renamed = PlatformKey::new(&RESPONSE, PUBLIC).unwrap().id("another");
    assert_eq!(renamed.verify_message(&message), Err(SignatureError::OtherKey));
}

#[test]
fn encrypted_content_that_was_changed_is_not_opened() {
    let mut object: Value = serde_json::from_str(VECTOR).unwrap();
    let key = content_key(CONTENT_KEY);
    let mut open = |field: &str, value: Value| {
        let former = std::mem::replace(&mut object["resource"][field], value);
        let opened = key.open(&object["resource"].to_string());
        object["resource"][field] = former;
        opened.map(drop)
    };
    assert_eq!(open("algorithm", json!("as it was")), Ok(()));
    assert_eq!(open("associated_data", json!("refund")), Err(CipherError::Mismatch));
    assert_eq!(open("nonce", json!("short")), Err(CipherError::Field { field: "nonce" }));
    assert_eq!(open("nonce", json!("fdasflkja485")), Err(CipherError::Mismatch));
    for lost in [Value::Null, json!("%"), json!(1)] {
        assert_eq!(open("ciphertext", lost), Err(CipherError::Field { field: "ciphertext" }));
    }
    assert_eq!(open("ciphertext", json!("")), Err(CipherError::Mismatch));
    assert_eq!(key.open("[]"), Err(CipherError::NoObject));
    let short = ContentKey::new(&RESOURCE, Secret::from("short"));
    assert_eq!(short.unwrap_err(), KeyError::Length { bytes: 32 });
    assert_eq!(format!("{key:?}"), "ContentKey");
}
