//! The API in client terms: every name is a valid Rust name, every reference is resolved, every decision is made.
//!
//! What is emitted, in whatever language, is made from this and from nothing else. `cargo codegen ir` prints it as
//! JSON. Lists that the documents order (fields, values, rows) keep that order; all others are sorted by name.

mod delivery;
mod features;
mod formerly;
mod expr;
mod lifecycle;
mod paging;
mod money;
mod rules;
mod schemes;
mod unit;

use serde::Serialize;

pub use self::delivery::*;
pub use self::expr::*;
pub use self::formerly::Alias;
pub use self::lifecycle::{Deprecated, Lifecycle, Restriction, Stage};
pub use self::money::*;
pub use self::paging::{PageStep, Paging, Turn};
pub use self::rules::*;
pub use self::schemes::*;
pub use self::unit::{Base, Unit};
pub use crate::source::{Bound, Code, CodeKind, Scalar};
pub use crate::terms::{
    BodyKind, Counts, EnumKind, ErrorKey, Gap, Lists, Method, Objects, Retry, Rounding, Trust,
    WaitUnit,
};

/// A whole client.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Client {
    /// What the domains share.
    pub platform: Platform,
    /// One module per domain, sorted by name.
    pub modules: Vec<Module>,
}

/// What the domains share. Emitted as module `platform`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Platform {
    pub sources: Vec<Source>,
    pub hosts: Vec<Host>,
    pub auths: Vec<Auth>,
    pub envelopes: Vec<Envelope>,
    pub callback_envelopes: Vec<CallbackEnvelope>,
    /// Sorted by name.
    pub events: Vec<Events>,
    /// As of a module.
    pub names_deprecated: bool,
    pub time_zone: Option<TimeZone>,
    pub js_support: Option<JsSupport>,
    /// Sorted by name.
    pub units: Vec<MoneyUnit>,
    pub schemes: Vec<SignatureScheme>,
    pub ciphers: Vec<Cipher>,
    pub callback_schemes: Vec<CallbackScheme>,
    pub settings: Vec<Setting>,
    pub levels: Vec<Levels>,
}

/// A document that facts are cited from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// The short name that begins a citation.
    pub wire: String,
    pub title: String,
    pub url: Option<String>,
    pub trust: Trust,
    pub note: Option<String>,
}

/// What a person is told of an item.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Doc {
    /// What it is, in sentences.
    pub text: Option<String>,
    /// Citations, as `orders, request parameters`. Never empty on an item; empty where inherited.
    pub sources: Vec<String>,
    pub conflicts: Vec<Conflict>,
    /// Facts that no source gives.
    pub unknown: Vec<Gap>,
    pub lost: Vec<Lost>,
    pub notes: Vec<Note>,
}

/// Several readings of one fact, and the one that is followed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    pub about: String,
    pub readings: Vec<Reading>,
    /// Citation of the reading that is followed.
    pub follow: String,
    pub why: String,
}

/// One reading of a disputed fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    pub says: String,
    pub source: String,
}

/// A cell that the source lost, and where its value was taken from, if it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lost {
    pub cell: Gap,
    pub filled_from: Option<String>,
}

/// A fact that no rule can check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Note {
    pub text: String,
    pub sources: Vec<String>,
}

/// A server. `name` is that of a constant, as `OPEN`; `wire` the name in the spec.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Host {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub production: String,
    pub sandbox: Option<String>,
    pub development: Option<String>,
}

/// A way to authenticate: a token, and where it travels.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Auth {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub place: TokenPlace,
    /// Seconds that a token lives.
    pub lifetime: Option<i64>,
    /// Seconds that the former token still works once a new one was issued.
    pub overlap: Option<i64>,
    /// Codes that say that the token is refused, where a fresh one may do.
    pub refused: Vec<Code>,
}

/// Where a token travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenPlace {
    /// The whole value of a header.
    Header { name: String },
    /// In a header, behind the prefix.
    Prefixed { name: String, prefix: String },
    /// In a header by RFC 6750.
    Bearer { header: String },
    /// In a header by RFC 7617.
    Basic { header: String },
    /// In the query of the URL.
    Query { name: String },
    /// In the body, beside the request's own fields.
    Field { name: String },
}

