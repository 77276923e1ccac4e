//! What no document describes: answers of proxies, of scripts with warnings, in other encodings, and with echoes. They
//! neither lose a success or a refusal, nor put a secret into an error, nor make one say something untrue.

use std::fmt::Write;
use std::time::Duration;

use apiscribe::client::{CallOptions, RetryPolicy};
use apiscribe::{Endpoint, Error, ErrorCode, Tokens};
use http::StatusCode;

use super::server::{Answer, Server, response};
use super::types::{Issue, Pay, Tell};

const EFFECT: &str = "may have taken effect";

/// Bodies as other programs than the platform's write them.
fn bodies() -> Vec<Vec<u8>> {
    let texts = [
        // Numbers.
        r#"{"err_no":NaN}"#,
        r#"{"err_no":1e400}"#,
        r#"{"err_no":0e0}"#,
        r#"{"err_no":2.3111e4}"#,
        r#"{"err_no":36893488147419103232,"err_msg":"m"}"#,
        r#"{"err_no":"23111 "}"#,
        r#"{"err_no":true}"#,
        r#"{"err_no":[]}"#,
        r#"{"err_no":"ok"}"#,
        r#"{"err_no":0,"data":{"amount":-Infinity,"items":[]}}"#,
        r#"{"err_no":0,"data":{"amount":5e0,"items":[]}}"#,
        r#"{"err_no":0,"data":{"amount":36893488147419103232,"items":[]}}"#,
        // Not JSON, but nearly.
        r#"{"err_no":0,"data":{"amount":5,"items":[],},}"#,
        r#"{/* ok */"err_no":0}"#,
        r#"{'err_no':0}"#,
        r#"{err_no:0}"#,
        r#"callback({"err_no":0})"#,
        ")]}',\n{\"err_no\":0}",
        r#"{"err_no":0}{"err_no":23111}"#,
        "{\"err_no\":23111}\0",
        "<br />\n<b>Warning</b>: fopen()\n{\"err_no\":23111}",
        // Other envelopes, and no object.
        r#"{"code":10000,"message":"no"}"#,
        r#"{"data":null,"err_msg":null,"log_id":null}"#,
        r#"[{"err_no":0}]"#,
        r#""{\"err_no\":0}""#,
        "0",
        "true",
        "\u{feff}",
        "\u{feff}<html>",
        // Twice, and nothing.
        r#"{"err_no":23111,"err_no":null}"#,
        r#"{"err_no":23111,"err_no":""}"#,
        r#"{"err_no":0,"data":{"amount":5,"items":[]},"data":null}"#,
        r#"{"err_no":0,"data":{"amount":null,"items":[null,{"id":null}]}}"#,
    ];
    let utf16 = |text: &str, start: &[u8]| {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        start.iter().copied().chain(units).collect::<Vec<u8>>()
    };
    let mut bodies: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    bodies.push(utf16(r#"{"err_no":23111}"#, b"\xff\xfe"));
    bodies.push(utf16(r#"{"err_no":23111}"#, b""));
    bodies.push(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03".to_vec());
    bodies.push(vec![0xff; 300]);
    bodies.push(b"{\"err_no\":23111,\"err_msg\":\"\\ud83d\\u00".to_vec());
    bodies.push(b"{\"err_no\":23111,\"err_msg\":\"\xb2\xce\xca\xfd\xb4\x5c\"}".to_vec());
    bodies
}

fn speaks_truly<E: ErrorCode<Code = i64>>(error: &Error<E>, body: &[u8]) {
    let (shown, debug) = (error.to_string(), format!("{error:?}"));
    let body = String::from_utf8_lossy(body);
    assert_eq!(shown.contains(EFFECT), error.may_have_taken_effect(), "{body}: {shown}");
    assert!(shown.len() < 1500 && debug.len() < 4000, "{body}: {shown} {debug}");
    assert!(!(shown + &debug).contains(char::is_control), "{body}");
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        assert!(error.to_string().len() < 1500, "{body}: {error}");
        source = error.source();
    }
}

#[test]
fn whatever_answers_the_error_is_true_short_and_on_one_line() {
    for status in [200, 203, 206, 226, 300, 302, 304, 400, 402, 418, 451, 500, 520, 599, 999] {
        for body in bodies() {
            let mut response = http::Response::new(body.clone());
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            if let Err(error) = Pay::from_http(response.clone()) {
                speaks_truly(&error, &body);
            }
            if let Err(error) = Tell::from_http(response) {
                speaks_truly(&error, &body);
            }
        }
    }
}

#[test]
fn a_number_that_is_none_costs_no_success_where_nobody_needs_it() {
    for word in ["NaN", "Infinity", "-Infinity"] {
        let body = format!(
            r#"{{"fee":{word},"err_no":0,"data":{{"rate":[{word}],"amount":5,"items":[{{"id":"a","detail":{word}}}]}}}}"#
        );
        let reply = Pay::from_http(http::Response::new(body.into_bytes())).unwrap();
        assert_eq!((reply.items[0].id.as_str(), reply.unread().len()), ("a", 1), "{word}");
        let body = format!(r#"{{"data":{{"rate":{word}}},"err_msg":{word},"err_no":23111}}"#);
        let error = Pay::from_http(http::Response::new(body.into_bytes())).unwrap_err();
        assert!(error.api().unwrap().duplicate, "{error}");
        let body = format!(r#"{{"err_no":0,"data":{{"amount":{word},"items":[]}}}}"#);
        let error = Pay::from_http(http::Response::new(body.into_bytes())).unwrap_err();
        assert!(error.to_string().contains("data.amount: "), "{error}");
    }
}

/// The response to a fetch, in whatever form it comes, holds a token that the client does not know yet.
#[tokio::test]
async fn a_token_in_a_response_that_cannot_be_read_is_not_shown() {
    let token = "clt.0a1b2c3d4e5f";
    let json = format!(r#"{{"err_no":0,"data":{{"access_token":"{token}","expires_in":7200}}}}"#);
    let utf16 = [0xfeff].into_iter().chain(json.encode_utf16()).flat_map(u16::to_le_bytes);
    for body in [
        format!("<b>Warning</b>: fopen()\n{json}").into_bytes(),
        format!(")]}}',\n{json}").into_bytes(),
        format!("callback({json})").into_bytes(),
        utf16.collect(),
        format!(r#"{{"err_no":0,"data":"{token}"}}"#).into_bytes(),
        format!(r#"{{"err_no":0,"data":["{token}"]}}"#).into_bytes(),
        format!(r#"{{"err_no":0,"data":{{"access_token":["{token}"]}}}}"#).into_bytes(),
        format!(r#"{{"err_no":0,"data":{{"access_token":{{"{token}":1}}}}}}"#).into_bytes(),
    ] {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        let server = Server::start(Answer::Close([head.as_bytes(), &body].concat()));
        let client = server.anonymous().tokens(Tokens::new(Issue::new())).build().unwrap();
        for _ in 0..2 {
            let error = client.call(&Pay::new("p1")).await.unwrap_err();
            let shown = format!("{error} {error:?}").replace("\\u{0}", "").replace("\\0", "");
            assert!(!shown.contains("0a1b2c3d4e5f"), "{shown}");
            assert!(!shown.contains("app-secret"), "{shown}");
        }
    }
}

#[tokio::test]
async fn an_echo_in_escapes_of_json_is_masked() {
    let token = "clt.a+b/c&d=";
    let escaped = token.chars().fold(String::new(), |mut text, character| {
        match character.is_ascii_alphanumeric() || character == '.' {
            true => text.push(character),
            false => write!(text, "\\u{:04x}", u32::from(character)).unwrap(),
        }
        text
    });
    for echo in [
        escaped.clone(),
        escaped.replace("\\u002b", "\\u002B").replace("\\u002f", "\\u002F").replace("3d", "3D"),
    ] {
        let server = Server::json(502, &format!("<p>{echo}</p>"));
        let client = server.anonymous().access_token(token).build().unwrap();
        let shown = client.call(&Pay::new("p1")).await.unwrap_err().to_string();
        assert!(shown.contains("`<p>[redacted]</p>`"), "{echo}: {shown}");
    }
}

/// The first attempt was lost; that the next one could not be sent makes its effect no less open.
#[tokio::test]
async fn a_fetched_token_that_cannot_be_sent_leaves_the_attempts_before_it_known() {
    let server = Server::by(|count, request| {
        let issue = |token: &str| {
            let body =
                format!(r#"{{"err_no":0,"data":{{"access_token":"{token}","expires_in":7200}}}}"#);
            Answer::Close(response(200, &body))
        };
        match (request.starts_with("POST /token/"), count) {
            (true, 0) => issue("clt.first"),
            (true, _) => issue(r"clt.second\n"),
            (false, 1) => Answer::Close(Vec::new()),
            (false, _) => Answer::Close(response(200, r#"{"err_no":28001003,"err_msg":"no"}"#)),
        }
    });
    let client = server.anonymous().tokens(Tokens::new(Issue::new())).build().unwrap();
    let retry = RetryPolicy::new().pauses(Duration::ZERO, Duration::ZERO);
    let error =
        client.call_with(&Pay::new("p1"), CallOptions::new().retry(retry)).await.unwrap_err();
    assert_eq!(server.requests().len(), 4);
    assert_eq!(error.attempts().len(), 2, "{error:?}");
    assert!(error.may_have_taken_effect(), "{error}");
    speaks_truly(&error, b"");
}

/// Which signs are escaped differs from one program to the next, and so does how.
#[tokio::test]
async fn an_echo_is_masked_whichever_of_its_signs_are_escaped() {
    let token = r#"clt.a+b/c&d="e\f%"#;
    for echo in [
        // Go, PHP, .NET, Java, JavaScript.
        r#"clt.a+b/c\u0026d=\"e\\f%"#,
        r#"clt.a+b\/c&d=\"e\\f%"#,
        r"clt.a\u002Bb/c\u0026d=\u0022e\\f%",
        r#"clt.a%2Bb%2Fc%26d%3D%22e%5Cf%25"#,
        r#"clt.a+b/c&d=%22e%5Cf%25"#,
        r"clt.a+b/c&amp;d=&#34;e\f%",
        r"clt.a&#x2b;b&#x2F;c&#38;d&#61;&quot;e&#92;f%",
        r#"%63%6C%74.a+b/c&d="e\f%"#,
    ] {
        for (before, after) in
            [("", ""), ("%", "%"), ("&", ";"), (r"\", r"\"), ("字", "字"), ("clt.", "clt.")]
        {
            let page = format!("<p>{before}{echo}{after}{echo}</p>");
            let server = Server::json(502, &page);
            let client = server.anonymous().access_token(token).build().unwrap();
            let once = CallOptions::new().retry(RetryPolicy::never());
            let shown = client.call_with(&Pay::new("p1"), once).await.unwrap_err().to_string();
            let shown = shown.replace("[redacted]", "");
            let left = format!("`<p>{before}{after}</p>`");
            assert!(shown.contains(&left), "{page}: {shown}");
        }
    }
}

/// Nor does it take long, whatever a page is full of.
#[tokio::test]
async fn a_page_full_of_escapes_is_searched_once() {
    for sign in ["%", "\\", "&", "&#", "%E5", r"\u", "{", "[ ", "clt.", "clt.secre"] {
        let server = Server::json(502, &format!("<p>{}", sign.repeat(300_000)));
        let once = CallOptions::new().retry(RetryPolicy::never());
        let error = server.client().call_with(&Pay::new("p1"), once).await.unwrap_err();
        speaks_truly(&error, b"");
    }
}

const PAID: &str = r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#;

/// Messages as proxies and old servers frame them.
fn framed() -> Vec<(bool, Vec<u8>)> {
    let length = PAID.len();
    let ok = |head: &str, body: &str| (true, format!("HTTP/1.1 {head}\r\n\r\n{body}").into_bytes());
    let fails = |head: &str, body: &str| (false, ok(head, body).1);
    vec![
        ok("200 OK\r\nconnection: close", PAID),
        ok(
            &format!(
                "103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: {length}"
            ),
            PAID,
        ),
        ok(
            &format!(
                "100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: {length}"
            ),
            PAID,
        ),
        ok(&format!("206 X\r\ncontent-range: bytes 0-9/10\r\ncontent-length: {length}"), PAID),
        ok(
            &format!("200 OK\r\ncontent-type: text/html; charset=GBK\r\ncontent-length: {length}"),
            PAID,
        ),
        ok(&format!("200 OK\r\ncontent-encoding: identity\r\ncontent-length: {length}"), PAID),
        ok(
            "200 OK\r\ntransfer-encoding: chunked",
            &format!("{length:X};a=b\r\n{PAID}\r\n0\r\nX-Trailer: 1\r\n\r\n"),
        ),
        ok(
            "200 OK\r\ntransfer-encoding: chunked",
            &format!("1\r\n{{\r\n{:x}\r\n{}\r\n000\r\n\r\n", length - 1, &PAID[1..]),
        ),
        (true, format!("HTTP/1.0 200 OK\r\n\r\n{PAID}\r\n\r\n").into_bytes()),
        (true, [b"HTTP/1.1 200 \xb3\xc9\xb9\xa6\r\nx: \xff\r\n\r\n", PAID.as_bytes()].concat()),
        fails("200 OK\r\ntransfer-encoding: chunked", &format!("{length:x}\r\n{PAID}\r\n")),
        fails("200 OK\r\ntransfer-encoding: chunked", &format!("{length:x}\r\n{}", &PAID[1..])),
        fails("200 OK\r\ntransfer-encoding: chunked", &format!("zz\r\n{PAID}\r\n0\r\n\r\n")),
        fails("200 OK\r\ntransfer-encoding: gzip", "\x1f"),
        fails("200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5", "\x1f\0\0\0\0"),
        fails(&format!("200 OK\r\ncontent-length: {}", length + 1), PAID),
        fails(&format!("200 OK\r\ncontent-length: {}", length - 1), PAID),
        fails("200 OK\r\ncontent-length: 0", PAID),
        fails("204 No Content", ""),
        fails("302 Found\r\nlocation: \t", ""),
        fails("302 Found\r\nlocation: /\u{e9}\u{ff} login?token=clt.secret", "<html>"),
        fails("307 X\r\nlocation: //clt.secret@x/", ""),
        fails("101 Switching Protocols\r\nupgrade: clt.secret", ""),
        fails("103 Early Hints", ""),
        fails("clt.secret", ""),
        fails("200 OK\r\nclt.secret", ""),
        (false, b"SSH-2.0-clt.secret\r\n".to_vec()),
        (false, Vec::new()),
    ]
}

#[tokio::test]
async fn however_a_response_is_framed_the_error_is_true_and_a_success_is_read() {
    for (is_read, bytes) in framed() {
        let server = Server::start(Answer::Close(bytes.clone()));
        let client = server.client();
        let once = || CallOptions::new().retry(RetryPolicy::never());
        let paid = client.call_with(&Pay::new("p1"), once()).await;
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(paid.is_ok(), is_read, "{text}: {paid:?}");
        if let Err(error) = paid {
            speaks_truly(&error, &bytes);
            assert!(!format!("{error} {error:?}").contains("clt.secret"), "{text}: {error}");
        }
    }
}
