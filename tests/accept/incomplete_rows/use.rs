//! A cell that no source has stays empty; it is not made up.

use apiscribe::ErrorCode;

use super::api::demo::PayError;

#[test]
fn what_is_not_known_is_none() {
    let error = PayError::from_code((-15009, 20000));
    assert_eq!(error, PayError::InternalError);
    assert_eq!(error.message(), Some("internal error"));
    assert_eq!((error.meaning(), error.advice(), error.retry()), (None, None, None));
    let nameless = PayError::from_code((-15010, 20000));
    assert_eq!((nameless.message(), nameless.meaning()), (None, None));
}

#[test]
fn what_was_taken_from_elsewhere_is_there() {
    assert_eq!(PayError::Filled.meaning(), Some("Taken from elsewhere."));
}
