//! What the fuzz targets run, on the inputs that are kept in `fuzz/corpus`.

#[path = "../fuzz/bodies/callback.rs"]
mod callback;
#[path = "../fuzz/bodies/response.rs"]
mod response;

use crate::support::{entries, folder};

#[test]
fn no_call_that_is_kept_panics() {
    run("callback", callback::run);
}

#[test]
fn no_response_that_is_kept_panics() {
    run("response", response::run);
}

fn run(target: &str, body: fn(&[u8])) {
    let inputs = entries(&folder("fuzz/corpus").join(target));
    assert!(!inputs.is_empty(), "{target} has inputs");
    for input in inputs {
        body(&std::fs::read(input).unwrap());
    }
}
