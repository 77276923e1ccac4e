//! What README.md and that of the client show in Rust compiles as it stands there: if it does not, neither do the tests.

use std::fmt::Debug;
use std::io;

use apiscribe::endpoint::Paged;
use apiscribe::{Client, Secret};
use axum::Router;
use bytes::Bytes;
use generated_client::order::PaymentResultContent;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A table of calls that nobody could handle.
#[derive(Clone)]
struct DeadLetters;

impl DeadLetters {
    async fn insert(&self, _: Option<&str>, _: &Bytes) -> io::Result<()> {
        Ok(())
    }
}

/// A table of orders.
#[derive(Clone)]
struct Orders;

impl Orders {
    async fn paid(&self, _: &PaymentResultContent, _: Option<&str>) -> io::Result<()> {
        Ok(())
    }
}

#[allow(dead_code, clippy::all, reason = "written to be read, and never called")]
mod blocks {
    use super::{BoxError, Client, DeadLetters, Debug, Orders, Paged, Router, Secret};

    include!(concat!(env!("OUT_DIR"), "/readmes.rs"));
}

#[tokio::test]
async fn the_router_of_the_readme_refuses_what_nobody_signed() {
    let public_key = crate::signature::PUBLIC.to_owned();
    let router = blocks::callbacks(public_key, DeadLetters, Orders).unwrap();
    let address = crate::callbacks::server::serve(router).await;
    let request = http::Request::post("/callbacks").body(b"{}".to_vec()).unwrap();
    let (status, _) = crate::callbacks::server::send(&address, &request).await;
    assert_eq!(status, 400);
}
