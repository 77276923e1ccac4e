//! An endpoint whose answer is a token for others.

use super::Endpoint;
use crate::meta::Auth;
use crate::secret::Secret;
use crate::time::Seconds;

/// A request for a token. Derive it with `#[endpoint(issues(..))]`.
pub trait IssuesToken: Endpoint {
    /// The way to authenticate that the token is for.
    const AUTH: &'static Auth;

    /// The token in an answer.
    fn issued(response: &Self::Response) -> IssuedToken;
}

/// A token as the platform issues it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct IssuedToken {
    pub token: Secret<String>,
    /// How long it lives, if the answer says.
    pub expires_in: Option<Seconds>,
    /// What the next one is fetched with, where the platform gives such a thing.
    pub refresh_token: Option<Secret<String>>,
    /// How long that lives.
    pub refresh_expires_in: Option<Seconds>,
}

impl IssuedToken {
    /// A token of which nothing else is known.
    pub fn new(token: Secret<String>) -> Self {
        Self { token, expires_in: None, refresh_token: None, refresh_expires_in: None }
    }
}

/// A field of an answer that says how long a token lives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how long a token lives",
    label = "not `Seconds`",
    note = "`expires_in` and `refresh_expires_in` are a `apiscribe::time::Seconds` or an `Option` of it"
)]
pub trait TokenLifetime {
    /// How long, if the answer says.
    fn lifetime(&self) -> Option<Seconds>;
}

impl TokenLifetime for Seconds {
    fn lifetime(&self) -> Option<Seconds> {
        Some(*self)
    }
}

impl<T: TokenLifetime> TokenLifetime for Option<T> {
    fn lifetime(&self) -> Option<Seconds> {
        self.as_ref()?.lifetime()
    }
}
