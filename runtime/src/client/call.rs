//! One call: a token, an attempt, its outcome, perhaps another attempt. Nothing here depends on the endpoint's types.
//!
//! `client::prepare` has checked the request and turned it into bytes once. A request is read through `AnyRequest`
//! and a response goes through `Place`, so that no endpoint compiles this code again. A call waits for a slot under
//! the rate limits (`limiter`), obtains a token (`token`), makes an attempt (`transport`), and asks `retry` what to
//! do with the outcome. Every attempt is made of the same parts, so a repeat is identical to the byte. Earlier
//! attempts are kept in the error, because only all of them together show whether the request may have taken effect.
//!
//! Base URLs are checked once (`base_urls`) and kept in the form that reqwest wants (`urls`). Whatever a server wrote
//! goes through `error/server_text` before an error shows it: cut, on one line, and without the call's token and the
//! request's secrets, which the encoder notes while it writes them. The client's own transport (`connections`) is
//! public so that another can wrap it; it refuses plain HTTP to other machines itself, because it may be given a
//! request that the client did not make.

use std::future::{poll_fn, ready};
use std::mem;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, StatusCode};
use tokio::time::{Instant, sleep};

use super::Client;
use super::deadline::Deadline;
use super::limiter::{Permit, Quota};
use super::observe::Observer;
use super::retry::{Case, RetryPolicy, Verdict, next_pause};
use super::token::TokenSource;
use super::transport::BoxFuture;
use crate::code::RawCode;
use crate::endpoint::{Draft, Token, place_token};
use crate::envelope::{self, Place, Success};
use crate::error::{
    Attempt, Attempts, Error, Outcome, Secrets, TokenError, TokenFault, TransportFault, retry_after,
};
use crate::meta::Counts;
use crate::secret::Secret;

/// A request that is ready to be sent, and how.
pub(super) struct Call {
    pub(super) case: Case,
    pub(super) draft: Draft,
    /// Those in the URL, the headers and the body, which no error may show.
    pub(super) secrets: Vec<Secret<String>>,
    /// The limits of frequency to keep.
    pub(super) quotas: Vec<Quota>,
    /// The token of this call only.
    pub(super) token: Option<Secret<String>>,
    /// Time in all.
    pub(super) timeout: Duration,
    pub(super) retry: RetryPolicy,
}

/// Sends until there is an answer, or nothing more to be done. Boxed, so that no endpoint compiles it again, and small:
/// up to about a kilobyte is had from the allocator much faster.
pub(super) fn run<'a>(
    client: &'a Client,
    call: Result<Box<Call>, Error<RawCode>>,
    data: &'a mut (dyn Place + Send),
) -> BoxFuture<'a, Result<Success, Error<RawCode>>> {
    let mut course = match call {
        Ok(call) => Course::new(client, call, data),
        Err(error) => return Box::pin(ready(Err(error))),
    };
    let observer = course.observer.clone();
    Box::pin(observer.instrument(async move {
        let result = course.run().await;
        course.observer.finish(&result);
        result
    }))
}

/// A call under way. Who waits has it alone, because `data` must not be shared between threads.
struct Course<'a> {
    client: &'a Client,
    /// Apart, as allocators keep nothing of more than some 1,000 bytes at hand, and the future would be longer.
    call: Box<Call>,
    /// Where the data of a success go.
    data: &'a mut (dyn Place + Send),
    observer: Observer,
    deadline: Deadline,
    attempts: Attempts,
    /// Its place among the calls that count if they succeed.
    permit: Option<Permit>,
    /// The token that was fetched last.
    token: Option<Secret<String>>,
    /// A token was refused in this call already.
    was_refused: bool,
    /// Before each further try, once one has failed.
    pauses: Option<Box<dyn Iterator<Item = Duration> + Send>>,
}

/// A try that failed.
struct Failure {
    error: Error<RawCode>,
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
    fn new(client: &'a Client, call: Box<Call>, data: &'a mut (dyn Place + Send)) -> Self {
        let (meta, now) = (call.case.meta, Instant::now());
        let attempts = Attempts::of(meta);
        #[cfg(feature = "signature")]
        let attempts = match client.setup.verifier_for(meta) {
            Some(_) => attempts.verified(),
            None => attempts,
        };
        Self {
            client,
            observer: Observer::new(meta, now),
            deadline: Deadline::counted_from(now, call.timeout),
            call,
            data,
            attempts,
            permit: None,
            token: None,
            was_refused: false,
            pauses: None,
        }
    }

