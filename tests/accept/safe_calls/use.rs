//! What changes nothing may be repeated at will.

use apiscribe::Endpoint;

use super::api::demo::{QueryRequest, ReadRequest, WriteRequest};

#[test]
fn a_get_is_safe_and_whatever_says_so() {
    assert!(QueryRequest::META.is_safe() && ReadRequest::META.is_safe());
    assert!(!WriteRequest::META.is_safe());
}
