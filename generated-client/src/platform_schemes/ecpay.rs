//! The signatures of guaranteed payment (担保支付), which is closed to new apps: MD5 on requests, SHA-1 on callbacks.
//!
//! Source: the page `guaranteed-payment/TE` of the platform and its official demo in Go. Neither hash is safe against
//! one who wants two texts of one hash; they are here because this platform asks for them.

use apiscribe::scheme::{
    Algorithm, Carrier, Encoding, FieldForm, FieldValue, Fields, Mark, Part, Scheme,
};
use apiscribe::serde_json::{Map, Value};
use apiscribe::{Message, PlatformKey, Secret, SignatureError};

/// How requests are signed: MD5 over the values of all fields but these and the salt, sorted and joined with `&`, in the
/// field `sign`.
///
/// Left out are values that are empty or `null` as well. An object or a list is taken as its compact JSON, which the
/// official demo does not do; give such a field as JSON text.
pub const REQUESTS: Scheme = Scheme::new(
    "ecpay_requests",
    Algorithm::Md5,
    Encoding::Hex,
    &[Part::Fields(&Fields {
        without: &["sign", "app_id", "thirdparty_id", "other_settle_params"],
        form: FieldForm::Value,
        value: FieldValue::Trimmed,
        separator: "&",
        with_key: true,
    })],
    &[Carrier::Field { field: "sign", part: Part::Signature }],
);

/// How callbacks are signed: SHA-1 over the sorted values of the token and of every other field but `type`. Calls of the
/// newer kind have the header `Byte-Signature` and a `version` in their body.
///
/// That signature is over fields of the body, so such a body is parsed before it is believed.
pub const CALLBACKS: Scheme = Scheme::new(
    "ecpay_callbacks",
    Algorithm::Sha1,
    Encoding::Hex,
    &[Part::Fields(&Fields {
        without: &["msg_signature", "type"],
        form: FieldForm::Value,
        value: FieldValue::Exact,
        separator: "",
        with_key: true,
    })],
    &[
        Carrier::Field { field: "timestamp", part: Part::Timestamp },
        Carrier::Field { field: "msg_signature", part: Part::Signature },
    ],
)
.unless(&[Mark::Header("byte-signature"), Mark::Field("version")])
.window(300);

/// The value of a request's field `sign`, made with the salt from the console's payment settings: 32 digits in lower case.
///
/// # Panics
///
/// Never: this scheme signs any object.
pub fn sign(request: &Map<String, Value>, salt: &Secret<String>) -> String {
    let signed = apiscribe::sign_with_secret(&REQUESTS, salt, &Message::fields(request));
    signed.expect("the scheme signs any object")
}

/// The token from the console's payment settings, for callbacks: put it beside the platform's key,
/// `PlatformKeys::from(key).and(ecpay::token(token))`. With an empty token no such call is believed, as anyone could have
/// signed it.
///
/// # Panics
///
/// Never: this scheme takes any secret.
pub fn token(token: Secret<String>) -> PlatformKey {
    PlatformKey::secret(&CALLBACKS, token).expect("the scheme takes a secret")
}

/// Checks the field `msg_signature` of a callback. The time it takes does not depend on how much of it is right.
///
/// # Errors
///
/// When the field is missing, or was made with another token or of other values, or when the token is empty.
pub fn verify_callback(
    callback: &Map<String, Value>,
    secret: &Secret<String>,
) -> Result<(), SignatureError> {
    let signature = callback.get("msg_signature").and_then(Value::as_str);
    let signature = signature.ok_or(SignatureError::Unreadable);
    let key = token(secret.clone());
    match secret.is_blank() {
        true => Err(SignatureError::EmptyKey),
        false => key.verify_bare(&Message::fields(callback), signature?),
    }
}
