//! One call: a token, a try, what came of it, perhaps another try. Nothing here depends on the endpoint's types.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use tokio::time::{Instant, sleep, timeout_at};

use super::Client;
use super::limiter::{Permit, Quota};
use super::observe::Observer;
use super::retry::{Case, RetryPolicy, Verdict, retry_after};
use super::token::TokenSource;
use super::transport::BoxFuture;
use crate::endpoint::Counts;
use crate::endpoint::request::authorize;
use crate::envelope::{self, Place, Success};
use crate::error::{Attempt, Attempts, Error, Outcome, TokenError, TokenFault, TransportFault};
use crate::secret::Secret;

/// A request that is ready to be sent, and how.
pub(super) struct Call {
    pub(super) case: Case,
    /// Without a token.
    pub(super) request: http::Request<Bytes>,
    /// The limits of frequency to keep.
    pub(super) quotas: Vec<Quota>,
    /// The token of this call only.
    pub(super) token: Option<Secret<String>>,
    /// Time in all.
    pub(super) timeout: Duration,
    /// Time for one try.
    pub(super) try_timeout: Duration,
    pub(super) retry: RetryPolicy,
}

/// Sends until there is an answer, or nothing more to be done. Boxed, so that no endpoint compiles it again.
pub(super) fn run<'a>(
    client: &'a Client,
    call: Result<Call, Error<i64>>,
    data: &'a mut (dyn Place + Send),
) -> BoxFuture<'a, Result<Success, Error<i64>>> {
    Box::pin(async move {
        let call = call?;
        let observer = Observer::new(call.case.meta);
        let result = observer.instrument(Course::new(client, call, &observer).run(data)).await;
        observer.finish(&result);
        result
    })
}

/// A call under way.
struct Course<'a> {
    client: &'a Client,
    call: Call,
    observer: &'a Observer,
    deadline: Instant,
    attempts: Attempts,
    /// The token that was sent last.
    token: Option<Secret<String>>,
    /// A token was refused in this call already.
    was_refused: bool,
}

/// A try that failed.
struct Failure {
    error: Error<i64>,
    /// What the server says of the next.
    retry_after: Option<Duration>,
    took: Duration,
}

/// What follows a try that failed.
struct Next {
    outcome: Outcome,
    pause: Duration,
    wants_token: bool,
}

impl<'a> Course<'a> {
    fn new(client: &'a Client, call: Call, observer: &'a Observer) -> Self {
        let deadline = Instant::now() + call.timeout;
        let (attempts, token) = (Attempts::default(), None);
        Self { client, call, observer, deadline, attempts, token, was_refused: false }
    }

    async fn run(mut self, data: &mut (dyn Place + Send)) -> Result<Success, Error<i64>> {
        let permit = self.enter(Counts::Successes).await?;
        let result = self.try_all(data).await.map_err(|error| error.after(self.attempts));
        if let (Some(permit), Err(error)) = (permit, &result)
            && !self.call.case.may_have_taken_effect(error)
        {
            permit.give_back();
        }
        result
    }

    async fn try_all(&mut self, data: &mut (dyn Place + Send)) -> Result<Success, Error<i64>> {
        let mut pauses = self.call.retry.schedule();
        self.authorize().await?;
        loop {
            self.enter(Counts::All).await?;
            let failure = match self.attempt(data).await {
                Ok(success) => return Ok(success),
                Err(failure) => failure,
            };
            let Some(next) = self.next(&failure, &mut pauses) else { return Err(failure.error) };
            self.pause(&next, failure.took).await;
            if next.wants_token {
                self.authorize().await?;
            }
        }
    }

    fn next(
        &mut self,
        failure: &Failure,
        pauses: &mut (impl Iterator<Item = Duration> + Send),
    ) -> Option<Next> {
        match self.call.case.judge(&failure.error) {
            Verdict::Final => None,
            Verdict::Again(outcome) => {
                let pause = pauses.next()?.max(failure.retry_after.unwrap_or_default());
                let is_in_time = Instant::now() + pause < self.deadline;
                is_in_time.then_some(Next { outcome, pause, wants_token: false })
            }
            Verdict::FreshToken(outcome) => {
                let may_renew = !self.was_refused && self.source().is_some();
                self.was_refused = true;
                may_renew.then_some(Next { outcome, pause: Duration::ZERO, wants_token: true })
            }
        }
    }

    async fn pause(&mut self, next: &Next, took: Duration) {
        self.observer.retry(next.outcome);
        self.attempts.push(Attempt::new(next.outcome, took, next.pause));
        if !next.pause.is_zero() {
            sleep(next.pause).await;
        }
    }

    /// Keeps the limits that count so, if limits are kept.
    async fn enter(&self, counts: Counts) -> Result<Option<Permit>, Error<i64>> {
        let Some(limiter) = &self.client.setup.limiter else { return Ok(None) };
        let permit = limiter.enter(&self.call.quotas, counts, self.deadline).await;
        permit.map(Some).map_err(|error| Error::RateLimited(Box::new(error)))
    }

    /// Where another token can be had from.
    fn source(&self) -> Option<&'a dyn TokenSource> {
        match self.call.token {
            Some(_) => None,
            None => self.client.source(self.call.case.meta.auth?),
        }
    }

    /// Puts a token into the request, another than the last.
    async fn authorize(&mut self) -> Result<(), Error<i64>> {
        let Some(auth) = self.call.case.meta.auth else { return Ok(()) };
        let given = || self.call.token.as_ref().or(self.client.setup.token.as_ref()).cloned();
        let token = match self.source() {
            Some(source) => Some(self.fetch(source).await?),
            None => given(),
        };
        authorize(auth, &mut self.call.request, token.as_ref())?;
        self.token = token;
        Ok(())
    }

    async fn fetch(&self, source: &dyn TokenSource) -> Result<Secret<String>, Error<i64>> {
        let token = source.token(self.client, self.token.as_ref());
        let fetched = timeout_at(self.deadline, token).await.unwrap_or_else(|_| {
            let fault = TokenFault::Timeout { after: self.call.timeout };
            Err(TokenError::new(source.auth().name, fault))
        });
        fetched.map_err(|error| Error::Token(Box::new(error)))
    }

    async fn attempt(&self, data: &mut (dyn Place + Send)) -> Result<Success, Failure> {
        let start = Instant::now();
        let failure = |error, retry_after| Failure { error, retry_after, took: start.elapsed() };
        let response = self.send(start).await.map_err(|fault| failure(fault.into(), None))?;
        let retry_after = match response.status() {
            StatusCode::OK => None,
            _ => retry_after(response.headers()),
        };
        let opened = envelope::open(self.call.case.meta, response, data);
        opened.map_err(|error| failure(error, retry_after))
    }

    async fn send(&self, start: Instant) -> Result<http::Response<Vec<u8>>, TransportFault> {
        let end = self.deadline.min(start + self.call.try_timeout);
        let response = self.client.setup.transport.send(self.call.request.clone());
        let late = TransportFault::Timeout { after: end - start };
        timeout_at(end, response).await.unwrap_or(Err(late))
    }
}
