//! `ErrorCode`, derived by hand-written types: from a code to what the documents say of it.

use apiscribe::ErrorCode;
use apiscribe::error::{Retry, UndocumentedError, UndocumentedPair, UndocumentedText};
use proptest::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, ErrorCode)]
enum SettleError {
    #[error_code(23117, http = 400, retry = never)]
    #[error_code(message = "this appID is configured with automatic settlement")]
    #[error_code(meaning = "the platform settles for this app by itself")]
    #[error_code(advice = "do not call")]
    AutomaticSettlement,
    #[error_code(-2, message = "busy", retry = same)]
    #[error_code(case(message = "busy: a", meaning = "a is busy"))]
    #[error_code(case(message = "busy: b", advice = "leave b out"))]
    Busy,
    /// A row of which the page lost all but the code.
    #[error_code(7)]
    Lost,
    #[error_code(8, meaning = "too late", retry = changed)]
    Late,
    #[error_code(unknown)]
    Unknown(i64),
}

#[derive(Debug, Clone, PartialEq, Eq, ErrorCode)]
enum PayError {
    #[error_code(-1, 20000, message = "fail")]
    Failed,
    #[error_code(-1, 20001, message = "fail again")]
    FailedAgain,
    #[error_code(unknown)]
    Unknown(i64, i64),
}

#[derive(Debug, Clone, PartialEq, Eq, ErrorCode)]
enum CardError {
    #[error_code("card_declined", http = 402, message = "declined", retry = changed)]
    Declined,
    #[error_code("7")]
    Lost,
    #[error_code(unknown)]
    Unknown(String),
}

/// No error, so that its kind is that of what it keeps.
#[derive(Debug, Clone, PartialEq, Eq, ErrorCode)]
enum NoError {
    #[error_code(unknown)]
    Unknown(String),
}

#[test]
fn a_code_may_be_text() {
    let error = CardError::from_code("card_declined".into());
    assert_eq!(error, CardError::Declined);
    assert_eq!((error.code().as_ref(), error.retry()), ("card_declined", Some(Retry::Changed)));
    assert_eq!(CardError::from_code("7".into()), CardError::Lost);
    let error = CardError::from_code("expired".into());
    assert_eq!(error, CardError::Unknown("expired".to_owned()));
    assert_eq!(error.to_string(), "expired (not documented)");
    assert_eq!(NoError::from_code("x".into()).code(), "x");
}

#[derive(Debug, Clone, PartialEq, Eq, ErrorCode)]
enum StatusError {
    #[error_code("invalid_request", http = 400, retry = changed)]
    BadRequest,
    #[error_code("invalid_request", http = 404)]
    NotFound,
    #[error_code("api_error", http = 500, retry = same)]
    Failed,
    #[error_code(unknown)]
    Unknown(String),
}

#[test]
fn a_status_tells_errors_of_one_code_apart() {
    let of = |code: &'static str, status| StatusError::from_response(code.into(), status);
    assert_eq!(of("invalid_request", 400), StatusError::BadRequest);
    assert_eq!(of("invalid_request", 404), StatusError::NotFound);
    assert_eq!(of("invalid_request", 409), StatusError::Unknown("invalid_request".to_owned()));
    // The only error of a code is that whatever the status.
    assert_eq!(of("api_error", 502), StatusError::Failed);
    assert_eq!(StatusError::from_code("invalid_request".into()), StatusError::BadRequest);
    assert_eq!(StatusError::NotFound.row().unwrap().http, Some(404));
    assert_eq!(StatusError::NotFound.code(), "invalid_request");
}

#[test]
fn a_code_leads_to_its_row() {
    let error = SettleError::from_code(23117);
    assert_eq!(error, SettleError::AutomaticSettlement);
    assert_eq!(error.code(), 23117);
    assert_eq!(error.message(), Some("this appID is configured with automatic settlement"));
    assert_eq!(error.meaning(), Some("the platform settles for this app by itself"));
    assert_eq!(error.advice(), Some("do not call"));
    assert_eq!(error.retry(), Some(Retry::Never));
    assert_eq!(error.row().and_then(|row| row.http), Some(400));
}

#[test]
fn an_unknown_code_is_kept() {
    let error = SettleError::from_code(5);
    assert_eq!(error, SettleError::Unknown(5));
    assert_eq!(error.code(), 5);
    assert_eq!((error.row(), error.retry()), (None, None));
}

#[test]
fn a_pair_is_told_apart_by_both_numbers() {
    assert_eq!(PayError::from_code((-1, 20000)), PayError::Failed);
    assert_eq!(PayError::from_code((-1, 20001)).code(), (-1, 20001));
    assert_eq!(PayError::from_code((0, 20000)), PayError::Unknown(0, 20000));
    assert_eq!(PayError::Unknown(1, 2).code(), (1, 2));
}

#[test]
fn a_case_is_known_by_its_text() {
    let case = |text| SettleError::Busy.case(text);
    assert_eq!(case("busy: a").and_then(|case| case.meaning), Some("a is busy"));
    assert_eq!(case(" busy: b\n").and_then(|case| case.advice), Some("leave b out"));
    assert_eq!(case("busy: a, for 3 minutes").and_then(|case| case.meaning), Some("a is busy"));
    assert_eq!(case("busy: c"), None);
}

#[test]
fn people_read_code_message_meaning_and_advice() {
    let lines = [
        (
            SettleError::AutomaticSettlement,
            "23117 this appID is configured with automatic settlement: \
         the platform settles for this app by itself; do not call",
        ),
        (SettleError::Busy, "-2 busy"),
        (SettleError::Lost, "7"),
        (SettleError::Late, "8 too late"),
        (SettleError::Unknown(9), "9 (not documented)"),
    ];
    for (error, line) in lines {
        assert_eq!(error.to_string(), line);
    }
    assert_eq!(PayError::Failed.to_string(), "-1/20000 fail");
    assert_eq!(UndocumentedError(3).to_string(), "3 (not documented)");
    assert_eq!(UndocumentedPair(3, 4).to_string(), "3/4 (not documented)");
}

#[test]
fn rows_keep_the_order_of_the_documents() {
    let codes: Vec<_> = SettleError::ROWS.iter().map(|row| row.code.to_string()).collect();
    assert_eq!(codes, ["23117", "-2", "7", "8"]);
}

#[test]
fn it_is_an_error_like_any_other() {
    let error: Box<dyn std::error::Error + Send + Sync> = Box::new(SettleError::Late);
    assert_eq!(error.downcast_ref(), Some(&SettleError::Late));
}

proptest! {
    #[test]
    fn every_code_comes_back(code in prop_oneof![any::<i64>(), -3..9i64], no in prop_oneof![any::<i64>(), 20000..20003i64]) {
        prop_assert_eq!(SettleError::from_code(code).code(), code);
        prop_assert_eq!(PayError::from_code((code, no)).code(), (code, no));
        prop_assert_eq!(CardError::from_code(code.to_string().into()).code(), code.to_string());
        prop_assert_eq!(UndocumentedText::from_code(code.to_string().into()).code(), code.to_string());
        prop_assert_eq!(UndocumentedError::from_code(code).code(), code);
        prop_assert_eq!(UndocumentedPair::from_code((code, no)).code(), (code, no));
    }
}
