//! The words by which a spec says what becomes of a callback that nobody acknowledges.

use crate::record::words;

words! {
    /// What the platform takes an event for that was never acknowledged.
    pub enum Undelivered {
        /// It does not call again, and nothing follows.
        Lost = "lost",
        /// What the event asks for counts as approved.
        Approved = "approved",
        /// What the event asks for counts as refused.
        Refused = "refused",
    }
}
