//! What the platform signs is verified, and what it does not sign is taken as it comes.

use apiscribe::client::{BoxFuture, Transport};
use apiscribe::error::{DecodeFault, TransportFault};
use apiscribe::signature::PlatformKey;
use apiscribe::{Client, Endpoint, Error, Secret};
use bytes::Bytes;
use http::{HeaderMap, Request, Response};

use super::api::demo::{FileRequest, OrderRequest};
use super::api::platform::RESPONSE;

const BODY: &[u8] = br#"{"code":0}"#;
/// `printf '{"code":0}' | openssl dgst -sha256 -hmac secret`.
const SIGNATURE: &str = "3c2142ed6085d2728ff0f1847253ee2c5185fb96cf4a609f2fa179ecb792e2fd";

/// Responds with these headers, and always alike.
#[derive(Debug)]
struct Canned(HeaderMap);

impl Transport for Canned {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportFault>> {
        let mut response = Response::new(Bytes::from_static(BODY));
        self.0.clone_into(response.headers_mut());
        Box::pin(async { Ok(response) })
    }
}

fn client(headers: HeaderMap) -> Client {
    let key = PlatformKey::secret(&RESPONSE, Secret::from("secret")).unwrap();
    Client::builder().transport(Canned(headers)).verifier(key).build().unwrap()
}

#[tokio::test]
async fn the_responses_of_all_endpoints_but_one_are_verified() {
    assert!(FileRequest::META.unsigned && !OrderRequest::META.unsigned);
    let unsigned = client(HeaderMap::new());
    unsigned.call(&FileRequest::new()).await.unwrap();
    let error = unsigned.call(&OrderRequest::new()).await.unwrap_err();
    assert!(
        matches!(&error, Error::Decode(error) if matches!(error.fault, DecodeFault::Unverified(_))),
        "{error}"
    );
    let mut headers = HeaderMap::new();
    headers.insert("x-signature", SIGNATURE.parse().unwrap());
    client(headers).call(&OrderRequest::new()).await.unwrap();
}
