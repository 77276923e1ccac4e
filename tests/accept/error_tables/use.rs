//! An endpoint that takes a table whole shares its enum; one that chooses rows has an enum of its own.

use apiscribe::error::Retry;
use apiscribe::{Endpoint, ErrorCode};

use super::api::demo::{SomeRowsError, SomeRowsRequest, UserError, WholeTableRequest};

fn error<E: Endpoint<Error: ErrorCode<Code = i64>>>(_: &E, code: i64) -> E::Error {
    E::Error::from_code(code)
}

#[test]
fn a_whole_table_is_shared() {
    assert_eq!(error(&WholeTableRequest::new(), 7), UserError::UserNotFound);
}

#[test]
fn rows_of_several_tables_become_one_enum() {
    let request = SomeRowsRequest::new();
    assert_eq!(error(&request, 7), SomeRowsError::UserNotFound);
    let bad_token = error(&request, 100);
    assert_eq!(bad_token, SomeRowsError::BadToken);
    assert_eq!(bad_token.advice(), Some("Get a new one."));
    assert_eq!(bad_token.retry(), Some(Retry::Changed));
    assert_eq!(bad_token.row().unwrap().http, Some(401));
    assert_eq!(error(&request, 101).retry(), Some(Retry::Same));
}

#[test]
fn rows_that_are_not_chosen_are_unknown() {
    assert_eq!(error(&SomeRowsRequest::new(), 102), SomeRowsError::Unknown(102));
}
