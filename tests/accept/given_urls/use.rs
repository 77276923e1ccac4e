//! The platform gives the URL; a token goes with it, to servers that the spec names and to no other.

use apiscribe::error::{GivenUrlError, RequestError};
use apiscribe::{Endpoint, Secret, Validate};

use super::api::demo::{RespondRequest, RespondRequired, UploadRequest, UploadRequired};

const HOST: &str = "https://files.example.com/api";

fn upload(url: &str) -> UploadRequest {
    UploadRequest::new(UploadRequired { upload_url: Secret::from(url) })
}

/// Where it goes, on a server at `base`.
fn target_on(base: &str, request: &UploadRequest) -> Result<String, RequestError> {
    let token = Secret::from("t1");
    let sent = request.to_http(base, Some(&token))?;
    assert_eq!(sent.headers()["authorization"], "Bearer t1");
    Ok(sent.uri().to_string())
}

fn target(url: &str) -> Result<String, RequestError> {
    target_on(HOST, &upload(url))
}

fn refusal(url: &str) -> GivenUrlError {
    match target(url) {
        Err(RequestError::GivenUrl { name: "upload_url", reason }) => reason,
        other => panic!("{url}: {other:?}"),
    }
}

#[test]
fn a_url_on_a_named_server_is_called_as_it_came() {
    for url in [
        "https://files.example.com/u/1?signature=a%2Fb&x",
        "https://files.example.com:443/elsewhere",
        "https://eu.files.example.com/u/%2F/1",
        "https://a.b.FILES.example.com/u",
        "https://cdn.example.com/u",
    ] {
        assert_eq!(target(url).unwrap(), url);
    }
}

#[test]
fn any_other_server_is_refused() {
    for (url, host) in [
        ("https://evil.com/u", "evil.com"),
        ("https://evil.com/https://files.example.com/", "evil.com"),
        ("https://evilfiles.example.com/u", "evilfiles.example.com"),
        ("https://files.example.com.evil.com/u", "files.example.com.evil.com"),
        ("https://example.com/u", "example.com"),
        ("https://eu.cdn.example.com/u", "eu.cdn.example.com"),
        ("https://cdn.example.com:8443/u", "cdn.example.com:8443"),
        ("https://files.example.com:8443/u", "files.example.com:8443"),
        ("https://.files.example.com/u", ".files.example.com"),
        ("https://files.example.com./u", "files.example.com."),
        // This machine is called without HTTPS, but is not named.
        ("http://127.0.0.1:9000/u", "127.0.0.1:9000"),
    ] {
        assert_eq!(refusal(url), GivenUrlError::Elsewhere { host: host.to_owned() }, "{url}");
    }
    for url in ["http://files.example.com/u", "http://cdn.example.com/u"] {
        assert_eq!(refusal(url), GivenUrlError::PlainHttp, "{url}");
    }
    for url in [
        "",
        "/u/1",
        "files.example.com/u",
        "//files.example.com/u",
        "ftp://files.example.com/u",
        "https://user@files.example.com/u",
        "https://files.example.com@evil.com/u",
        "https://evil.com\\@files.example.com/u",
        "https:///u",
        "https://fil es.example.com/u",
        "https://cdn.example.com:99999/u",
        "https://cdn.example.com:x/u",
        "https://cdn.example.com:+443/u",
    ] {
        assert_eq!(refusal(url), GivenUrlError::Malformed, "{url}");
    }
}

#[test]
fn the_server_of_the_host_is_that_which_is_called() {
    let loopback = "http://127.0.0.1:9000";
    let url = "http://127.0.0.1:9000/u/1";
    assert_eq!(target_on(loopback, &upload(url)).unwrap(), url);
    assert!(target_on(loopback, &upload("http://127.0.0.1:9001/u/1")).is_err());
    assert!(target_on(loopback, &upload("http://localhost:9000/u/1")).is_err());
    let loopback = "http://[::1]:9000";
    assert!(target_on(loopback, &upload("http://[::1]:9000/u/1")).is_ok());
    for url in ["http://[::1].evil.com:9000/u", "http://[::1]evil.com:9000/u"] {
        let error = target_on(loopback, &upload(url)).unwrap_err();
        let is_malformed = matches!(error, RequestError::GivenUrl { reason: GivenUrlError::Malformed, .. });
        assert!(is_malformed, "{url}: {error}");
        assert!(target_on(url, &upload(loopback)).is_err(), "{url}");
    }
}

#[test]
fn fields_of_the_query_are_added_to_that_of_the_url() {
    let with_part = |url: &str| UploadRequest { part: Some(2), ..upload(url) };
    let sent = |url: &str| target_on(HOST, &with_part(url)).unwrap();
    assert_eq!(sent("https://cdn.example.com/u?s=1"), "https://cdn.example.com/u?s=1&part=2");
    assert_eq!(sent("https://cdn.example.com/u"), "https://cdn.example.com/u?part=2");
    assert_eq!(sent("https://cdn.example.com"), "https://cdn.example.com/?part=2");
}

#[test]
fn the_url_is_in_no_error_and_a_rule_on_it_is_checked_first() {
    let error = target("https://evil.com/secret-1?secret-2").unwrap_err();
    let texts = [error.to_string(), format!("{error:?}"), format!("{:?}", upload("https://evil.com/secret-1"))];
    assert!(texts.iter().all(|text| !text.contains("secret-")), "{texts:?}");
    assert!(RespondRequest::new(RespondRequired { response_url: "http://cdn.example.com/u".into(), text: "Hi".into() }).validate().is_err());
    let request = RespondRequest::new(RespondRequired { response_url: "https://cdn.example.com/u".into(), text: "Hi".into() });
    request.validate().unwrap();
    let sent = request.to_http(HOST, None).unwrap();
    assert_eq!(sent.uri(), "https://cdn.example.com/u");
    assert_eq!(sent.body(), br#"{"text":"Hi"}"#);
}