/// The keys of the object around a response's data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Envelope {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    /// Places are paths of keys from the top of the body, as `code` or `data.error_code`.
    /// That of a boolean which says whether it is a success.
    pub ok: Option<String>,
    /// Each must be that of a success; the HTTP status is the code if there are none.
    pub code: Vec<String>,
    /// The code of a success.
    pub success: Option<Code>,
    /// A 2xx without a code is a success, too.
    pub success_without_code: bool,
    /// The first that has a text counts.
    pub message: Vec<String>,
    pub log_id: Option<String>,
    /// Header that has the log id where the body has none.
    pub log_id_header: Option<String>,
    /// `None` if they are the whole body.
    pub data: Option<String>,
    /// Place of what an error says besides code and text; empty if it is the whole body.
    pub details: Option<String>,
    pub retry_after: Option<RetryAfter>,
}

/// When an error says to ask again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RetryAfter {
    /// Place of the number.
    pub at: String,
    pub unit: WaitUnit,
}

/// The object around a callback's content. Places are paths of keys from the top of the body, as `type` or `event.type`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CallbackEnvelope {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub event: String,
    pub version: Option<String>,
    /// `None` if it is the whole body.
    pub content: Option<String>,
    /// Key of the answer in the acknowledgement's object; `None` if an answer is all of it.
    pub answer: Option<String>,
    pub event_id: Option<String>,
    pub log_id: Option<String>,
    /// Places that together identify an event whose callback does not say.
    pub identity: Vec<String>,
    pub body: CallbackBody,
    /// Constant of the scheme by which such calls are made and acknowledged.
    pub scheme: Option<String>,
}

/// How the body of a call is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackBody {
    Json,
    Form,
    /// A form that has JSON in this field.
    FormField(String),
}

/// All events that come in one callback envelope. One enum each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Events {
    /// As `TradeEvent`.
    pub name: String,
    /// Constant of `platform`.
    pub envelope: String,
    /// Sorted by name.
    pub variants: Vec<EventVariant>,
    /// Name of the variant that keeps an undocumented event.
    pub unknown: String,
}

/// The event of one callback.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventVariant {
    /// Name of the variant, and of the callback's marker type.
    pub name: String,
    /// The callback's domain.
    pub module: String,
    pub title: String,
    /// What it tells; all names in it have their module.
    pub content: Type,
}

/// The platform's clock.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeZone {
    pub doc: Doc,
    /// How far it is ahead of UTC all year.
    pub minutes: i16,
}

/// How the platform names what a device may support: templates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JsSupport {
    pub doc: Doc,
    pub function: String,
    pub option: String,
    pub value: String,
}

/// A value that the developer has configured on the platform and that a rule needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Setting {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    /// Name of the type of its unit of money.
    pub ty: String,
}

/// The only amounts allowed, rising.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Levels {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    /// Name of the type of their unit of money.
    pub unit: String,
    pub values: Vec<i64>,
}

/// One domain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Module {
    /// Snake case; also the name of the file and of the cargo feature.
    pub name: String,
    /// What it was called before.
    pub formerly: Vec<String>,
    pub doc: Doc,
    /// Its calls have it as well, unless they say otherwise.
    pub lifecycle: Lifecycle,
    /// Other domains whose items this one names.
    pub uses: Vec<String>,
    /// It has or names something deprecated, which must not be a warning in generated code itself.
    pub names_deprecated: bool,
    pub texts: Vec<Text>,
    pub enums: Vec<Enum>,
    pub structs: Vec<Struct>,
    /// Sorted by name.
    pub responses: Vec<Responses>,
    pub unions: Vec<Union>,
    pub errors: Vec<ErrorTable>,
    pub endpoints: Vec<Endpoint>,
    pub callbacks: Vec<Callback>,
    pub js_apis: Vec<JsApi>,
    /// Former names of its types, sorted.
    pub aliases: Vec<Alias>,
    pub rules: Rules,
}

