//! What becomes of an item over time.

use serde::Serialize;

use super::Path;

/// It still works, and should not be used in new code: whoever uses it is warned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deprecated {
    /// What replaces it: an item of the client, or a field or variant of the same struct or enum.
    pub instead: Option<Path>,
    pub why: Option<String>,
    /// Citations; empty where they are those of the item.
    pub sources: Vec<String>,
}
