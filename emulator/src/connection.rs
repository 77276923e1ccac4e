//! One connection: hyper reads requests from it and writes the router's responses to it.

use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;

use crate::wire::{Course, Wire};

/// How long the head of a request may take, and how long a connection may be silent.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
const MAX_HEAD: usize = 32 * 1024;

/// Ends when the connection does. Each request carries the [`Course`] of its connection, by which a fault damages the response.
pub(crate) async fn serve(stream: TcpStream, router: Router) {
    // Without it a slow head is not slow, and a small response may wait for nothing.
    drop(stream.set_nodelay(true));
    let course = Course::default();
    let wire = Wire::new(stream, course.clone());
    let service = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(course.clone());
        service.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(MAX_HEAD)
        // The exchange says the date, by the emulator's clock.
        .auto_date_header(false)
        .serve_connection(TokioIo::new(wire), service);
    // An error is the other end's, or a fault that was asked for.
    drop(connection.await);
}
