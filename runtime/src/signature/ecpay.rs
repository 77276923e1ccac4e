//! The signatures of guaranteed payment (担保支付), which is closed to new apps: MD5 on requests, SHA-1 on callbacks.
//!
//! Source: the page `guaranteed-payment/TE` of the platform and its official demo in Go. Neither hash is safe against
//! one who wants two texts of one hash; they are here because this platform asks for them.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use md5::{Digest, Md5};
use serde_json::{Map, Value};
use zeroize::{Zeroize, Zeroizing};

use super::fault::SignatureError;
use super::{check_key, hex, same};
use crate::secret::Secret;

/// Fields of a request that its signature leaves out.
const UNSIGNED: &[&str] = &["sign", "app_id", "thirdparty_id", "other_settle_params"];

/// The value of a request's field `sign`: MD5 over its values and the salt from the console's payment settings, 32
/// digits in lower case.
///
/// Left out are `sign`, `app_id`, `thirdparty_id`, `other_settle_params` and values that are empty or `null`. An object
/// or a list is taken as its compact JSON, which the official demo does not do; give such a field as JSON text.
pub fn sign(request: &Map<String, Value>, salt: &Secret<String>) -> String {
    let fields = request.iter().filter(|(key, _)| !UNSIGNED.contains(&key.as_str()));
    let mut values: Vec<String> = fields.filter_map(|(_, value)| value_to_sign(value)).collect();
    values.push(salt.expose().clone());
    let text = Zeroizing::new(sorted(&mut values).join("&"));
    values.zeroize();
    hex(&Md5::digest(text.as_bytes()))
}

/// Checks the field `msg_signature` of a callback: SHA-1 over the sorted values of the token from the console's payment
/// settings and of every other text field but `type`. The time it takes does not depend on how much of it is right.
///
/// # Errors
///
/// When the field is missing, or was made with another token or of other values, or when the token is empty.
pub fn verify_callback(
    callback: &Map<String, Value>,
    token: &Secret<String>,
) -> Result<(), SignatureError> {
    check_key(token)?;
    let signature = callback.get("msg_signature").and_then(Value::as_str);
    same(signature.ok_or(SignatureError::Unreadable)?, &callback_signature(callback, token)?)
}

/// What a callback's field `msg_signature` must be.
fn callback_signature(
    callback: &Map<String, Value>,
    token: &Secret<String>,
) -> Result<String, SignatureError> {
    let fields =
        callback.iter().filter(|(key, _)| !["msg_signature", "type"].contains(&key.as_str()));
    let texts = fields.map(|(_, value)| text_of(value));
    let mut values = texts.collect::<Option<Vec<String>>>().ok_or(SignatureError::Unreadable)?;
    values.push(token.expose().clone());
    let text = Zeroizing::new(sorted(&mut values).concat());
    values.zeroize();
    Ok(hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes()).as_ref()))
}

/// In the order of their bytes, for a Rust string compares as its UTF-8 does.
fn sorted(values: &mut [String]) -> &[String] {
    values.sort_unstable();
    values
}

/// As the official demo has it: trimmed, without one pair of quotes around it, and trimmed again.
fn value_to_sign(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = text.trim();
    let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let text = inside.unwrap_or(text).trim();
    Some(text).filter(|text| !text.is_empty() && *text != "null").map(str::to_owned)
}

/// A value whose text is the same for all who read it.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => Some(String::new()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
