//! Tokens of business relations with users. No source has their errors, so all but those of the gateway are 10000.

use serde_json::{Value, json};

use crate::context::Context;
use crate::envelope::{Outcome, Refusal, refuse, refuse_parameter};
use crate::fields::Fields;

/// How long a token lives, in seconds. What refreshes it does not expire.
const LIFE: u64 = 30 * 24 * 3600;

#[derive(Default)]
pub(crate) struct BusinessTokens {
    issued: Vec<Token>,
}

struct Token {
    value: String,
    refresh: String,
    scope: String,
    /// The second from which it counts no more.
    ends: u64,
}

impl BusinessTokens {
    /// `business_token`
    pub(crate) fn issue(&mut self, context: &mut Context, request: Fields<'_>) -> Outcome {
        check_app(context, request)?;
        request.text("open_id", usize::MAX)?;
        let scope = request.optional_text("scope", usize::MAX)?.unwrap_or_default().to_owned();
        let refresh = context.id("biz-refresh.");
        Ok(self.add(context, refresh, scope))
    }

    /// `refresh_biz_token`
    pub(crate) fn refresh(&mut self, context: &mut Context, request: Fields<'_>) -> Outcome {
        check_app(context, request)?;
        let refresh = request.text("refresh_token", usize::MAX)?;
        let Some(former) = self.issued.iter().rev().find(|token| token.refresh == refresh) else {
            return refuse_parameter("refresh_token does not exist");
        };
        let scope = former.scope.clone();
        Ok(self.add(context, refresh.to_owned(), scope))
    }

    /// `business_scopes`: what the token that it is called with is good for.
    pub(crate) fn scopes(&self, context: &Context, token: Option<&str>) -> Outcome {
        match self.issued.iter().find(|issued| Some(issued.value.as_str()) == token) {
            None => refuse(28001003, "access_token invalid"),
            Some(token) if token.ends <= context.clock.now() => {
                refuse(28001008, "access_token expired")
            }
            Some(token) => {
                let scopes = token.scope.split(',').filter(|scope| !scope.is_empty());
                Ok(scopes.map(Value::from).collect())
            }
        }
    }

    /// When what refreshes it ends is left out, as it does not.
    fn add(&mut self, context: &mut Context, refresh: String, scope: String) -> Value {
        let value = context.id("biz.");
        let data = json!({
            "biz_token": value,
            "biz_expires_in": LIFE,
            "biz_refresh_token": refresh,
        });
        let ends = context.clock.now().saturating_add(LIFE);
        self.issued.push(Token { value, refresh, scope, ends });
        data
    }
}

fn check_app(context: &Context, request: Fields<'_>) -> Result<(), Refusal> {
    if request.text("client_key", usize::MAX)? != context.settings.app_id {
        return refuse_parameter("client_key does not exist");
    }
    if request.text("client_secret", usize::MAX)? != context.settings.client_secret {
        return refuse_parameter("client_secret is wrong");
    }
    Ok(())
}
