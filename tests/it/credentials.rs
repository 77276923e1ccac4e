//! Tokens and the login: the samples of the pages are what is sent and read, and no secret is shown.

use apiscribe::endpoint::IssuesToken;
use apiscribe::error::Retry;
use apiscribe::meta::{Counts, RateLimit};
use apiscribe::serde_json::{Value, from_slice, json};
use apiscribe::time::Seconds;
use apiscribe::{Endpoint, Error, ErrorCode, Secret, Validate, http};
use generated_client::credential::{
    BusinessScopesRequest, BusinessTokenRequest, BusinessTokenRequired, ClientGrantType,
    ClientTokenError, ClientTokenRequest, ClientTokenRequired, CodeGrantType, GetAccessTokenError,
    GetAccessTokenRequest, GetAccessTokenRequired, RefreshBizTokenRequest, RefreshGrantType,
    RefreshUserAccessTokenRequest, RefreshUserAccessTokenRequired, RenewRefreshTokenError,
    RenewRefreshTokenRequest, RenewRefreshTokenRequired, UserAccessTokenError,
    UserAccessTokenRequest, UserAccessTokenRequired,
};
use generated_client::login::{Code2sessionError, Code2sessionRequest, Code2sessionRequired};
use generated_client::platform::{BUSINESS_TOKEN, CLIENT_TOKEN, USER_TOKEN};

use crate::support::with;

const OPEN: &str = "https://open.douyin.com";
const TOUTIAO: &str = "https://developer.toutiao.com";

fn secret(text: &str) -> Secret<String> {
    text.to_owned().into()
}

fn client_token() -> ClientTokenRequest {
    let grant = ClientGrantType::ClientCredential;
    ClientTokenRequest::new(ClientTokenRequired {
        client_key: "ttxxxxxx".into(),
        client_secret: secret("7802f4e6f243e659d51135445fe"),
        grant_type: grant,
    })
}

fn user_token() -> UserAccessTokenRequest {
    let (key, code) = (secret("7802f4e6"), secret("ffab5ec26cd958fd"));
    UserAccessTokenRequest::new(UserAccessTokenRequired {
        client_key: "tt10abc".into(),
        client_secret: key,
        code,
        grant_type: CodeGrantType::AuthorizationCode,
    })
}

fn login() -> Code2sessionRequest {
    Code2sessionRequest::new(Code2sessionRequired {
        appid: "tt5daf2b7910".into(),
        secret: secret("188506c5a31de40625ec7"),
        code: secret("fb93de745"),
    })
}

fn response(body: &str) -> http::Response<Vec<u8>> {
    http::Response::new(body.as_bytes().to_vec())
}

/// Where a request goes, and its body, which goes out without any token.
fn sent(request: &impl Endpoint, base: &str) -> (String, String) {
    let request = request.to_http(base, None).unwrap();
    assert!(!request.headers().contains_key("access-token"));
    (request.uri().to_string(), String::from_utf8(request.into_body()).unwrap())
}

fn json_of(body: &str) -> Value {
    from_slice(body.as_bytes()).unwrap()
}

#[test]
fn the_sample_request_for_a_client_token_is_what_is_sent() {
    assert!(client_token().validate().is_ok());
    let (address, body) = sent(&client_token(), OPEN);
    assert_eq!(address, "https://open.douyin.com/oauth/client_token/");
    let expected = json!({
        "grant_type": "client_credential",
        "client_key": "ttxxxxxx",
        "client_secret": "7802f4e6f243e659d51135445fe",
    });
    assert_eq!(json_of(&body), expected);
}

#[test]
fn a_client_token_is_issued_for_the_apis_that_want_one() {
    let body = r#"{"data":{"access_token":"clt.75c380db","description":"","error_code":0,"expires_in":7200},
        "message":"success"}"#;
    let reply = ClientTokenRequest::from_http(response(body)).unwrap();
    let issued = ClientTokenRequest::issued(&reply);
    assert_eq!(
        (issued.token.expose().as_str(), issued.expires_in),
        ("clt.75c380db", Some(Seconds(7200)))
    );
    assert_eq!(issued.refresh_token, None);
    assert_eq!(ClientTokenRequest::AUTH, &CLIENT_TOKEN);
    assert!(!format!("{reply:?}{issued:?}").contains("clt.75"));
}

#[test]
fn an_error_inside_the_data_is_told_with_its_text() {
    let body =
        r#"{"data":{"description":"client_key不存在","error_code":10003},"message":"error"}"#;
    let error = ClientTokenRequest::from_http(response(body)).unwrap_err();
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!(error.code, ClientTokenError::UnknownClientKey);
    assert_eq!(error.message, "client_key不存在");
    let body = r#"{"data":{"description":"","error_code":10020},"message":"error"}"#;
    let error = ClientTokenRequest::from_http(response(body)).unwrap_err();
    let error = error.api().unwrap();
    assert_eq!((&error.code, error.message.as_str()), (&ClientTokenError::TooFrequent, "error"));
    assert_eq!(error.retry(), Some(Retry::Same));
}

