//! Other platforms' signatures are values of the same engine: WeChat Pay's second version, and webhooks as Stripe's. The
//! third version of WeChat Pay is a spec, `tests/platforms/wechat_pay`.

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use apiscribe::callback::Opened;
use apiscribe::callback::{
    Acknowledgement, CallbackEnvelope, CallbackFault, CallbackVerifier, Callbacks, Event,
};
use apiscribe::scheme::{
    Algorithm, CallbackScheme, Carrier, Encoding, FieldForm, FieldValue, Fields, Part, Scheme,
};
use apiscribe::serde_json::{Map, Value, json};
use apiscribe::signature::{
    AppKey, KeyError, Message, PlatformKey, SignatureError, SigningError, sign_with_secret,
};
use apiscribe::time::UnixSeconds;
use apiscribe::{Events, Secret};
use http::{HeaderMap, HeaderValue, Request};

use super::{PKCS8, PUBLIC};
use crate::platforms::cases::wechat_pay::api::platform::{REQUEST, RESPONSE};

const STRIPE: Scheme = Scheme::new(
    "stripe",
    Algorithm::HmacSha256,
    Encoding::Hex,
    &[Part::Timestamp, Part::Text("."), Part::Body],
    &[Carrier::Pairs {
        header: "Stripe-Signature",
        prefix: "",
        quote: "",
        pairs: &[("t", Part::Timestamp), ("v1", Part::Signature)],
    }],
)
.window(300);

const STRIPE_CALLBACKS: CallbackScheme = CallbackScheme::new("stripe", "", &[]);

const V2_FIELDS: Fields = Fields {
    without: &["sign"],
    form: FieldForm::Pair,
    value: FieldValue::Trimmed,
    separator: "&",
    with_key: false,
};

const fn wechat_v2(algorithm: Algorithm) -> Scheme {
    const TEXT: &[Part] = &[Part::Fields(&V2_FIELDS), Part::Text("&key="), Part::Key];
    Scheme::new("wechat_v2", algorithm, Encoding::UpperHex, TEXT, &[])
}

const NOW: u64 = 1_700_000_000;
const CHARGE: &str =
    r#"{"id":"evt_1","type":"charge.succeeded","data":{"object":{"settle_id":"s1"}}}"#;
/// `printf '1700000000.%s' "$CHARGE" | openssl dgst -sha256 -hmac whsec_test_secret`.
const CHARGE_SIGNATURE: &str = "45431a00b18f21dde3bff9777fd1114f94db21d891611246ff214d78d4426d58";

/// Any event, as the JSON that its content is.
struct Stripe {
    name: String,
    content: Value,
}

impl Events for Stripe {
    const ENVELOPE: &'static CallbackEnvelope =
        &CallbackEnvelope::new("stripe", "type").content("data");

