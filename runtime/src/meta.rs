//! What is known of an endpoint before any request: constants that generated code writes, and tables are made of.

pub use crate::code::Code;

use crate::code::RawCode;

/// Where a request goes, and how its answer looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointMeta {
    /// Name in the spec, as `create_order`.
    pub name: &'static str,
    pub method: Method,
    pub host: &'static Host,
    /// How the caller is known to the platform; `None` for an endpoint that is open to all.
    pub auth: Option<&'static Auth>,
    pub envelope: &'static Envelope,
    /// Path on the host, with `{name}` where a field goes; or `{name}` alone, for a URL that the platform gave.
    pub path: &'static str,
    /// Where such a URL may lead besides the host itself: names of servers, as `files.example.com` or `*.example.com`; empty
    /// if `path` is one.
    pub url_hosts: &'static [&'static str],
    /// Permission that the app must hold.
    pub scope: Option<&'static str>,
    /// The error code that says that an earlier request with the same idempotency key took effect.
    pub duplicate: Option<Code>,
    /// How the fields of the body are written; nothing for a method without a body.
    pub body: BodyKind,
    /// What the body of a successful response is.
    pub response: ResponseKind,
    /// The media type of the body, where it is not the usual one of its kind.
    pub content_type: Option<&'static str>,
    /// It changes nothing on the platform, so it may be repeated at will. Some methods are safe without it: ask
    /// [`EndpointMeta::is_safe`].
    pub safe: bool,
    /// The platform does not sign its responses: a client's `verifier` lets them pass.
    pub unsigned: bool,
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
        &Envelope::new(""),
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
            url_hosts: &[],
            scope: None,
            duplicate: None,
            body: BodyKind::Json,
            response: ResponseKind::Json,
            content_type: None,
            safe: false,
            unsigned: false,
            spelling: Spelling::USUAL,
            spellings: &[],
            rate_limits: &[],
        }
    }

    /// With a token.
    pub const fn auth(mut self, auth: &'static Auth) -> Self {
        self.auth = Some(auth);
        self
    }

    /// With a URL in place of the path, which leads to the host or to one of these servers.
    pub const fn url_hosts(mut self, hosts: &'static [&'static str]) -> Self {
        self.url_hosts = hosts;
        self
    }

    /// With a permission that the app must hold.
    pub const fn scope(mut self, scope: &'static str) -> Self {
        self.scope = Some(scope);
        self
    }

    /// With the error code that means that an earlier request took effect.
    pub const fn duplicate(mut self, code: Code) -> Self {
        self.duplicate = Some(code);
        self
    }

    /// With a body that is not JSON.
    pub const fn body(mut self, body: BodyKind) -> Self {
        self.body = body;
        self
    }

    /// With responses that are not JSON.
    pub const fn response(mut self, response: ResponseKind) -> Self {
        self.response = response;
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

    /// With responses that the platform does not sign, as it does others.
    pub const fn unsigned(mut self) -> Self {
        self.unsigned = true;
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

    /// Whether this code says that the token was refused.
    pub(crate) fn refuses_token(&self, code: &RawCode) -> bool {
        self.auth.is_some_and(|auth| auth.refuses(code))
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

/// What the body of a successful response is. A refusal is JSON in any case, and says so in its `Content-Type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseKind {
    /// JSON, or nothing.
    Json,
    /// Text, read into a `String`.
    Text,
    /// Anything, read into [`Binary`](crate::endpoint::Binary).
    Binary,
    /// JSON, or nothing, under each of these HTTP statuses, read into an enum by the status. Under any other it may be anything.
    ByStatus(&'static [u16]),
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
    /// The text of a struct that is one value, `text/plain`.
    Text,
    /// The content of one file, of the file's media type.
    Binary,
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

/// How a token travels with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenPlace {
    /// In a header.
    Header {
        /// The header's name, as `Authorization`.
        name: &'static str,
        /// What stands before the token, with the space behind it, as `Bearer `; empty if it stands alone.
        prefix: &'static str,
    },
    /// In a header as `Basic` (RFC 7617): the token is `user:password`, or a key and `:`.
    Basic {
        /// The header's name, as `Authorization`.
        header: &'static str,
    },
    /// In the query of the URL. URLs are written to logs by proxies and servers, so prefer a header where there is a choice.
    Query {
        /// The parameter's name.
        name: &'static str,
    },
    /// In the body, beside the request's own fields. For a JSON object or a form.
    Field {
        /// The field's name.
        name: &'static str,
    },
}

impl TokenPlace {
    /// The whole value of a header.
    pub const fn header(name: &'static str) -> Self {
        Self::Header { name, prefix: "" }
    }

    /// In a header, behind what stands before it there, as `token `.
    pub const fn prefixed(name: &'static str, prefix: &'static str) -> Self {
        Self::Header { name, prefix }
    }

    /// In a header as `Bearer` (RFC 6750).
    pub const fn bearer(header: &'static str) -> Self {
        Self::Header { name: header, prefix: "Bearer " }
    }

    /// In a header as [`TokenPlace::Basic`].
    pub const fn basic(header: &'static str) -> Self {
        Self::Basic { header }
    }

    /// In the query, as [`TokenPlace::Query`].
    pub const fn query(name: &'static str) -> Self {
        Self::Query { name }
    }

    /// In the body, as [`TokenPlace::Field`].
    pub const fn field(name: &'static str) -> Self {
        Self::Field { name }
    }
}

/// A way to authenticate: a token, and where it travels.
#[derive(Debug, PartialEq, Eq)]
pub struct Auth {
    /// Name in the spec, as `client_token`.
    pub name: &'static str,
    /// How the token travels with a request.
    pub place: TokenPlace,
    /// How long a token lives, in seconds; `None` if not documented.
    pub lifetime: Option<u64>,
    /// How long the former token still works once a new one was issued, in seconds; `None` if not documented.
    pub overlap: Option<u64>,
    /// Error codes that say that this token is refused, where a fresh one may do.
    pub refused: &'static [Code],
}

impl Auth {
    /// A token that is the whole value of a header, and of which no more is known.
    pub const fn new(name: &'static str, header: &'static str) -> Self {
        Self::at(name, TokenPlace::header(header))
    }

    /// A token of which no more is known than where it travels.
    pub const fn at(name: &'static str, place: TokenPlace) -> Self {
        Self { name, place, lifetime: None, overlap: None, refused: &[] }
    }

    /// Whether the code says that the token is refused, where a fresh one may do.
    pub fn refuses(&self, code: &RawCode) -> bool {
        self.refused.iter().any(|refused| code == refused)
    }
}

/// How a response says whether it is a success, and where its data are: the JSON around them, or the HTTP status alone.
///
/// Places are paths of keys from the top of the body, as `code` or `extra.error_code`.
///
/// ```
/// # use apiscribe::meta::{Code, Envelope};
/// // {"code":0,"message":"","log_id":"L1","data":{…}}
/// const TRADE: Envelope = Envelope::new("trade")
///     .code(&["code"])
///     .success(Code::Int(0))
///     .message(&["message"])
///     .log_id("log_id")
///     .data("data");
/// // The data alone under a 2xx; {"code":"PARAM_ERROR","message":"…"} otherwise.
/// const REST: Envelope = Envelope::new("rest").code(&["code"]).message(&["message"]);
/// // {"ok":true,…}; {"ok":false,"error":"not_found"}
/// const FLAG: Envelope = Envelope::new("flag").ok("ok").code(&["error"]).message(&["error"]);
/// // {"result":{…}}; {"error":{"code":-32601,"message":"…"}}
/// const RPC: Envelope = Envelope::new("rpc")
///     .success_without_code()
///     .code(&["error.code"])
///     .message(&["error.message"])
///     .data("result");
/// ```
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// Name in the spec, as `basic`.
    pub name: &'static str,
    /// Place of a boolean that is true in a success and false in a failure. A success has no code beside it, or that of
    /// [`Envelope::success`]; of a failure without a code, the HTTP status is the code.
    pub ok: Option<&'static str>,
    /// Places of the error code, a number (or a number as text) or a text. Of several, each must be that of a success;
    /// the first that is not has the error. The HTTP status is the code if there are none.
    pub code: &'static [&'static str],
    /// The code that means success. If there is none, nor `ok` nor `success_without_code`, the HTTP status alone says what is
    /// a success, whatever code stands in its body.
    pub success: Option<Code>,
    /// Whether a 2xx without a code is a success, too; any code but `success` is that of an error then.
    pub success_without_code: bool,
    /// Places of the error text. The first of them that has a text that is not empty has it.
    pub message: &'static [&'static str],
    /// Place of the id under which the platform finds the call in its log.
    pub log_id: Option<&'static str>,
    /// Header that has that id where the body has none.
    pub log_id_header: Option<&'static str>,
    /// Place of the data; empty if they are the whole body.
    pub data: &'static str,
    /// Place of the object with the documented fields of an error besides code and text; empty if it is the whole body.
    pub details: Option<&'static str>,
    /// Place of the number by which an error says when to ask again, and what it is.
    pub retry_after: Option<(&'static str, WaitUnit)>,
}

/// What a number in an error is, that says when to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitUnit {
    /// So many seconds from now, perhaps with decimals.
    Seconds,
    /// So many milliseconds from now.
    Milliseconds,
    /// A time, in seconds since 1970.
    UnixSeconds,
    /// A time, in milliseconds since 1970.
    UnixMillis,
}

