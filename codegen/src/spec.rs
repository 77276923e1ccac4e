//! The spec as written: one record per YAML mapping, keys named as in the file, positions kept.
//!
//! Each record is declared once; `record!` makes the struct, its reader and its JSON Schema from it.

pub(crate) mod delivery;
mod details;
pub(crate) mod lifecycle;
mod paging;
mod success;
mod wait;
pub(crate) mod rules;
pub(crate) mod schemes;

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::Diagnostics;
use crate::record::{Read, record, words};
use crate::source::{
    Bound, Code, CodeKind, List, Located, Name, Named, OneOrMore, Scalar, Text, Version, is_set,
};
use crate::yaml::{Kind, Node};

use self::delivery::{AfterLast, Until};
pub(crate) use self::details::ErrorDetails;
use self::lifecycle::{Deprecated, DeprecatedValue, Lifecycle};
pub(crate) use self::paging::{CursorPaging, Paging};
use self::rules::Rules;
use self::schemes::{CallbackScheme, Cipher, SignatureScheme};
pub(crate) use self::success::Success;
pub(crate) use self::wait::RetryAfter;
pub(crate) use crate::terms::{
    BodyKind, Counts, EnumKind, ErrorKey, Gap, Lists, Method, Objects, Retry, Trust,
};

record! {
    /// One file of a spec.
    pub(crate) struct File {
        /// Name of the module that the file's types, enums, errors, endpoints, callbacks and JS APIs go into.
        domain: Option<Located<Name>>,
        /// What the domain was called before: the old name stays as a deprecated module.
        formerly: Vec<Located<Name>>,
        /// What the domain is for, in one or two sentences.
        doc: Option<Text>,
        /// When and for whom its endpoints, callbacks and JS APIs can be called, as far as they do not say so themselves.
        lifecycle: Option<Located<Lifecycle>>,
        /// Where facts come from, by the short name that `source` cites.
        sources: Named<Source>,
        /// Servers, by name.
        hosts: Named<Host>,
        /// Ways to authenticate, by name.
        auth: Named<Auth>,
        /// Shapes of a response around its data, by name.
        envelopes: Named<Envelope>,
        /// Shapes of a callback around its content, by name.
        callback_envelopes: Named<CallbackEnvelope>,
        /// The clock that days in rules are counted by, and times in their examples are written by.
        time_zone: Option<TimeZone>,
        /// Units of money, by name: each is a type of fields and of quantities in rules.
        units: Named<Unit>,
        /// How messages are signed, by name.
        schemes: Named<SignatureScheme>,
        /// How the content of messages is encrypted, by name.
        ciphers: Named<Cipher>,
        /// How the platform makes its calls and what it wants to hear, by name.
        callback_schemes: Named<CallbackScheme>,
        /// Values that the developer has configured on the platform and that a rule needs, by name.
        settings: Named<Setting>,
        /// Lists of the only amounts allowed, by name.
        levels: Named<Levels>,
        /// Objects and strings used by several fields, by name.
        types: Named<TypeDef>,
        /// Closed or open sets of values, by name.
        enums: Named<Enum>,
        /// Tables of error rows, by name.
        errors: Named<ErrorTable>,
        /// HTTP endpoints that the developer calls, by name.
        endpoints: Named<Endpoint>,
        /// HTTP calls that the platform makes to the developer's server, by name.
        callbacks: Named<Callback>,
        /// How a page asks whether the user's device supports a function of the JavaScript interface.
        js_support: Option<JsSupport>,
        /// Functions of the platform's JavaScript interface, by name, as `shop.pay`.
        js_apis: Named<JsApi>,
        /// What the documents say beside tables of fields.
        rules: Option<Rules>,
    }
}

record! {
    /// A document that facts are cited from.
    pub(crate) struct Source {
        /// The document's own title.
        title: Text,
        /// Public address.
        url: Option<Located<String>>,
        /// How far the source is to be believed.
        trust: Located<Trust>,
        /// What a reader must know of the source: its age, what is missing from it.
        note: Option<Text>,
    }
}

