#![no_main]

#[path = "../bodies/callback.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