impl Envelope {
    /// Codes of one envelope at most.
    pub const MOST_CODES: usize = 4;

    /// No envelope: the HTTP status says whether it is a success, and the body is the data.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            ok: None,
            code: &[],
            success: None,
            success_without_code: false,
            message: &[],
            log_id: None,
            log_id_header: None,
            data: "",
            details: None,
            retry_after: None,
        }
    }

    /// With a boolean that says whether it is a success.
    pub const fn ok(mut self, place: &'static str) -> Self {
        self.ok = Some(place);
        self
    }

    /// With an error code in the body.
    ///
    /// # Panics
    ///
    /// If there are more places than [`Envelope::MOST_CODES`].
    pub const fn code(mut self, places: &'static [&'static str]) -> Self {
        assert!(places.len() <= Self::MOST_CODES, "an envelope has four codes at most");
        self.code = places;
        self
    }

    /// With a code that means success.
    pub const fn success(mut self, code: Code) -> Self {
        self.success = Some(code);
        self
    }

    /// With successes that have no code.
    pub const fn success_without_code(mut self) -> Self {
        self.success_without_code = true;
        self
    }

    /// With errors that say more than code and text, in the object at this place: the whole body if it is empty.
    pub const fn details(mut self, place: &'static str) -> Self {
        self.details = Some(place);
        self
    }

    /// With errors that say when to ask again, by the number (or text of one) at this place.
    pub const fn retry_after(mut self, place: &'static str, unit: WaitUnit) -> Self {
        self.retry_after = Some((place, unit));
        self
    }

    /// Whether the HTTP status alone says what is a success.
    pub(crate) const fn goes_by_status(&self) -> bool {
        self.success.is_none() && self.ok.is_none() && !self.success_without_code
    }

    /// With an error text.
    pub const fn message(mut self, places: &'static [&'static str]) -> Self {
        self.message = places;
        self
    }

    /// With the id of the platform's log.
    pub const fn log_id(mut self, place: &'static str) -> Self {
        self.log_id = Some(place);
        self
    }

    /// With the id of the platform's log in a header, as `Request-ID`.
    pub const fn log_id_header(mut self, name: &'static str) -> Self {
        self.log_id_header = Some(name);
        self
    }

    /// With data inside the body.
    pub const fn data(mut self, place: &'static str) -> Self {
        self.data = place;
        self
    }
}
