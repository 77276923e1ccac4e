//! Tokens of the app itself: the newest two count, and the former of them for five minutes more.

use std::collections::VecDeque;

use serde_json::json;

use crate::clock::millis;
use crate::context::Context;
use crate::envelope::{Outcome, Refusal, refuse};
use crate::fields::Fields;

const OVERLAP_MS: u64 = 5 * 60 * 1000;
const CALLS: usize = 500;
const CALLS_PER_MS: u64 = 5 * 60 * 1000;

#[derive(Default)]
pub(crate) struct ClientTokens {
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

impl ClientTokens {
    /// `client_token`
    pub(crate) fn issue(&mut self, context: &mut Context, request: Fields<'_>) -> Outcome {
        if self.is_flooded(context.clock.now_ms()) {
            return refuse(10020, "too many requests for tokens");
        }
        let key = text(request, "client_key")?;
        let secret = text(request, "client_secret")?;
        if text(request, "grant_type")? != "client_credential" {
            return refuse(10002, "grant_type must be client_credential");
        }
        if key != context.settings.app_id {
            return refuse(10003, "client_key does not exist");
        }
        if secret != context.settings.client_secret {
            return refuse(10013, "client_key or client_secret is wrong");
        }
        let life = context.settings.token_life.as_secs();
        Ok(json!({ "access_token": self.add(context), "expires_in": life }))
    }

    /// A new token.
    pub(crate) fn add(&mut self, context: &mut Context) -> String {
        let value = context.id("clt.");
        let now = context.clock.now_ms();
        let newest = self.issued.iter_mut().rev();
        for (age, token) in newest.take(2).enumerate() {
            match age {
                0 => token.ends = token.ends.min(now + OVERLAP_MS),
                _ => token.known = false,
            }
        }
        let ends = now.saturating_add(millis(context.settings.token_life));
        self.issued.push(Token { value: value.clone(), ends, known: true });
        value
    }

    /// How many there were.
    pub(crate) fn count(&self) -> usize {
        self.issued.len()
    }

    pub(crate) fn expire(&mut self, now: u64) {
        self.issued.iter_mut().for_each(|token| token.ends = token.ends.min(now));
    }

    pub(crate) fn revoke(&mut self) {
        self.issued.iter_mut().for_each(|token| token.known = false);
    }

    pub(crate) fn check(&self, token: Option<&str>, now: u64) -> Result<(), Refusal> {
        let found = self.issued.iter().find(|issued| Some(issued.value.as_str()) == token);
        match found {
            Some(token) if token.known && now < token.ends => Ok(()),
            Some(token) if token.known => refuse(28001008, "access_token expired"),
            _ => refuse(28001003, "access_token invalid"),
        }
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

fn text<'a>(request: Fields<'a>, name: &str) -> Result<&'a str, Refusal> {
    request.text(name, usize::MAX).map_err(|refusal| Refusal { code: 10002, ..refusal })
}
