//! Any status and any body: an answer is read or refused, and neither panics, nor does what is said of it.

use generated_client::apiscribe::{Endpoint, http};
use generated_client::settle::{SettleCreateRequest, SettleQueryRequest};

/// Two bytes of status, then the body.
pub(crate) fn run(data: &[u8]) {
    let Some((status, body)) = data.split_first_chunk::<2>() else { return };
    let status = 200 + u16::from_be_bytes(*status) % 400;
    read::<SettleCreateRequest>(status, body);
    read::<SettleQueryRequest>(status, body);
}

fn read<R: Endpoint>(status: u16, body: &[u8]) {
    let response = http::Response::builder().status(status).body(body.to_vec());
    match R::from_http(response.expect("a status")) {
        Ok(reply) => assert!(status < 300, "{:?} says success", reply.log_id()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