record! {
    /// Where a fact comes from and what is uncertain about it. Items inside another inherit its `source`.
    pub(crate) struct Provenance {
        /// What it is, in our own words.
        doc: Option<Text>,
        /// One or more citations, each a name of `sources`, optionally followed by `, place in the document`.
        source: Vec<Located<String>>,
        /// Points on which sources, or one source and itself, differ.
        conflicts: List<Conflict>,
        /// Facts that no source gives.
        unknown: Vec<Located<Gap>>,
        /// Cells that the source lost.
        lost: List<Lost>,
        /// Further facts for people that no rule can check.
        notes: List<Note>,
    }
}

record! {
    /// Several readings of one fact.
    pub(crate) struct Conflict {
        /// The fact.
        about: Text,
        /// What each source says.
        readings: List<Reading>,
        /// The citation of the reading that the spec follows, as written in `readings`.
        follow: Located<String>,
        /// Why that one.
        why: Text,
    }
}

record! {
    /// One reading of a disputed fact.
    pub(crate) struct Reading {
        /// What the source says.
        says: Text,
        /// The citation.
        source: Located<String>,
    }
}

record! {
    /// A cell that the cited source lost.
    pub(crate) struct Lost {
        /// Which cell.
        cell: Located<Gap>,
        /// The citation that the value was taken from instead; left out if the cell stays unknown.
        filled_from: Option<Located<String>>,
    }
}

record! {
    /// A fact for people.
    pub(crate) struct Note {
        /// The fact, in our own words.
        text: Text,
        /// The citation, if it is not the item's own.
        source: Vec<Located<String>>,
    }
}

record! {
    /// A server and its environments.
    pub(crate) struct Host {
        /// Base URL for real traffic.
        production: Located<String>,
        /// Base URL for trials, if there is one.
        sandbox: Option<Located<String>>,
        /// Base URL that the page shows for development, if any.
        development: Option<Located<String>>,
        /// Headers that every request has, by name.
        headers: Named<Located<String>>,
        ..provenance: Provenance,
    }
}

record! {
    /// A way to authenticate: a token, and where it travels. Exactly one of `header`, `query`, `field`.
    pub(crate) struct Auth {
        /// Header that carries the token.
        header: Option<Located<String>>,
        /// Parameter of the query that carries the token.
        query: Option<Located<String>>,
        /// Field of the body that carries the token.
        field: Option<Located<String>>,
        /// How the header carries it; alone if left out.
        scheme: Option<Located<AuthScheme>>,
        /// What stands before it in the header, with the space behind, in place of a scheme.
        prefix: Option<Located<String>>,
        /// How long a token lives, in seconds.
        lifetime: Option<Located<i64>>,
        /// How long the former token still works once a new one was issued, in seconds.
        overlap: Option<Located<i64>>,
        /// Codes that say that this token is refused, where a fresh one may do.
        refused: Vec<Located<Code>>,
        ..provenance: Provenance,
    }
}

words! {
    /// How a header carries a token.
    pub(crate) enum AuthScheme {
        /// `Bearer`, a space and the token (RFC 6750).
        Bearer = "bearer",
        /// `Basic` (RFC 7617); the token is `user:password`, or a key and `:`.
        Basic = "basic",
        /// The token alone.
        None = "none",
    }
}

record! {
    /// How a response says whether it is a success, and where its data are. Places are paths of keys from the top of the
    /// body, as `code` or `data.error_code`.
    pub(crate) struct Envelope {
        /// Place of a boolean that says whether it is a success. Where it does, there is no code, or that of `success`.
        ok: Option<Located<String>>,
        /// Place of the error code; of several, each must be that of a success. The HTTP status is the code if left out.
        code: Vec<Located<String>>,
        /// What means success beside `code`: the code of a success, `absent` if it has none, or both; or `status`, if the HTTP
        /// status alone says so, whatever code there is.
        success: Vec<Located<Success>>,
        /// Place of the error text; of several, the first that has one.
        message: Vec<Located<String>>,
        /// Place of the request id, if there is one.
        log_id: Option<Located<String>>,
        /// Header of the response that has the request id, where the body has none.
        log_id_header: Option<Located<String>>,
        /// Place of the data; the whole body if left out.
        data: Option<Located<String>>,
        /// What an error says besides its code and its text.
        details: Option<ErrorDetails>,
        /// What an error says of when to ask again, where the header `Retry-After` does not.
        retry_after: Option<RetryAfter>,
        ..provenance: Provenance,
    }
}

