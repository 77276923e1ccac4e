//! What a platform does when nobody acknowledges its calls.

/// What the platform takes an event for that was never acknowledged, once it calls no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undelivered {
    /// Nothing follows: whoever needs the event asks for it.
    Lost,
    /// What the event asks for counts as approved.
    Approved,
    /// What the event asks for counts as refused.
    Refused,
}
