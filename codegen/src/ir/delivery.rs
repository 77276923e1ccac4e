//! When a platform calls again, in client terms.

use serde::Serialize;

pub use crate::terms::Undelivered;

/// When a platform calls again while it hears nothing, and what it does in the end.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Delivery {
    /// Seconds before each further call.
    pub retry_after: Vec<i64>,
    /// Until when the last of these pauses repeats; each is made once without it.
    pub repeats_until: Option<Until>,
    /// How many calls are made in all.
    pub attempts: Option<i64>,
    pub undelivered: Option<AfterLast>,
}

/// Until when a pause repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// Seconds after the first call.
    Seconds(i64),
    /// Without end.
    Acknowledged,
}

/// What becomes of an event that was never acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AfterLast {
    pub outcome: Undelivered,
    pub text: Option<String>,
    pub sources: Vec<String>,
}
