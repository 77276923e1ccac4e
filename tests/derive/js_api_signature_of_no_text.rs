//! What is signed is JSON text, and what comes of it text.

use apiscribe::{Encode, JsApi, Validate};

#[derive(Encode, Validate, JsApi)]
#[js_api(name = "tt.pay", signature(method = POST, uri = "/pay", text = data, in = sign, quotes = true))]
struct PayOptions {
    data: Vec<i64>,
    sign: i64,
}

fn main() {}
