//! The grammar of `#[endpoint(...)]`.

use quote::format_ident;
use syn::parse::ParseStream;
use syn::{Attribute, DeriveInput, Error, Ident, LitStr, Result, Token, parenthesized};

use super::{
    Attrs, Body, BodyKind, Counts, Field, Issues, Method, Place, RateLimit, Request, RequestLine,
};
use crate::attr::{self, Int, parse_crate, parse_name, parse_text, parse_value, read_items, set};
use crate::errors::{Errors, unknown_name};
use crate::item::{named_fields, wire_name};

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

const OF_RATE_LIMIT: [&str; 4] = ["calls", "per", "by", "counts"];
const OF_ISSUES: [&str; 5] = ["auth", "token", "expires_in", "refresh_token", "refresh_expires_in"];

pub(super) fn read<'a>(node: &'a DeriveInput, errors: &mut Errors) -> Request<'a> {
    let fields = named_fields(node, "Endpoint", errors);
    let attrs = Attrs::from_syn(&node.attrs, errors);
    let is_readable = errors.count() == 0;
    let fields = fields.filter_map(|field| Field::from_syn(field, errors)).collect();
    let runtime = attr::runtime(&node.attrs, "endpoint");
    Request { node, runtime, attrs, is_readable, fields }
}

impl<'a> Field<'a> {
    fn from_syn(node: &'a syn::Field, errors: &mut Errors) -> Option<Self> {
        let ident = node.ident.as_ref()?;
        let mark = Place::from_syn(&node.attrs, errors);
        Some(Field { node, ident, name: wire_name(node), mark })
    }
}

impl Attrs {
    fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
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
        _ => unknown_name("key of an endpoint", name, &OF_STRUCT),
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
        _ => return Err(unknown_name("kind of a body", &word, &["json", "form", "multipart"])),
    };
    Ok(Body { word, kind })
}

impl Place {
    /// What is written on a field, and where.
    fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Option<(Ident, Place)> {
        let mut place = None;
        attr::read(attrs, "endpoint", errors, |input, _| {
            let name = parse_name(input)?;
            let read = match name.to_string().as_str() {
                "path" => Place::Path,
                "query" => Place::Query,
                "file" => Place::File,
                _ => return Err(unknown_name("place of a field", &name, &OF_FIELD)),
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

impl RateLimit {
    fn parse(name: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<RateLimit> {
        let (mut calls, mut per, mut by, mut counts) = (None, None, None, None);
        read_inside(input, errors, &mut |input, key| match key.to_string().as_str() {
            "calls" => set(&mut calls, key, parse_positive(input)?),
            "per" => set(&mut per, key, parse_positive(input)?),
            "by" => set(&mut by, key, parse_fields(input)?),
            "counts" => set(&mut counts, key, parse_counts(input)?),
            _ => Err(unknown_name("key of a rate limit", key, &OF_RATE_LIMIT)),
        })?;
        let (Some(calls), Some(per)) = (calls, per) else {
            let message =
                "the limit is not told in full, write `rate_limit(calls = 500, per = 300)`";
            return Err(Error::new(name.span(), message));
        };
        let (by, counts) = (by.unwrap_or_default(), counts.unwrap_or_default());
        Ok(RateLimit { calls, per, by, counts })
    }
}

impl Issues {
    fn parse(name: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<Issues> {
        let (mut auth, mut token) = (None, None);
        let (mut expires_in, mut refresh_token, mut refresh_expires_in) = (None, None, None);
        read_inside(input, errors, &mut |input, key| match key.to_string().as_str() {
            "auth" => set(&mut auth, key, parse_value(input)?),
            "token" => set(&mut token, key, parse_field(input)?),
            "expires_in" => set(&mut expires_in, key, parse_field(input)?),
            "refresh_token" => set(&mut refresh_token, key, parse_field(input)?),
            "refresh_expires_in" => set(&mut refresh_expires_in, key, parse_field(input)?),
            _ => Err(unknown_name("key of `issues`", key, &OF_ISSUES)),
        })?;
        let (Some(auth), Some(token)) = (auth, token) else {
            let message =
                "the token is not told in full, write `issues(auth = PATH, token = FIELD)`";
            return Err(Error::new(name.span(), message));
        };
        Ok(Issues { auth, token, expires_in, refresh_token, refresh_expires_in })
    }
}

/// Reads `(key .., key ..)`, each key and what is behind it.
fn read_inside(
    input: ParseStream<'_>,
    errors: &mut Errors,
    item: &mut dyn FnMut(ParseStream<'_>, &Ident) -> Result<()>,
) -> Result<()> {
    let inside;
    parenthesized!(inside in input);
    read_items(&inside, errors, &mut |input, _| {
        let key = parse_name(input)?;
        item(input, &key)
    });
    Ok(())
}

fn parse_positive(input: ParseStream<'_>) -> Result<Int> {
    let number: Int = parse_value(input)?;
    match u32::try_from(number.value) {
        Ok(1..) => Ok(number),
        _ => Err(Error::new_spanned(number, format!("expected a number from 1 to {}", u32::MAX))),
    }
}

fn parse_fields(input: ParseStream<'_>) -> Result<Vec<Ident>> {
    let inside;
    parenthesized!(inside in input);
    Ok(inside.parse_terminated(parse_name, Token![,])?.into_iter().collect())
}

fn parse_counts(input: ParseStream<'_>) -> Result<Counts> {
    let word = parse_field(input)?;
    match word.to_string().as_str() {
        "all" => Ok(Counts::All),
        "successes" => Ok(Counts::Successes),
        _ => Err(unknown_name("kind of calls", &word, &["all", "successes"])),
    }
}

fn parse_field(input: ParseStream<'_>) -> Result<Ident> {
    input.parse::<Token![=]>()?;
    parse_name(input)
}
