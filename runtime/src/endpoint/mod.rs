//! A call to the platform without a network: a request type in, an HTTP request out; an HTTP response in, its data out.
//!
//! Whatever sends the one and brings back the other is somebody else's: `Client` does, and so can a test.
//!
//! Here too is what requests and responses are made of that no other type is for: a [`File`] that is uploaded, [`Binary`]
//! bodies, pages ([`Paged`]) and responses that issue a token ([`IssuesToken`]).

mod any;
mod key;
mod rate;
mod pairs;
mod parameters;
mod file;
mod body;
mod request;
#[cfg(feature = "client")]
mod stored;
mod issue;
#[doc(hidden)]
#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "only the client goes from page to page")
)]
pub mod paging;
mod base_url;
mod given_url;

pub(crate) use self::any::AnyRequest;
pub(crate) use self::base_url::BaseUrl;
#[cfg(feature = "client")]
pub(crate) use self::base_url::check_scheme;
pub use self::file::{File, FileField, Files};
pub use self::issue::{IssuedToken, IssuesToken, TokenLifetime};
#[doc(hidden)]
pub use self::key::{Key, KeyParts, key_of};
#[cfg(feature = "client")]
pub(crate) use self::paging::Progress;
pub use self::paging::{PageMark, Paged, Paging, Turn};
pub use self::parameters::Parameters;
pub use self::rate::RateKey;
#[cfg(feature = "client")]
pub(crate) use self::request::{Draft, Token};
pub(crate) use self::request::{draft, place_token};
#[cfg(feature = "client")]
pub(crate) use self::stored::Stored;
pub use crate::envelope::{Binary, Reply};

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::envelope::{self, Slot};
use crate::error::{Error, RequestError, Secrets};
use crate::error_code::{ErrorCode, ResponseCode};
use crate::meta::{EndpointMeta, RateLimit};
use crate::secret::Secret;
use crate::validate::Validate;

/// A request of one endpoint. Its serde form, without the fields that go into the path or the query, is the body; as a
/// form or in parts, if [`EndpointMeta::body`] says so.
pub trait Endpoint: Serialize + Validate {
    /// The data of a successful response; `()` if none is documented.
    type Response: DeserializeOwned + Send;

    /// The endpoint's documented errors.
    type Error: ErrorCode<Code: ResponseCode>;

    /// Where the request goes, and how its answer looks.
    const META: EndpointMeta;

    /// Adds the fields that go into the path, the query and the headers.
    fn parameters(&self, _: &mut Parameters) {}

    /// Adds the files, each a part of a multipart body, or one that is the body. They are no part of the serde form.
    fn files<'a>(&'a self, _: &mut Files<'a>) {}

    /// What makes sending the request a second time harmless. A blank one counts as none. That of several fields is a JSON
    /// list of their values.
    fn idempotency_key(&self) -> Key<'_> {
        None
    }

    /// The values of the fields that a limit of frequency is counted by, so that different ones give different keys.
    fn rate_key(&self, _limit: &RateLimit) -> RateKey {
        RateKey::new()
    }

    /// The HTTP request, for a server at `base_url`. Does not validate.
    ///
    /// A token in a header is marked as sensitive, so that `Debug` of the request does not show it.
    ///
    /// # Errors
    ///
    /// When the request cannot be expressed, or would carry the token in the clear.
    fn to_http(
        &self,
        base_url: &str,
        token: Option<&Secret<String>>,
    ) -> Result<http::Request<Vec<u8>>, RequestError>
    where
        Self: Sized,
    {
        let base_url = BaseUrl::parse(base_url)
            .map_err(|reason| RequestError::BaseUrl { host: Self::META.host.name, reason })?;
        let (draft, _) = draft(self, &base_url)?;
        let request = draft.with_token(place_token(&Self::META, token)?)?;
        drop(draft);
        // Nobody else has the body any more, so it is not copied.
        Ok(request.map(Vec::from))
    }

    /// The data of a response, or what the platform says instead. A client reads responses in the same way.
    ///
    /// # Errors
    ///
    /// [`Error::Api`] if the platform refuses, whatever the HTTP status; [`Error::Decode`] if the response is not
    /// what the documents say.
    fn from_http(
        response: http::Response<impl AsRef<[u8]>>,
    ) -> Result<Reply<Self::Response>, Error<Self::Error>> {
        let (mut parts, body) = response.into_parts();
        let body = Bytes::copy_from_slice(body.as_ref());
        let mut data = Slot::new();
        let endpoint = (const { &Self::META }, Self::Error::ROWS);
        let opened = envelope::open(endpoint, &mut parts, body, &mut data, Secrets::NONE);
        opened.map(|success| data.reply(success)).map_err(Error::named)
    }
}