#[test]
fn an_answer_of_success_without_a_token_is_not_read() {
    let body =
        r#"{"data":{"description":"","error_code":0,"expires_in":7200},"message":"success"}"#;
    let error = ClientTokenRequest::from_http(response(body)).unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

#[test]
fn all_requests_for_client_tokens_count_for_one_limit() {
    let [RateLimit { by, counts, .. }] = ClientTokenRequest::META.rate_limits else {
        panic!("one rate limit")
    };
    assert_eq!((*by, counts), (&[] as &[&str], &Counts::All));
}

#[test]
fn what_is_missing_or_of_another_grant_is_refused_without_a_call() {
    let keyless = with(client_token(), |it| {
        it.client_secret = secret("");
    });
    assert!(keyless.validate().unwrap_err().to_string().starts_with("client_secret: "));
    let grant = ClientGrantType::Unknown("password".to_owned());
    let other = with(client_token(), |it| {
        it.grant_type = grant;
    });
    assert!(other.validate().unwrap_err().to_string().starts_with("grant_type: "));
}

#[test]
fn no_secret_is_shown() {
    let shown = format!("{:?}{:?}{:?}", client_token(), user_token(), login());
    for hidden in ["7802f4e6", "ffab5ec26cd958fd", "188506c5a31de40625ec7", "fb93de745"] {
        assert!(!shown.contains(hidden), "{hidden}");
    }
}

/// The two samples of the page.
#[test]
fn the_older_token_comes_from_the_other_server() {
    let grant = ClientGrantType::ClientCredential;
    let request = GetAccessTokenRequest::new(GetAccessTokenRequired {
        appid: "ttabc".into(),
        secret: secret("d428"),
        grant_type: grant,
    });
    let (address, body) = sent(&request, TOUTIAO);
    assert_eq!(address, "https://developer.toutiao.com/api/apps/v2/token");
    let expected = json!({"appid": "ttabc", "secret": "d428", "grant_type": "client_credential"});
    assert_eq!(json_of(&body), expected);
    assert_eq!(GetAccessTokenRequest::META.host.production, TOUTIAO);

    let body =
        r#"{"err_no":0,"err_tips":"success","data":{"access_token":"0801121","expires_in":7200}}"#;
    let reply = GetAccessTokenRequest::from_http(response(body)).unwrap();
    assert_eq!(reply.access_token.expose(), "0801121");
    let body =
        r#"{"err_no":40017,"err_tips":"bad secret","data":{"access_token":"","expires_in":0}}"#;
    let error = GetAccessTokenRequest::from_http(response(body)).unwrap_err();
    let error = error.api().unwrap();
    assert_eq!(
        (&error.code, error.message.as_str()),
        (&GetAccessTokenError::WrongSecret, "bad secret")
    );
}

#[test]
fn a_users_token_is_asked_for_with_a_form() {
    let (address, body) = sent(&user_token(), OPEN);
    assert_eq!(address, "https://open.douyin.com/oauth/access_token/");
    assert_eq!(
        body,
        "client_key=tt10abc&client_secret=7802f4e6&code=ffab5ec26cd958fd&grant_type=authorization_code"
    );
    let request = user_token().to_http(OPEN, None).unwrap();
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
}

/// The copy's sample response.
#[test]
fn a_users_token_is_issued_with_what_renews_it() {
    let body = r#"{"data":{"access_token":"act.f7094","captcha":"","desc_url":"","description":"","error_code":0,
        "expires_in":1296000,"log_id":"20230525105733ED3ED7AC56A","open_id":"b9b71865-7fea-44cc",
        "refresh_expires_in":2592000,"refresh_token":"rft.71390","scope":"user_info"},"message":"success"}"#;
    let reply = UserAccessTokenRequest::from_http(response(body)).unwrap();
    assert_eq!(reply.log_id(), Some("20230525105733ED3ED7AC56A"));
    assert_eq!(reply.open_id.as_ref().unwrap().0, "b9b71865-7fea-44cc");
    let issued = UserAccessTokenRequest::issued(&reply);
    assert_eq!(issued.refresh_token.unwrap().expose(), "rft.71390");
    assert_eq!(issued.refresh_expires_in, Some(Seconds(2_592_000)));
    assert_eq!(UserAccessTokenRequest::AUTH, &USER_TOKEN);

    let body = r#"{"data":{"description":"参数不合法","error_code":28001007,"log_id":"2"},"message":"error"}"#;
    let error = UserAccessTokenRequest::from_http(response(body)).unwrap_err();
    let error = error.api().unwrap();
    assert_eq!(error.code, UserAccessTokenError::InvalidParameter);
    assert_eq!(error.log_id.as_deref(), Some("2"));
}

