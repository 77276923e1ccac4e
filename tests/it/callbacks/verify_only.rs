//! Calls whose bodies are not JSON are verified alone: size, signature, time.

use std::time::Duration;

use apiscribe::callback::ReceiveError;
use apiscribe::signature::SignatureError;

use super::events::{NOW, call, call_at, verifier};

const FORM: &[u8] = b"command=%2Fdeploy&text=now%21\xFF";

#[test]
fn a_form_is_verified_and_returned_as_it_came() {
    let mut request = call(FORM);
    request.headers_mut().insert("Byte-Logid", "l1".parse().unwrap());
    request.headers_mut().insert("Cookie", "gateway=1".parse().unwrap());
    let verified = verifier().check(request.headers(), request.body()).unwrap();
    assert_eq!((&verified.body[..], verified.log_id()), (FORM, Some("l1")));
    assert!(!verified.headers.contains_key("cookie"), "of the gateway nothing is kept");
}

#[test]
fn a_form_that_was_changed_is_not_believed() {
    let request = call(FORM);
    let error = verifier().check(request.headers(), b"command=%2Fdelete").unwrap_err();
    assert!(matches!(error, ReceiveError::Signature(SignatureError::Mismatch)), "{error}");
}

#[test]
fn a_form_is_of_now() {
    let check = |at: u64, window: Option<u64>| {
        let request = call_at(at, FORM);
        let verifier = match window {
            Some(seconds) => verifier().window(Duration::from_secs(seconds)),
            None => verifier(),
        };
        verifier.check(request.headers(), request.body()).map(|call| call.body.len())
    };
    for at in [NOW - 300, NOW, NOW + 300] {
        assert_eq!(check(at, None).unwrap(), FORM.len());
    }
    for (at, is_ahead) in [(NOW - 301, false), (NOW + 301, true)] {
        let error = check(at, None).unwrap_err();
        assert!(matches!(error, ReceiveError::Stale { ahead, .. } if ahead == is_ahead), "{error}");
    }
    assert!(check(NOW - 301, Some(400)).is_ok() && check(NOW - 2, Some(1)).is_err());
}

#[test]
fn a_form_that_is_too_large_is_not_looked_at() {
    let request = call(FORM);
    let verifier = verifier().max_body(FORM.len() - 1);
    let error = verifier.check(request.headers(), request.body()).unwrap_err();
    assert!(matches!(error, ReceiveError::TooLarge { .. }), "{error}");
}

#[test]
fn a_verifier_shows_its_limits_and_no_key() {
    let verifier = verifier().max_body(77).window(Duration::from_secs(301));
    let expected = "CallbackVerifier { max_body: 77, messages: ResponseVerifier { window: Some(301s), .. }, .. }";
    assert_eq!(format!("{verifier:?}"), expected);
}
