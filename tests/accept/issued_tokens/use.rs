//! Endpoints whose responses are tokens.

use apiscribe::endpoint::{IssuedToken, IssuesToken};
use apiscribe::time::Seconds;
use apiscribe::{Endpoint, http};

use super::api::demo::{GetClientTokenRequest, GetUserTokenRequest};
use super::api::platform::{CLIENT_TOKEN, USER_TOKEN};

fn issue<E: IssuesToken>(data: &str) -> IssuedToken {
    let body = format!(r#"{{"code":0,"data":{data}}}"#).into_bytes();
    let reply = E::from_http(http::Response::new(body)).unwrap_or_else(|error| panic!("{error}"));
    E::issued(reply.data())
}

#[test]
fn a_token_is_for_a_way_to_authenticate() {
    assert_eq!(GetClientTokenRequest::AUTH, &CLIENT_TOKEN);
    assert_eq!(GetUserTokenRequest::AUTH, &USER_TOKEN);
    assert_eq!(GetUserTokenRequest::META.auth, Some(&CLIENT_TOKEN));
}

#[test]
fn what_the_response_says_of_the_token_is_taken_out() {
    let issued = issue::<GetClientTokenRequest>(r#"{"access_token":"t1","expires_in":"7200"}"#);
    assert_eq!(issued.token.expose(), "t1");
    assert_eq!(issued.expires_in, Some(Seconds(7200)));
    assert_eq!((issued.refresh_token, issued.refresh_expires_in), (None, None));

    let issued = issue::<GetUserTokenRequest>(r#"{"token":"t2","refresh":"r2","refresh_expires_in":9}"#);
    assert_eq!(issued.refresh_token.as_ref().unwrap().expose(), "r2");
    assert_eq!((issued.expires_in, issued.refresh_expires_in), (None, Some(Seconds(9))));
    assert!(!format!("{issued:?}").contains("t2"));
    assert_eq!(issue::<GetUserTokenRequest>(r#"{"token":"t2"}"#).refresh_token, None);
}