words! {
    /// How the body of a callback is written.
    pub(crate) enum CallbackBody {
        /// As JSON.
        Json = "json",
        /// As a form, `application/x-www-form-urlencoded`.
        Form = "form",
    }
}

record! {
    /// The object around a callback's content. Places are paths of keys from the top of the body, as `type` or `event.type`.
    pub(crate) struct CallbackEnvelope {
        /// How the body is written: `json` if left out.
        body: Option<Located<CallbackBody>>,
        /// Field of a form that has the body as JSON text; the fields themselves are the body if left out.
        payload: Option<Located<String>>,
        /// Place of the event's name.
        event: Located<String>,
        /// Place of the format's version, if there is one.
        version: Option<Located<String>>,
        /// Place of the content, JSON text or an object as it is; the whole body if left out.
        content: Option<Located<String>>,
        /// Key that an answer goes under in the acknowledgement's object; the answer is the acknowledgement if left out.
        answer: Option<Located<String>>,
        /// Place of the platform's id of the event, if it is in the body.
        event_id: Option<Located<String>>,
        /// Place of the platform's id of the call, if it is in the body.
        log_id: Option<Located<String>>,
        /// Places that together identify an event, unless its callback has an `identity` of its own.
        identity: Vec<Located<String>>,
        /// Name in `callback_schemes` of how such calls are made and acknowledged.
        scheme: Option<Located<String>>,
        ..provenance: Provenance,
    }
}

record! {
    /// A clock.
    pub(crate) struct TimeZone {
        /// How far it is ahead of UTC all year, as `UTC+08:00`.
        offset: Located<String>,
        ..provenance: Provenance,
    }
}

record! {
    /// A unit of money, whole; or with `either`, an amount in one of several units.
    pub(crate) struct Unit {
        /// What messages write behind the number 1; as behind any other if left out.
        singular: Option<Located<String>>,
        /// What messages write behind any other number; the name if left out.
        plural: Option<Located<String>>,
        /// What one is worth in a smaller unit, always and exactly; nothing if left out.
        worth: Option<Worth>,
        /// The units of which an amount is in one; something else says in which.
        either: Vec<Located<String>>,
        ..provenance: Provenance,
    }
}

record! {
    /// What a unit of money is worth, as 100 of a smaller one.
    pub(crate) struct Worth {
        /// So many.
        amount: Located<i64>,
        /// Name of the smaller unit in `units`.
        of: Located<String>,
    }
}

record! {
    /// A value configured on the platform.
    pub(crate) struct Setting {
        /// Name of its unit of money in `units`.
        ty "type": Located<String>,
        ..provenance: Provenance,
    }
}

record! {
    /// The only amounts allowed.
    pub(crate) struct Levels {
        /// Name of their unit of money in `units`.
        unit: Located<String>,
        /// The amounts, rising.
        values: Vec<Located<i64>>,
        ..provenance: Provenance,
    }
}

record! {
    /// What a value looks like and what it is limited to.
    pub(crate) struct Shape {
        /// `string`, `bool`, `int`, `u64`, `decimal`, `decimal_number`, a unit of money in `units`, `date`, `date_time`,
        /// `unix_ms`, `unix_s`, `ms`, `s`, `json`, `file`, `function`; `text` or `binary`, a whole response that is not JSON;
        /// `object` with `fields`; `list`, `map` or `json_text` with `of`; `union` with `variants`; or the name of a type or enum, with
        /// `domain.` before it if it is another domain's.
        ty "type": Located<String>,
        /// Name of the struct made of an `object` written in place; made from the path if left out.
        struct_name "struct": Option<Located<Name>>,
        /// What a `list`, the values of a `map`, or the text of a `json_text` is made of.
        of: Option<Element>,
        /// Fields of an `object`, in the order of the document.
        fields: List<Field>,
        /// Rules over several fields of an `object`.
        groups: List<Located<Group>>,
        /// The keys that an `object` may have besides its fields; none that would be kept if left out.
        rest: Option<Rest>,
        /// Key of a `union` that says which of its kinds an object is of.
        discriminator: Option<Located<String>>,
        /// The kinds of objects that a `union` is of.
        variants: List<UnionVariant>,
        /// Limits of the length in bytes of UTF-8; of the encoded text for `json_text`.
        bytes: Option<Located<Limits>>,
        /// Limits of the length in characters (Unicode scalar values).
        chars: Option<Located<Limits>>,
        /// Limits of the length in UTF-16 units, which is what JavaScript counts.
        utf16: Option<Located<Limits>>,
        /// Limits of the number of items of a `list` or `map`.
        items: Option<Located<Limits>>,
        /// Limits of a number, both ends included.
        range: Option<Located<Range>>,
        /// Regular expression that the whole string must match.
        pattern: Option<Located<String>>,
        /// Schemes of which the URL in the string must have one.
        url: Vec<Located<String>>,
        /// The only amounts allowed.
        level: Option<LevelRule>,
        /// Never shown in a log, an error or a `Debug`.
        secret: Option<Located<bool>>,
    }
}