/// A named string: a newtype.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Text {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub secret: bool,
    pub rules: Vec<Rule>,
    pub deprecated: Option<Deprecated>,
}

/// A named set of values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Enum {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub kind: EnumKind,
    pub variants: Vec<Variant>,
    pub deprecated: Option<Deprecated>,
    /// Name of the variant that keeps an undocumented value: `Unknown`, or `Unknown_` if that is taken.
    pub unknown: String,
}

/// A documented value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variant {
    pub name: String,
    /// What it was called before.
    pub formerly: Vec<String>,
    pub value: Scalar,
    pub aliases: Vec<Scalar>,
    pub default: bool,
    pub since: Option<String>,
    pub deprecated: Option<Deprecated>,
    pub doc: Doc,
}

/// An object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Struct {
    pub name: String,
    /// Name in the spec, or the path to an object written in place, as `order_query.response`.
    pub wire: String,
    pub doc: Doc,
    /// Whether it is written to the wire (and so validated), read from it, or both.
    pub written: bool,
    pub read: bool,
    /// Whether it is written although it never goes to the wire: for a program that keeps it.
    pub kept: bool,
    /// Keys that always have the same value.
    pub constants: Vec<ConstantField>,
    pub fields: Vec<Field>,
    pub groups: Vec<Group>,
    /// It is written, and a new one needs nothing.
    pub default: bool,
    /// The struct of what a new one must be given, if it is written and there is such.
    pub required: Option<String>,
    /// What else the struct is.
    pub role: Role,
    /// Of a named type; what becomes of a call is said there.
    pub deprecated: Option<Deprecated>,
    /// Constants of `platform`: the envelopes whose errors say this besides code and text.
    pub details_of: Vec<String>,
}

/// Objects of several kinds, which one of their keys tells apart. One enum each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Union {
    pub name: String,
    /// The struct of the fields that all kinds have: then the enum of the kinds is `kinds`, and `name` is both together.
    pub fields: Option<String>,
    /// Name of the enum.
    pub kinds: String,
    pub wire: String,
    pub doc: Doc,
    /// The key that tells them apart.
    pub tag: String,
    pub variants: Vec<UnionVariant>,
    /// Name of the variant that keeps an undocumented kind.
    pub unknown: String,
    /// Whether it is written to the wire (and so validated), read from it, or both.
    pub written: bool,
    pub read: bool,
    /// Whether it is written although it never goes to the wire: for a program that keeps it.
    pub kept: bool,
}

/// One kind of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnionVariant {
    pub name: String,
    /// What the key is that tells the kinds apart.
    pub value: Scalar,
    pub content: Option<UnionContent>,
    pub doc: Doc,
}

/// The fields of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnionContent {
    /// A struct.
    pub ty: Type,
    /// The key of an object of their own; they are beside the value if there is none.
    pub key: Option<String>,
}

/// What a struct is besides an object: a call of the same module, by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Plain,
    /// The request of one of the endpoints.
    Request(usize),
    /// The options of one of the JS APIs.
    Options(usize),
}

/// A key of an object that always has the same value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConstantField {
    pub wire: String,
    pub doc: Doc,
    pub value: Scalar,
    pub place: Place,
}

/// A field of an object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    pub name: String,
    /// What it was called before.
    pub formerly: Vec<String>,
    pub wire: String,
    pub doc: Doc,
    pub ty: Type,
    pub presence: Presence,
    /// Must be there, and readable, when the struct is read.
    pub essential: bool,
    pub place: Place,
    /// Where it is not that of the endpoint.
    pub spelling: Spelling,
    pub rules: Vec<Rule>,
    /// Of what is written: the named string whose limits the docs of the field show.
    pub named_limits: Option<NamedLimits>,
    pub default: Option<Scalar>,
    pub since: Option<String>,
    pub deprecated: Option<Deprecated>,
    /// Whole numbers in it may come as text, whatever reads it.
    pub lenient: bool,
    pub initial: Initial,
}

/// The limits of a named string that is the value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedLimits {
    pub text: TypePath,
    /// It is each item of a list, or each value of a map.
    pub each: bool,
}

