//! What a spec says, with every name resolved: a type is an enum, a reference leads to what it names, a condition knows its
//! field. Each value keeps its place for diagnostics.
//!
//! What could not be resolved has been reported: it is an explicit error here ([`Type::Error`], [`Reported`]), to which no
//! check objects, so that no fault is reported twice. What needs no resolving is read from the record of the file, `spec`.

pub(crate) mod details;
mod formerly;
pub(crate) mod lifecycle;
pub(crate) mod paging;
pub(crate) mod money;
pub(crate) mod rules;
pub(crate) mod schemes;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Index;

use crate::ir::{Decimal, Integer, Measure};
use crate::source::{Code, CodeKind, Located, Scalar, Span};
use crate::spec::{self, File, Provenance};

use self::lifecycle::Deprecated;
use self::paging::Paging;

/// All that the files of a spec say.
pub(crate) struct Model<'a> {
    pub(crate) files: &'a [File],
    pub(crate) shared: Shared<'a>,
    pub(crate) time_zone: Option<TimeZone<'a>>,
    /// How a page asks what a device supports.
    pub(crate) js_support: Option<&'a spec::JsSupport>,
    pub(crate) money: money::Money<'a>,
    /// Sorted by name.
    pub(crate) schemes: Vec<schemes::SignatureScheme<'a>>,
    /// Sorted by name.
    pub(crate) callback_schemes: Vec<schemes::CallbackScheme<'a>>,
    /// Sorted by name.
    pub(crate) callback_envelopes: Vec<schemes::CallbackEnvelope<'a>>,
    /// Sorted by the names of their envelopes.
    pub(crate) details: Vec<details::ErrorDetails<'a>>,
    /// Sorted by name.
    pub(crate) domains: Vec<Domain<'a>>,
    /// The named types of all domains.
    pub(crate) types: Vec<TypeDef<'a>>,
    /// The objects of all domains, named or written in place.
    pub(crate) objects: Vec<Object<'a>>,
    /// The unions of all domains.
    pub(crate) unions: Vec<Union<'a>>,
    /// Objects that are sent to the platform, however deep inside a request.
    pub(crate) sent: BTreeSet<ObjectId>,
    /// Objects that are received from the platform.
    pub(crate) received: BTreeSet<ObjectId>,
    /// Unions that are sent, and those that are received.
    pub(crate) sent_unions: BTreeSet<UnionId>,
    pub(crate) received_unions: BTreeSet<UnionId>,
    /// Optional fields that lead back to the object that has them.
    pub(crate) boxed: BTreeSet<FieldId>,
}

/// The platform's clock.
pub(crate) struct TimeZone<'a> {
    pub(crate) spec: &'a spec::TimeZone,
    /// How far it is ahead of UTC.
    pub(crate) minutes: Resolved<i16>,
}

/// An error that has been reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reported;

/// What a reference leads to, if that is known.
pub(crate) type Resolved<T> = Result<T, Reported>;

/// What a reference leads to, where nothing that was reported can be left.
pub(crate) fn sound<T>(resolved: &Resolved<T>) -> &T {
    resolved.as_ref().expect("a spec with faults goes no further than `check`")
}

/// What the domains share, by kind.
pub(crate) struct Shared<'a> {
    pub(crate) sources: Table<'a, spec::Source>,
    pub(crate) hosts: Table<'a, spec::Host>,
    pub(crate) auth: Table<'a, spec::Auth>,
    pub(crate) envelopes: Table<'a, spec::Envelope>,
    pub(crate) callback_envelopes: Table<'a, spec::CallbackEnvelope>,
    pub(crate) units: Table<'a, spec::Unit>,
    pub(crate) schemes: Table<'a, spec::schemes::SignatureScheme>,
    pub(crate) ciphers: Table<'a, spec::schemes::Cipher>,
    pub(crate) callback_schemes: Table<'a, spec::schemes::CallbackScheme>,
    pub(crate) settings: Table<'a, spec::Setting>,
    pub(crate) levels: Table<'a, spec::Levels>,
}

/// Items of one kind by name. An item that could not be read is known but has no value.
pub(crate) struct Table<'a, T> {
    pub(crate) items: BTreeMap<&'a str, (&'a Located<String>, Option<&'a T>)>,
}

impl<'a, T> Table<'a, T> {
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.items.contains_key(name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<Item<'a, T>> {
        let (name, spec) = self.items.get(name)?;
        Some(Item { name, spec: (*spec)? })
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.items.keys().copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'a Located<String>, &'a T)> {
        self.items.values().filter_map(|(name, item)| Some((*name, (*item)?)))
    }
}

