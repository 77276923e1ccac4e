//! Signatures that lack something, name no field, or sign what is no JSON text.

use apiscribe::scheme::{Algorithm, Encoding, Part, Scheme};
use apiscribe::wire::JsonText;
use apiscribe::{Encode, JsApi, Validate};

const BARE: Scheme = Scheme::new("bare", Algorithm::HmacSha256, Encoding::Hex, &[Part::Body], &[]);

#[derive(Encode, Validate, JsApi)]
#[js_api(name = "tt.pay", signature(scheme = BARE, method = PUSH, url = "/pay", text = data, in = sign, quotes = false))]
struct Misspelt {
    data: JsonText<Vec<i64>>,
    sign: String,
}

#[derive(Encode, Validate, JsApi)]
#[js_api(name = "tt.pay", signature(method = POST, uri = "/pay"))]
struct Half {
    data: JsonText<Vec<i64>>,
    sign: String,
}

#[derive(Encode, Validate, JsApi)]
#[js_api(name = "tt.pay", signature(scheme = BARE, method = POST, uri = "/pay", text = dat, in = dat, quotes = true))]
struct NoField {
    data: JsonText<Vec<i64>>,
    sign: String,
}

fn main() {}
