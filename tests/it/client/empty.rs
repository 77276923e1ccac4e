//! Tokens, secrets and keys with nothing in them, as of an environment variable that is not set.

use apiscribe::client::token::{StoredToken, TokenSource};
use apiscribe::client::{BoxFuture, CallOptions, RetryPolicy, SetupError};
use apiscribe::error::{RequestError, TokenError};
use apiscribe::meta::Auth;
use apiscribe::time::UnixMillis;
use apiscribe::{Client, Encode, Endpoint, Error, Secret, Tokens, Validate};

use super::server::{Answer, Server};
use super::types::{BASIC, Issue, OPEN, Pay, TOKEN};

const EMPTY: [&str; 3] = ["", " ", "\t\n"];

#[test]
fn a_client_is_not_built_with_an_empty_token() {
    for token in EMPTY {
        let error = Client::builder().access_token(token).build().unwrap_err();
        assert!(matches!(error, SetupError::EmptyToken), "{error}");
        assert!(error.to_string().starts_with("the access token is empty; "), "{error}");
    }
}

#[test]
fn a_client_is_not_built_whose_token_cannot_be_fetched() {
    let logged_in = || StoredToken {
        token: "clt.0".into(),
        issued_at: UnixMillis(0),
        expires_at: None,
        refresh_token: Some("r.0".into()),
    };
    for secret in EMPTY {
        let fixed = Tokens::new(Issue { secret: secret.into() });
        let refreshing = Tokens::refreshing(logged_in(), |_| Issue { secret: secret.into() });
        for tokens in [fixed, refreshing] {
            let error = Client::builder().tokens(tokens).build().unwrap_err();
            let is_token = matches!(&error, SetupError::Token { auth: "client_token", violations } if violations.len() == 1);
            assert!(is_token, "{error:?}");
            assert_eq!(
                error.to_string(),
                "client_token cannot be fetched; change the values of its request:\n\
                 secret: required, but missing or empty"
            );
        }
    }
    // A later login, in the store, may have the refresh token that this one lacks.
    let without = StoredToken { refresh_token: None, ..logged_in() };
    let tokens = Tokens::refreshing(without, |_| Issue { secret: "".into() });
    Client::builder().tokens(tokens).build().unwrap();
}

/// The settings may still lack what a rule needs, so a call checks again, where it is checked at all.
#[tokio::test]
async fn without_validation_an_empty_secret_is_the_matter_of_the_call() {
    let server = Server::json(200, "{}");
    let unchecked = || server.anonymous().without_validation();
    unchecked().tokens(Tokens::new(Issue { secret: "".into() })).build().unwrap();

    let logged_in = StoredToken {
        token: "clt.0".into(),
        issued_at: UnixMillis(0),
        expires_at: Some(UnixMillis(1)),
        refresh_token: Some("r.0".into()),
    };
    let secrets = std::sync::Mutex::new(vec!["", "app-secret"]);
    let request = move |_: &Secret<String>| Issue {
        secret: secrets.lock().unwrap().pop().unwrap_or_default().into(),
    };
    let tokens = Tokens::refreshing(logged_in, request);
    let client = server.anonymous().tokens(tokens).build().unwrap();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "not sent: could not obtain client_token: change the values of its request:\n\
         secret: required, but missing or empty"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_call_with_an_empty_token_is_not_sent_with_another() {
    let server = Server::json(200, "{}");
    let client = server.client();
    for token in EMPTY {
        let error = client.call_with(&Pay::new("p1"), CallOptions::new().token(token)).await;
        let error = error.unwrap_err();
        let is_refused = matches!(&error, Error::Request(RequestError::NoToken { .. }));
        assert!(is_refused, "{error}");
        let error = Pay::new("p1").to_http(&server.url, Some(&token.into())).unwrap_err();
        assert!(matches!(error, RequestError::NoToken { .. }), "{error}");
    }
    assert!(server.requests().is_empty());
}

/// Has an empty token.
#[derive(Debug)]
struct Empty;

impl TokenSource for Empty {
    fn auth(&self) -> &'static Auth {
        &TOKEN
    }

    fn token<'a>(
        &'a self,
        _: &'a Client,
        _: Option<&'a Secret<String>>,
    ) -> BoxFuture<'a, Result<Secret<String>, TokenError>> {
        Box::pin(async { Ok("".into()) })
    }
}

#[tokio::test]
async fn an_empty_token_of_a_source_is_not_sent() {
    let server = Server::json(200, "{}");
    let client = server.anonymous().tokens(Empty).build().unwrap();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert!(matches!(&error, Error::Request(RequestError::NoToken { .. })), "{error}");
    assert!(server.requests().is_empty());
}

#[test]
fn a_secret_of_white_space_is_not_given() {
    for secret in EMPTY {
        let issue = Issue { secret: secret.into() };
        let violations = issue.validate().unwrap_err().to_string();
        assert_eq!(violations, "secret: required, but missing or empty");
        let request = generated_client::credential::ClientTokenRequest::new(
            generated_client::credential::ClientTokenRequired {
                client_key: "tt0123456789".into(),
                client_secret: secret.into(),
                grant_type: generated_client::credential::ClientGrantType::ClientCredential,
            },
        );
        let violations = request.validate().unwrap_err().to_string();
        assert_eq!(violations, "client_secret: required, but missing or empty");
    }
}

/// Pays, with a number if there is one.
#[derive(Debug, Encode, Validate, Endpoint)]
#[endpoint(POST "/api/pay/")]
#[endpoint(name = "pay", host = OPEN, envelope = BASIC, idempotency_key = pay_no)]
struct PayAtWill {
    #[wire(optional)]
    pay_no: Option<String>,
}

#[tokio::test]
async fn an_empty_idempotency_key_makes_no_request_repeatable() {
    let server = Server::start(Answer::Close(Vec::new()));
    let quickly = RetryPolicy::new().pauses(std::time::Duration::ZERO, std::time::Duration::ZERO);
    let client = server.builder().retry(quickly).build().unwrap();
    let mut sent = 0;
    for key in EMPTY {
        let unchecked = CallOptions::new().without_validation();
        client.call_with(&Pay::new(key), unchecked).await.unwrap_err();
        client.call(&PayAtWill { pay_no: Some(key.to_owned()) }).await.unwrap_err();
        sent += 2;
        assert_eq!(server.requests().len(), sent, "{key:?}");
    }
    client.call(&PayAtWill { pay_no: None }).await.unwrap_err();
    assert_eq!(server.requests().len(), sent + 1);
    client.call(&PayAtWill { pay_no: Some("p1".to_owned()) }).await.unwrap_err();
    assert_eq!(server.requests().len(), sent + 4, "a key that is one");
}
