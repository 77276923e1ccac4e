//! Calls that are stored before they are sent.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::call::{self, Call};
use super::retry::Case;
use super::{CallOptions, Client, is_key};
use crate::code::RawCode;
use crate::endpoint::{AnyRequest, Endpoint, Reply, Stored};
use crate::envelope::Slot;
use crate::error::Error;
use crate::error_code::{ErrorCode, ErrorRow};
use crate::validate::validate;

/// A call as it will be sent, to the byte: made by [`Client::prepare`], stored through serde, sent by [`Client::send_prepared`],
/// by another process if need be. Whatever has become of the program or the spec in between, the platform sees the same body
/// under the same idempotency key, so it knows a call again that was sent before.
///
/// No token, secret, signature or server address is in it: whoever sends it adds those. Requests that have a secret in them
/// cannot be prepared. Everything else of the request is stored in the clear, files in base64 and whole. `Debug` shows no body.
///
/// As JSON it is an object with these members. One of another endpoint or version, or one that was changed or cut, is refused
/// when it is read, with an error that says which. That finds accidents; it does not keep out whoever may write to the place where
/// calls are stored.
///
/// | member | content |
/// |---|---|
/// | `version` | 1 |
/// | `endpoint` | name of the endpoint, as in [`EndpointMeta::name`](crate::meta::EndpointMeta::name) |
/// | `method`, `target` | HTTP method; path and query |
/// | `headers` | a list of `[name, value]` |
/// | `content_type` | media type of the body, if there is a body |
/// | `body` or `body_base64` | the body, as text if it is UTF-8 |
/// | `idempotency_key` | unless the request has none |
/// | `rate_keys` | what rate limits count it by, a list of `[fields, values]` |
/// | `sha256` | digest of all of these |
///
/// ```no_run
/// # use apiscribe::client::Prepared;
/// # use apiscribe::{Client, Endpoint};
/// # async fn pay<R: Endpoint>(client: Client, request: R) -> Result<(), Box<dyn std::error::Error>> where R::Error: 'static {
/// let stored = serde_json::to_string(&client.prepare(&request)?)?;
/// // ... it is committed, and read after a restart:
/// let prepared: Prepared<R> = serde_json::from_str(&stored)?;
/// let reply = client.send_prepared(&prepared).await?;
/// # Ok(())
/// # }
/// ```
pub struct Prepared<R> {
    stored: Box<Stored>,
    endpoint: PhantomData<fn() -> R>,
}

impl<R: Endpoint> Prepared<R> {
    /// Name of the endpoint: for a column beside the stored call, by which its type is found.
    pub const ENDPOINT: &'static str = R::META.name;

    fn of(stored: Stored) -> Self {
        Self { stored: Box::new(stored), endpoint: PhantomData }
    }
}

impl<R> Prepared<R> {
    /// By which the platform knows the call again, if by anything.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.stored.idempotency_key()
    }

    /// The body, but for a token if the endpoint takes it there.
    pub fn body(&self) -> &[u8] {
        self.stored.body()
    }
}

impl Client {
    /// Makes of a request a call that can be stored and sent later; nothing is sent. It is validated now, if the client
    /// validates, and not again when it is sent.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`], or [`Error::Request`] if the request cannot be expressed, or has a secret in it or a URL that
    /// the platform gave.
    pub fn prepare<R: Endpoint>(&self, request: &R) -> Result<Prepared<R>, Error<R::Error>> {
        self.store(request).map(Prepared::of).map_err(Error::named)
    }

    /// Sends a prepared call and reads the response: with a token, within limits, and again where that is safe, as
    /// [`Client::call`] does. A call may be sent as often as need be; whether that is harmless is up to its idempotency key.
    ///
    /// # Errors
    ///
    /// As [`Client::call`], but for [`Error::Invalid`].
    pub fn send_prepared<R: Endpoint>(
        &self,
        prepared: &Prepared<R>,
    ) -> impl Future<Output = Result<Reply<R::Response>, Error<R::Error>>> {
        self.send_prepared_with(prepared, CallOptions::new())
    }

    /// Sends a prepared call otherwise than the client is set up to, as with the token of a user, which is never stored.
    ///
    /// # Errors
    ///
    /// As [`Client::send_prepared`].
    pub async fn send_prepared_with<R: Endpoint>(
        &self,
        prepared: &Prepared<R>,
        options: CallOptions,
    ) -> Result<Reply<R::Response>, Error<R::Error>> {
        let mut data = Slot::new();
        let call = self.ready_stored(&prepared.stored, R::Error::ROWS, options);
        match call::run(self, call, &mut data).await {
            Ok(success) => Ok(data.reply(success)),
            Err(error) => Err(error.named()),
        }
    }

    fn store(&self, request: &dyn AnyRequest) -> Result<Stored, Error<RawCode>> {
        if self.setup.validate {
            validate(&self.setup.settings, |report| request.check(report))?;
        }
        Ok(Stored::of(request)?)
    }

    fn ready_stored(
        &self,
        stored: &Stored,
        errors: &'static [ErrorRow],
        options: CallOptions,
    ) -> Result<Box<Call>, Error<RawCode>> {
        let meta = stored.meta();
        let is_repeatable = meta.is_idempotent() || stored.idempotency_key().is_some_and(is_key);
        let case = Case { meta, is_repeatable, errors };
        let quotas = self.setup.quotas(meta, &|limit| stored.rate_key(limit));
        let base_url = self.setup.base_urls.of(meta)?;
        // None of its parts is a secret, or it could not have been prepared.
        Ok(self.setup.call(case, stored.draft(&base_url)?, Vec::new(), quotas, options))
    }
}

impl<R> Clone for Prepared<R> {
    fn clone(&self) -> Self {
        Self { stored: self.stored.clone(), endpoint: PhantomData }
    }
}

impl<R> fmt::Debug for Prepared<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("endpoint", &self.stored.meta().name)
            .field("idempotency_key", &self.idempotency_key())
            .field("bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

impl<R> Serialize for Prepared<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.stored.serialize(serializer)
    }
}

impl<'de, R: Endpoint> Deserialize<'de> for Prepared<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = Map::<String, Value>::deserialize(deserializer)?;
        let stored = Stored::read(members, const { &R::META });
        stored.map(Self::of).map_err(D::Error::custom)
    }
}
