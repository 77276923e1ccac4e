//! No secret is in any log line or `Debug` output of a whole run of the tests that handle secrets.

use std::env;
use std::process::Command;

use crate::log::VARIABLE;

/// The tests that send, receive and sign, but for the ten thousand settlements, which say nothing that the others do not.
const RUN: &[&str] = &[
    "client::",
    "faults::matrix",
    "faults::tokens",
    "emulator::",
    "signature",
    "callbacks",
    "stores::conformance::",
];

/// What the tests keep secret: keys, tokens, passwords.
const SECRETS: &[&str] = &[
    "clt.",
    "act.",
    "rft.",
    "hunter2",
    "app-secret",
    "an-example-of-a-secret",
    "PRIVATE KEY",
    "724edcafc423d167724edcbe",
    "your_payment_salt",
    "a-token-of-the-tests",
];

#[test]
fn no_secret_is_in_a_log_line_or_in_debug_output() {
    let output = Command::new(env::current_exe().expect("this test"))
        .args(RUN)
        .args(["--nocapture", "--test-threads", "2"])
        .env(VARIABLE, "1")
        .output()
        .expect("the tests run");
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{}",
        text.lines().rev().take(40).collect::<Vec<_>>().join("\n")
    );
    let lines = text.lines().filter(|line| line.starts_with("LOG")).count();
    assert!(lines > 1_000, "too little was logged to say anything: {lines} lines");
    for secret in SECRETS {
        let shown = text.lines().find(|line| line.contains(secret));
        assert_eq!(shown, None, "`{secret}` is shown");
    }
}