/// A shape inside another. May be written as the bare name of its type.
#[derive(Debug, Clone)]
pub(crate) struct Element(pub(crate) Box<Item>);

record! {
    /// What a list, a map or JSON text is made of.
    pub(crate) struct Item {
        /// Whether an item of a `list`, or a value of a `map`, may be `null`.
        nullable: Option<Located<bool>>,
        ..shape: Shape,
    }
}

impl Read for Element {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let item = match &node.kind {
            Kind::Scalar { .. } => {
                Item { nullable: None, shape: Shape::of_type(Located::read(diagnostics, node)?) }
            }
            _ => Item::read(diagnostics, node)?,
        };
        Some(Element(Box::new(item)))
    }

    fn schema(definitions: &mut Map<String, Json>) -> Json {
        json!({ "anyOf": [String::schema(definitions), Item::schema(definitions)] })
    }
}

impl Shape {
    fn of_type(ty: Located<String>) -> Shape {
        Shape {
            ty,
            struct_name: None,
            of: None,
            fields: List::default(),
            groups: List::default(),
            rest: None,
            discriminator: None,
            variants: List::default(),
            bytes: None,
            chars: None,
            utf16: None,
            items: None,
            range: None,
            pattern: None,
            url: Vec::new(),
            level: None,
            secret: None,
        }
    }
}

record! {
    /// One kind of the objects that a `union` is of.
    pub(crate) struct UnionVariant {
        /// What the discriminator is on the wire.
        value: Located<Scalar>,
        /// Name of the variant; made from the value if left out.
        name: Option<Located<Name>>,
        /// The `object` that it is; nothing but the discriminator if left out.
        of: Option<Element>,
        /// Key of an object of its own that the fields are in; they are beside the discriminator if left out.
        key: Option<Located<String>>,
        ..provenance: Provenance,
    }
}

record! {
    /// The keys that an object may have besides its fields, whatever they are called.
    pub(crate) struct Rest {
        /// Name of the map in Rust: `rest` if left out.
        rust: Option<Located<Name>>,
        /// What their values are made of.
        of: Element,
        /// Limits of how many there are.
        items: Option<Located<Limits>>,
        ..provenance: Provenance,
    }
}

record! {
    /// Bounds, both included.
    pub(crate) struct Limits {
        /// The lowest value allowed.
        min: Option<Located<i64>>,
        /// The highest value allowed.
        max: Option<Located<i64>>,
    }
}

record! {
    /// Bounds of a number, both included; those of a decimal may have decimals.
    pub(crate) struct Range {
        /// The lowest value allowed.
        min: Option<Located<Bound>>,
        /// The highest value allowed.
        max: Option<Located<Bound>>,
    }
}

record! {
    /// A rule that an amount is one of a list.
    pub(crate) struct LevelRule {
        /// Name of the list in `levels`.
        of: Located<String>,
        /// Name of the setting that the field is multiplied by first.
        times: Option<Located<String>>,
    }
}

