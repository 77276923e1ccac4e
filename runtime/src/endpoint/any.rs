//! A request without its types: what is done with it is compiled once, and not again for each endpoint.

use std::borrow::Cow;

use super::{Endpoint, Files, Parameters, RateKey};
use crate::error_code::{ErrorCode, ErrorRow};
use crate::json;
use crate::meta::{EndpointMeta, RateLimit};
use crate::secret::Secret;
use crate::validate::Validate;

/// What a request of any endpoint can be asked for.
#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "some of it is for the client to ask")
)]
pub(crate) trait AnyRequest: Validate {
    fn meta(&self) -> &'static EndpointMeta;

    /// The endpoint's documented errors.
    fn errors(&self) -> &'static [ErrorRow];

    fn parameters(&self, parameters: &mut Parameters);

    fn files<'a>(&'a self, files: &mut Files<'a>);

    /// Its serde form, and the secrets in it.
    fn write(&self, out: &mut String, secrets: &mut Vec<Secret<String>>)
    -> Result<(), json::Error>;

    fn idempotency_key(&self) -> Option<Cow<'_, str>>;

    fn rate_key(&self, limit: &RateLimit) -> RateKey;
}

impl<R: Endpoint> AnyRequest for R {
    fn meta(&self) -> &'static EndpointMeta {
        const { &R::META }
    }

    fn errors(&self) -> &'static [ErrorRow] {
        R::Error::ROWS
    }

    fn parameters(&self, parameters: &mut Parameters) {
        Endpoint::parameters(self, parameters);
    }

    fn files<'a>(&'a self, files: &mut Files<'a>) {
        Endpoint::files(self, files);
    }

    fn write(
        &self,
        out: &mut String,
        secrets: &mut Vec<Secret<String>>,
    ) -> Result<(), json::Error> {
        json::write_with_secrets(out, self, secrets)
    }

    fn idempotency_key(&self) -> Option<Cow<'_, str>> {
        Endpoint::idempotency_key(self)
    }

    fn rate_key(&self, limit: &RateLimit) -> RateKey {
        Endpoint::rate_key(self, limit)
    }
}
