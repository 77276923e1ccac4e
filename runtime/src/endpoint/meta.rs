//! What is known of an endpoint before any request: constants that generated code writes.

/// Where a request goes, and how its answer looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointMeta {
    /// Name in the spec, as `settle_create`.
    pub name: &'static str,
    pub method: Method,
    pub host: &'static Host,
    /// How the caller is known to the platform; `None` for an endpoint that is open to all.
    pub auth: Option<&'static Auth>,
    pub envelope: &'static Envelope,
    /// Path on the host, with `{name}` where a field goes.
    pub path: &'static str,
    /// Permission that the app must hold.
    pub scope: Option<&'static str>,
    /// The error code that says that an earlier request with the same idempotency key took effect.
    pub duplicate: Option<i64>,
}

impl EndpointMeta {
    /// For derived code, where the compiler has said that the endpoint is not told soundly.
    #[doc(hidden)]
    pub const UNSOUND: Self = Self::new(
        "",
        Method::Get,
        "/",
        &Host { name: "", production: "", sandbox: None, development: None },
        &Envelope { name: "", code: "", success: 0, message: "", log_id: None, data: "" },
    );

    /// What every endpoint has; the rest is set by the methods below.
    pub const fn new(
        name: &'static str,
        method: Method,
        path: &'static str,
        host: &'static Host,
        envelope: &'static Envelope,
    ) -> Self {
        Self { name, method, host, auth: None, envelope, path, scope: None, duplicate: None }
    }

    /// With a token in a header.
    pub const fn auth(mut self, auth: &'static Auth) -> Self {
        self.auth = Some(auth);
        self
    }

    /// With a permission that the app must hold.
    pub const fn scope(mut self, scope: &'static str) -> Self {
        self.scope = Some(scope);
        self
    }

    /// With the error code that means that an earlier request took effect.
    pub const fn duplicate(mut self, code: i64) -> Self {
        self.duplicate = Some(code);
        self
    }
}

/// An HTTP method. A `Get` has no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

impl Method {
    /// As HTTP writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A server and its environments, each a base URL as `https://open.example.com`.
#[derive(Debug, PartialEq, Eq)]
pub struct Host {
    /// Name in the spec, as `open`.
    pub name: &'static str,
    /// For real traffic.
    pub production: &'static str,
    /// For trials.
    pub sandbox: Option<&'static str>,
    /// What the documents show for development.
    pub development: Option<&'static str>,
}

/// A token in a header.
#[derive(Debug, PartialEq, Eq)]
pub struct Auth {
    /// Name in the spec, as `client_token`.
    pub name: &'static str,
    /// Header that carries the token, as `access-token`.
    pub header: &'static str,
}

/// The keys of the JSON object around a response's data.
#[derive(Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Name in the spec, as `trade_basic`.
    pub name: &'static str,
    /// Key of the error code, a number or a number as text.
    pub code: &'static str,
    /// The code that means success.
    pub success: i64,
    /// Key of the error text.
    pub message: &'static str,
    /// Key of the id under which the platform finds the call in its log.
    pub log_id: Option<&'static str>,
    /// Key of the data.
    pub data: &'static str,
}