/// What a new struct has in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Initial {
    /// What it was given as an argument.
    Argument,
    /// Text that is put in after the struct has been made, as an authorization.
    Later,
    /// Nothing.
    Absent,
    /// A map without entries.
    Empty,
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    Required,
    /// As required when it is written; may be missing when it is read, whatever the documents say.
    Expected,
    /// May be left out.
    Optional,
    /// Must be there and may be `null`.
    Nullable,
    /// May be left out and may be `null`, which are two things.
    OptionalNullable,
}

/// Where a field goes in an HTTP request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Body,
    /// A part of a multipart body by itself, as a file is.
    Part,
    Query,
    Path,
    Header,
    /// A header of the response that the struct is the data of.
    ResponseHeader,
    /// Every key of the body that no other field has: the field is a map of them.
    Rest,
    /// It is the body.
    WholeBody,
}

/// How lists and objects are written in a query or a form, as far as it is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Spelling {
    pub lists: Option<Lists>,
    pub objects: Option<Objects>,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    String,
    /// A string that is never shown.
    Secret,
    Bool,
    Number(Integer),
    /// An exact decimal.
    Decimal(Decimal),
    /// A day, as `2024-02-29`.
    Date,
    /// A moment by RFC 3339.
    DateTime,
    /// A whole amount.
    Money(Money),
    /// A whole amount in one of several units, by the name of its type.
    Amount(String),
    /// Any JSON.
    Json,
    /// A file of a multipart request.
    File,
    /// The body of a response, as it came.
    Binary,
    Named(TypePath),
    List(Box<Type>),
    /// An object with keys of any name.
    Map(Box<Type>),
    /// JSON text inside a string.
    JsonText(Box<Type>),
    /// What is in a list or map and may be `null`.
    Nullable(Box<Type>),
    /// A struct that may hold itself: kept behind a pointer, and the same on the wire.
    Boxed(Box<Type>),
}

impl Type {
    /// The item that it names, however deep inside.
    pub fn named(&self) -> Option<&TypePath> {
        match self {
            Type::Named(path) => Some(path),
            Type::List(of) | Type::Map(of) | Type::JsonText(of) => of.named(),
            Type::Boxed(of) | Type::Nullable(of) => of.named(),
            _ => None,
        }
    }
}

/// A whole number on the wire, by what it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Integer {
    Int,
    /// Without a sign, up to 64 bits.
    Unsigned,
    /// A time, in milliseconds since 1970.
    UnixMillis,
    /// A time, in seconds since 1970.
    UnixSeconds,
    /// A duration in milliseconds.
    Millis,
    /// A duration in seconds.
    Seconds,
}

impl Integer {
    /// The lowest and the highest that there is.
    pub(crate) fn ends(self) -> (i128, i128) {
        match self {
            Integer::Unsigned => (0, u64::MAX.into()),
            _ => (i64::MIN.into(), i64::MAX.into()),
        }
    }
}

/// How a decimal is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    /// `"12.50"`.
    Text,
    /// `12.50`.
    Number,
}

/// The name of a text, enum or struct; `module` is set if it is another domain's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TypePath {
    pub module: Option<String>,
    pub name: String,
}

/// Bounds, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limits {
    AtLeast(Bound),
    AtMost(Bound),
    Between { min: Bound, max: Bound },
}

/// What bounds are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Bytes of UTF-8.
    Bytes,
    /// Unicode scalar values.
    Chars,
    /// UTF-16 units.
    Utf16,
    /// Items of a list or map.
    Items,
    /// A number itself.
    Range,
}

impl Measure {
    /// Whether it is of a text.
    pub fn is_length(self) -> bool {
        matches!(self, Measure::Bytes | Measure::Chars | Measure::Utf16)
    }

    /// Its key in the spec, and in the attribute.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Bytes => "bytes",
            Measure::Chars => "chars",
            Measure::Utf16 => "utf16",
            Measure::Items => "items",
            Measure::Range => "range",
        }
    }
}

