//! Former names of types.

use serde::Serialize;

use super::Type;

/// A deprecated name of a type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alias {
    pub name: String,
    /// What it is called now.
    pub now: String,
    /// What is in it, if it is a newtype, whose name is also that of a function.
    pub newtype_of: Option<Type>,
}