record! {
    /// One field of an object.
    pub(crate) struct Field {
        /// Its name on the wire.
        name: Located<String>,
        /// Its name in Rust; made from the name on the wire if left out.
        rust: Option<Located<Name>>,
        /// Whether it must be given; `false` if left out, unless it is `essential`.
        required: Option<Located<bool>>,
        /// Whether it may be `null`.
        nullable: Option<Located<bool>>,
        /// Of what is received: whether it says what has happened to which order, so that without it nothing has been
        /// received; it is `required` then. Whatever else is missing or unreadable is read as absent.
        essential: Option<Located<bool>>,
        /// The one value that it has: always written, and no field of the struct.
        constant "const": Option<Located<Scalar>>,
        /// Where it goes in an HTTP request: `body` if left out.
        place "in": Option<Located<Place>>,
        /// How its lists are written in a query or a form, if not as the endpoint says.
        lists: Option<Located<Lists>>,
        /// How its objects are written in a query or a form, if not as the endpoint says.
        objects: Option<Located<Objects>>,
        /// What the platform takes if it is not given.
        default: Option<Located<Scalar>>,
        /// The lowest platform version that knows it, if higher than that of the API.
        since: Option<Located<Version>>,
        /// Must be given when the condition holds.
        required_if: Option<Condition>,
        /// Must not be given when the condition holds.
        forbidden_if: Option<Condition>,
        /// Of a number: limits that it has only when a condition holds.
        range_if: List<RangeIf>,
        /// Of a list of objects: what each item must satisfy when a condition on this object holds.
        items_if: List<ItemsIf>,
        /// Of a number: what it is the sum of.
        sum: Option<Sum>,
        /// What it was called before: the old name stays as a deprecated alias.
        formerly: Vec<Located<Name>>,
        /// It should not be used in new code, and what replaces it.
        deprecated: Option<Located<Deprecated>>,
        ..shape: Shape,
        ..provenance: Provenance,
    }
}

words! {
    /// Where a field goes in an HTTP request.
    pub(crate) enum Place {
        /// In the body.
        Body = "body",
        /// In the query of the URL.
        Query = "query",
        /// In the path of the URL, as `{name}`.
        Path = "path",
        /// In the header of that name.
        Header = "header",
        /// It is the body, all of it.
        WholeBody = "whole_body",
    }
}

record! {
    /// A condition on another field of the same object. Exactly one of `is`, `is_not`, `present`.
    pub(crate) struct Condition {
        /// Name of the other field.
        field: Located<String>,
        /// Holds when the other field has one of these values.
        is: Vec<Located<Scalar>>,
        /// Holds when the other field has none of these values, or is absent.
        is_not: Vec<Located<Scalar>>,
        /// Holds when the other field is present (`true`) or absent (`false`).
        present: Option<Located<bool>>,
    }
}

record! {
    /// Limits of a number that hold when a condition does.
    pub(crate) struct RangeIf {
        /// The condition on another field of the object.
        when: Condition,
        /// The limits, both ends included.
        range: Located<Range>,
        /// Of an amount in one of several units: the one that it is in when the condition holds.
        unit: Option<Located<String>>,
    }
}

record! {
    /// A rule for each item of a list.
    pub(crate) struct ItemsIf {
        /// The condition on the object that the list is in.
        when: Condition,
        /// The condition on each item that must then hold.
        then: Condition,
    }
}

record! {
    /// A rule that a number is the sum of a field of a list's items, if the list is given.
    pub(crate) struct Sum {
        /// Name of the list, a field of the same object.
        of: Located<String>,
        /// Name of the field of each item, of the same type as the sum.
        field: Located<String>,
    }
}

record! {
    /// A rule over several optional fields. Exactly one of `exactly_one_of`, `at_least_one_of`.
    pub(crate) struct Group {
        /// Fields of which one and only one must be given.
        exactly_one_of: Vec<Located<String>>,
        /// Fields of which one or more must be given.
        at_least_one_of: Vec<Located<String>>,
        /// Whether the platform goes by the first of the list that is given.
        precedence: Option<Located<bool>>,
        ..provenance: Provenance,
    }
}

record! {
    /// A named object or string.
    pub(crate) struct TypeDef {
        /// What it was called before: the old name stays as a deprecated alias.
        formerly: Vec<Located<Name>>,
        /// It should not be used in new code, and what replaces it.
        deprecated: Option<Located<Deprecated>>,
        ..shape: Shape,
        ..provenance: Provenance,
    }
}

record! {
    /// A named set of values. Undocumented values are kept when read and refused when sent.
    pub(crate) struct Enum {
        /// `string` or `int`.
        ty "type": Located<EnumKind>,
        /// The documented values, in the order of the document.
        values: List<Value>,
        /// What it was called before: the old name stays as a deprecated alias.
        formerly: Vec<Located<Name>>,
        /// It should not be used in new code, and what replaces it.
        deprecated: Option<Located<Deprecated>>,
        ..provenance: Provenance,
    }
}

