//! Which tokens count, and for how long.

use std::time::Duration;

use douyin_emulator::{Emulator, Settings};
use serde_json::{Value, json};

use super::raw::{CLIENT_TOKEN, ORDER_QUERY, send};

fn ask(platform: &Emulator, secret: &str) -> Value {
    let app_id = Settings::default().app_id;
    let body = json!({
        "client_key": app_id, "client_secret": secret, "grant_type": "client_credential",
    });
    send(platform, CLIENT_TOKEN, "", &body).json()
}

fn issue(platform: &Emulator) -> String {
    let answer = ask(platform, &Settings::default().client_secret);
    assert_eq!((&answer["data"]["error_code"], &answer["message"]), (&json!(0), &json!("success")));
    answer["data"]["access_token"].as_str().unwrap().to_owned()
}

/// What an order query with this token says.
fn code(platform: &Emulator, token: &str) -> Value {
    let header = format!("access-token: {token}\r\n");
    let order = json!({ "out_order_no": "order-1" });
    send(platform, ORDER_QUERY, &header, &order).json()["err_no"].clone()
}

#[test]
fn the_newest_two_count_and_the_former_for_five_minutes() {
    let platform = Emulator::start().unwrap();
    platform.paid_order("order-1", 100);
    let (first, second) = (issue(&platform), issue(&platform));
    assert_eq!([code(&platform, &first), code(&platform, &second)], [0, 0]);
    let third = issue(&platform);
    assert_eq!([code(&platform, &first), code(&platform, &second)], [28001003, 0]);
    platform.advance(Duration::from_secs(301));
    assert_eq!([code(&platform, &second), code(&platform, &third)], [28001008, 0]);
    platform.advance(Duration::from_secs(7200));
    assert_eq!(code(&platform, &third), 28001008);
    assert_eq!(platform.tokens_issued(), 3);
}

#[test]
fn a_test_can_end_tokens() {
    let platform = Emulator::start().unwrap();
    platform.paid_order("order-1", 100);
    let token = issue(&platform);
    platform.expire_tokens();
    assert_eq!(code(&platform, &token), 28001008);
    platform.revoke_tokens();
    assert_eq!(code(&platform, &token), 28001003);
    assert_eq!(code(&platform, "clt.unknown"), 28001003);
}

#[test]
fn a_wrong_key_a_wrong_secret_and_too_many_calls_are_told_apart() {
    let platform = Emulator::start().unwrap();
    let code = |answer: Value| answer["data"]["error_code"].clone();
    assert_eq!(code(ask(&platform, "wrong")), 10013);
    assert_eq!(code(ask(&platform, "")), 10002);
    let stranger =
        json!({ "client_key": "tt0", "client_secret": "x", "grant_type": "client_credential" });
    assert_eq!(code(send(&platform, CLIENT_TOKEN, "", &stranger).json()), 10003);
    for _ in 3..500 {
        issue(&platform);
    }
    assert_eq!(code(ask(&platform, &Settings::default().client_secret)), 10020);
    platform.advance(Duration::from_secs(301));
    issue(&platform);
}

#[test]
fn the_older_token_and_a_login_have_their_own_envelope() {
    let platform = Emulator::start().unwrap();
    let settings = Settings::default();
    let mut body = json!({
        "appid": settings.app_id,
        "secret": settings.client_secret,
        "grant_type": "client_credential",
        "code": "code-1",
    });
    let answer = send(&platform, "/api/apps/v2/token", "", &body).json();
    assert_eq!(
        (&answer["err_tips"], &answer["data"]["expires_in"]),
        (&json!("success"), &json!(7200))
    );
    let login = "/api/apps/v2/jscode2session";
    assert_eq!(send(&platform, login, "", &body).json()["data"]["openid"], "an-openid");
    assert_eq!(send(&platform, login, "", &body).json()["err_no"], 40018, "a code works once");
    body["code"] = "code-2".into();
    body["anonymous_code"] = "".into();
    let answer = send(&platform, login, "", &body).json();
    assert_eq!(answer["data"]["openid"], "an-openid", "as the page's sample: {answer}");
    assert_eq!(answer["data"]["anonymous_openid"], "");
    body["code"] = "code-3".into();
    body["anonymous_code"] = "anonymous-1".into();
    assert_eq!(send(&platform, login, "", &body).json()["err_no"], 0);
    body["code"] = "".into();
    assert_eq!(send(&platform, login, "", &body).json()["err_no"], 40019, "works once as well");
    body["anonymous_code"] = "".into();
    assert_eq!(send(&platform, login, "", &body).json()["err_no"], 10000);
    body["secret"] = "wrong".into();
    assert_eq!(send(&platform, login, "", &body).json()["err_no"], 40017);
}
