//! Log-in: a code of the page for the user's numbers, once.

use std::collections::BTreeSet;

use serde_json::json;

use super::answer::{Answer, Refusal, refuse_parameter};
use super::fields::Fields;
use super::state::State;
use super::token::check_app;

/// The codes that were used.
#[derive(Default)]
pub(super) struct Logins {
    used: BTreeSet<String>,
}

/// `/api/apps/v2/jscode2session`: takes any code as one of the page's, but each only once.
pub(super) fn session(state: &mut State, request: Fields<'_>) -> Answer {
    check_app(state, request)?;
    let code = request.optional_text("code", usize::MAX)?;
    let anonymous = request.optional_text("anonymous_code", usize::MAX)?;
    if code.is_none() && anonymous.is_none() {
        return refuse_parameter("code is required");
    }
    for code in [code, anonymous].into_iter().flatten() {
        state.logins.take(code)?;
    }
    let given = |code: Option<&str>, id: &str| code.map_or(String::new(), |_| id.to_owned());
    Ok(json!({
        "session_key": given(code, "724edcafc423d167724edcbe"),
        "openid": given(code, "an-openid"),
        "anonymous_openid": given(anonymous, "an-anonymous-openid"),
        "unionid": given(code, "a-unionid"),
    }))
}

impl Logins {
    fn take(&mut self, code: &str) -> Result<(), Refusal> {
        if code.is_empty() || !self.used.insert(code.to_owned()) {
            return refuse_parameter("the code was used");
        }
        Ok(())
    }
}
