//! Sends a callback: signed, and again until the app has acknowledged it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::{CONNECTION, CONTENT_TYPE, HOST};
use axum::http::uri::Scheme;
use axum::http::{Request, Uri};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::callback::{Callback, Delivery};
use crate::keys::SignedHeaders;
use crate::platform::Platform;

/// Deliveries of one callback, all told.
const MOST_DELIVERIES: usize = 21;
const MOST_BYTES: usize = 1024 * 1024;

/// The status and the body of a response.
type Response = (u16, Vec<u8>);

/// Delivers until it is acknowledged, or the platform gives up.
pub(crate) async fn deliver(platform: Arc<Platform>, callback: Callback) {
    let pauses = platform.with(|areas| areas.context.settings.callback_pauses.clone());
    let mut pauses = pauses.into_iter().take(MOST_DELIVERIES - 1);
    let mut attempt = 1;
    while !deliver_once(&platform, &callback, attempt).await {
        let Some(pause) = pauses.next() else {
            platform.with(|areas| areas.give_up(&callback.sequel));
            break;
        };
        sleep(pause).await;
        attempt += 1;
    }
    platform.in_flight.send_modify(|number| *number = number.saturating_sub(1));
}

async fn deliver_once(platform: &Arc<Platform>, callback: &Callback, attempt: usize) -> bool {
    let response = send(platform, callback).await;
    let acknowledged = match &response {
        Some((200, body)) => is_acknowledged(platform, callback, body),
        _ => false,
    };
    platform.deliveries().push(Delivery {
        event: callback.event.clone(),
        body: callback.body.clone(),
        attempt,
        named_url: callback.named_url.clone(),
        response,
        acknowledged,
    });
    acknowledged
}

fn is_acknowledged(platform: &Arc<Platform>, callback: &Callback, body: &[u8]) -> bool {
    let response: Value = serde_json::from_slice(body).unwrap_or_default();
    let take = || platform.with(|areas| areas.take_response(&callback.sequel, &response));
    response["err_no"] == 0 && take()
}

async fn send(platform: &Arc<Platform>, callback: &Callback) -> Option<Response> {
    let (url, patience) = platform.with(|areas| {
        let settings = &areas.context.settings;
        (settings.notify_url.clone(), settings.callback_patience)
    });
    let signed = platform.keys.sign(platform.clock.now(), callback.body.as_bytes()).ok()?;
    post(&url?.parse().ok()?, signed, callback.body.clone(), patience).await
}

/// Posts to an `http` URL; `None` if no response came in time.
async fn post(
    url: &Uri,
    signed: SignedHeaders,
    body: String,
    patience: Duration,
) -> Option<Response> {
    let authority = url.authority().filter(|_| url.scheme() == Some(&Scheme::HTTP))?;
    let request = Request::post(url.path_and_query().map_or("/", |path| path.as_str()))
        .header(HOST, authority.as_str())
        .header(CONNECTION, "close")
        .header(CONTENT_TYPE, "application/json")
        .header("byte-timestamp", signed.timestamp)
        .header("byte-nonce-str", signed.nonce)
        .header("byte-signature", signed.signature)
        .body(Body::from(body))
        .ok()?;
    let address = format!("{}:{}", authority.host(), authority.port_u16().unwrap_or(80));
    timeout(patience, exchange(&address, request)).await.ok()?
}

async fn exchange(address: &str, request: Request<Body>) -> Option<Response> {
    let stream = TokioIo::new(TcpStream::connect(address).await.ok()?);
    // The platform writes `Byte-Signature`, not `byte-signature`.
    let builder = http1::Builder::new().title_case_headers(true).clone();
    let (mut sender, connection) = builder.handshake(stream).await.ok()?;
    // Ends with this function, however that ends.
    let mut connections = JoinSet::new();
    connections.spawn(connection);
    let response = sender.send_request(request).await.ok()?;
    let status = response.status().as_u16();
    let body = to_bytes(Body::new(response.into_body()), MOST_BYTES).await.ok()?;
    Some((status, body.to_vec()))
}
