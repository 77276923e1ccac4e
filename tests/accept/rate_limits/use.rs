//! How often an endpoint may be called, and what is counted apart.

use apiscribe::Endpoint;
use apiscribe::endpoint::RateKey;
use apiscribe::meta::{Counts, RateLimit};

use super::api::demo::{GetTokenRequest, GetTokenRequired, Key};

fn key(request: &GetTokenRequest, limit: usize) -> RateKey {
    request.rate_key(&GetTokenRequest::META.rate_limits[limit])
}

fn request(client_key: &str, app: &str, page: Option<i64>) -> GetTokenRequest {
    GetTokenRequest { page, ..GetTokenRequest::new(GetTokenRequired { client_key: Key::from(client_key), app: app.to_owned() }) }
}

#[test]
fn limits_are_known_of_the_endpoint() {
    let limits = GetTokenRequest::META.rate_limits;
    let first = RateLimit { calls: 500, per: 300, by: &["client_key"], counts: Counts::All };
    assert_eq!(limits[0], first);
    assert_eq!((limits[1].by, limits[1].counts), (&["app", "page"][..], Counts::Successes));
    assert_eq!((limits[2].by, limits.len()), (&[][..], 3));
}

#[test]
fn requests_count_together_if_the_fields_of_the_limit_are_equal() {
    let (one, other) = (request("k", "a", None), request("k", "b", Some(1)));
    assert_eq!(key(&one, 0), key(&other, 0));
    assert_ne!(key(&one, 0), key(&request("l", "a", None), 0));
    assert_ne!(key(&one, 1), key(&other, 1));
    assert_ne!(key(&request("k", "a,1", None), 1), key(&request("k", "a", Some(1)), 1));
    assert_eq!(key(&one, 2), key(&request("l", "b", Some(2)), 2));
}

#[test]
fn a_secret_that_is_counted_by_is_not_shown() {
    assert!(!format!("{:?}", key(&request("s3cret", "a", None), 0)).contains("s3cret"));
}