/// What a value is checked for before it is sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A required string is not empty, a required enum is not left undefined.
    Required,
    /// What is measured is within the limits.
    Bounds {
        of: Measure,
        limits: Limits,
    },
    /// The number is within the limits when a condition holds; `unit` is what an amount is in then.
    RangeIf {
        when: Condition,
        limits: Limits,
        unit: Option<Money>,
    },
    Pattern(String),
    /// The URL's scheme is one of these.
    Url(Vec<String>),
    /// Names of constants of `platform`.
    Level {
        of: String,
        times: Option<String>,
    },
    /// An enum has a documented value.
    Documented,
    RequiredIf(Condition),
    ForbiddenIf(Condition),
    /// The rules of the struct, text or element type.
    Nested,
    /// Rules for each item of a list or value of a map.
    Each(Vec<Rule>),
    /// When `when` holds of the struct, `then` holds of each item of a list.
    EachIf {
        when: Condition,
        then: Condition,
        /// What the item's field is called on the wire.
        wire: String,
    },
    /// The number is the sum of a field of a list's items, both by their Rust names.
    Sum {
        list: String,
        field: String,
        /// What the item's field is called on the wire.
        wire: String,
    },
}

/// A condition on another field of the same struct.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Condition {
    /// The Rust name of the other field.
    pub field: String,
    pub test: Test,
}

/// What a condition asks of the other field.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// It has one of these values.
    Is(Vec<Scalar>),
    /// It has none of these values, or is absent.
    IsNot(Vec<Scalar>),
    Present,
    Absent,
}

/// A rule over several fields, by their Rust names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    pub rule: GroupRule,
    pub fields: Vec<String>,
    /// The platform goes by the first of `fields` that is given.
    pub precedence: bool,
    pub doc: Doc,
}

/// How many of the fields must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupRule {
    ExactlyOneOf,
    AtLeastOneOf,
}

/// The errors of an endpoint or JS API. One enum each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorTable {
    pub name: String,
    /// Name of the table in the spec, or of the endpoint or JS API whose choice of rows it is.
    pub wire: String,
    pub doc: Doc,
    pub key: ErrorKey,
    pub codes: CodeKind,
    pub rows: Vec<ErrorRow>,
    /// Name of the variant that keeps an undocumented code.
    pub unknown: String,
}

/// One error.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorRow {
    pub name: String,
    /// What it was called before.
    pub formerly: Vec<String>,
    pub code: Code,
    /// The second code of a pair.
    pub no: Option<i64>,
    pub http: Option<u16>,
    /// Other rows have the same code, so that `http` tells it from them.
    pub by_status: bool,
    pub message: Option<String>,
    pub meaning: Option<String>,
    pub advice: Option<String>,
    pub retry: Option<Retry>,
    pub cases: Vec<ErrorCase>,
    pub since: Option<String>,
    pub doc: Doc,
}

/// One of several errors that share a code and differ by their text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorCase {
    pub message: String,
    pub meaning: Option<String>,
    pub advice: Option<String>,
}

/// An HTTP call by the developer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Endpoint {
    /// Name in the spec, as `order_create`.
    pub wire: String,
    pub title: String,
    pub doc: Doc,
    pub method: Method,
    /// Constants of `platform`.
    pub host: String,
    pub auth: Option<String>,
    pub envelope: String,
    pub path: String,
    /// Where a URL that is in the place of the path may lead, besides the host; empty if the path is one.
    pub url_hosts: Vec<String>,
    pub scope: Option<String>,
    /// Name of the request struct.
    pub request: String,
    /// Type of the response's data, if it has any.
    pub response: Option<Type>,
    /// What the body of that is.
    pub response_kind: ResponseKind,
    /// The error enum, if any error is documented.
    pub error: Option<TypePath>,
    /// What the codes of its errors are, documented or not.
    pub codes: CodeKind,
    pub idempotency: Option<Idempotency>,
    pub body: BodyKind,
    /// Media type of the body, if it is not the usual one of its kind.
    pub content_type: Option<String>,
    /// Headers that each request has, those of its host among them; names and values.
    pub headers: Vec<(String, String)>,
    pub spelling: Spelling,
    /// It says of itself that it may be repeated at will; a `Get` may be without that.
    pub safe: bool,
    /// Its responses are not signed, as those of others are.
    pub unsigned: bool,
    pub rate_limits: Vec<RateLimit>,
    pub issues: Option<Issues>,
    pub paging: Option<Paging>,
    pub deprecated: Option<Deprecated>,
    pub lifecycle: Lifecycle,
}