/// Something that has a name, which is written where it is defined.
pub(crate) struct Item<'a, T> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a T,
}

/// An item of a domain, which others can name as well.
pub(crate) struct DomainItem<'a, T> {
    pub(crate) domain: &'a str,
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a T,
}

impl<T> Clone for Item<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Item<'_, T> {}

impl<T> Clone for DomainItem<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for DomainItem<'_, T> {}

/// What becomes a module.
pub(crate) struct Domain<'a> {
    pub(crate) name: &'a str,
    pub(crate) file: &'a File,
    pub(crate) types: Vec<TypeId>,
    pub(crate) enums: Vec<Enum<'a>>,
    pub(crate) errors: Vec<ErrorTable<'a>>,
    /// In the order of the file; what is inside an object stands before it.
    pub(crate) objects: Vec<ObjectId>,
    pub(crate) unions: Vec<UnionId>,
    pub(crate) endpoints: Vec<Endpoint<'a>>,
    pub(crate) callbacks: Vec<Callback<'a>>,
    pub(crate) js_apis: Vec<JsApi<'a>>,
    pub(crate) rules: Option<rules::Rules<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypeId(pub(crate) usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ObjectId(pub(crate) usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UnionId(pub(crate) usize);

/// An endpoint, by its domain and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EndpointId {
    pub(crate) domain: usize,
    pub(crate) index: usize,
}

/// A field, by the object that has it and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FieldId {
    pub(crate) object: ObjectId,
    pub(crate) index: usize,
}

impl<'a> Index<TypeId> for Model<'a> {
    type Output = TypeDef<'a>;

    fn index(&self, TypeId(index): TypeId) -> &TypeDef<'a> {
        &self.types[index]
    }
}

impl<'a> Index<ObjectId> for Model<'a> {
    type Output = Object<'a>;

    fn index(&self, ObjectId(index): ObjectId) -> &Object<'a> {
        &self.objects[index]
    }
}

impl<'a> Index<UnionId> for Model<'a> {
    type Output = Union<'a>;

    fn index(&self, UnionId(index): UnionId) -> &Union<'a> {
        &self.unions[index]
    }
}

impl<'a> Index<EndpointId> for Model<'a> {
    type Output = Endpoint<'a>;

    fn index(&self, EndpointId { domain, index }: EndpointId) -> &Endpoint<'a> {
        &self.domains[domain].endpoints[index]
    }
}

impl<'a> Index<FieldId> for Model<'a> {
    type Output = Field<'a>;

    fn index(&self, FieldId { object, index }: FieldId) -> &Field<'a> {
        &self[object].fields[index]
    }
}

/// A named type.
pub(crate) struct TypeDef<'a> {
    pub(crate) domain: &'a str,
    pub(crate) name: &'a Located<String>,
    /// An object, a union, or a string with limits of its own.
    pub(crate) shape: Shape<'a>,
    pub(crate) provenance: &'a Provenance,
    pub(crate) deprecated: Option<Deprecated<'a>>,
}

/// A named set of values.
pub(crate) struct Enum<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::Enum,
    /// As many as in the spec.
    pub(crate) values: Vec<Value<'a>>,
    pub(crate) deprecated: Option<Deprecated<'a>>,
}

/// One value of an enum.
pub(crate) struct Value<'a> {
    pub(crate) spec: &'a spec::Value,
    pub(crate) deprecated: Option<Deprecated<'a>>,
}

/// What a value looks like and what it is limited to.
#[derive(Clone)]
pub(crate) struct Shape<'a> {
    pub(crate) ty: Type<'a>,
    /// The name of the type as it is written.
    pub(crate) written: &'a Located<String>,
    pub(crate) limits: Vec<Limit<'a>>,
    pub(crate) secret: &'a Option<Located<bool>>,
    /// Of what is in a list or map: it may be `null`.
    pub(crate) nullable: bool,
}

impl<'a> Shape<'a> {
    /// What it has bounds of.
    pub(crate) fn measures(&self) -> impl Iterator<Item = Measure> {
        self.limits.iter().filter_map(|limit| match limit {
            Limit::Bounds { of, .. } => Some(*of),
            Limit::Range(_) => Some(Measure::Range),
            _ => None,
        })
    }

