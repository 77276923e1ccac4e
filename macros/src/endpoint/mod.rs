//! `#[derive(Endpoint)]`: a request struct bound to the call it is for.

mod attr;
mod page_path;
mod paging;
mod check;
mod expand;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{DeriveInput, Ident, LitStr, Path, Type};

use crate::Derive;
use crate::attr::{Code, Int};
use crate::errors::Errors;
use crate::item::{wire_name, wire_name_token};

pub(crate) struct Request<'a> {
    node: &'a DeriveInput,
    /// Path of the runtime.
    runtime: Path,
    attrs: Attrs,
    /// Whether nothing about the struct is a fault, so that what is not there was left out.
    is_readable: bool,
    fields: Vec<Field<'a>>,
}

struct Field<'a> {
    node: &'a syn::Field,
    ident: &'a Ident,
    /// It is left out of the object of the body.
    is_skipped: bool,
    attrs: FieldAttrs,
}

/// What is written on a field.
#[derive(Default)]
struct FieldAttrs {
    /// Where it goes, and the token that says so.
    place: Option<(Ident, Place)>,
    spelling: Spelling,
}

/// How lists and objects are written as pairs.
#[derive(Default)]
struct Spelling {
    lists: Option<Word>,
    objects: Option<Word>,
}

/// `lists = word` or `objects = word`.
struct Word {
    key: Ident,
    /// A variant of the runtime's `Lists` or `Objects`.
    variant: &'static str,
}

/// What is written on the struct.
#[derive(Default)]
struct Attrs {
    line: Option<RequestLine>,
    name: Option<LitStr>,
    host: Option<Path>,
    auth: Option<Path>,
    envelope: Option<Path>,
    scope: Option<LitStr>,
    /// Where a URL that is in the place of the path may lead.
    url_hosts: Option<Vec<LitStr>>,
    response: Option<Type>,
    response_body: Option<ResponseBody>,
    error: Option<Type>,
    /// One field, or several that together are the key.
    idempotency_key: Option<Vec<Ident>>,
    duplicate: Option<Code>,
    body: Option<Body>,
    content_type: Option<LitStr>,
    /// `header("Accept" = "..")` and `query("version" = "..")`.
    constants: Vec<Constant>,
    spelling: Spelling,
    safe: Option<Ident>,
    unsigned: Option<Ident>,
    rate_limits: Vec<RateLimit>,
    issues: Option<Issues>,
    paging: Option<paging::Paging>,
    runtime: Option<Path>,
}

/// `POST "/path/{name}"`.
struct RequestLine {
    /// As it is written.
    word: Ident,
    method: Method,
    path: LitStr,
}

/// A variant of the runtime's `Method`.
#[derive(Clone, Copy, PartialEq)]
enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

/// A variant of the runtime's `BodyKind`, and the word that names it.
struct Body {
    word: Ident,
    kind: BodyKind,
}

/// A variant of the runtime's `ResponseKind`, and the word that names it.
struct ResponseBody {
    word: Ident,
    kind: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
enum BodyKind {
    Json,
    Form,
    Multipart,
    Text,
    Binary,
    None,
}

/// Where a field goes, if not into the object of the body.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Path,
    Query,
    Header,
    File,
}

/// A header or a part of the query that is the same in every request.
struct Constant {
    place: Place,
    name: LitStr,
    value: ConstantValue,
}

enum ConstantValue {
    Text(LitStr),
    /// Of a constant.
    Path(Path),
}

/// `rate_limit(calls = 500, per = 300, by(client_key), counts = successes)`.
struct RateLimit {
    calls: Int,
    per: Int,
    by: Vec<Ident>,
    counts: Counts,
}

/// A variant of the runtime's `Counts`.
#[derive(Clone, Copy, Default)]
enum Counts {
    #[default]
    All,
    Successes,
}

/// `issues(auth = PATH, token = access_token)`; the rest may be left out.
struct Issues {
    auth: Path,
    token: Ident,
    expires_in: Option<Ident>,
    refresh_token: Option<Ident>,
    refresh_expires_in: Option<Ident>,
}

/// What every endpoint must say; there once the request is checked.
struct Call<'a> {
    line: &'a RequestLine,
    name: &'a LitStr,
    host: &'a Path,
    envelope: &'a Path,
}

impl<'a> Derive<'a> for Request<'a> {
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self {
        attr::read(node, errors)
    }

    fn check(&self, errors: &mut Errors) {
        check::check(self, errors);
        paging::check(self, errors);
    }

    fn expand(&self) -> TokenStream {
        self.call().map(|call| expand::expand(self, &call)).unwrap_or_default()
    }

    fn dummy(&self) -> TokenStream {
        expand::dummy(self)
    }
}

impl<'a> Request<'a> {
    fn call(&self) -> Option<Call<'_>> {
        let Attrs { line, name, host, envelope, .. } = &self.attrs;
        Some(Call {
            line: line.as_ref()?,
            name: name.as_ref()?,
            host: host.as_ref()?,
            envelope: envelope.as_ref()?,
        })
    }

    fn field(&self, ident: &Ident) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.ident == ident)
    }

    /// The names of all fields, for advice.
    fn names(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.ident.to_string()).collect()
    }

    /// As said; else nothing, which is JSON. A DELETE without fields for its body has none.
    fn body_kind(&self) -> Option<BodyKind> {
        let is_delete = || matches!(&self.attrs.line, Some(line) if line.method == Method::Delete);
        let has_none = || matches!(&self.attrs.line, Some(line) if line.method.has_no_body());
        match &self.attrs.body {
            Some(body) => Some(body.kind),
            None if has_none() => Some(BodyKind::None),
            None if is_delete() && self.in_body().next().is_none() => Some(BodyKind::None),
            None => None,
        }
    }

    /// The fields that are in the object of the body.
    fn in_body(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.place().is_none() && !field.is_skipped)
    }

    /// The fields that go to a place outside the object of the body.
    fn fields_in(&self, wanted: Place) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(move |field| field.place() == Some(wanted))
    }
}

impl Method {
    fn has_no_body(self) -> bool {
        matches!(self, Method::Get | Method::Head)
    }
}

impl Spelling {
    fn is_usual(&self) -> bool {
        self.words().next().is_none()
    }

    fn words(&self) -> impl Iterator<Item = &Word> {
        self.lists.iter().chain(&self.objects)
    }
}

impl Field<'_> {
    /// What it is called on the wire.
    fn name(&self) -> String {
        wire_name(self.node)
    }

    /// What says the name: the attribute's literal, or the field's own name.
    fn name_token(&self) -> TokenStream {
        match wire_name_token(self.node) {
            Some(name) => name.to_token_stream(),
            None => self.ident.to_token_stream(),
        }
    }

    /// `None` for the object of the body.
    fn place(&self) -> Option<Place> {
        self.attrs.place.as_ref().map(|(_, place)| *place)
    }
}
