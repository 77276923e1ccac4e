//! Tokens of users: for a code of the page once, refreshed, and what refreshes them renewed. All are asked for by forms.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::context::Context;
use crate::envelope::{Outcome, Refusal, refuse, refuse_parameter};
use crate::fields::Fields;

/// How long a token lives, in seconds.
const LIFE: u64 = 15 * 24 * 3600;
/// How long what refreshes it does.
const REFRESH_LIFE: u64 = 30 * 24 * 3600;
/// How often that can be renewed after a user's leave.
const RENEWALS: usize = 5;

#[derive(Default)]
pub(crate) struct UserTokens {
    used_codes: BTreeSet<String>,
    /// By the token for renewal, also of those that ended.
    leaves: BTreeMap<String, Leave>,
}

/// What a user gave leave for.
#[derive(Clone, Copy)]
struct Leave {
    /// The second from which it cannot be refreshed any more.
    ends: u64,
    renewals: usize,
}

impl UserTokens {
    /// `user_access_token`: takes any code as one of the page's, but each only once.
    pub(crate) fn issue(&mut self, context: &mut Context, request: Fields<'_>) -> Outcome {
        let text = |name| required(request, name, 28001007);
        let (key, secret, code) = (text("client_key")?, text("client_secret")?, text("code")?);
        if text("grant_type")? != "authorization_code" {
            return refuse(28001007, "grant_type must be authorization_code");
        }
        if key != context.settings.app_id {
            return refuse(29002002, "client_key does not exist");
        }
        if secret != context.settings.client_secret {
            return refuse(28001007, "client_secret is wrong");
        }
        if !self.used_codes.insert(code.to_owned()) {
            return refuse(28001007, "the code was used");
        }
        let ends = context.clock.now().saturating_add(REFRESH_LIFE);
        let token = self.add(context, Leave { ends, renewals: 0 });
        Ok(granted(context, &token, REFRESH_LIFE))
    }

    /// `refresh_user_access_token`. What it is refreshed with keeps its own end.
    pub(crate) fn refresh(&mut self, context: &mut Context, request: Fields<'_>) -> Outcome {
        let token = required(request, "refresh_token", 10005)?;
        if required(request, "grant_type", 10005)? != "refresh_token" {
            return refuse_parameter("grant_type must be refresh_token");
        }
        let leave = self.find(context, request, token)?;
        Ok(granted(context, token, leave.ends.saturating_sub(context.clock.now())))
    }

    /// `renew_refresh_token`. The old one ends at once.
    pub(crate) fn renew(&mut self, context: &mut Context, request: Fields<'_>) -> Outcome {
        let token = required(request, "refresh_token", 10005)?;
        let leave = self.find(context, request, token)?;
        if leave.renewals >= RENEWALS {
            return refuse(10020, "refresh_token was renewed as often as it can be");
        }
        let now = context.clock.now();
        self.leaves.insert(token.to_owned(), Leave { ends: now, ..leave });
        let ends = now.saturating_add(REFRESH_LIFE);
        let fresh = self.add(context, Leave { ends, renewals: leave.renewals + 1 });
        Ok(json!({ "refresh_token": fresh, "expires_in": REFRESH_LIFE }))
    }

    fn add(&mut self, context: &mut Context, leave: Leave) -> String {
        let token = context.id("rft.");
        self.leaves.insert(token.clone(), leave);
        token
    }

    fn find(&self, context: &Context, request: Fields<'_>, token: &str) -> Result<Leave, Refusal> {
        if required(request, "client_key", 10005)? != context.settings.app_id {
            return refuse_parameter("client_key does not exist");
        }
        match self.leaves.get(token) {
            None => refuse_parameter("refresh_token does not exist"),
            Some(leave) if leave.ends <= context.clock.now() => {
                refuse(10010, "refresh_token expired")
            }
            Some(leave) => Ok(*leave),
        }
    }
}

fn granted(context: &mut Context, refresh_token: &str, refresh_life: u64) -> serde_json::Value {
    json!({
        "access_token": context.id("act."),
        "expires_in": LIFE,
        "refresh_token": refresh_token,
        "refresh_expires_in": refresh_life,
        "open_id": "an-openid",
        "scope": "user_info",
    })
}

fn required<'a>(request: Fields<'a>, name: &str, code: i64) -> Result<&'a str, Refusal> {
    request.text(name, usize::MAX).map_err(|refusal| Refusal { code, ..refusal })
}
