//! What an error says is true: of the effect, of the refusal, of the status, and without the secrets of the call.

use std::time::Duration;

use apiscribe::client::{CallOptions, RetryPolicy};
use apiscribe::error::{DecodeFault, Retry, TransportFault};
use apiscribe::{Endpoint, Error, ErrorCode};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use generated_client::settle::SettleCreateRequest;
use http::StatusCode;

use super::server::{Answer, Server, response, response_with};
use super::types::{Issue, List, Pay, PayError, Tell};

/// How an error says that its request may have taken effect, or that an earlier one with its key has.
const EFFECT: &str = "taken effect";

/// Of what platforms, gateways and proxies answer.
const BODIES: &[&str] = &[
    "",
    "<html>busy</html>",
    "{}",
    "[]",
    "null",
    r#"{"message":"Bad credentials"}"#,
    r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#,
    r#"{"err_no":0,"data":{"amount":{},"items":[]}}"#,
    r#"{"err_no":0}"#,
    r#"{"err_no":23111,"err_msg":"pay_no has existed"}"#,
    r#"{"err_no":23000,"err_msg":"system error"}"#,
    r#"{"err_no":22006,"err_msg":"too early"}"#,
    r#"{"err_no":424242,"err_msg":"news"}"#,
    r#"{"err_no":28001003,"err_msg":"access_token invalid"}"#,
    r#"{"err_no":42,"err_msg":"cut"#,
];

const STATUSES: &[u16] = &[
    200, 201, 204, 299, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 407, 408, 409, 413,
    422, 429, 431, 500, 502, 503, 504, 599,
];

fn speaks_truly<E: ErrorCode<Code = i64>>(error: &Error<E>) {
    let (shown, may_have) = (error.to_string(), error.may_have_taken_effect());
    assert_eq!(shown.contains(EFFECT), may_have, "{shown}");
    assert_eq!(shown.matches(EFFECT).count(), usize::from(may_have), "{shown}");
    assert!(shown.contains(error.endpoint().unwrap()), "{shown}");
}

fn responses() -> impl Iterator<Item = http::Response<Vec<u8>>> {
    STATUSES.iter().flat_map(|status| {
        BODIES.iter().flat_map(move |body| {
            [None, Some("https://elsewhere.example/x?y")].into_iter().map(move |location| {
                let mut response = http::Response::new(body.as_bytes().to_vec());
                *response.status_mut() = StatusCode::from_u16(*status).unwrap();
                if let Some(location) = location {
                    response.headers_mut().insert("location", location.parse().unwrap());
                }
                response
            })
        })
    })
}

#[test]
fn the_effect_is_told_of_exactly_where_it_is_in_doubt() {
    let mut in_doubt = 0;
    for response in responses() {
        if let Err(error) = Pay::from_http(response.clone()) {
            speaks_truly(&error);
            in_doubt += usize::from(error.may_have_taken_effect());
        }
        if let Err(error) = List::from_http(response) {
            speaks_truly(&error);
            assert!(!error.may_have_taken_effect(), "it changes nothing: {error}");
        }
    }
    assert!(in_doubt > 100, "{in_doubt}");
}

#[test]
fn who_turned_a_request_away_did_not_act_on_it() {
    let error = |status: u16, body: &str| {
        let mut response = http::Response::new(body.as_bytes().to_vec());
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        Pay::from_http(response).unwrap_err()
    };
    for status in [401, 404, 405, 413, 429, 431] {
        assert!(!error(status, "<html>").may_have_taken_effect(), "{status}");
    }
    for status in [200, 204, 302, 400, 403, 408, 425, 499, 500, 502, 503, 504] {
        assert!(error(status, "<html>").may_have_taken_effect(), "{status}");
    }
}

