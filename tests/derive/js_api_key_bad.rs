//! Misspelt, missing and wrong keys.

use apiscribe::{Encode, JsApi, Validate};

#[derive(Encode, Validate, JsApi)]
#[js_api(nmae = "tt.pay", since = "2.64", concurrency = 0)]
struct Misspelt {
    #[js_api(sinse = "3.47.0")]
    good_type: i64,
    #[js_api(since = 3)]
    amount: i64,
}

#[derive(Encode, Validate, JsApi)]
#[js_api(since = "2.64.0")]
struct Missing {}

#[derive(Encode, Validate, JsApi)]
struct Bare {}

#[derive(Encode, Validate, JsApi)]
#[js_api(name = "tt.pay")]
struct Tuple(i64);

fn main() {
    let _ = Missing {}.requirements();
}