    async fn run(&mut self) -> Result<Success, Error<RawCode>> {
        let permit = match self.enter(Counts::Successes) {
            Some(permit) => Some(permit.await?),
            None => None,
        };
        self.permit = permit;
        let result = self.try_all().await;
        let attempts = mem::take(&mut self.attempts);
        let result = result.map_err(|error| error.after(self.call.case.meta, attempts));
        if let (Some(permit), Err(error)) = (self.permit.take(), &result)
            && !self.call.case.may_have_counted(error)
        {
            permit.give_back();
        }
        result
    }

    async fn try_all(&mut self) -> Result<Success, Error<RawCode>> {
        if let Some(source) = self.source() {
            // Boxed, as all calls would be larger by it.
            self.token = Some(Box::pin(self.fetch(source)).await?);
        }
        loop {
            let token = self.place_token()?;
            let mut place = match self.enter(Counts::All) {
                Some(permit) => Some(permit.await?),
                None => None,
            };
            let start = self.start()?;
            let request = self.request(token)?;
            place.iter_mut().chain(&mut self.permit).for_each(Permit::sent);
            let response = self.client.setup.transport.send(request);
            // Boxed, as it is rare, and all calls would be larger by it.
            let recovery = match self.attempt(start, response).await {
                Ok(success) => return Ok(success),
                Err(failure) => Box::pin(self.recover(failure)),
            };
            recovery.await?;
        }
    }

    /// Gets ready for another try, or gives the error back.
    async fn recover(&mut self, failure: Failure) -> Result<(), Error<RawCode>> {
        let Some(next) = self.next(&failure) else { return Err(failure.error) };
        self.observer.retry(&next.outcome);
        self.attempts.push(Attempt::new(next.outcome, failure.took, next.pause));
        if !next.pause.is_zero() {
            sleep(next.pause).await;
        }
        if next.wants_token
            && let Some(source) = self.source()
        {
            self.token = Some(self.fetch(source).await?);
        }
        Ok(())
    }

    fn next(&mut self, failure: &Failure) -> Option<Next> {
        match self.call.case.judge(&failure.error) {
            Verdict::Final => None,
            Verdict::Again(outcome) => {
                let pause = self.pause(failure.retry_after)?;
                Some(Next { outcome, pause, wants_token: false })
            }
            Verdict::FreshToken(outcome) => {
                let may_renew = !self.was_refused && self.source().is_some();
                self.was_refused = true;
                may_renew.then_some(Next { outcome, pause: Duration::ZERO, wants_token: true })
            }
        }
    }

    /// The pause before another attempt, if there is one and the call has the time.
    fn pause(&mut self, retry_after: Option<Duration>) -> Option<Duration> {
        let own = self.next_pause()?;
        let is_in_time = |pause: &Duration| self.deadline.is_later_than(*pause);
        let pause = next_pause(own, retry_after).filter(is_in_time);
        if let (None, true, Some(asked)) = (pause, is_in_time(&own), retry_after) {
            self.attempts.hold_back(asked);
        }
        pause
    }

    fn next_pause(&mut self) -> Option<Duration> {
        let pauses = || Box::new(self.call.retry.schedule()) as _;
        self.pauses.get_or_insert_with(pauses).next()
    }