/// The page's sample, whose times are numbers in text.
#[test]
fn a_users_token_is_renewed() {
    let grant = RefreshGrantType::RefreshToken;
    let request = RefreshUserAccessTokenRequest::new(RefreshUserAccessTokenRequired {
        client_key: "tt10abc".into(),
        grant_type: grant,
        refresh_token: secret("rft.a736b"),
    });
    let (address, body) = sent(&request, OPEN);
    assert_eq!(address, "https://open.douyin.com/oauth/refresh_token/");
    assert_eq!(body, "client_key=tt10abc&grant_type=refresh_token&refresh_token=rft.a736b");
    let body = r#"{"data":{"access_token":"access_token","description":"","error_code":0,"expires_in":"86400",
        "open_id":"SuQB","refresh_expires_in":"86400","refresh_token":"refresh_token","scope":"user_info"},
        "message":"success"}"#;
    let reply = RefreshUserAccessTokenRequest::from_http(response(body)).unwrap();
    assert_eq!(reply.expires_in, Some(Seconds(86_400)));
    assert_eq!(
        RefreshUserAccessTokenRequest::issued(&reply).refresh_expires_in,
        Some(Seconds(86_400))
    );
}

#[test]
fn what_renews_a_token_is_renewed_itself() {
    let request = RenewRefreshTokenRequest::new(RenewRefreshTokenRequired {
        client_key: "tt10abc".into(),
        refresh_token: secret("rft.a736b"),
    });
    let (address, body) = sent(&request, OPEN);
    assert_eq!(address, "https://open.douyin.com/oauth/renew_refresh_token/");
    assert_eq!(body, "client_key=tt10abc&refresh_token=rft.a736b");
    let body = r#"{"data":{"description":"","error_code":0,"expires_in":"86400","refresh_token":"refresh_token"},
        "message":"success"}"#;
    let reply = RenewRefreshTokenRequest::from_http(response(body)).unwrap();
    assert_eq!(reply.refresh_token.expose(), "refresh_token");
    // The code that means too many calls where a client token is asked for.
    assert_eq!(RenewRefreshTokenError::from_code(10020), RenewRefreshTokenError::RenewedTooOften);
}

#[test]
fn a_business_token_is_issued_and_asked_what_it_is_good_for() {
    let request = BusinessTokenRequest::new(BusinessTokenRequired {
        client_key: "tt1".into(),
        client_secret: secret("s1"),
        open_id: "o1".into(),
    });
    let (_, body) = sent(&request, OPEN);
    assert_eq!(
        json_of(&body),
        json!({"client_key": "tt1", "client_secret": "s1", "open_id": "o1"})
    );
    let body = r#"{"data":{"biz_token":"b1","biz_expires_in":2592000,"biz_refresh_token":"r1"},"error_code":0,
        "message":"success"}"#;
    let reply = BusinessTokenRequest::from_http(response(body)).unwrap();
    let issued = BusinessTokenRequest::issued(&reply);
    assert_eq!((issued.token.expose().as_str(), issued.refresh_expires_in), ("b1", None));
    assert_eq!(RefreshBizTokenRequest::AUTH, &BUSINESS_TOKEN);

    assert!(BusinessScopesRequest::META.is_safe());
    let token = secret("b1");
    let request = BusinessScopesRequest::new().to_http(OPEN, Some(&token)).unwrap();
    assert_eq!(
        (&request.headers()["access-token"], request.body().as_slice()),
        (&"b1".parse().unwrap(), &b"{}"[..])
    );
    let body = r#"{"data":["im","order"],"error_code":0,"message":"success"}"#;
    let scopes = BusinessScopesRequest::from_http(response(body)).unwrap();
    assert_eq!(scopes.into_data(), ["im", "order"]);
}

/// The page's sample request; its answer in the shape of the fields.
#[test]
fn a_code_is_turned_into_a_session() {
    assert!(login().validate().is_ok());
    let anonymous = login().with_anonymous_code(secret(""));
    let (address, body) = sent(&anonymous, TOUTIAO);
    assert_eq!(address, "https://developer.toutiao.com/api/apps/v2/jscode2session");
    let expected = json!({
        "appid": "tt5daf2b7910",
        "secret": "188506c5a31de40625ec7",
        "anonymous_code": "",
        "code": "fb93de745",
    });
    assert_eq!(json_of(&body), expected);
    let body = r#"{"err_no":0,"err_tips":"success","log_id":"1","data":{"session_key":"h0rt4/77I09nDuSWeGwKKw==",
        "openid":"8PB.cW.TabxdbJFs","anonymous_openid":"","unionid":"ab085c8d-6911"}}"#;
    let reply = Code2sessionRequest::from_http(response(body)).unwrap();
    assert_eq!(reply.openid.as_ref().unwrap().0, "8PB.cW.TabxdbJFs");
    assert!(!format!("{reply:?}").contains("h0rt4"));
}

#[test]
fn a_login_needs_a_code() {
    let without = with(login(), |it| {
        it.code = secret("");
    });
    assert!(without.validate().unwrap_err().to_string().starts_with("code: "));
    let body = r#"{"err_no":40018,"err_tips":"bad code","log_id":"1"}"#;
    let error = Code2sessionRequest::from_http(response(body)).unwrap_err();
    assert_eq!(error.api().unwrap().code, Code2sessionError::WrongCode);
}
