//! The command `openssl` checks what we sign, and we check what it signs.

use std::env;
use std::path::Path;
use std::process::Command;

use apiscribe::meta::Method;
use apiscribe::time::UnixSeconds;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{app_key, platform_key};
use crate::support::folder;

const BODY: &str = r#"{"order_id":"订单1","amount":1}"#;

#[test]
fn openssl_believes_what_we_sign() {
    if !has_openssl() {
        return;
    }
    let signed = app_key()
        .authorize_at(
            Method::Post,
            "/api/x?a=1",
            BODY.as_bytes(),
            UnixSeconds(1_764_000_000),
            "n-1",
        )
        .unwrap();
    let files = tempfile::tempdir().unwrap();
    let (text, signature) = (files.path().join("text"), files.path().join("signature"));
    std::fs::write(&text, format!("POST\n/api/x?a=1\n1764000000\nn-1\n{BODY}\n")).unwrap();
    std::fs::write(&signature, STANDARD.decode(signed.signature()).unwrap()).unwrap();
    let said = openssl(&[
        Path::new("-verify"),
        &folder("keys/app.public.pem"),
        Path::new("-signature"),
        &signature,
        &text,
    ]);
    assert_eq!(String::from_utf8(said).unwrap().trim(), "Verified OK");
}

#[test]
fn we_believe_what_openssl_signs() {
    if !has_openssl() {
        return;
    }
    let files = tempfile::tempdir().unwrap();
    let text = files.path().join("text");
    std::fs::write(&text, format!("1764000000\nn-1\n{BODY}\n")).unwrap();
    let signature = openssl(&[Path::new("-sign"), &folder("keys/app.pkcs8.pem"), &text]);
    let signature = STANDARD.encode(signature);
    assert_eq!(platform_key().verify("1764000000", "n-1", BODY.as_bytes(), &signature), Ok(()));
}

/// Where the tests must all run, the lack of the command is a failure.
fn has_openssl() -> bool {
    let found = Command::new("openssl").arg("version").output().is_ok();
    assert!(found || env::var_os("CI").is_none(), "install the command `openssl`");
    found
}

fn openssl(arguments: &[&Path]) -> Vec<u8> {
    let output =
        Command::new("openssl").args(["dgst", "-sha256"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
