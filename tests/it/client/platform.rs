//! A platform that takes each refresh token once, is as slow as a test wants it, and fails when it is told to.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use apiscribe::client::ClientBuilder;
use apiscribe::client::token::StoredToken;
use apiscribe::time::UnixMillis;
use apiscribe::{Secret, Tokens};

use super::server::{Answer, Server, response};
use super::types::Issue;

const PAID: &str = r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#;

/// Issues `clt.1`, `clt.2`, … with `r.1`, `r.2`, …, the first for `r.0`.
pub(super) struct Platform {
    pub(super) server: Server,
    state: Arc<(Mutex<State>, Condvar)>,
}

struct State {
    /// How many tokens were issued; the refresh token of the last is the only one that is taken.
    issued: usize,
    /// What a response says of a token's life.
    expires_in: String,
    /// Responses to fetches wait.
    is_held: bool,
    /// What the next fetches are answered with instead.
    failures: Vec<Answer>,
    /// Tokens of a lower number are refused.
    first_taken: usize,
}

impl Platform {
    pub(super) fn start() -> Self {
        let state = State {
            issued: 0,
            expires_in: "7200".to_owned(),
            is_held: false,
            failures: Vec::new(),
            first_taken: 0,
        };
        let state = Arc::new((Mutex::new(state), Condvar::new()));
        let shared = Arc::clone(&state);
        let server = Server::by(move |_, request| answer(&shared, request));
        Self { server, state }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.0.lock().unwrap());
        self.state.1.notify_all();
    }

    pub(super) fn expires_in(self, seconds: &str) -> Self {
        self.change(|state| state.expires_in = seconds.to_owned());
        self
    }

    /// From now on fetches arrive and are not answered.
    pub(super) fn hold(&self) {
        self.change(|state| state.is_held = true);
    }

    pub(super) fn release(&self) {
        self.change(|state| state.is_held = false);
    }

    pub(super) fn fail_next_fetch(&self, answer: Answer) {
        self.change(|state| state.failures.push(answer));
    }

    /// Refuses `clt.<number>` and all that were issued before it.
    pub(super) fn refuse_up_to(&self, number: usize) {
        self.change(|state| state.first_taken = number + 1);
    }

    /// The bodies of the fetches so far.
    pub(super) fn fetches(&self) -> Vec<String> {
        let requests = self.server.requests();
        let fetches = requests.iter().filter(|request| request.starts_with("POST /token/"));
        fetches.map(|fetch| fetch.split("\r\n\r\n").nth(1).unwrap().to_owned()).collect()
    }

    /// The tokens of the payments so far.
    pub(super) fn tokens(&self) -> Vec<String> {
        let requests = self.server.requests();
        let tokens = requests.iter().filter_map(|request| token_of(request));
        tokens.map(str::to_owned).collect()
    }

    pub(super) fn builder(&self, tokens: Tokens) -> ClientBuilder {
        self.server.anonymous().tokens(tokens)
    }
}

fn answer((state, changed): &(Mutex<State>, Condvar), request: &str) -> Answer {
    let mut state = state.lock().unwrap();
    if let Some(token) = token_of(request) {
        let number: usize = token.strip_prefix("clt.").unwrap().parse().unwrap();
        return Answer::Close(match number < state.first_taken {
            true => response(200, r#"{"err_no":28001008,"err_msg":"expired"}"#),
            false => response(200, PAID),
        });
    }
    if let Some(failure) = state.failures.pop() {
        return failure;
    }
    // The old refresh token is used up when the request arrives, whenever its response is read.
    let secret = request.split(r#""secret":""#).nth(1).unwrap().trim_end_matches(r#""}"#);
    if secret.starts_with("r.") && secret != format!("r.{}", state.issued) {
        let ended = r#"{"err_no":10010,"err_msg":"refresh token expired"}"#;
        return Answer::Close(response(200, ended));
    }
    state.issued += 1;
    let (number, life) = (state.issued, state.expires_in.clone());
    drop(changed.wait_while(state, |state| state.is_held));
    let data = format!(
        r#"{{"access_token":"clt.{number}","expires_in":{life},"refresh_token":"r.{number}"}}"#
    );
    Answer::Close(response(200, &format!(r#"{{"err_no":0,"data":{data}}}"#)))
}

fn token_of(request: &str) -> Option<&str> {
    request.split("access-token: ").nth(1)?.split("\r\n").next()
}

/// `clt.0`, issued and expiring so many milliseconds from now.
pub(super) fn token(issued_ms: i64, end_ms: i64) -> StoredToken {
    let now = UnixMillis::now().0;
    StoredToken {
        token: "clt.0".into(),
        issued_at: UnixMillis(now + issued_ms),
        expires_at: Some(UnixMillis(now + end_ms)),
        refresh_token: Some("r.0".into()),
    }
}

/// Has expired.
pub(super) fn expired() -> StoredToken {
    token(-8_000_000, -1_000)
}

/// Works, and is due to be replaced.
pub(super) fn old() -> StoredToken {
    token(-8_000_000, 200_000)
}

pub(super) fn refreshing(first: StoredToken) -> Tokens {
    Tokens::refreshing(first, |refresh: &Secret<String>| Issue { secret: refresh.clone() })
}

/// Waits until something has happened elsewhere.
pub(super) async fn until(has_happened: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if has_happened() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it has not happened within 10 s");
}