record! {
    /// One documented value.
    pub(crate) struct Value {
        /// The value on the wire.
        value: Located<Scalar>,
        /// Name of the variant; made from the value if left out.
        name: Option<Located<Name>>,
        /// Other spellings that are read as this value.
        aliases: Vec<Located<Scalar>>,
        /// Whether it is what the platform takes if the field is not given.
        default: Option<Located<bool>>,
        /// The lowest platform version that knows it.
        since: Option<Located<Version>>,
        /// What it was called before: the old name stays as a deprecated alias.
        formerly: Vec<Located<Name>>,
        /// It should not be used in new code, and what replaces it.
        deprecated: Option<Located<DeprecatedValue>>,
        ..provenance: Provenance,
    }
}

record! {
    /// A table of errors.
    pub(crate) struct ErrorTable {
        /// Whether a row is told by `code` alone or by `code` and `no`.
        key: Located<ErrorKey>,
        /// The rows, in the order of the document.
        rows: List<ErrorRow>,
        /// What it was called before: the old name stays as a deprecated alias.
        formerly: Vec<Located<Name>>,
        ..provenance: Provenance,
    }
}

record! {
    /// One error.
    pub(crate) struct ErrorRow {
        /// The code on the wire, a whole number or a string, of one kind in a table; the first of a pair.
        code: Located<Code>,
        /// The second code of a pair.
        subcode: Option<Located<i64>>,
        /// Name of the variant.
        name: Located<Name>,
        /// HTTP status that the page lists it under; tells it from other rows of its code.
        http: Option<Located<i64>>,
        /// The text on the wire.
        message: Option<Text>,
        /// What has happened, in our own words.
        meaning: Option<Text>,
        /// What to do, in our own words.
        advice: Option<Text>,
        /// Whether sending again can help.
        retry: Option<Located<Retry>>,
        /// What the code means by its text, if the platform uses one code for several errors.
        cases: List<ErrorCase>,
        /// The lowest platform version that gives it.
        since: Option<Located<Version>>,
        /// What it was called before: the old name stays as a deprecated alias.
        formerly: Vec<Located<Name>>,
        ..provenance: Provenance,
    }
}

record! {
    /// One of several errors that share a code.
    pub(crate) struct ErrorCase {
        /// The text on the wire.
        message: Text,
        /// What has happened.
        meaning: Option<Text>,
        /// What to do.
        advice: Option<Text>,
        /// The citation, if it is not the row's own.
        source: Vec<Located<String>>,
    }
}

record! {
    /// A choice of rows from a table.
    pub(crate) struct ErrorUse {
        /// Name of the table in `errors`, with `domain.` before it if it is another domain's.
        table: Located<String>,
        /// The codes that this item gives; all of the table's if left out.
        only: Vec<Located<Code>>,
    }
}

impl Field {
    /// What it is called in Rust before its case is changed.
    pub(crate) fn label(&self) -> &str {
        self.rust.as_ref().map_or(&self.name.value, |rust| &rust.value.0)
    }

    /// Where the spec says that it goes.
    pub(crate) fn place(&self) -> Option<Place> {
        self.place.as_ref().map(|place| place.value)
    }

    /// Whether it must be given, as what is essential must.
    pub(crate) fn is_required(&self) -> bool {
        self.required.as_ref().map_or_else(|| is_set(&self.essential), |required| required.value)
    }

    /// The key that says so.
    pub(crate) fn required_by(&self) -> &'static str {
        if self.required.is_some() { "required" } else { "essential" }
    }

    /// Whether it is always there, and not `null`.
    pub(crate) fn is_always_there(&self) -> bool {
        self.is_required() && !is_set(&self.nullable)
    }
}

impl Value {
    /// What it is called in Rust before its case is changed.
    pub(crate) fn label(&self) -> String {
        match (&self.name, &self.value.value) {
            (Some(name), _) => name.value.0.clone(),
            (None, Scalar::String(text)) => text.clone(),
            (None, other) => other.to_string(),
        }
    }
}

