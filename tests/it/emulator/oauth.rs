//! Tokens of users and of business relations: what is issued, renewed and refused.

use std::time::Duration;

use douyin_emulator::{Emulator, Settings};
use serde_json::{Value, json};

use super::raw::{Raw, send};

const ISSUE: &str = "/oauth/access_token/";
const REFRESH: &str = "/oauth/refresh_token/";
const RENEW: &str = "/oauth/renew_refresh_token/";
const BUSINESS: &str = "/oauth/business_token/";
const REFRESH_BUSINESS: &str = "/oauth/refresh_biz_token/";
const SCOPES: &str = "/oauth/business_scopes/";
const DAY: Duration = Duration::from_secs(24 * 3600);

fn post_form(platform: &Emulator, path: &str, fields: &[(&str, &str)]) -> Value {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let (body, mut raw) = (pairs.join("&"), Raw::connect(platform));
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    raw.write(format!("{head}{body}").as_bytes());
    raw.read().unwrap().json()
}

/// The token of a user, for a code.
fn issue(platform: &Emulator, code: &str) -> Value {
    let Settings { app_id, client_secret, .. } = Settings::default();
    let fields = [
        ("client_key", app_id.as_str()),
        ("client_secret", &client_secret),
        ("code", code),
        ("grant_type", "authorization_code"),
    ];
    post_form(platform, ISSUE, &fields)["data"].clone()
}

fn refresh(platform: &Emulator, token: &Value) -> Value {
    let app_id = Settings::default().app_id;
    let fields = [
        ("client_key", app_id.as_str()),
        ("grant_type", "refresh_token"),
        ("refresh_token", token.as_str().unwrap()),
    ];
    post_form(platform, REFRESH, &fields)["data"].clone()
}

fn renew(platform: &Emulator, token: &Value) -> Value {
    let app_id = Settings::default().app_id;
    let fields = [("client_key", app_id.as_str()), ("refresh_token", token.as_str().unwrap())];
    post_form(platform, RENEW, &fields)["data"].clone()
}

#[test]
fn a_users_code_gives_a_token_once() {
    let platform = Emulator::start().unwrap();
    let token = issue(&platform, "ticket-1");
    assert_eq!(token["error_code"], 0);
    assert!(token["access_token"].as_str().unwrap().starts_with("act."));
    assert!(token["refresh_token"].as_str().unwrap().starts_with("rft."));
    assert_eq!(
        (&token["expires_in"], &token["refresh_expires_in"]),
        (&json!(1296000), &json!(2592000))
    );
    assert!(token["log_id"].is_string() && token["open_id"].is_string(), "{token}");
    assert_eq!(issue(&platform, "ticket-1")["error_code"], 28001007);
    assert_eq!(issue(&platform, "")["error_code"], 28001007);
}

#[test]
fn a_stranger_and_a_body_that_is_no_form_get_no_token() {
    let platform = Emulator::start().unwrap();
    let Settings { app_id, client_secret, .. } = Settings::default();
    let body = json!({
        "client_key": app_id, "client_secret": client_secret, "code": "ticket-1",
        "grant_type": "authorization_code",
    });
    assert_eq!(send(&platform, ISSUE, "", &body).json()["data"]["error_code"], 28001007);
    let fields = [
        ("client_key", "tt0"),
        ("client_secret", &client_secret),
        ("code", "ticket-1"),
        ("grant_type", "authorization_code"),
    ];
    assert_eq!(post_form(&platform, ISSUE, &fields)["data"]["error_code"], 29002002);
    let fields = [
        ("client_key", app_id.as_str()),
        ("client_secret", "wrong"),
        ("code", "ticket-1"),
        ("grant_type", "authorization_code"),
    ];
    assert_eq!(post_form(&platform, ISSUE, &fields)["data"]["error_code"], 28001007);
    assert_eq!(issue(&platform, "ticket-1")["error_code"], 0, "the code was not used up");
}

#[test]
fn a_users_token_is_refreshed_until_what_refreshes_it_ends() {
    let platform = Emulator::start().unwrap();
    let first = issue(&platform, "ticket-1");
    platform.advance(10 * DAY);
    let second = refresh(&platform, &first["refresh_token"]);
    assert_eq!((&second["error_code"], &second["expires_in"]), (&json!(0), &json!(1296000)));
    assert_ne!(second["access_token"], first["access_token"]);
    let left = second["refresh_expires_in"].as_i64().unwrap();
    assert!((1727000..=1728000).contains(&left), "20 days are left, not 30: {left}");
    platform.advance(21 * DAY);
    assert_eq!(refresh(&platform, &second["refresh_token"])["error_code"], 10010);
    assert_eq!(renew(&platform, &second["refresh_token"])["error_code"], 10010);
    assert_eq!(post_form(&platform, REFRESH, &[])["data"]["error_code"], 10005);
    assert_eq!(refresh(&platform, &json!("rft.unknown"))["error_code"], 10000);
}

#[test]
fn what_refreshes_is_renewed_five_times_and_ends_when_it_is() {
    let platform = Emulator::start().unwrap();
    let mut token = issue(&platform, "ticket-1")["refresh_token"].clone();
    for _ in 0..5 {
        platform.advance(20 * DAY);
        let renewed = renew(&platform, &token);
        assert_eq!((&renewed["error_code"], &renewed["expires_in"]), (&json!(0), &json!(2592000)));
        assert_eq!(renew(&platform, &token)["error_code"], 10010, "the old one ended at once");
        token = renewed["refresh_token"].clone();
    }
    assert_eq!(renew(&platform, &token)["error_code"], 10020);
    assert_eq!(refresh(&platform, &token)["error_code"], 0, "it still refreshes");
    assert_eq!(post_form(&platform, RENEW, &[])["data"]["error_code"], 10005);
}

#[test]
fn a_business_relation_has_a_token_with_scopes() {
    let platform = Emulator::start().unwrap();
    let Settings { app_id, client_secret, .. } = Settings::default();
    let mut body = json!({
        "client_key": app_id, "client_secret": client_secret, "open_id": "an-openid",
        "scope": "customer,trade",
    });
    let answer = send(&platform, BUSINESS, "", &body).json();
    assert_eq!(
        (&answer["error_code"], &answer["data"]["biz_expires_in"]),
        (&json!(0), &json!(2592000))
    );
    let scopes = |token: &Value| {
        let header = format!("access-token: {}\r\n", token.as_str().unwrap());
        send(&platform, SCOPES, &header, &json!({})).json()
    };
    assert_eq!(scopes(&answer["data"]["biz_token"])["data"], json!(["customer", "trade"]));
    assert_eq!(scopes(&json!("unknown"))["error_code"], 28001003);

    platform.advance(31 * DAY);
    assert_eq!(scopes(&answer["data"]["biz_token"])["error_code"], 28001008);
    body["refresh_token"] = answer["data"]["biz_refresh_token"].clone();
    let fresh = send(&platform, REFRESH_BUSINESS, "", &body).json();
    assert_eq!(scopes(&fresh["data"]["biz_token"])["data"], json!(["customer", "trade"]));
    body["refresh_token"] = "unknown".into();
    assert_eq!(send(&platform, REFRESH_BUSINESS, "", &body).json()["error_code"], 10000);
    body["client_secret"] = "wrong".into();
    assert_eq!(send(&platform, BUSINESS, "", &body).json()["error_code"], 10000);
}
