//! Access tokens: the newest two count, and the former of them for five minutes more.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::answer::{Answer, Refusal, refuse};
use super::clock::millis;
use super::fields::Fields;
use super::handle::StandIn;
use super::state::State;

const OVERLAP_MS: u64 = 5 * 60 * 1000;
const CALLS: usize = 500;
const CALLS_PER_MS: u64 = 5 * 60 * 1000;

impl StandIn {
    /// Gives a token out as if it had been asked for. It counts as issued.
    pub(crate) fn issue_token(&self) -> String {
        self.platform.with(issue)
    }

    /// How many tokens were issued.
    pub(crate) fn tokens_issued(&self) -> usize {
        self.platform.with(|state| state.tokens.issued.len())
    }

    /// Every token is expired from now on (28001008).
    pub(crate) fn expire_tokens(&self) {
        self.platform.with(|state| {
            let now = state.clock.now_ms();
            state.tokens.issued.iter_mut().for_each(|token| token.ends = token.ends.min(now));
        });
    }

    /// No token is known any more (28001003), as when somebody else got two new ones.
    pub(crate) fn revoke_tokens(&self) {
        self.platform
            .with(|state| state.tokens.issued.iter_mut().for_each(|token| token.known = false));
    }
}

#[derive(Default)]
pub(super) struct Tokens {
    issued: Vec<Token>,
    /// When tokens were asked for in the last five minutes.
    calls: VecDeque<u64>,
}

struct Token {
    value: String,
    /// The ms from which it counts no more.
    ends: u64,
    known: bool,
}

impl Tokens {
    pub(super) fn check(&self, token: Option<&str>, now: u64) -> Result<(), Refusal> {
        let found = self.issued.iter().find(|issued| Some(issued.value.as_str()) == token);
        match found {
            Some(token) if token.known && now < token.ends => Ok(()),
            Some(token) if token.known => refuse(28001008, "access_token expired"),
            _ => refuse(28001003, "access_token invalid"),
        }
    }

    fn add(&mut self, value: String, now: u64, life: u64) {
        let newest = self.issued.iter_mut().rev();
        for (age, token) in newest.take(2).enumerate() {
            match age {
                0 => token.ends = token.ends.min(now + OVERLAP_MS),
                _ => token.known = false,
            }
        }
        self.issued.push(Token { value, ends: now.saturating_add(life), known: true });
    }

    /// Counts a call, and says whether it is one too many.
    fn is_flooded(&mut self, now: u64) -> bool {
        while self.calls.front().is_some_and(|call| call + CALLS_PER_MS <= now) {
            self.calls.pop_front();
        }
        if self.calls.len() < CALLS {
            self.calls.push_back(now);
            return false;
        }
        true
    }
}

/// `/oauth/client_token/`
pub(super) fn client_token(state: &mut State, request: Fields<'_>) -> Answer {
    if state.tokens.is_flooded(state.clock.now_ms()) {
        return refuse(10020, "too many requests for tokens");
    }
    let key = text(request, "client_key")?;
    let secret = text(request, "client_secret")?;
    if text(request, "grant_type")? != "client_credential" {
        return refuse(10002, "grant_type must be client_credential");
    }
    if key != state.settings.app_id {
        return refuse(10003, "client_key does not exist");
    }
    if secret != state.settings.client_secret {
        return refuse(10013, "client_key or client_secret is wrong");
    }
    let access_token = issue(state);
    Ok(json!({ "access_token": access_token, "expires_in": state.settings.token_life.as_secs() }))
}

/// `/api/apps/v2/token`, whose tokens no trade API is known to take.
pub(super) fn app_token(state: &mut State, request: Fields<'_>) -> Answer {
    check_app(state, request)?;
    if request.given("grant_type").and_then(Value::as_str) != Some("client_credential") {
        return refuse(40020, "bad grant_type");
    }
    let token = state.id("0801121");
    Ok(json!({ "access_token": token, "expires_in": state.settings.token_life.as_secs() }))
}

/// The mini-app's number and secret, as `/api/apps/v2/` wants them.
pub(super) fn check_app(state: &State, request: Fields<'_>) -> Result<(), Refusal> {
    let given = |name| request.given(name).and_then(Value::as_str);
    if given("appid") != Some(&state.settings.app_id) {
        return refuse(40015, "bad appid");
    }
    if given("secret") != Some(&state.settings.client_secret) {
        return refuse(40017, "bad secret");
    }
    Ok(())
}

fn issue(state: &mut State) -> String {
    let value = state.id("clt.");
    let life = millis(state.settings.token_life);
    state.tokens.add(value.clone(), state.clock.now_ms(), life);
    value
}

fn text<'a>(request: Fields<'a>, name: &str) -> Result<&'a str, Refusal> {
    request.text(name, usize::MAX).map_err(|refusal| Refusal { code: 10002, ..refusal })
}