/// The platform reports failures of its own under HTTP 200, so a code that no document knows may be one.
#[test]
fn an_undocumented_code_leaves_the_effect_open_unless_the_status_blames_the_request() {
    let error = |status: u16, code: i64| {
        let body = format!(r#"{{"err_no":{code},"err_msg":"internal timeout"}}"#);
        let mut response = http::Response::new(body.into_bytes());
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        let error = Pay::from_http(response).unwrap_err();
        speaks_truly(&error);
        error.may_have_taken_effect()
    };
    for status in [200, 201, 302, 408, 499, 500, 502, 504] {
        assert!(error(status, 99999), "{status}");
    }
    for status in [400, 403, 404, 422, 425, 429] {
        assert!(!error(status, 99999), "{status}");
    }
    // Documented, without a retry class.
    assert!(!error(200, 22006) && error(500, 22006) && error(408, 22006) && error(499, 22006));
    // Not documented for this endpoint, but known to refuse the token.
    assert!(!error(200, 28001003) && !error(500, 28001003));
}

#[test]
fn a_status_says_what_it_means() {
    for (status, said) in [
        (
            401,
            "pay: HTTP 401: the server, or a proxy, does not accept the credentials; check the token: `Bad credentials`",
        ),
        (
            404,
            "pay: HTTP 404: the server does not know the path; check the base URL: `Bad credentials`",
        ),
        (429, "pay: HTTP 429: too many requests; call less often: `Bad credentials`"),
        (
            503,
            "pay: HTTP 503: the server cannot be reached, or is overloaded; try later: `Bad credentials`",
        ),
    ] {
        let mut response = http::Response::new(br#"{"message":"Bad credentials"}"#.to_vec());
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        let error = Pay::from_http(response).unwrap_err();
        assert!(error.to_string().starts_with(said), "{error}");
        assert!(matches!(&error, Error::Decode(error) if matches!(error.fault, DecodeFault::Http)));
    }
    let mut empty = http::Response::new(Vec::new());
    *empty.status_mut() = StatusCode::NOT_MODIFIED;
    let shown = List::from_http(empty).unwrap_err().to_string();
    assert_eq!(shown, "list: HTTP 304: neither a success nor a documented error");
}

#[test]
fn a_rate_limit_is_named_as_one() {
    let error = |body: &str| {
        let response = http::Response::builder().status(429).body(body.as_bytes().to_vec());
        Pay::from_http(response.unwrap()).unwrap_err().to_string()
    };
    assert_eq!(
        error("{}"),
        "pay: HTTP 429: too many requests; call less often: a body of 2 bytes, kept in `body`"
    );
    for code in [22006, 23000, 424242] {
        let shown = error(&format!(r#"{{"err_no":{code}}}"#));
        assert!(shown.contains("; too many requests, call less often"), "{shown}");
    }
}

/// Its code is documented as one after which the request must change.
#[test]
fn a_refused_token_asks_for_no_other_request() {
    let body = br#"{"err_no":28001003,"err_msg":"access_token invalid"}"#.to_vec();
    let error = SettleCreateRequest::from_http(http::Response::new(body)).unwrap_err();
    let api = error.api().unwrap();
    assert!(api.token_refused && api.retry().is_some(), "{api:?}");
    let shown = error.to_string();
    assert!(shown.contains("; it is the token that was refused"), "{shown}");
    assert!(!shown.contains("change the request"), "{shown}");
}

#[test]
fn a_refusal_is_one_whatever_else_is_broken() {
    for rest in [
        r#","err_msg":"cut off"#,
        r#","err_msg":"he said "no""}"#,
        r#","err_msg":{"a":[1,2"#,
        ",",
        r#"}trailing"#,
        r#"} {"err_no":0}"#,
        r#","data":[[[[{"#,
        r#","log_id":"#,
    ] {
        let body = format!(r#"{{"err_no":23111{rest}"#);
        let error = Pay::from_http(http::Response::new(body.clone().into_bytes())).unwrap_err();
        let api = error.api().unwrap_or_else(|| panic!("{body}: {error}"));
        assert_eq!((&api.code, api.endpoint), (&PayError::PayNoExists, "pay"), "{body}");
        assert!(api.duplicate);
        assert_eq!(api.body, body);
    }
    // Half a number is no code.
    for body in [r#"{"err_no":23"#, r#"{"err_no":23 "#, r#"{"err_no":-"#] {
        let error = Pay::from_http(http::Response::new(body.as_bytes().to_vec())).unwrap_err();
        assert!(error.api().is_none(), "{body}: {error}");
    }
}

#[test]
fn a_refusal_says_where_what_and_whether_a_retry_helps() {
    let refusal = |body: &str| {
        let response = http::Response::builder().status(400).header("x-tt-logid", "L9");
        Pay::from_http(response.body(body.as_bytes().to_vec()).unwrap()).unwrap_err()
    };
    let error = refusal(r#"{"err_no":23000,"err_msg":"m","log_id":"L1","sub_code":"7"}"#);
    let shown = error.to_string();
    assert!(shown.starts_with("pay: 23000 m (HTTP 400, log_id L1): "), "{shown}");
    assert!(shown.contains("; the same request may succeed later"), "{shown}");
    let api = error.api().unwrap();
    assert_eq!(
        (api.retry(), api.headers["x-tt-logid"].to_str().unwrap()),
        (Some(Retry::Same), "L9")
    );
    assert!(api.body.ends_with(br#""sub_code":"7"}"#), "what the spec does not know");
    // A retry cannot succeed, because the request has.
    let shown = refusal(r#"{"err_no":23111}"#).to_string();
    assert!(!shown.contains("; a retry cannot succeed"), "{shown}");
    assert!(shown.contains("; an earlier request with this idempotency key has"), "{shown}");
}

#[tokio::test]
async fn what_the_spec_does_not_know_of_a_success_is_kept() {
    let body = r#"{"err_no":0,"data":{"amount":5,"items":[],"news":1},"extra":{"a":2}}"#;
    let server = Server::start(Answer::Close(response_with(200, "x-tt-logid: L9\r\n", body)));
    let reply = server.client().call(&Pay::new("p1")).await.unwrap();
    assert_eq!(
        (&**reply.raw_body(), reply.headers()["x-tt-logid"].to_str().unwrap()),
        (body.as_bytes(), "L9")
    );
    assert!(!format!("{reply:?}").contains("news"), "a body may hold secrets: {reply:?}");
}

/// A response whose end is that of the connection.
fn unmeasured(body: &str) -> Answer {
    Answer::Close(format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}").into_bytes())
}

#[tokio::test]
async fn a_body_cut_off_without_a_length_is_a_broken_connection_wherever_it_was_cut() {
    let body =
        r#"{"log_id":"L1","err_no":0,"data":{"amount":5,"items":[{"id":"\u4e00\n"},{"id":"b"}]}}"#;
    let once = || CallOptions::new().retry(RetryPolicy::never());
    for end in 1..body.len() {
        let server = Server::start(unmeasured(&body[..end]));
        let error = server.client().call_with(&Pay::new("p1"), once()).await.unwrap_err();
        let broken = matches!(&error, Error::Transport(error) if matches!(error.fault, TransportFault::Broken(_)));
        assert!(broken, "{}: {error}", &body[..end]);
        speaks_truly(&error);
    }
    let server = Server::start(unmeasured(body));
    server.client().call(&Pay::new("p1")).await.unwrap();
}

#[tokio::test]
async fn a_token_that_cannot_be_fetched_leaves_no_doubt_about_the_call() {
    for answer in [Answer::Close(Vec::new()), Answer::Close(response(502, "<html>"))] {
        let server = Server::start(answer);
        let tokens = apiscribe::Tokens::new(Issue::new());
        let client = server.anonymous().tokens(tokens).build().unwrap();
        let error = client.call(&Pay::new("p1")).await.unwrap_err();
        let shown = error.to_string();
        assert!(shown.starts_with("not sent: could not obtain client_token: issue: "), "{shown}");
        assert!(!error.may_have_taken_effect() && !shown.contains(EFFECT), "{shown}");
    }
}

#[tokio::test]
async fn an_error_about_a_token_is_about_the_endpoint_that_issues_it() {
    let refused = r#"{"err_no":10010,"err_msg":"no","log_id":"T1"}"#;
    for (answer, status, log_id) in [
        (response(200, refused), Some(200), Some("T1")),
        (response(502, "<html>"), Some(502), None),
        (
            response(
                200,
                r#"{"err_no":0,"log_id":"T1","data":{"access_token":"","expires_in":1}}"#,
            ),
            Some(200),
            Some("T1"),
        ),
        (Vec::new(), None, None),
    ] {
        let server = Server::start(Answer::Close(answer));
        let tokens = apiscribe::Tokens::new(Issue::new());
        let client = server.anonymous().tokens(tokens).build().unwrap();
        // The second is told what went wrong a moment ago.
        for _ in 0..2 {
            let error = client.call(&Pay::new("p1")).await.unwrap_err();
            assert!(matches!(error, Error::Token(_)), "{error}");
            let found = (error.endpoint(), error.status().map(|status| status.as_u16()));
            assert_eq!(found, (Some("issue"), status), "{error}");
            assert_eq!(error.log_id(), log_id, "{error}");
        }
    }
}

#[tokio::test]
async fn the_status_of_a_body_that_was_cut_off_is_known() {
    let once = || CallOptions::new().retry(RetryPolicy::never());
    for head in ["content-length: 90", "transfer-encoding: chunked", "connection: close"] {
        let answer = format!("HTTP/1.1 203 X\r\n{head}\r\n\r\n{{");
        let server = Server::start(Answer::Close(answer.into_bytes()));
        let error = server.client().call_with(&Pay::new("p1"), once()).await.unwrap_err();
        let Error::Transport(transport) = &error else { panic!("{error}") };
        assert!(matches!(transport.fault, TransportFault::Broken(_)), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(203), "{head}: {error}");
        assert!(error.to_string().starts_with("pay: the connection broke: "), "{error}");
    }
    let server = Server::start(Answer::Close(Vec::new()));
    let error = server.client().call_with(&Pay::new("p1"), once()).await.unwrap_err();
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn a_body_cut_off_is_asked_for_again_where_that_is_safe() {
    let cut = unmeasured(r#"{"err_no":0,"data":{"amount":5"#);
    let whole = Answer::Close(response(200, r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#));
    let server = Server::series(&[cut, whole]);
    let retry = RetryPolicy::new().pauses(Duration::ZERO, Duration::ZERO);
    server.client().call_with(&Pay::new("p1"), CallOptions::new().retry(retry)).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_token_is_shown_by_no_error_whoever_echoes_it() {
    let token = "clt.secret";
    let location = format!("location: https://x.example/{token}/x?y={token}\r\n");
    for (status, head, body) in [
        (200, "", format!(r#"{{"err_no":9,"err_msg":"bad token {token}","log_id":"{token}"}}"#)),
        (200, "", format!(r#"{{"err_no":0,"data":{{"amount":"{token}","items":[]}}}}"#)),
        (200, "", format!(r#"{{"err_no":0,"log_id":"{token}","data":{{"{token}":1}}}}"#)),
        (200, "", format!(r#"{{"err_no":0,"data":{{"amount":{{"{token}":1}}}}}}"#)),
        (401, "", format!(r#"{{"message":"bad {token}"}}"#)),
        (502, "", format!("<pre>access-token: {token}</pre>")),
        (200, "", format!("access-token: {token}")),
        (302, location.as_str(), String::new()),
        (301, location.as_str(), format!("<a href=/{token}>")),
    ] {
        let server = Server::start(Answer::Close(response_with(status, head, &body)));
        let error = server.client().call(&Pay::new("p1")).await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(token), "{status} {body}: {shown}");
        speaks_truly(&error);
    }
}

#[tokio::test]
async fn a_secret_of_the_request_is_shown_by_no_error_whoever_echoes_it() {
    for body in [
        r#"{"err_no":9,"err_msg":"wrong secret app-secret"}"#,
        r#"{"message":"app-secret"}"#,
        "<html>{&quot;secret&quot;:&quot;app-secret&quot;}",
    ] {
        let error = Server::json(403, body).anonymous().build().unwrap().call(&Issue::new()).await;
        let error = error.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("app-secret") && shown.contains("[redacted]"), "{shown}");
    }
    let pay = Pay { pay_no: "p1".to_owned(), password: Some("hunter2\"".into()) };
    let body = r#"{"err_no":9,"err_msg":"hunter2\" is wrong"}"#;
    let error = Server::json(200, body).client().call(&pay).await.unwrap_err();
    assert_eq!(error.api().unwrap().message, "[redacted] is wrong");
}

#[tokio::test]
async fn a_token_is_masked_however_it_is_written() {
    let token = r#"clt./a+b="c&d'"#;
    for echo in [
        r#"clt./a+b="c&d'"#,
        r#"clt.\/a+b=\"c&d'"#,
        "clt.%2Fa%2Bb%3D%22c%26d%27",
        "clt.%2fa%2bb%3d%22c%26d%27",
        "clt./a+b=&quot;c&amp;d&#39;",
    ] {
        let server = Server::json(502, &format!("<p>{echo}</p>"));
        let client = server.anonymous().access_token(token).build().unwrap();
        let shown = client.call(&Pay::new("p1")).await.unwrap_err().to_string();
        assert!(shown.contains("`<p>[redacted]</p>`"), "{echo}: {shown}");
    }
}

const LONG: &str = "clt.0A1b2C3d4E5f/60718293+a4b5c6d7~z9";

/// Whether 12 bytes of the token stand in a text, in whatever case.
fn shows_a_piece(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let token = LONG.to_ascii_lowercase();
    token.as_bytes().windows(12).any(|piece| text.as_bytes().windows(12).any(|part| part == piece))
}

#[tokio::test]
async fn a_piece_of_the_token_is_masked_as_well() {
    let base64 = |text: &str| BASE64_STANDARD.encode(text);
    let cut = format!("{}{LONG}", "x ".repeat(2040));
    for echo in [
        &LONG[..20],
        &LONG[..12],
        &LONG[5..17],
        &LONG[LONG.len() - 13..],
        &LONG.to_uppercase(),
        &LONG.to_lowercase()[3..30],
        &format!("{}|{}", &LONG[..15], &LONG[15..]),
        &format!("{0}{0}", &LONG[..13]),
        &cut,
    ] {
        for (status, body) in [
            (
                200,
                format!(r#"{{"err_no":23117,"err_msg":"token {echo} is bad","log_id":"{echo}"}}"#),
            ),
            (401, format!(r#"{{"message":"token {echo}"}}"#)),
            (502, format!("<p>{echo}</p>")),
            (200, format!(r#"{{"err_no":0,"data":{{"amount":{{"{echo}":1}}}}}}"#)),
        ] {
            let server = Server::json(status, &body);
            let client = server.anonymous().access_token(LONG).build().unwrap();
            let once = CallOptions::new().retry(RetryPolicy::never());
            let error = client.call_with(&Pay::new("p1"), once).await.unwrap_err();
            assert!(!shows_a_piece(&format!("{error} {error:?}")), "{body}: {error}");
            speaks_truly(&error);
        }
    }
    for echo in [base64(LONG), base64(&format!("a{LONG}")), base64(&format!("ab{LONG}"))] {
        let body = format!(r#"{{"err_no":23117,"err_msg":"basic {echo}"}}"#);
        let server = Server::json(200, &body);
        let client = server.anonymous().access_token(LONG).build().unwrap();
        let error = client.call(&Pay::new("p1")).await.unwrap_err().to_string();
        let is_shown =
            echo.as_bytes().windows(12).any(|piece| error.contains(str::from_utf8(piece).unwrap()));
        assert!(error.contains("[redacted]") && !is_shown, "{echo}: {error}");
    }
}

/// Eleven characters may be a word; and a short secret has no pieces that are worth it.
#[tokio::test]
async fn what_only_resembles_the_token_is_shown() {
    for (token, text) in [
        (LONG, format!("{} {}", &LONG[..11], &LONG[12..23])),
        ("settle_create-1", "settle_create is unknown".to_owned()),
    ] {
        let body = format!(r#"{{"err_no":23117,"err_msg":"{text}"}}"#);
        let server = Server::json(200, &body);
        let client = server.anonymous().access_token(token).build().unwrap();
        let error = client.call(&Pay::new("p1")).await.unwrap_err();
        assert_eq!(error.api().unwrap().message, text);
    }
}

/// Nor does a text of a megabyte take long, whatever it is full of.
#[tokio::test]
async fn a_long_text_is_searched_once_for_pieces() {
    let parts = [&LONG[..11], &LONG[..12], LONG, &LONG[20..32], "a", "字"];
    for part in parts {
        let text = part.repeat(2_000_000 / part.len());
        let server = Server::json(200, &format!(r#"{{"err_no":9,"err_msg":"{text}"}}"#));
        let client = server.anonymous().access_token(LONG).build().unwrap();
        let error = client.call(&Pay::new("p1")).await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(&LONG[..12]) && shown.len() < 4000, "{shown}");
    }
}

#[tokio::test]
async fn a_server_cannot_write_lines_into_the_log() {
    let body = r#"{"err_no":77,"err_msg":"no\n2026-01-01 INFO all is well\u001b[2J\u202e","log_id":"a\nb\u001b[31m"}"#;
    let error = Server::json(200, body).client().call(&Pay::new("p1")).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(['\n', '\u{1b}', '\u{202e}']), "{shown}");
    assert!(
        shown.starts_with(
            r"pay: 77 no\n2026-01-01 INFO all is well\u{1b}[2J\u{202e} (HTTP 200, log_id a\nb"
        ),
        "{shown}"
    );
    let head = "location: /a\tb\r\n";
    let server = Server::start(Answer::Close(response_with(302, head, "")));
    let error = server.client().call(&Pay::new("p1")).await.unwrap_err();
    assert!(error.to_string().contains(r"a redirect to `/a\tb`"), "{error}");
    let page = Server::json(502, "<p>\u{1b}[31mred\u{7}\u{9b}").client().call(&Tell {}).await;
    let shown = page.unwrap_err().to_string();
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{shown}");
}

#[test]
fn long_texts_of_a_server_make_no_long_errors() {
    let long = "字".repeat(100_000);
    let deep = "[".repeat(100_000);
    for body in [
        format!(r#"{{"err_no":77,"err_msg":"{long}"}}"#),
        format!(r#"{{"err_no":77,"log_id":"{long}"}}"#),
        format!(r#"{{"err_no":77,"err_msg":[{}0]}}"#, "0,".repeat(100_000)),
        format!(r#"{{"err_no":0,"data":{{"amount":"{long}"}}}}"#),
        format!(r#"{{"err_no":0,"data":{{"amount":{{"{long}":[]}}}}}}"#),
        format!(r#"{{"err_no":"{long}"}}"#),
        format!(r#"{{"err_msg":{deep}"#),
        format!(r#"{{"err_no":0,"data":{{"amount":{deep}"#),
        format!(r#"{{"{long}":1}}"#),
        long.clone(),
    ] {
        let response = http::Response::new(body.clone().into_bytes());
        let error = Pay::from_http(response).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.len() < 4_000, "{} bytes: {}", shown.len(), &shown[..400]);
        match &error {
            Error::Api(error) => assert_eq!(error.body.len(), body.len()),
            Error::Decode(error) => assert_eq!(error.body.len(), body.len()),
            other => panic!("{other}"),
        }
    }
}