impl JsApi {
    /// What its items are called in Rust before their case is changed; `name` is the function's.
    pub(crate) fn label<'a>(&'a self, name: &'a Located<String>) -> &'a str {
        self.rust.as_ref().map_or(&name.value, |rust| &rust.value.0)
    }
}

impl ErrorTable {
    /// What its codes are: what the first one is. Those of a table without rows may be anything.
    pub(crate) fn codes(&self) -> Option<CodeKind> {
        self.rows.first().map(|row| row.code.value.kind())
    }
}

impl ErrorUse {
    /// Whether a row of the table is among those chosen.
    pub(crate) fn takes(&self, row: &ErrorRow) -> bool {
        self.only.is_empty() || self.only.iter().any(|code| code.value == row.code.value)
    }
}

record! {
    /// An endpoint.
    pub(crate) struct Endpoint {
        /// The page's own title.
        title: Text,
        /// HTTP method.
        method: Located<Method>,
        /// Name of a host in `hosts`.
        host: Located<String>,
        /// Path on the host, with `{name}` for a field whose `in` is `path`; with `url_hosts`, such a field alone.
        path: Located<String>,
        /// The path is a whole URL, which the platform gave: the servers that it may lead to besides that of `host`.
        url_hosts: Vec<Located<String>>,
        /// Name of a way to authenticate in `auth`; none if left out.
        auth: Option<Located<String>>,
        /// Permission that the app must hold.
        scope: Option<Located<String>>,
        /// Name of an envelope in `envelopes`.
        envelope: Located<String>,
        /// How the fields of the body are written: `json` if left out.
        body: Option<Located<BodyKind>>,
        /// Media type of the body, if it is not the usual one of its kind.
        content_type: Option<Located<String>>,
        /// Headers that each request has besides those of its host, by name.
        headers: Named<Located<String>>,
        /// How lists are written in its query and its form.
        lists: Option<Located<Lists>>,
        /// How objects are written in its query and its form.
        objects: Option<Located<Objects>>,
        /// Whether it changes nothing on the platform, so that it may be repeated at will; GET and HEAD are so without it.
        safe: Option<Located<bool>>,
        /// Whether the platform does not sign its responses as it does others, so that a client's verifier lets them pass.
        unsigned: Option<Located<bool>>,
        /// How often it may be called.
        rate_limits: List<RateLimit>,
        /// The tokens that its response issues; none if left out.
        issues: Option<Located<Issues>>,
        /// How one page leads to the next, if its responses are pages of one list.
        paging: Option<Located<Paging>>,
        /// The errors it gives.
        errors: List<ErrorUse>,
        /// What makes a second request harmless; none if left out.
        idempotency: Option<Idempotency>,
        /// What is sent.
        request: Body,
        /// The data of a successful response; none if left out.
        response: Option<Shape>,
        /// What it was called before: the old name stays as a deprecated alias.
        formerly: Vec<Located<Name>>,
        /// It should not be used in new code, and what replaces it.
        deprecated: Option<Located<Deprecated>>,
        /// When and for whom it can be called.
        lifecycle: Option<Located<Lifecycle>>,
        /// The data of successful responses where they differ by HTTP status; in the place of `response`.
        responses: List<StatusResponse>,
        ..provenance: Provenance,
    }
}

record! {
    /// A success under one HTTP status.
    pub(crate) struct StatusResponse {
        /// The status, from 200 to 299.
        status: Located<i64>,
        /// Name of the variant; made from the status if left out.
        name: Option<Located<Name>>,
        /// The data; none if left out.
        response: Option<Shape>,
        ..provenance: Provenance,
    }
}

record! {
    /// How often an endpoint may be called.
    pub(crate) struct RateLimit {
        /// So many calls at the most.
        calls: Located<i64>,
        /// Within so many seconds.
        per: Located<i64>,
        /// Fields of the request whose values are counted apart; all calls together if left out.
        by: Vec<Located<String>>,
        /// Which calls are counted; `all` if left out.
        counts: Option<Located<Counts>>,
        ..provenance: Provenance,
    }
}

record! {
    /// The tokens that a response issues, each by the name of a field of the response.
    pub(crate) struct Issues {
        /// Name of the way to authenticate in `auth` that the token is for.
        auth: Located<String>,
        /// The token.
        token: Located<String>,
        /// How long it lives, in seconds.
        expires_in: Option<Located<String>>,
        /// What a fresh token can be had for.
        refresh_token: Option<Located<String>>,
        /// How long the refresh token lives, in seconds.
        refresh_expires_in: Option<Located<String>>,
    }
}

