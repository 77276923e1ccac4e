//! One connection: requests in, answers out, and what befalls them on the way.

use std::future::pending;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::door::shut_for;
use super::fault::{Effect, Fault};
use super::http::{Broken, Head, Incoming, Pace, Request, Response, write};
use super::journal::Received;
use super::route;
use super::state::Platform;

/// What becomes of the connection after a request.
enum Then {
    Stay,
    Close,
    Reset,
}

pub(super) async fn serve(stream: TcpStream, platform: Arc<Platform>) {
    // Without it a slow head is not slow, and a small answer may wait for nothing.
    drop(stream.set_nodelay(true));
    let mut incoming = Incoming::new(stream);
    loop {
        match exchange(&mut incoming, &platform).await {
            Ok(Then::Stay) => {}
            Ok(Then::Close) | Err(Broken::Gone) => return,
            Ok(Then::Reset) => return reset(&incoming.stream),
            Err(Broken::Refused(status, why)) => return turn_away(incoming, status, why).await,
        }
    }
}

async fn exchange(incoming: &mut Incoming, platform: &Arc<Platform>) -> Result<Then, Broken> {
    let head = incoming.request().await?;
    let fault = befalls(platform, head.path());
    if let Some(Fault::Outage(_) | Fault::ResetUnread) = fault {
        platform.journal().keep(received(&head, Vec::new()));
    }
    match fault {
        Some(Fault::Outage(time)) => go_down(&incoming.stream, platform, time).await,
        Some(Fault::ResetUnread) => return Ok(Then::Reset),
        _ => {}
    }
    let body = incoming.body(&head).await?;
    platform.journal().keep(received(&head, body.clone()));
    let request = Request { head, body };
    let response = answer(platform, &request, fault.as_ref());
    let sent = send(&mut incoming.stream, response, &request.head, fault).await;
    sent.map_err(|_| Broken::Gone)
}

/// A plan is asked when nothing is locked, so that it may ask the stand-in.
fn befalls(platform: &Platform, path: &str) -> Option<Fault> {
    let number = platform.journal().number(path);
    let (injected, plan) = platform.faults().take(path);
    injected.or_else(|| plan?(number, path))
}

/// Never returns: the door ends the connection, when it is shut.
async fn go_down(stream: &TcpStream, platform: &Arc<Platform>, time: Duration) {
    reset(stream);
    shut_for(platform, time);
    pending().await
}

fn answer(platform: &Arc<Platform>, request: &Request, fault: Option<&Fault>) -> Response {
    let is_taken = fault.is_none_or(|fault| fault.effect() == Effect::Taken);
    let real = is_taken.then(|| route::respond(platform, request));
    let false_one = fault.and_then(|fault| {
        let (envelope, refusal) = route::manner(request.head.path());
        fault.answer(envelope, refusal, &platform.clock)
    });
    // A fault without effect that leaves the answer to the platform sends none.
    false_one.or(real).unwrap_or_else(|| Response::text(500, "never sent"))
}

async fn send(
    stream: &mut TcpStream,
    mut response: Response,
    head: &Head,
    fault: Option<Fault>,
) -> io::Result<Then> {
    response.headless = head.method() == "HEAD";
    if head.is_last() {
        response = response.with("connection", "close");
    }
    let pace = match fault {
        Some(Fault::Reset(_)) => return Ok(Then::Reset),
        Some(Fault::NotHttp(_)) => {
            stream.write_all(b"\x16\x03\x01 is no HTTP\r\n\r\n").await?;
            return Ok(Then::Close);
        }
        Some(Fault::Late(time)) => {
            sleep(time).await;
            Pace::Plain
        }
        Some(Fault::SlowHead(pause)) => Pace::SlowHead(pause),
        Some(Fault::SlowBody(pause)) => Pace::SlowBody(pause),
        Some(Fault::CutBody) => Pace::Half,
        _ => Pace::Plain,
    };
    write(stream, &response, pace).await?;
    let ends = head.is_last() || matches!(pace, Pace::Half);
    Ok(if ends { Then::Close } else { Then::Stay })
}

async fn turn_away(mut incoming: Incoming, status: u16, why: &'static str) {
    let response = Response::text(status, why).with("connection", "close");
    if write(&mut incoming.stream, &response, Pace::Plain).await.is_ok() {
        drop(incoming.stream.shutdown().await);
        incoming.drain().await;
    }
}

/// A connection that is closed without lingering is reset.
fn reset(stream: &TcpStream) {
    drop(stream.set_zero_linger());
}

fn received(head: &Head, body: Vec<u8>) -> Received {
    Received {
        method: head.method().to_owned(),
        path: head.path().to_owned(),
        query: head.query().to_owned(),
        headers: head.headers.clone(),
        body,
    }
}