    /// Its bounds of this kind.
    pub(crate) fn bounds(&self, measure: Measure) -> Option<&'a spec::Limits> {
        self.limits.iter().find_map(|limit| match limit {
            Limit::Bounds { of, bounds } if *of == measure => Some(&bounds.value),
            _ => None,
        })
    }
}

/// The type of a value.
#[derive(Clone)]
pub(crate) enum Type<'a> {
    String,
    Bool,
    Number(Integer),
    /// An exact decimal.
    Decimal(Decimal),
    /// A day.
    Date,
    /// A moment by RFC 3339.
    DateTime,
    /// An amount in a unit of money, or in one of several.
    Money(Item<'a, spec::Unit>),
    /// Any JSON.
    Json,
    /// A file of a multipart request.
    File,
    /// A function among the options of a JS API, which is never sent.
    Function,
    /// The body of a response that is text and not JSON.
    PlainText,
    /// The body of a response that is anything else.
    Binary,
    /// A named string.
    Text(TypeId),
    Enum(DomainItem<'a, spec::Enum>),
    Object(ObjectId),
    Union(UnionId),
    List(Box<Shape<'a>>),
    /// An object with keys of any name.
    Map(Box<Shape<'a>>),
    /// JSON text inside a string.
    JsonText(Box<Shape<'a>>),
    /// Something that has been reported. It may be anything.
    Error,
}

impl<'a> Type<'a> {
    /// A string, with a name of its own or without.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Type::String | Type::Text(_) | Type::Error)
    }

    /// One value that can be written as plain text.
    pub(crate) fn is_single(&self) -> bool {
        self.is_text()
            || self.is_number()
            || matches!(self, Type::Bool | Type::Enum(_) | Type::Date | Type::DateTime)
    }

    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Type::Number(_) | Type::Decimal(_) | Type::Money(_))
    }

    /// What it is made of by `of`.
    pub(crate) fn element(&self) -> Option<&Shape<'a>> {
        match self {
            Type::List(of) | Type::Map(of) | Type::JsonText(of) => Some(of),
            _ => None,
        }
    }

    /// The object that it is.
    pub(crate) fn object(&self) -> Resolved<Option<ObjectId>> {
        match self {
            Type::Object(object) => Ok(Some(*object)),
            Type::Error => Err(Reported),
            _ => Ok(None),
        }
    }

    /// The object that each item of a list is, be the list in JSON text or not.
    pub(crate) fn item_object(&self) -> Resolved<Option<ObjectId>> {
        match self {
            Type::List(of) if of.nullable => Ok(None),
            Type::List(of) => of.ty.object(),
            Type::JsonText(of) => of.ty.item_object(),
            Type::Error => Err(Reported),
            _ => Ok(None),
        }
    }

    /// The object that is part of its own size: with no list or map between.
    pub(crate) fn held_object(&self) -> Option<ObjectId> {
        match self {
            Type::Object(object) => Some(*object),
            Type::JsonText(of) => of.ty.held_object(),
            _ => None,
        }
    }

    /// What it is made of, however deep inside lists, maps and JSON text.
    pub(crate) fn innermost(&self) -> &Type<'a> {
        self.element().map_or(self, |of| of.ty.innermost())
    }
}

/// A limit of a shape.
#[derive(Clone)]
pub(crate) enum Limit<'a> {
    /// Of a length, or of a number of items.
    Bounds {
        of: Measure,
        bounds: &'a Located<spec::Limits>,
    },
    /// Bounds of a number itself.
    Range(&'a Located<spec::Range>),
    /// A regular expression for the whole string.
    Pattern(&'a Located<String>),
    /// The schemes of which a URL has one.
    Url(&'a [Located<String>]),
    Level(Level<'a>),
}

/// An amount is one of a list.
#[derive(Clone)]
pub(crate) struct Level<'a> {
    pub(crate) spec: &'a spec::LevelRule,
    pub(crate) levels: Resolved<Item<'a, spec::Levels>>,
    /// What it is multiplied by first.
    pub(crate) times: Option<Resolved<Item<'a, spec::Setting>>>,
}

/// An object, and the struct that it becomes.
pub(crate) struct Object<'a> {
    pub(crate) domain: &'a str,
    /// Rust name.
    pub(crate) name: String,
    /// Name in the spec, or the path to an object written in place.
    pub(crate) wire: String,
    /// The item of the file that it is or is part of.
    pub(crate) item: &'a Located<String>,
    /// Where its name comes from, and a complaint about the object as a whole goes.
    pub(crate) span: Span,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) groups: Vec<Group<'a>>,
    /// The keys that no field has.
    pub(crate) rest: Option<Rest<'a>>,
    /// What is known of the object itself; an object written in place is described by what holds it.
    pub(crate) provenance: Option<&'a Provenance>,
    pub(crate) role: Role<'a>,
}

