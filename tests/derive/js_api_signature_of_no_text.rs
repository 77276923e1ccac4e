//! What is signed is JSON text, and what comes of it text.

use apiscribe::scheme::{Algorithm, Encoding, Part, Scheme};
use apiscribe::{Encode, JsApi, Validate};

const BARE: Scheme = Scheme::new("bare", Algorithm::HmacSha256, Encoding::Hex, &[Part::Body], &[]);

#[derive(Encode, Validate, JsApi)]
#[js_api(name = "tt.pay", signature(scheme = BARE, method = POST, uri = "/pay", text = data, in = sign, quotes = true))]
struct PayOptions {
    data: Vec<i64>,
    sign: i64,
}

fn main() {}
