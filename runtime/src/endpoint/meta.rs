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
    /// It changes nothing on the platform, so that it may be called again at will. A `Get` is so without it.
    pub safe: bool,
    /// How often it may be called, as far as documented.
    pub rate_limits: &'static [RateLimit],
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
        Self {
            name,
            method,
            host,
            auth: None,
            envelope,
            path,
            scope: None,
            duplicate: None,
            safe: false,
            rate_limits: &[],
        }
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

    /// One that changes nothing on the platform.
    pub const fn safe(mut self) -> Self {
        self.safe = true;
        self
    }

    /// With documented limits of frequency.
    pub const fn rate_limits(mut self, limits: &'static [RateLimit]) -> Self {
        self.rate_limits = limits;
        self
    }

    /// Whether calling it again changes nothing on the platform.
    pub const fn is_safe(&self) -> bool {
        self.safe || matches!(self.method, Method::Get)
    }
}

/// A documented limit of how often an endpoint may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// How many calls are allowed.
    pub calls: u32,
    /// In how many seconds.
    pub per: u64,
    /// The request's fields, by their names on the wire, whose values are counted apart; all calls together if empty.
    pub by: &'static [&'static str],
    pub counts: Counts,
}

/// Which calls a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// Every call.
    All,
    /// Those that succeed.
    Successes,
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
    /// How many seconds a token lives, if the documents say.
    pub lifetime: Option<u64>,
    /// How many seconds it lives on once another has been issued.
    pub overlap: Option<u64>,
    /// The error codes that say that the token was refused, and that another may do.
    pub refused: &'static [i64],
}

impl Auth {
    /// A token in this header, of which nothing else is known.
    pub const fn new(name: &'static str, header: &'static str) -> Self {
        Self { name, header, lifetime: None, overlap: None, refused: &[] }
    }
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
