//! Where the token does not go.

use apiscribe::client::token::StoredToken;
use apiscribe::client::{Environment, SetupError};
use apiscribe::endpoint::IssuedToken;
use apiscribe::error::{BaseUrlError, DecodeFault, RequestError};
use apiscribe::{Client, Endpoint, Error, Secret, Tokens};

use super::server::{Answer, Server};
use super::types::{Issue, OPEN, Pay};

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Server::json(200, r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#);
    for status in [301, 302, 307, 308] {
        let head = format!(
            "HTTP/1.1 {status} X\r\nlocation: {}/x?y=z\r\ncontent-length: 0\r\n\r\n",
            target.url
        );
        let server = Server::start(Answer::Close(head.into_bytes()));
        let error = server.client().call(&Pay::new("p1")).await.unwrap_err();
        let Error::Decode(error) = error else { panic!("{error}") };
        let to = format!("{}/x", target.url);
        assert!(
            matches!(&error.fault, DecodeFault::Redirect { to: found } if *found == to),
            "{error}"
        );
    }
    assert!(target.requests().is_empty());
}

#[test]
fn plain_http_is_for_this_machine() {
    for url in [
        "http://localhost:1",
        "http://127.0.0.1",
        "http://127.9.9.9:80/x",
        "http://[::1]:1",
        "https://a.cn",
    ] {
        assert!(Client::builder().base_url(&OPEN, url).build().is_ok(), "{url}");
        Pay::new("p1").to_http(url, Some(&Secret::from("t"))).unwrap();
    }
    for url in [
        "http://a.cn",
        "http://localhost.a.cn",
        "http://127.0.0.1.a.cn",
        "http://[::2]",
        "http://0.0.0.0",
    ] {
        let refused = Client::builder().base_url(&OPEN, url).build().err();
        let reason = BaseUrlError::PlainHttp;
        assert!(
            matches!(refused, Some(SetupError::BaseUrl { host: "open", reason: r }) if r == reason),
            "{url}"
        );
        let refused = Pay::new("p1").to_http(url, Some(&Secret::from("t"))).err();
        assert!(matches!(refused, Some(RequestError::BaseUrl { .. })), "{url}");
    }
}

#[test]
fn an_address_is_read_in_one_way_only() {
    for url in [
        "",
        "a.cn",
        "ftp://a.cn",
        "https://",
        "http://localhost@a.cn",
        "https://a.cn?x",
        "https://a.cn#x",
    ] {
        let error = Client::builder().base_url(&OPEN, url).build().unwrap_err();
        assert!(
            matches!(error, SetupError::BaseUrl { reason: BaseUrlError::Malformed, .. }),
            "{url}"
        );
    }
}

#[test]
fn each_address_is_checked_and_the_first_that_is_wrong_named() {
    let builder = Client::builder().base_url(&OPEN, "a.cn").base_url(&OPEN, "https://a.cn");
    let error = builder.access_token("").build().unwrap_err();
    let shown = "the address given for host `open` is not of the form https://host[:port][/path]";
    assert_eq!(error.to_string(), shown);
}

#[test]
fn an_address_that_is_refused_is_not_shown() {
    let builder = Client::builder().base_url(&OPEN, "https://me:hunter2@a.cn");
    let shown = format!("{builder:?}") + &builder.build().unwrap_err().to_string();
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn an_environment_without_a_safe_address_is_refused() {
    let client =
        |environment| Client::builder().access_token("t").environment(environment).build().unwrap();
    let sandbox = client(Environment::Sandbox).call(&Pay::new("p1")).await.unwrap_err();
    let shown = "not sent: pay is at host `open`, which has no address for sandbox; choose production or development, or give an address \
                 with `base_url`";
    assert_eq!(sandbox.to_string(), shown);
    let development = client(Environment::Development).call(&Pay::new("p1")).await.unwrap_err();
    assert!(development.to_string().contains("is plain http"), "{development}");
}

#[test]
fn an_environment_that_has_no_tokens_is_refused_when_the_client_is_built() {
    let builder = || Client::builder().tokens(Tokens::new(Issue { secret: "s".into() }));
    let sandbox = builder().environment(Environment::Sandbox);
    let shown = "no token can be fetched: issue is at host `open`, which has no address for sandbox; choose production or development, \
                 or give an address with `base_url`";
    assert_eq!(sandbox.build().unwrap_err().to_string(), shown);
    let development = builder().environment(Environment::Development).build().unwrap_err();
    assert!(matches!(development, SetupError::TokenAddress(_)), "{development}");

    let first = StoredToken::issued_now(IssuedToken::new("clt.1".into()), None);
    let refreshing = Tokens::refreshing(first, |_| Issue { secret: "s".into() });
    let sandbox = Client::builder().environment(Environment::Sandbox);
    assert!(matches!(sandbox.tokens(refreshing).build(), Err(SetupError::TokenAddress(_))));

    let given = builder().environment(Environment::Sandbox).base_url(&OPEN, "https://a.cn");
    given.build().unwrap();
}

#[tokio::test]
async fn secrets_are_shown_nowhere() {
    let server = Server::json(200, "{}");
    let (builder, client) = (server.builder(), server.client());
    let pay = Pay { pay_no: "p1".to_owned(), password: Some("hunter2-hunter2".into()) };
    let invalid = client.call(&pay).await.unwrap_err();
    let (parts, _) = pay.to_http(&server.url, Some(&"clt.secret".into())).unwrap().into_parts();
    let shown = format!("{builder:?} {client:?} {pay:?} {parts:?} {invalid} {invalid:?}");
    assert!(!shown.contains("clt.secret") && !shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn a_token_that_is_no_header_is_not_shown() {
    let server = Server::json(200, "{}");
    let client = server.builder().access_token("clt.secret\r\nx-evil: 1").build().unwrap();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert!(
        matches!(error, Error::Request(RequestError::Token { auth: "client_token", .. })),
        "{error}"
    );
    assert!(!format!("{error} {error:?}").contains("clt"), "{error:?}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_json_body_that_may_hold_a_secret_is_not_shown() {
    let server = Server::json(200, r#"{"access_token":"clt.other"}"#);
    let error = server.client().call(&Pay::new("p1")).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("clt.other"), "{error}");
}

#[tokio::test]
async fn a_value_of_another_type_is_not_shown_whole() {
    let long = "x".repeat(5000);
    let body = format!(r#"{{"err_no":0,"data":{{"amount":"{long}","items":[]}}}}"#);
    let error = Server::json(200, &body).client().call(&Pay::new("p1")).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains(&long[..300]), "{error:?}");
}

#[test]
fn a_secret_of_another_type_is_not_shown() {
    let error = serde_json::from_str::<Secret<String>>("4242").unwrap_err();
    assert_eq!(error.to_string(), "a secret value is not of the documented type");
}
