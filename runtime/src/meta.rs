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
    /// How the fields of the body are written; nothing for a method without a body.
    pub body: BodyKind,
    /// The media type of the body, where it is not the usual one of its kind.
    pub content_type: Option<&'static str>,
    /// It changes nothing on the platform, so it may be repeated at will. Some methods are safe without it: ask
    /// [`EndpointMeta::is_safe`].
    pub safe: bool,
    /// How lists and objects are written in the query and in a form.
    pub spelling: Spelling,
    /// The fields, by their names on the wire, that are spelled otherwise.
    pub spellings: &'static [(&'static str, Spelling)],
    /// How often the platform lets it be called, as documented; what is counted apart, `Endpoint::rate_key` tells.
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
        &Envelope {
            name: "",
            code: Key::new(""),
            success: 0,
            message: &[],
            log_id: None,
            data: "",
        },
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
            body: BodyKind::Json,
            content_type: None,
            safe: false,
            spelling: Spelling::USUAL,
            spellings: &[],
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

    /// With a body that is not JSON.
    pub const fn body(mut self, body: BodyKind) -> Self {
        self.body = body;
        self
    }

    /// With a body of another media type than the usual one, as `application/merge-patch+json`.
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// With the promise that it changes nothing on the platform.
    pub const fn safe(mut self) -> Self {
        self.safe = true;
        self
    }

    /// With lists and objects that are not spelled as usual.
    pub const fn spelling(mut self, spelling: Spelling) -> Self {
        self.spelling = spelling;
        self
    }

    /// With fields that are spelled otherwise than the others.
    pub const fn spellings(mut self, fields: &'static [(&'static str, Spelling)]) -> Self {
        self.spellings = fields;
        self
    }

    /// With limits of how often it may be called.
    pub const fn rate_limits(mut self, limits: &'static [RateLimit]) -> Self {
        self.rate_limits = limits;
        self
    }

    /// Whether it changes nothing ("safe" in RFC 9110): by its method, or documented as such.
    pub const fn is_safe(&self) -> bool {
        self.safe || self.method.is_safe()
    }

    /// Whether sending the same request again changes nothing more ("idempotent" in RFC 9110): safe, or by its method. Any
    /// other request may be sent again only with an idempotency key.
    pub const fn is_idempotent(&self) -> bool {
        self.is_safe() || self.method.is_idempotent()
    }

    /// How the lists and objects of a field are spelled, by its name on the wire.
    pub(crate) fn spelling_of(&self, field: &str) -> Spelling {
        let own = self.spellings.iter().find(|(name, _)| *name == field);
        own.map_or(self.spelling, |(_, spelling)| *spelling)
    }

    /// Whether its requests have a body.
    pub const fn has_body(&self) -> bool {
        self.method.has_body() && !matches!(self.body, BodyKind::None)
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

/// An HTTP method, with the properties that RFC 9110 gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// As HTTP writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// It changes nothing: `GET` and `HEAD`.
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }

    /// A second time changes nothing more: what is safe, `PUT` and `DELETE`.
    pub const fn is_idempotent(self) -> bool {
        self.is_safe() || matches!(self, Self::Put | Self::Delete)
    }

    /// Its requests may have a body: all but `GET` and `HEAD`.
    pub const fn has_body(self) -> bool {
        !self.is_safe()
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

/// How the fields of a body are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyKind {
    /// One JSON object, `application/json`.
    Json,
    /// Pairs of name and value, `application/x-www-form-urlencoded`.
    Form,
    /// A part for each field and file, `multipart/form-data` (RFC 7578).
    Multipart,
    /// There is none, and no media type.
    None,
}

/// How lists and objects are written where there are only pairs of a name and a text: in a query and in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelling {
    pub lists: Lists,
    pub objects: Objects,
}

impl Spelling {
    /// A list is a pair for each item, an object is JSON.
    pub const USUAL: Self = Self::new(Lists::Repeated, Objects::Json);

    /// Lists and objects spelled so.
    pub const fn new(lists: Lists, objects: Objects) -> Self {
        Self { lists, objects }
    }
}

/// How a list is written as pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lists {
    /// `a=1&a=2`.
    Repeated,
    /// `a[]=1&a[]=2`.
    Brackets,
    /// `a[0]=1&a[1]=2`.
    Indices,
    /// `a=1,2`. An item with a comma in it is refused.
    Commas,
}

/// How an object is written as pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Objects {
    /// `a={"b":1}`, percent-encoded.
    Json,
    /// `a[b]=1`. In a list of objects each has its number: `a[0][b]=1&a[1][b]=2`.
    Brackets,
}

/// A token in a header.
#[derive(Debug, PartialEq, Eq)]
pub struct Auth {
    /// Name in the spec, as `client_token`.
    pub name: &'static str,
    /// Header that carries the token, as `access-token`.
    pub header: &'static str,
    /// How long a token lives, in seconds; `None` if not documented.
    pub lifetime: Option<u64>,
    /// How long the former token still works once a new one was issued, in seconds; `None` if not documented.
    pub overlap: Option<u64>,
    /// Error codes that say that this token is refused, where a fresh one may do.
    pub refused: &'static [i64],
}

impl Auth {
    /// A token of which no more is known than where it goes.
    pub const fn new(name: &'static str, header: &'static str) -> Self {
        Self { name, header, lifetime: None, overlap: None, refused: &[] }
    }

    /// Whether the code says that the token is refused, where a fresh one may do.
    pub fn refuses(&self, code: i64) -> bool {
        self.refused.contains(&code)
    }
}

/// The keys of the JSON object around a response's data.
#[derive(Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Name in the spec, as `trade_basic`.
    pub name: &'static str,
    /// Key of the error code, a number or a number as text.
    pub code: Key,
    /// The code that means success.
    pub success: i64,
    /// Keys of the error text. The first of them that has a text that is not empty has it.
    pub message: &'static [Key],
    /// Key of the id under which the platform finds the call in its log.
    pub log_id: Option<Key>,
    /// Key of the data.
    pub data: &'static str,
}

impl Envelope {
    /// A key as it is found from the top of the response, as `data.error_code`.
    pub(crate) fn path(&self, key: Key) -> String {
        match key.in_data {
            true => format!("{}.{}", self.data, key.name),
            false => key.name.to_owned(),
        }
    }
}

/// A key of an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// As `err_no`.
    pub name: &'static str,
    /// It stands not beside the data but in the object of the data.
    pub in_data: bool,
}

impl Key {
    /// A key that stands beside the data.
    pub const fn new(name: &'static str) -> Self {
        Self { name, in_data: false }
    }

    /// A key that stands in the object of the data.
    pub const fn in_data(name: &'static str) -> Self {
        Self { name, in_data: true }
    }
}