impl<'a> Object<'a> {
    /// Whether a struct of its required fields is made, if it is sent.
    pub(crate) fn must_be_given(&self) -> bool {
        self.fields.iter().any(|field| field.spec.constant.is_none() && field.spec.is_required())
    }

    /// What it is made of.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Shape<'a>> {
        self.fields.iter().map(|field| &field.shape).chain(self.rest.iter().map(|rest| &rest.of))
    }
}

/// The keys that no field has.
pub(crate) struct Rest<'a> {
    pub(crate) spec: &'a spec::Rest,
    /// Rust name.
    pub(crate) rust: String,
    /// What their values are.
    pub(crate) of: Shape<'a>,
}

/// Objects of several kinds.
pub(crate) struct Union<'a> {
    pub(crate) domain: &'a str,
    pub(crate) name: &'a Located<String>,
    /// The key that tells them apart.
    pub(crate) tag: Option<&'a Located<String>>,
    /// What all of them have.
    pub(crate) fields: Option<ObjectId>,
    /// Rust name of the enum of the kinds.
    pub(crate) kinds: String,
    pub(crate) variants: Vec<UnionVariant<'a>>,
    pub(crate) provenance: &'a Provenance,
}

/// One kind of them.
pub(crate) struct UnionVariant<'a> {
    pub(crate) spec: &'a spec::UnionVariant,
    /// Rust name.
    pub(crate) rust: String,
    /// An object.
    pub(crate) content: Option<Shape<'a>>,
}

/// What an object is for.
#[derive(Clone, Copy)]
pub(crate) enum Role<'a> {
    /// A named type.
    Type,
    Request(Item<'a, spec::Endpoint>),
    Options(Item<'a, spec::JsApi>),
    /// The data of a response.
    Response,
    /// The content of a callback, a payload of a JS API.
    Answer,
    /// What the acknowledgement of a callback tells back.
    Acknowledgement,
    /// Part of another object.
    Inner,
}

/// One field of an object.
pub(crate) struct Field<'a> {
    pub(crate) spec: &'a spec::Field,
    /// Rust name.
    pub(crate) rust: String,
    pub(crate) shape: Shape<'a>,
    pub(crate) required_if: Option<Condition<'a>>,
    pub(crate) forbidden_if: Option<Condition<'a>>,
    pub(crate) range_if: Vec<RangeIf<'a>>,
    pub(crate) items_if: Vec<ItemsIf<'a>>,
    pub(crate) sum: Option<Sum<'a>>,
    pub(crate) deprecated: Option<Deprecated<'a>>,
}

/// The name of a field, and the field.
pub(crate) struct FieldUse<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) field: Resolved<FieldId>,
}

/// A condition on a field.
pub(crate) struct Condition<'a> {
    pub(crate) on: FieldUse<'a>,
    pub(crate) test: Test<'a>,
}

/// What a condition asks of its field.
pub(crate) enum Test<'a> {
    /// It has one of these values.
    Is(&'a [Located<Scalar>]),
    /// It has none of these values, or is absent.
    IsNot(&'a [Located<Scalar>]),
    Present(Span),
    Absent(Span),
    /// Something that has been reported.
    Error,
}

impl<'a> Test<'a> {
    /// The values that it asks for, or asks not to be.
    pub(crate) fn values(&self) -> &'a [Located<Scalar>] {
        match self {
            Test::Is(values) | Test::IsNot(values) => values,
            Test::Present(_) | Test::Absent(_) | Test::Error => &[],
        }
    }
}

/// Limits of a number that hold when a condition does.
pub(crate) struct RangeIf<'a> {
    pub(crate) spec: &'a spec::RangeIf,
    pub(crate) when: Condition<'a>,
    /// Of an amount in one of several units: the one that it is in then.
    pub(crate) unit: Option<Resolved<Item<'a, spec::Unit>>>,
}

/// A condition on each item of a list, when one on the object holds.
pub(crate) struct ItemsIf<'a> {
    pub(crate) when: Condition<'a>,
    pub(crate) then: Condition<'a>,
}

/// A number is the sum of a field of a list's items.
pub(crate) struct Sum<'a> {
    pub(crate) list: FieldUse<'a>,
    pub(crate) part: FieldUse<'a>,
}

