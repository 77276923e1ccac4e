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
        let code = request.optional_text("code", usize::MAX)?;
        let anonymous = request.optional_text("anonymous_code", usize::MAX)?;
        if code.is_none() && anonymous.is_none() {
            return refuse_parameter("code is required");
        }
        for code in [code, anonymous].into_iter().flatten() {
            self.take(code)?;
        }
        let given = |code: Option<&str>, id: &str| code.map_or(String::new(), |_| id.to_owned());
        Ok(json!({
            "session_key": given(code, "724edcafc423d167724edcbe"),
            "openid": given(code, "an-openid"),
            "anonymous_openid": given(anonymous, "an-anonymous-openid"),
            "unionid": given(code, "a-unionid"),
        }))
    }

    fn take(&mut self, code: &str) -> Result<(), Refusal> {
        if code.is_empty() || !self.used.insert(code.to_owned()) {
            return refuse_parameter("the code was used");
        }
        Ok(())
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