record! {
    /// What makes a second request harmless.
    pub(crate) struct Idempotency {
        /// Names of the fields that together tell one request from another; one alone is a string. A request without one
        /// of them is not repeated.
        key: OneOrMore<String>,
        /// The error code that says that the first request took effect.
        duplicate: Option<Located<Code>>,
    }
}

record! {
    /// The fields of a request, a set of options or a payload.
    pub(crate) struct Body {
        /// Its fields, in the order of the document.
        fields: List<Field>,
        /// Rules over several fields.
        groups: List<Located<Group>>,
        /// The keys that it may have besides its fields.
        rest: Option<Rest>,
    }
}

record! {
    /// A call that the platform makes to the developer's server.
    pub(crate) struct Callback {
        /// The page's own title.
        title: Text,
        /// Name of the event on the wire.
        event: Located<String>,
        /// Name of an envelope in `callback_envelopes`.
        envelope: Located<String>,
        /// What is in the envelope.
        content: Shape,
        /// Fields of the content, an object, that together tell one event from another: a repetition has the same.
        identity: Vec<Located<String>>,
        /// The response that stops the platform from calling again, as JSON text; that of the envelope's scheme if left
        /// out.
        acknowledgement: Option<Located<String>>,
        /// What must be told back in the acknowledgement; nothing if left out.
        answer: Option<Body>,
        /// Seconds before each further call while it is not acknowledged.
        retry_after: Vec<Located<i64>>,
        /// Until when the last of these pauses repeats: seconds after the first call, or `acknowledged` for without end; each is
        /// made once if left out.
        repeats_until: Option<Located<Until>>,
        /// How many calls are made in all.
        attempts: Option<Located<i64>>,
        /// What becomes of an event that was never acknowledged; not known if left out.
        undelivered: Option<AfterLast>,
        /// It should not be used in new code, and what replaces it.
        deprecated: Option<Located<Deprecated>>,
        /// When and for whom it can be called.
        lifecycle: Option<Located<Lifecycle>>,
        ..provenance: Provenance,
    }
}

record! {
    /// How the platform names what a device may support: templates, with `{name}` for the function's name, `{function}` for
    /// that behind its first dot, `{option}` and `{value}`.
    pub(crate) struct JsSupport {
        /// The function itself.
        function: Located<String>,
        /// An option of it.
        option: Located<String>,
        /// A value of an option.
        value: Located<String>,
        ..provenance: Provenance,
    }
}

record! {
    /// A function of the platform's JavaScript interface.
    pub(crate) struct JsApi {
        /// Stem of the names of its items in Rust; made from what stands after the last dot if left out.
        rust: Option<Located<Name>>,
        /// What the page calls it.
        title: Option<Text>,
        /// The lowest platform version that has it.
        since: Option<Located<Version>>,
        /// The options it takes; none if the sources do not give them.
        options: Option<Body>,
        /// What `success` is called with.
        success: Option<Body>,
        /// What `fail` is called with.
        fail: Option<Body>,
        /// The errors it gives.
        errors: List<ErrorUse>,
        /// How many calls may be open at a time.
        concurrency: Option<Located<i64>>,
        /// How the options are signed; not at all if left out.
        signature: Option<Signature>,
        /// It should not be used in new code, and what replaces it.
        deprecated: Option<Located<Deprecated>>,
        /// When and for whom it can be called.
        lifecycle: Option<Located<Lifecycle>>,
        ..provenance: Provenance,
    }
}

record! {
    /// A signature of options by the developer's key, which the options carry. Its text is made like that of a request.
    pub(crate) struct Signature {
        /// Name in `schemes` of how the authorization is made, all of which is in one header.
        scheme: Located<String>,
        /// The HTTP method in the text that is signed.
        method: Located<Method>,
        /// The path in the text that is signed.
        uri: Located<String>,
        /// Name of the required `json_text` option whose very text is signed.
        text: Located<String>,
        /// Name of the required `string` option that the authorization goes into.
        place "in": Located<String>,
        /// Whether the values in the authorization are in quotes.
        quotes: Located<bool>,
    }
}
