//! One request and its response: counted, kept, and met by the fault that is due.

use std::future::pending;
use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::header::{CONNECTION, CONTENT_LENGTH, DATE, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::time::{sleep, timeout};

use crate::clock::http_date;
use crate::connection::PATIENCE;
use crate::envelope::text;
use crate::fault::{Effect, Fault};
use crate::journal::Received;
use crate::listener::shut_for;
use crate::platform::Platform;
use crate::route;
use crate::wire::{Course, Damage};

const MAX_BODY: usize = 16 * 1024 * 1024;

/// Around every endpoint of the platform.
pub(crate) async fn exchange(
    State(platform): State<Arc<Platform>>,
    Extension(course): Extension<Course>,
    request: Request,
    next: Next,
) -> Response {
    course.set(Damage::None);
    let date = http_date(platform.clock.now());
    let mut response = match answer(&platform, &course, request, next).await {
        Ok(response) => response,
        // After a request that was not understood, nothing on the connection is.
        Err((status, why)) => ([(CONNECTION, "close")], text(status, why)).into_response(),
    };
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(DATE, date);
    }
    response
}

/// A status and its reason.
type Broken = (u16, &'static str);

async fn answer(
    platform: &Arc<Platform>,
    course: &Course,
    request: Request,
    next: Next,
) -> Result<Response, Broken> {
    let (parts, body) = request.into_parts();
    check_head(&parts.uri, &parts.headers)?;
    let path = parts.uri.path().to_owned();
    let fault = befalls(platform, &path);
    if let Some(Fault::Outage(_) | Fault::ResetUnread) = fault {
        platform.journal().keep(received(&parts, &Bytes::new()));
        return Ok(leave_unread(platform, course, fault).await);
    }
    let body = read(&parts.headers, body).await?;
    platform.journal().keep(received(&parts, &body));
    let is_taken = fault.as_ref().is_none_or(|fault| fault.effect() == Effect::Taken);
    let real = match is_taken {
        true => Some(next.run(Request::from_parts(parts, Body::from(body))).await),
        false => None,
    };
    let Some(fault) = fault else { return Ok(real.unwrap_or_else(never_sent)) };
    let (envelope, refusal) = route::manner(&path);
    let false_one = fault.response(envelope, refusal, &platform.clock);
    let response = false_one.or(real).unwrap_or_else(never_sent);
    let exact = response.body().size_hint().exact().unwrap_or(0);
    course.set(damage(&fault, usize::try_from(exact).unwrap_or(usize::MAX)));
    if let Fault::Late(time) = fault {
        sleep(time).await;
    }
    Ok(response)
}

/// A plan is asked when nothing is locked, so that it may ask the emulator.
fn befalls(platform: &Platform, path: &str) -> Option<Fault> {
    let number = platform.journal().number(path);
    let (injected, plan) = platform.faults().take(path);
    injected.or_else(|| plan?(number, path))
}

/// Resets the connection. In an outage it never returns: the door ends the connection, when it is shut.
async fn leave_unread(platform: &Arc<Platform>, course: &Course, fault: Option<Fault>) -> Response {
    course.set(Damage::Reset);
    if let Some(Fault::Outage(time)) = fault {
        shut_for(platform, time);
        pending::<()>().await;
    }
    never_sent()
}

/// For the faults that send no response of the platform's.
fn never_sent() -> Response {
    text(500, "never sent")
}

/// What a fault does to a response with a body of so many bytes.
fn damage(fault: &Fault, length: usize) -> Damage {
    match fault {
        Fault::Reset(_) => Damage::Reset,
        Fault::NotHttp(_) => Damage::NotHttp,
        Fault::SlowHead(pause) => Damage::SlowHead(*pause),
        Fault::SlowBody(pause) => Damage::SlowBody { pause: *pause, piece: length.div_ceil(16) },
        Fault::CutBody => Damage::Cut { after: length / 2 },
        _ => Damage::None,
    }
}

/// What neither hyper nor axum asks for: a path, and exactly one host.
fn check_head(uri: &Uri, headers: &HeaderMap) -> Result<(), Broken> {
    if !uri.path().starts_with('/') {
        return Err((400, "the target is no path"));
    }
    if headers.get_all(HOST).iter().count() != 1 {
        return Err((400, "one Host is needed"));
    }
    Ok(())
}

async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Broken> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| length > MAX_BODY as u64) {
        return Err((413, "the body is too long"));
    }
    match timeout(PATIENCE, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err((413, "the body is too long")),
        Ok(Err(_)) => Err((400, "the body cannot be read")),
        Err(_) => Err((408, "the body did not arrive")),
    }
}

fn received(head: &Parts, body: &Bytes) -> Received {
    Received {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers.clone(),
        body: body.to_vec(),
    }
}
