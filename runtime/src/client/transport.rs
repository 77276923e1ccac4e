//! What carries a request over the network and brings its response back.

use std::fmt;
use std::pin::Pin;

use bytes::Bytes;

use crate::error::TransportFault;

/// A future in a box, that may go to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any HTTP library: a request out, a response back. The client has one of its own, [`HttpTransport`](super::HttpTransport); another is given
/// with `ClientBuilder::transport`, and one around it with `ClientBuilder::wrap_transport`.
///
/// A transport sends each request once, follows no redirect (the token would go with it), and reads no longer an answer
/// than it wants to hold. Headers and body of a response are handed on as they came, for they may be signed. Time is kept by
/// the client: it drops the future when a try has taken too long.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request and reads its response to the end.
    ///
    /// [`TransportFault::Connect`] promises that nothing was sent: the client sends the request again after it, even
    /// one that must not be sent twice. If in doubt, it is [`TransportFault::Broken`].
    ///
    /// # Errors
    ///
    /// What went wrong in transit, without the token or the URL's query in its text.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportFault>>;
}
