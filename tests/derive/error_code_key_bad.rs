//! Misspelt keys and words, values of another kind, a case without its text.

use apiscribe::ErrorCode;

#[derive(Debug, ErrorCode)]
#[error_code(crate = apiscribe)]
enum SettleError {
    #[error_code(1, mesage = "a")]
    Misspelt,
    #[error_code(2, retry = nevr)]
    Retry,
    #[error_code(3, http = 4000, message = 5)]
    Http,
    #[error_code(4, advice = "a", advice = "b")]
    Twice,
    #[error_code(5, case(meaning = "a"), case(mesage = "b", message = "c"), case)]
    Case,
    #[error_code(1.5)]
    Fraction,
    #[error_code(unknown)]
    Unknown(i64),
}

fn main() {}
