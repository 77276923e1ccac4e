//! Codes twice, of two kinds, three to a variant, none; a payload.

use apiscribe::ErrorCode;

#[derive(Debug, ErrorCode)]
enum SettleError {
    #[error_code(23117)]
    Automatic,
    #[error_code(23117, http = 400)]
    Twice,
    #[error_code(-1, 20000)]
    Pair,
    #[error_code(1, 2, 3)]
    Three,
    #[error_code(http = 400)]
    None,
    #[error_code(4)]
    Payload(i64),
    #[error_code(unknown)]
    Unknown(i64),
}

#[derive(Debug, ErrorCode)]
enum PayError {
    #[error_code(-1, 20000)]
    Failed,
    #[error_code(-2)]
    Cancelled,
    #[error_code(unknown)]
    Unknown(i64),
}

#[derive(Debug, ErrorCode)]
enum Unkept {
    #[error_code(-1, 20000)]
    Failed,
}

#[derive(Debug, ErrorCode)]
enum TextError {
    #[error_code("DENIED", http = 401)]
    Denied,
    #[error_code("DENIED", http = 401)]
    SameStatus,
    #[error_code("DENIED")]
    Twice,
    #[error_code(7)]
    Number,
    #[error_code("A", 7)]
    Pair,
    #[error_code(unknown)]
    Unknown(i64),
}

#[derive(Debug, ErrorCode)]
enum NumberError {
    #[error_code(7)]
    Number,
    #[error_code("8")]
    Text,
    #[error_code(unknown)]
    Unknown(i64),
}

fn main() {
    let _ = SettleError::from_code(1).advice();
    let _: &dyn std::error::Error = &PayError::Cancelled;
}
