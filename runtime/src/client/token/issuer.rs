//! The call that fetches a token, and the check of its response.

use std::fmt;
use std::time::Duration;

use super::super::transport::BoxFuture;
use super::super::{CallOptions, Client};
use super::store::{StoreError, StoredToken};
use crate::endpoint::{IssuedToken, IssuesToken};
use crate::error::{Answered, Error};
use crate::error_code::{ErrorCode, ResponseCode};
use crate::meta::EndpointMeta;
use crate::secret::Secret;
use crate::validate::{Settings, Violations};

/// The longest that a fetch may take even if calls may take longer, as all callers without a token wait for it.
const LONGEST: Duration = Duration::from_secs(60);

/// Fetches one token.
pub(super) trait Issuer: fmt::Debug + Send + Sync {
    fn issue<'a>(
        &'a self,
        client: &'a Client,
        last: Option<&'a StoredToken>,
    ) -> BoxFuture<'a, Result<IssuedToken, Unissued>>;

    /// What it calls.
    fn endpoint(&self) -> &'static EndpointMeta;

    /// What is wrong with the request, whichever token is the last.
    fn check(&self, last: Option<&StoredToken>, settings: &Settings) -> Result<(), Violations>;
}

/// Why there is no token, and what is known of the request for it.
#[derive(Debug)]
pub(super) struct Unissued {
    pub(super) error: StoreError,
    pub(super) answered: Option<Box<Answered>>,
}

impl From<&str> for Unissued {
    fn from(error: &str) -> Self {
        Self { error: error.into(), answered: None }
    }
}

/// With the same request each time.
#[derive(Debug)]
pub(super) struct Fixed<R>(pub(super) R);

impl<R> Issuer for Fixed<R>
where
    R: IssuesToken + fmt::Debug + Send + Sync,
    R::Response: Send,
{
    fn issue<'a>(
        &'a self,
        client: &'a Client,
        _: Option<&'a StoredToken>,
    ) -> BoxFuture<'a, Result<IssuedToken, Unissued>> {
        Box::pin(issue(client, &self.0))
    }

    fn endpoint(&self) -> &'static EndpointMeta {
        const { &R::META }
    }

    fn check(&self, _: Option<&StoredToken>, settings: &Settings) -> Result<(), Violations> {
        self.0.validate_with(settings)
    }
}

/// With the refresh token of the last one.
pub(super) struct Refresh<F>(pub(super) F);

impl<F> fmt::Debug for Refresh<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Refresh")
    }
}

impl<F, R> Issuer for Refresh<F>
where
    F: Fn(&Secret<String>) -> R + Send + Sync,
    R: IssuesToken + Send + Sync,
    R::Response: Send,
{
    fn issue<'a>(
        &'a self,
        client: &'a Client,
        last: Option<&'a StoredToken>,
    ) -> BoxFuture<'a, Result<IssuedToken, Unissued>> {
        Box::pin(async move {
            let last = last.and_then(|token| token.refresh_token.as_ref());
            let last = last.ok_or("there is no refresh token; the user must log in again")?;
            let mut issued = issue(client, &(self.0)(last)).await?;
            // One that the answer does not replace goes on.
            issued.refresh_token.get_or_insert_with(|| last.clone());
            Ok(issued)
        })
    }

    fn endpoint(&self) -> &'static EndpointMeta {
        const { &R::META }
    }

    /// Nothing without a refresh token, as the store may have one.
    fn check(&self, last: Option<&StoredToken>, settings: &Settings) -> Result<(), Violations> {
        let last = last.and_then(|token| token.refresh_token.as_ref());
        let request = last.filter(|token| !token.is_blank()).map(&self.0);
        request.map_or(Ok(()), |request| request.validate_with(settings))
    }
}

async fn issue<R>(client: &Client, request: &R) -> Result<IssuedToken, Unissued>
where
    R: IssuesToken + Sync,
    R::Response: Send,
{
    let options = CallOptions::new().timeout(client.setup.timeout.min(LONGEST));
    let reply = client.call_with(request, options).await.map_err(unissued)?;
    let mut issued = R::issued(&reply);
    if issued.token.is_blank() {
        let (status, log_id) = (Some(reply.http_status()), reply.log_id().map(str::to_owned));
        let answered = Answered { endpoint: R::META.name, status, log_id, retry_after: None };
        let error = "the response has no token in it".into();
        return Err(Unissued { error, answered: Some(Box::new(answered)) });
    }
    issued.refresh_token = issued.refresh_token.filter(|token| !token.is_blank());
    Ok(issued)
}

fn unissued<E: ErrorCode<Code: ResponseCode>>(error: Error<E>) -> Unissued {
    let error = error.without_effect();
    let answered = error.endpoint().map(|endpoint| {
        let log_id = error.log_id().map(str::to_owned);
        let (status, retry_after) = (error.status(), error.retry_after());
        Box::new(Answered { endpoint, status, log_id, retry_after })
    });
    Unissued { error: shown(error), answered }
}

/// The error itself, unless it begins with "not sent": that of the call which waits for the token does so already.
fn shown<E: ErrorCode<Code: ResponseCode>>(error: Error<E>) -> StoreError {
    match error {
        Error::Invalid(violations) => Box::new(Unfit(violations)),
        Error::Request(error) => Box::new(error),
        Error::RateLimited(error) => error,
        error => Box::new(error),
    }
}

/// The request for a token breaks documented rules.
#[derive(Debug)]
struct Unfit(Violations);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "change the values of its request:\n{}", self.0)
    }
}

impl std::error::Error for Unfit {}