    /// Keeps the limits that count so, if limits are kept.
    fn enter(&self, counts: Counts) -> Option<BoxFuture<'_, Result<Permit, Error<RawCode>>>> {
        let limiter = self.client.setup.limiter.as_ref()?;
        let permit = limiter.enter(&self.call.quotas, counts, self.deadline);
        Some(Box::pin(async { permit.await.map_err(|error| Error::RateLimited(Box::new(error))) }))
    }

    /// Where another token can be had from.
    fn source(&self) -> Option<&'a dyn TokenSource> {
        match self.call.token {
            Some(_) => None,
            None => self.client.source(self.call.case.meta.auth?),
        }
    }

    /// A token, another than the last.
    async fn fetch(&mut self, source: &dyn TokenSource) -> Result<Secret<String>, Error<RawCode>> {
        let mut token = source.token(self.client, self.token.as_ref());
        let late = || {
            let fault = TokenFault::Timeout { after: self.call.timeout };
            Err(TokenError::new(source.auth().name, fault))
        };
        // Most are at hand, so that no timer is needed.
        let at_hand = poll_fn(|cx| Poll::Ready(token.as_mut().poll(cx))).await;
        let fetched = match at_hand {
            Poll::Ready(fetched) => fetched,
            Poll::Pending => self.deadline.keep(token).await.unwrap_or_else(|_| late()),
        };
        fetched.map_err(|error| Error::Token(Box::new(error)))
    }

    /// When a try ends, and the time allowed until then: that of the try, or that of the call.
    fn end_of_try(&self, start: Instant) -> (Deadline, Duration) {
        let try_timeout = self.client.setup.try_timeout;
        let end = Deadline::counted_from(start, try_timeout);
        match self.deadline.is_before(end) {
            true => (self.deadline, self.call.timeout),
            false => (end, try_timeout),
        }
    }

    /// When a try starts: none does once the call's time is up.
    fn start(&self) -> Result<Instant, TransportFault> {
        let now = Instant::now();
        if self.deadline.is_over(now) {
            let allowed = self.call.timeout;
            let over =
                format!("the time allowed for the call, {allowed:?}, was up before it was sent");
            return Err(TransportFault::Connect(over.into()));
        }
        Ok(now)
    }

    /// The request of an attempt.
    fn request(&self, token: Option<Token>) -> Result<http::Request<Bytes>, Error<RawCode>> {
        let mut request = self.call.draft.with_token(token)?;
        self.client.setup.headers.add_to(&mut request);
        #[cfg(feature = "signature")]
        if let Some(key) = &self.client.setup.signer {
            sign(&mut request, key)
                .map_err(|error| crate::error::RequestError::Signing(error.into()))?;
        }
        Ok(request)
    }

    /// After an attempt, a token that cannot be sent is one that could not be fetched: that error tells of the attempts.
    fn place_token(&self) -> Result<Option<Token>, Error<RawCode>> {
        let meta = self.call.case.meta;
        place_token(meta, self.token()).map_err(|error| match meta.auth {
            Some(auth) if !self.attempts.is_empty() => {
                let fault = TokenFault::Issue(error.into());
                Error::Token(Box::new(TokenError::new(auth.name, fault)))
            }
            _ => error.into(),
        })
    }

    /// The token that was fetched last, or was given.
    fn token(&self) -> Option<&Secret<String>> {
        let given = || self.call.token.as_ref().or(self.client.setup.token.as_ref());
        self.token.as_ref().or_else(given)
    }

    async fn attempt(
        &mut self,
        start: Instant,
        response: BoxFuture<'_, Result<http::Response<Bytes>, TransportFault>>,
    ) -> Result<Success, Failure> {
        let failure = |error, retry_after| Failure { error, retry_after, took: start.elapsed() };
        let (end, after) = self.end_of_try(start);
        let late = TransportFault::Timeout { after };
        let response = end.keep(response).await.unwrap_or(Err(late));
        let response = response.map_err(|fault| failure(fault.into(), None))?;
        let retry_after = match response.status() {
            StatusCode::OK => None,
            _ => retry_after(response.headers()),
        };
        let (mut parts, body) = response.into_parts();
        let given = self.call.token.as_ref().or(self.client.setup.token.as_ref());
        let token = self.token.as_ref().or(given);
        let secrets = Secrets { token, sent: &self.call.secrets };
        #[cfg(feature = "signature")]
        if let Some(verifier) = self.client.setup.verifier_for(self.call.case.meta)
            && let Err(fault) = verifier.verify(&parts.headers, &body)
        {
            let meta = self.call.case.meta;
            let error = envelope::unverified(meta, &mut parts, body, secrets, fault.into());
            return Err(failure(error, None));
        }
        let case = &self.call.case;
        let endpoint = (case.meta, case.errors);
        let opened = envelope::open(endpoint, &mut parts, body, self.data, secrets);
        opened.map_err(|error| {
            let asked = match &error {
                Error::Api(error) => error.asked_in_body(),
                _ => None,
            };
            failure(without_length(error), retry_after.max(asked))
        })
    }
}

/// Adds the headers of a signature as of now.
#[cfg(feature = "signature")]
fn sign(
    request: &mut http::Request<Bytes>,
    key: &crate::signature::AppKey,
) -> Result<(), crate::signature::SigningError> {
    let target = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let mut message =
        crate::signature::Message::request(request.method().as_str(), target, request.body());
    message.headers = Some(request.headers());
    let headers = key.sign(&message)?.headers()?;
    request.headers_mut().extend(headers);
    Ok(())
}

/// A body that ends inside a value, of which no length was declared, ended with the connection.
fn without_length(error: Error<RawCode>) -> Error<RawCode> {
    match error {
        Error::Decode(error) if error.is_cut_off && !has_length(&error.headers) => {
            let fault = "the connection was closed inside the body, whose length was not declared";
            Error::Transport(TransportFault::cut_off(error.status, fault).into())
        }
        other => other,
    }
}

fn has_length(headers: &HeaderMap) -> bool {
    [CONTENT_LENGTH, TRANSFER_ENCODING].iter().any(|name| headers.contains_key(name))
}
