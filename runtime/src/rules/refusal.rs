//! How an endpoint refuses a request.

/// How an endpoint refuses a request, where a decision says that it does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal<E> {
    /// With this error.
    Error(E),
    /// With an error whose code no document gives.
    Undocumented,
}

impl<E> Refusal<E> {
    /// The error, if a document gives its code.
    pub fn error(self) -> Option<E> {
        match self {
            Self::Error(error) => Some(error),
            Self::Undocumented => None,
        }
    }
}