    fn read(opened: &Opened) -> Result<Self, CallbackFault> {
        Ok(Self { name: opened.name().to_owned(), content: opened.read()? })
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn identity(&self) -> Option<String> {
        None
    }
}

fn standing(verifier: CallbackVerifier, seconds: u64) -> CallbackVerifier {
    verifier.clock(move || SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
}

/// Source: <https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3>.
#[test]
fn the_published_vectors_of_wechat_pay_2_are_made() {
    let Value::Object(mut order) = json!({
        "appid": "wxd930ea5d5a258f4f", "mch_id": "10000100", "device_info": "1000", "body": "test",
        "nonce_str": "ibuaiVcKdpRxkhJA",
    }) else {
        unreachable!()
    };
    let sign = |algorithm, order: &Map<String, Value>| {
        let key = Secret::from("192006250b4c09247ec02edce69f6a2d");
        sign_with_secret(&wechat_v2(algorithm), &key, &Message::fields(order)).unwrap()
    };
    let md5 = "9A0A8659F005D6984697E2CA0A9CF3B7";
    assert_eq!(sign(Algorithm::Md5, &order), md5);
    assert_eq!(
        sign(Algorithm::HmacSha256, &order),
        "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6"
    );
    order.insert("sign".to_owned(), json!(md5));
    order.insert("attach".to_owned(), json!(""));
    assert_eq!(sign(Algorithm::Md5, &order), md5);
}

fn stripe() -> PlatformKey {
    PlatformKey::secret(&STRIPE, Secret::from("whsec_test_secret")).unwrap()
}

fn believe(key: &PlatformKey, header: &str, body: &str) -> Result<(), SignatureError> {
    let mut headers = HeaderMap::new();
    headers.insert("Stripe-Signature", HeaderValue::from_str(header).unwrap());
    key.verify_message(&Message::received(&headers, body.as_bytes()))
}

#[test]
fn a_webhook_as_stripes_is_believed_by_any_of_its_signatures() {
    let good = format!("t={NOW},v1={CHARGE_SIGNATURE}");
    let more = format!("t={NOW},v1={},v1={CHARGE_SIGNATURE},v0=7", "0".repeat(64));
    let otherwise = format!("v1={CHARGE_SIGNATURE}, t={NOW}");
    for header in [&good, &more, &otherwise] {
        assert_eq!(believe(&stripe(), header, CHARGE), Ok(()), "{header}");
    }
    assert_eq!(believe(&stripe(), &good, "{}"), Err(SignatureError::Mismatch));
    let later = format!("t={},v1={CHARGE_SIGNATURE}", NOW + 1);
    assert_eq!(believe(&stripe(), &later, CHARGE), Err(SignatureError::Mismatch));
    let empty = PlatformKey::secret(&STRIPE, Secret::from(" ")).unwrap();
    assert_eq!(believe(&empty, &good, CHARGE), Err(SignatureError::EmptyKey));
}

#[test]
fn a_webhook_without_time_or_signature_is_not_of_its_form() {
    let signature = format!("v1={CHARGE_SIGNATURE}");
    let time = format!("t={NOW}");
    let twice = format!("t={NOW},t=1,{signature}");
    let signed = format!("t=+{NOW},{signature}");
    for header in [&signature, &time, &twice, &signed, "", "t", "t=,v1="] {
        let bad = SignatureError::BadHeader { name: "Stripe-Signature" };
        assert_eq!(believe(&stripe(), header, CHARGE), Err(bad), "{header}");
    }
}

#[tokio::test]
async fn a_webhook_of_an_hour_ago_is_refused_without_a_body() {
    let verifier = |now| standing(CallbackVerifier::new(&STRIPE_CALLBACKS, stripe()), now);
    let request = || {
        Request::post("/")
            .header("Stripe-Signature", format!("t={NOW},v1={CHARGE_SIGNATURE}"))
            .body(CHARGE.as_bytes().to_vec())
            .unwrap()
    };
    for (now, status) in [(NOW, 200), (NOW + 3600, 403)] {
        let callbacks = Callbacks::<Stripe>::new(verifier(now)).accept_unknown(true);
        let handler = async |event: Event<Stripe>| {
            assert_eq!(event.content["object"]["settle_id"], "s1");
            Ok::<_, Infallible>(Acknowledgement::any())
        };
        let response = callbacks.receive(request(), handler).await;
        assert_eq!((response.status().as_u16(), response.body().len()), (status, 0));
    }
}

#[test]
fn we_sign_as_a_webhook_is_signed() {
    let key = AppKey::secret(&STRIPE, "", "", Secret::from("whsec_test_secret")).unwrap();
    let message = Message::body(CHARGE.as_bytes());
    let signed = key.sign_at(&message, UnixSeconds(NOW as i64), "").unwrap();
    assert_eq!(signed.to_string(), format!("t={NOW},v1={CHARGE_SIGNATURE}"));
}

#[test]
fn a_key_of_another_kind_than_the_schemes_is_refused() {
    let secret = KeyError::OtherKind { expected: "a shared secret" };
    assert_eq!(PlatformKey::new(&STRIPE, PUBLIC).unwrap_err(), secret);
    assert_eq!(AppKey::new(&STRIPE, "", "", Secret::from(PKCS8)).unwrap_err(), secret);
    let rsa = KeyError::OtherKind { expected: "an RSA key in PEM, Base64 or DER" };
    assert_eq!(PlatformKey::secret(&RESPONSE, "a".into()).unwrap_err(), rsa);
    assert_eq!(AppKey::secret(&REQUEST, "1", "1", "a".into()).unwrap_err(), rsa);
    assert_eq!(AppKey::secret(&STRIPE, "", "", "".into()).unwrap_err(), KeyError::Blank);
    let signed = sign_with_secret(&REQUEST, &"a".into(), &Message::body(b""));
    assert_eq!(signed, Err(SigningError::Scheme));
}

#[test]
fn a_message_of_another_scheme_than_the_keys_is_not_checked_with_them() {
    use generated_client::platform_schemes::ecpay;
    let mut headers = HeaderMap::new();
    headers.insert("Byte-Signature", HeaderValue::from_static("AAAA"));
    let message = Message::received(&headers, b"{}");
    let verified = ecpay::token(Secret::from("tok")).verify_message(&message);
    assert_eq!(verified, Err(SignatureError::OtherScheme));
}

/// Of AWS's kind: a header of the request is signed as well.
const WITH_HEADER: Scheme = Scheme::new(
    "with_header",
    Algorithm::HmacSha256,
    Encoding::Base64,
    &[Part::Header("X-Date"), Part::Text("\n"), Part::Body],
    &[Carrier::Header { header: "X-Signature", part: Part::Signature }],
);

#[test]
fn a_header_that_is_signed_is_there_once() {
    let mut headers = HeaderMap::new();
    headers.insert("X-Date", HeaderValue::from_static("monday"));
    let mut message = Message::received(&headers, b"{}");
    let key = AppKey::secret(&WITH_HEADER, "", "", Secret::from("secret")).unwrap();
    let signed = key.sign_at(&message, UnixSeconds(1), "").unwrap();
    let ours = PlatformKey::secret(&WITH_HEADER, Secret::from("secret")).unwrap();
    assert_eq!(ours.verify_bare(&message, signed.signature()), Ok(()));

    let none = HeaderMap::new();
    message.headers = Some(&none);
    let mismatch = Err(SignatureError::Mismatch);
    assert_eq!(ours.verify_bare(&message, signed.signature()), mismatch);
    let mut twice = headers.clone();
    twice.append("X-Date", HeaderValue::from_static("tuesday"));
    message.headers = Some(&twice);
    let bad = Err(SignatureError::BadHeader { name: "X-Date" });
    assert_eq!(ours.verify_bare(&message, signed.signature()), bad);
}