/// What the body of a successful response is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseKind {
    Json,
    Text,
    Binary,
    /// JSON, of a type that the HTTP status decides.
    ByStatus,
}

/// The successes of an endpoint, by HTTP status. One enum each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Responses {
    /// As `MergeResponse`.
    pub name: String,
    /// Name of the endpoint in the spec.
    pub wire: String,
    /// Sorted by status.
    pub variants: Vec<StatusResponse>,
    /// Name of the variant that keeps any other success.
    pub unknown: String,
}

/// A success under one HTTP status.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatusResponse {
    pub name: String,
    pub status: u16,
    /// The data, if it has any.
    pub data: Option<Type>,
    pub doc: Doc,
}

/// How often an endpoint may be called.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RateLimit {
    pub calls: i64,
    /// In seconds.
    pub per: i64,
    /// Rust names of the fields of the request that are counted apart.
    pub by: Vec<String>,
    pub counts: Counts,
    pub doc: Doc,
}

/// The tokens in a response, by the Rust names of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issues {
    /// Constant of `platform`.
    pub auth: String,
    pub token: String,
    pub expires_in: Option<String>,
    pub refresh_token: Option<String>,
    pub refresh_expires_in: Option<String>,
}

/// What makes a second request harmless.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Idempotency {
    /// Rust names of the fields that together are the key.
    pub key: Vec<String>,
    /// The code that says that the first request took effect.
    pub duplicate: Option<Code>,
}

/// An HTTP call by the platform.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Callback {
    /// Name of the marker type, as `PaymentResult`.
    pub name: String,
    pub wire: String,
    pub title: String,
    pub doc: Doc,
    pub event: String,
    /// Constant of `platform`.
    pub envelope: String,
    pub content: Type,
    /// Rust names of the content's fields that together tell one event from another.
    pub identity: Vec<String>,
    /// The unions by which it may be of a kind that is not documented.
    pub unions: Vec<ContentUnion>,
    /// The response that stops the platform from calling again: JSON text, or nothing.
    pub acknowledgement: String,
    /// Name of the struct of what is told back in it.
    pub answer: Option<String>,
    pub delivery: Delivery,
    pub deprecated: Option<Deprecated>,
    pub lifecycle: Lifecycle,
}

/// A union that says of which kind an event is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContentUnion {
    /// Rust name of the content's field; `None` if it is the content.
    pub field: Option<String>,
    /// The enum is all of it, and no part, beside fields that all kinds have.
    pub is_enum: bool,
    /// The enum.
    pub kinds: Type,
    /// Name of the variant that keeps an undocumented kind.
    pub unknown: String,
}

/// A function of the platform's JavaScript interface.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JsApi {
    /// As `shop.pay`.
    pub wire: String,
    /// Stem of the names of its items, as `Pay`.
    pub name: String,
    pub title: Option<String>,
    pub doc: Doc,
    pub since: Option<String>,
    /// Names of structs.
    pub options: Option<String>,
    pub success: Option<String>,
    pub fail: Option<String>,
    pub error: Option<TypePath>,
    pub concurrency: Option<i64>,
    /// Whether the platform says how a page asks for support.
    pub has_support: bool,
    pub signature: Option<Signature>,
    pub deprecated: Option<Deprecated>,
    pub lifecycle: Lifecycle,
}

/// How the options of a JS API are signed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signature {
    /// Constant of `platform`.
    pub scheme: String,
    pub method: Method,
    pub uri: String,
    /// Rust name of the option whose text is signed.
    pub text: String,
    /// Rust name of the option that the authorization goes into.
    pub authorization: String,
    pub quotes: bool,
}
