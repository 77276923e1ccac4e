//! An error of a JS API is told by two numbers.

use apiscribe::error::Retry;
use apiscribe::{ErrorCode, JsApi};

use super::api::demo::{PayError, PayOptions, RefundError, RefundOptions};

fn error<A: JsApi<Error: ErrorCode<Code = (i64, i64)>>>(_: &A, code: (i64, i64)) -> A::Error {
    A::Error::from_code(code)
}

#[test]
fn both_numbers_tell_one_error_from_another() {
    let pay = PayOptions::new();
    assert_eq!(error(&pay, (-1, 20000)), PayError::Failed);
    assert_eq!(error(&pay, (-1, 20001)), PayError::FailedAgain);
    assert_eq!(error(&pay, (-1, 20001)).retry(), Some(Retry::Never));
    assert_eq!(error(&pay, (-1, 7)), PayError::Unknown(-1, 7));
}

#[test]
fn rows_are_chosen_by_the_first_number() {
    let both = [(-1, 20000), (-1, 20001)].map(|code| error(&RefundOptions::new(), code));
    assert_eq!(both, [RefundError::Failed, RefundError::FailedAgain]);
}
