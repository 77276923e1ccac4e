//! What becomes of an item over time.

use serde::Serialize;

use super::TypePath;

/// It still works, and should not be used in new code: whoever uses it is warned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deprecated {
    /// What replaces it: an item of the client, or a field or variant of the same struct or enum.
    pub instead: Option<TypePath>,
    pub why: Option<String>,
    /// Citations; empty where they are those of the item.
    pub sources: Vec<String>,
}

/// When and for whom something can be called.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Lifecycle {
    pub available: Option<Stage>,
    pub restricted: Option<Restriction>,
    /// Apps that use it already go on as before, so nobody is warned.
    pub closed_to_new_apps: Option<Stage>,
    /// It will no longer be there for anyone: whoever uses it is warned.
    pub closing: Option<Stage>,
}

/// What begins on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// As `2026-01-31`, or `2026-01`; `None` if it has not been announced.
    pub day: Option<String>,
    pub doc: Option<String>,
    /// Citations; empty where they are those of the item.
    pub sources: Vec<String>,
}

/// Who may call something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Restriction {
    /// As the platform calls them.
    pub to: Vec<String>,
    pub doc: Option<String>,
    /// Citations; empty where they are those of the item.
    pub sources: Vec<String>,
}
