//! The `#[endpoint(...)]` grammar.

use quote::format_ident;
use syn::parse::ParseStream;
use syn::{Attribute, Error, Ident, LitStr, Path, Result, Token, Type};

use super::parts::{Issues, RateLimit};
use crate::attr::{self, parse_crate, parse_name, parse_text, parse_value, set};
use crate::errors::Errors;
use crate::literal::Int;
use crate::suggest;

/// What is written on the struct.
#[derive(Default)]
pub(super) struct Attrs {
    pub(super) line: Option<RequestLine>,
    pub(super) name: Option<LitStr>,
    pub(super) host: Option<Path>,
    pub(super) auth: Option<Path>,
    pub(super) envelope: Option<Path>,
    pub(super) scope: Option<LitStr>,
    pub(super) response: Option<Type>,
    pub(super) error: Option<Type>,
    pub(super) idempotency_key: Option<Ident>,
    pub(super) duplicate: Option<Int>,
    pub(super) body: Option<Body>,
    pub(super) safe: Option<Ident>,
    pub(super) rate_limits: Vec<RateLimit>,
    pub(super) issues: Option<Issues>,
    runtime: Option<Path>,
}

/// `POST "/path/{name}"`.
pub(super) struct RequestLine {
    pub(super) method: Method,
    pub(super) path: LitStr,
}

/// A variant of the runtime's `Method`.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Method {
    Get,
    Post,
}

/// A variant of the runtime's `BodyKind`, and the word that names it.
pub(super) struct Body {
    pub(super) word: Ident,
    pub(super) kind: BodyKind,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum BodyKind {
    Json,
    Form,
    Multipart,
}

/// Where a field goes, if not into the object of the body.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Path,
    Query,
    File,
}

const OF_STRUCT: [&str; 16] = [
    "GET",
    "POST",
    "name",
    "host",
    "auth",
    "envelope",
    "scope",
    "response",
    "error",
    "idempotency_key",
    "duplicate",
    "body",
    "safe",
    "rate_limit",
    "issues",
    "crate",
];

const OF_FIELD: [&str; 3] = ["path", "query", "file"];

impl Attrs {
    pub(super) fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Attrs::default();
        attr::read(attrs, "endpoint", errors, |input, errors| read.item(input, errors));
        read
    }

    fn item(&mut self, input: ParseStream<'_>, errors: &mut Errors) -> Result<()> {
        let name = parse_name(input)?;
        match name.to_string().as_str() {
            "GET" => set(&mut self.line, &name, parse_line(Method::Get, input)?),
            "POST" => set(&mut self.line, &name, parse_line(Method::Post, input)?),
            "name" => set(&mut self.name, &name, parse_text(input, "settle_create")?),
            "host" => set(&mut self.host, &name, parse_value(input)?),
            "auth" => set(&mut self.auth, &name, parse_value(input)?),
            "envelope" => set(&mut self.envelope, &name, parse_value(input)?),
            "scope" => set(&mut self.scope, &name, parse_text(input, "trade.settle")?),
            "response" => set(&mut self.response, &name, parse_value(input)?),
            "error" => set(&mut self.error, &name, parse_value(input)?),
            "idempotency_key" => set(&mut self.idempotency_key, &name, parse_field(input)?),
            "duplicate" => set(&mut self.duplicate, &name, parse_value(input)?),
            "body" => set(&mut self.body, &name, parse_body(input)?),
            "safe" => set(&mut self.safe, &name, name.clone()),
            "rate_limit" => {
                self.rate_limits.push(RateLimit::parse(&name, input, errors)?);
                Ok(())
            }
            "issues" => set(&mut self.issues, &name, Issues::parse(&name, input, errors)?),
            "crate" => set(&mut self.runtime, &name, parse_crate(input)?),
            _ => Err(unknown(&name)),
        }
    }
}

fn unknown(name: &Ident) -> Error {
    match name.to_string().as_str() {
        "get" | "post" => {
            let upper = format_ident!("{}", name.to_string().to_uppercase());
            Error::new(name.span(), format!("write the method as `{upper}`"))
        }
        "PUT" | "DELETE" | "PATCH" | "HEAD" | "OPTIONS" => {
            Error::new(name.span(), "the platform knows two methods, write `GET` or `POST`")
        }
        _ => suggest::unknown("key of an endpoint", name, &OF_STRUCT),
    }
}

fn parse_line(method: Method, input: ParseStream<'_>) -> Result<RequestLine> {
    if !input.peek(LitStr) {
        return Err(
            input.error("expected the path in quotes, as `POST \"/api/orders/{order_id}\"`")
        );
    }
    Ok(RequestLine { method, path: input.parse()? })
}

fn parse_body(input: ParseStream<'_>) -> Result<Body> {
    input.parse::<Token![=]>()?;
    let word = parse_name(input)?;
    let kind = match word.to_string().as_str() {
        "json" => BodyKind::Json,
        "form" => BodyKind::Form,
        "multipart" => BodyKind::Multipart,
        _ => return Err(suggest::unknown("kind of a body", &word, &["json", "form", "multipart"])),
    };
    Ok(Body { word, kind })
}

pub(super) fn parse_field(input: ParseStream<'_>) -> Result<Ident> {
    input.parse::<Token![=]>()?;
    parse_name(input)
}

impl Place {
    /// What is written on a field, and where.
    pub(super) fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Option<(Ident, Place)> {
        let mut place = None;
        attr::read(attrs, "endpoint", errors, |input, _| {
            let name = parse_name(input)?;
            let read = match name.to_string().as_str() {
                "path" => Place::Path,
                "query" => Place::Query,
                "file" => Place::File,
                _ => return Err(suggest::unknown("place of a field", &name, &OF_FIELD)),
            };
            match &place {
                Some(_) => Err(Error::new(name.span(), "a field goes to one place, leave one out")),
                None => {
                    place = Some((name, read));
                    Ok(())
                }
            }
        });
        place
    }
}