/// A rule over several optional fields.
pub(crate) struct Group<'a> {
    pub(crate) spec: &'a spec::Group,
    pub(crate) rule: GroupRule<'a>,
}

pub(crate) enum GroupRule<'a> {
    ExactlyOneOf(Vec<FieldUse<'a>>),
    AtLeastOneOf(Vec<FieldUse<'a>>),
    /// Something that has been reported.
    Error,
}

/// A table of errors.
pub(crate) struct ErrorTable<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::ErrorTable,
    /// Rust name of the enum that all of it becomes.
    pub(crate) enum_name: String,
}

/// The errors that an endpoint or JS API gives.
pub(crate) struct Errors<'a> {
    pub(crate) uses: Vec<ErrorUse<'a>>,
    /// Domain and Rust name of the enum that they become, if there are any.
    pub(crate) enum_name: Option<(&'a str, String)>,
}

impl Errors<'_> {
    /// Whether they are the whole of one table, whose enum they then share.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.uses.as_slice(), [only] if only.spec.only.is_empty())
    }
}

impl Errors<'_> {
    /// What their codes are, if there are any.
    pub(crate) fn codes(&self) -> Option<CodeKind> {
        self.uses.iter().find_map(|used| used.table.ok()?.spec.codes())
    }
}

/// A choice of rows from a table.
pub(crate) struct ErrorUse<'a> {
    pub(crate) spec: &'a spec::ErrorUse,
    pub(crate) table: Resolved<DomainItem<'a, spec::ErrorTable>>,
}

impl<'a> ErrorUse<'a> {
    /// The rows that it takes; none if the table is not known.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &'a spec::ErrorRow> {
        let rows = self.table.iter().flat_map(|table| table.spec.rows.iter());
        rows.filter(|row| self.spec.takes(row))
    }

    fn is_of(&self, table: &ErrorTable<'_>) -> bool {
        self.table.is_ok_and(|used| used.name.span == table.name.span)
    }
}

/// An enum of errors.
pub(crate) struct ErrorEnum<'m, 'a> {
    /// Rust name.
    pub(crate) name: &'m str,
    /// The table, endpoint or JS API.
    pub(crate) item: &'a Located<String>,
    pub(crate) of: ErrorSource<'m, 'a>,
}

/// What an enum of errors is made of.
pub(crate) enum ErrorSource<'m, 'a> {
    Table(&'a spec::ErrorTable),
    /// What an endpoint or JS API takes of its tables.
    Choice(&'m [ErrorUse<'a>]),
}

impl<'a> Domain<'a> {
    /// The errors of endpoints and JS APIs, with their names.
    fn errors_given(&self) -> impl Iterator<Item = (&'a Located<String>, &Errors<'a>)> {
        let endpoints = self.endpoints.iter().map(|item| (item.name, &item.errors));
        endpoints.chain(self.js_apis.iter().map(|item| (item.name, &item.errors)))
    }
}

impl<'a> Model<'a> {
    /// The error enums of a domain: those of its tables that some item uses whole or none uses, and those of items that
    /// choose among rows.
    pub(crate) fn error_enums<'m>(&'m self, domain: &'m Domain<'a>) -> Vec<ErrorEnum<'m, 'a>> {
        let tables = domain.errors.iter().filter(|table| self.is_emitted(table));
        let tables = tables.map(|table| {
            let ErrorTable { name: item, spec, enum_name } = table;
            ErrorEnum { name: enum_name, item, of: ErrorSource::Table(spec) }
        });
        let own = domain.errors_given().filter(|(_, errors)| !errors.is_whole());
        let own = own.filter_map(|(item, errors)| {
            let (_, name) = errors.enum_name.as_ref()?;
            Some(ErrorEnum { name, item, of: ErrorSource::Choice(&errors.uses) })
        });
        tables.chain(own).collect()
    }

    fn is_emitted(&self, table: &ErrorTable<'_>) -> bool {
        let given = self.domains.iter().flat_map(Domain::errors_given).map(|(_, errors)| errors);
        let using = given.filter(|errors| errors.uses.iter().any(|used| used.is_of(table)));
        let using: Vec<&Errors<'_>> = using.collect();
        using.is_empty() || using.iter().any(|errors| errors.is_whole())
    }
}

