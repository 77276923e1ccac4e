//! The older APIs of mini-apps under `/api/apps/v2`: a token of the app, and a user's numbers for the code of a log-in.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::context::Context;
use crate::envelope::{Outcome, Refusal, refuse, refuse_parameter};
use crate::fields::Fields;

/// The codes that were used.
#[derive(Default)]
pub(crate) struct Logins {
    used: BTreeSet<String>,
}

impl Logins {
    /// `jscode2session`: takes any code as one of the page's, but each only once.
    pub(crate) fn session(&mut self, context: &Context, request: Fields<'_>) -> Outcome {
        check_app(context, request)?;
        // The page's sample sends an empty one beside the other.
        let code = request.optional_text("code", usize::MAX)?.filter(|code| !code.is_empty());
        let anonymous = request.optional_text("anonymous_code", usize::MAX)?;
        let anonymous = anonymous.filter(|code| !code.is_empty());
        match (code, anonymous) {
            (None, None) => return refuse_parameter("code is required"),
            (Some(code), _) if self.used.contains(code) => return refuse(40018, "bad code"),
            (_, Some(code)) if self.used.contains(code) => {
                return refuse(40019, "bad anonymous_code");
            }
            _ => self.used.extend([code, anonymous].into_iter().flatten().map(str::to_owned)),
        }
        let given = |code: Option<&str>, id: &str| code.map_or(String::new(), |_| id.to_owned());
        Ok(json!({
            "session_key": given(code, "724edcafc423d167724edcbe"),
            "openid": given(code, "an-openid"),
            "anonymous_openid": given(anonymous, "an-anonymous-openid"),
            "unionid": given(code, "a-unionid"),
        }))
    }
}

/// `getAccessToken`, whose tokens no trade API is known to take.
pub(crate) fn app_token(context: &mut Context, request: Fields<'_>) -> Outcome {
    check_app(context, request)?;
    if request.given("grant_type").and_then(Value::as_str) != Some("client_credential") {
        return refuse(40020, "bad grant_type");
    }
    let token = context.id("0801121");
    Ok(json!({ "access_token": token, "expires_in": context.settings.token_life.as_secs() }))
}

/// The mini-app's number and secret.
fn check_app(context: &Context, request: Fields<'_>) -> Result<(), Refusal> {
    let given = |name| request.given(name).and_then(Value::as_str);
    if given("appid") != Some(&context.settings.app_id) {
        return refuse(40015, "bad appid");
    }
    if given("secret") != Some(&context.settings.client_secret) {
        return refuse(40017, "bad secret");
    }
    Ok(())
}