/// An endpoint.
pub(crate) struct Endpoint<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::Endpoint,
    pub(crate) host: Resolved<Item<'a, spec::Host>>,
    pub(crate) auth: Option<Resolved<Item<'a, spec::Auth>>>,
    pub(crate) envelope: Resolved<Item<'a, spec::Envelope>>,
    pub(crate) request: ObjectId,
    pub(crate) response: Option<Shape<'a>>,
    /// Where the data differ by HTTP status, those of each.
    pub(crate) responses: Vec<StatusResponse<'a>>,
    /// Rust name of the enum that those become.
    pub(crate) responses_name: String,
    pub(crate) errors: Errors<'a>,
    pub(crate) idempotency: Option<Idempotency<'a>>,
    pub(crate) rate_limits: Vec<RateLimit<'a>>,
    pub(crate) issues: Option<Issues<'a>>,
    pub(crate) paging: Option<Paging<'a>>,
    pub(crate) deprecated: Option<Deprecated<'a>>,
}

/// A success under one HTTP status.
pub(crate) struct StatusResponse<'a> {
    pub(crate) spec: &'a spec::StatusResponse,
    /// Rust name of the variant.
    pub(crate) name: String,
    pub(crate) response: Option<Shape<'a>>,
}

impl<'a> Endpoint<'a> {
    /// The data of its successful responses.
    pub(crate) fn response_shapes(&self) -> impl Iterator<Item = &Shape<'a>> {
        let by_status = self.responses.iter().filter_map(|item| item.response.as_ref());
        self.response.iter().chain(by_status)
    }
}

impl Endpoint<'_> {
    /// What the codes of its errors are. Where nothing says it, strings, which hold any code.
    pub(crate) fn codes(&self) -> CodeKind {
        let documented = self.errors.codes();
        documented.or_else(|| envelope_codes(self.envelope.ok()?.spec)).unwrap_or(CodeKind::Text)
    }
}

/// What the codes in an envelope are, if it says so: those without a place are HTTP statuses.
pub(crate) fn envelope_codes(envelope: &spec::Envelope) -> Option<CodeKind> {
    match envelope.success_code() {
        Some(success) => Some(success.value.kind()),
        None => envelope.code.is_empty().then_some(CodeKind::Int),
    }
}

/// What makes a second request harmless.
pub(crate) struct Idempotency<'a> {
    /// One or more.
    pub(crate) key: Vec<FieldUse<'a>>,
    pub(crate) duplicate: &'a Option<Located<Code>>,
}

/// How often an endpoint may be called.
pub(crate) struct RateLimit<'a> {
    pub(crate) spec: &'a spec::RateLimit,
    pub(crate) by: Vec<FieldUse<'a>>,
}

/// The tokens that a response issues.
pub(crate) struct Issues<'a> {
    pub(crate) spec: &'a Located<spec::Issues>,
    pub(crate) auth: Resolved<Item<'a, spec::Auth>>,
    pub(crate) token: FieldUse<'a>,
    pub(crate) expires_in: Option<FieldUse<'a>>,
    pub(crate) refresh_token: Option<FieldUse<'a>>,
    pub(crate) refresh_expires_in: Option<FieldUse<'a>>,
}

/// A call that the platform makes.
pub(crate) struct Callback<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::Callback,
    pub(crate) envelope: Resolved<Item<'a, spec::CallbackEnvelope>>,
    /// The response that stops further calls: the callback's own, or that of its envelope's scheme; empty for none.
    pub(crate) acknowledgement: Resolved<&'a str>,
    pub(crate) content: Shape<'a>,
    pub(crate) identity: Vec<FieldUse<'a>>,
    pub(crate) answer: Option<ObjectId>,
    pub(crate) deprecated: Option<Deprecated<'a>>,
}

/// A function of the platform's JavaScript interface.
pub(crate) struct JsApi<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::JsApi,
    /// Stem of the names of its items in Rust.
    pub(crate) stem: String,
    pub(crate) options: Option<ObjectId>,
    pub(crate) success: Option<ObjectId>,
    pub(crate) fail: Option<ObjectId>,
    pub(crate) errors: Errors<'a>,
    pub(crate) signature: Option<Signature<'a>>,
    pub(crate) deprecated: Option<Deprecated<'a>>,
}

/// How options are signed.
pub(crate) struct Signature<'a> {
    pub(crate) spec: &'a spec::Signature,
    pub(crate) scheme: schemes::SchemeUse<'a>,
    /// What is signed.
    pub(crate) text: FieldUse<'a>,
    /// What the authorization goes into.
    pub(crate) place: FieldUse<'a>,
}
