//! The grammar of `#[endpoint(...)]`.

use quote::format_ident;
use syn::parse::ParseStream;
use syn::{Attribute, DeriveInput, Error, Ident, LitStr, Result, Token, parenthesized, token};

use super::paging::Paging;
use super::{
    Attrs, Body, BodyKind, Constant, ConstantValue, Counts, Field, FieldAttrs, Issues, Method,
    Place, RateLimit, Request, RequestLine, ResponseBody, Spelling, Word,
};
use crate::attr::{
    self, Int, parse_crate, parse_field, parse_literal, parse_name, parse_text, parse_value,
    read_inside, read_items, set,
};
use crate::errors::{Errors, unknown_name};
use crate::item::{is_skipped, named_fields};

const OF_STRUCT: [&str; 29] = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "name",
    "host",
    "auth",
    "envelope",
    "scope",
    "url_hosts",
    "response",
    "response_body",
    "error",
    "idempotency_key",
    "duplicate",
    "body",
    "content_type",
    "header",
    "query",
    "lists",
    "objects",
    "safe",
    "unsigned",
    "rate_limit",
    "issues",
    "paging",
    "crate",
];

const OF_BODY: [&str; 6] = ["json", "form", "multipart", "text", "binary", "none"];

const OF_FIELD: [&str; 6] = ["path", "query", "header", "file", "lists", "objects"];

/// The words for the variants of the runtime's `Lists` and `Objects`.
const LISTS: &[(&str, &str)] = &[
    ("repeated", "Repeated"),
    ("brackets", "Brackets"),
    ("indices", "Indices"),
    ("commas", "Commas"),
];
const OBJECTS: &[(&str, &str)] = &[("json", "Json"), ("brackets", "Brackets")];

const OF_RATE_LIMIT: [&str; 4] = ["calls", "per", "by", "counts"];
const OF_ISSUES: [&str; 5] = ["auth", "token", "expires_in", "refresh_token", "refresh_expires_in"];

pub(super) fn read<'a>(node: &'a DeriveInput, errors: &mut Errors) -> Request<'a> {
    let fields = named_fields(node, "Endpoint", errors);
    let attrs = Attrs::from_syn(&node.attrs, errors);
    let is_readable = errors.count() == 0;
    let fields = fields.filter_map(|field| Field::from_syn(field, errors)).collect();
    let runtime = attrs.runtime.clone().unwrap_or_else(attr::usual_runtime);
    Request { node, runtime, attrs, is_readable, fields }
}

impl<'a> Field<'a> {
    fn from_syn(node: &'a syn::Field, errors: &mut Errors) -> Option<Self> {
        let ident = node.ident.as_ref()?;
        let attrs = FieldAttrs::from_syn(&node.attrs, errors);
        Some(Field { node, ident, is_skipped: is_skipped(node), attrs })
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
        if let Some(method) = Method::of(&name) {
            return set(&mut self.line, &name, parse_line(&name, method, input)?);
        }
        match name.to_string().as_str() {
            "name" => set(&mut self.name, &name, parse_text(input, "order_create")?),
            "host" => set(&mut self.host, &name, parse_value(input)?),
            "auth" => set(&mut self.auth, &name, parse_value(input)?),
            "envelope" => set(&mut self.envelope, &name, parse_value(input)?),
            "scope" => set(&mut self.scope, &name, parse_text(input, "trade.order")?),
            "url_hosts" => set(&mut self.url_hosts, &name, parse_hosts(input)?),
            "response" => set(&mut self.response, &name, parse_value(input)?),
            "response_body" => set(&mut self.response_body, &name, parse_response_body(input)?),
            "error" => set(&mut self.error, &name, parse_value(input)?),
            "idempotency_key" => set(&mut self.idempotency_key, &name, parse_key(input)?),
            "duplicate" => set(&mut self.duplicate, &name, parse_value(input)?),
            "body" => set(&mut self.body, &name, parse_body(input)?),
            "content_type" => set(
                &mut self.content_type,
                &name,
                parse_text(input, "application/merge-patch+json")?,
            ),
            "header" => self.constants_in(Place::Header, input, errors),
            "query" => self.constants_in(Place::Query, input, errors),
            "lists" | "objects" => self.spelling.item(&name, input),
            "safe" => set(&mut self.safe, &name, name.clone()),
            "unsigned" => set(&mut self.unsigned, &name, name.clone()),
            "rate_limit" => {
                self.rate_limits.push(RateLimit::parse(&name, input, errors)?);
                Ok(())
            }
            "issues" => set(&mut self.issues, &name, Issues::parse(&name, input, errors)?),
            "paging" => match Paging::parse(&name, input, errors)? {
                Some(paging) => set(&mut self.paging, &name, paging),
                None => Ok(()),
            },
            "crate" => set(&mut self.runtime, &name, parse_crate(input)?),
            _ => Err(unknown(&name)),
        }
    }
}

impl Attrs {
    /// `("NAME" = VALUE, ..)`.
    fn constants_in(
        &mut self,
        place: Place,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> Result<()> {
        if !input.peek(token::Paren) {
            return Err(input.error("expected `(\"NAME\" = \"VALUE\")`"));
        }
        let inside;
        parenthesized!(inside in input);
        read_items(&inside, errors, &mut |input, _| {
            let name = parse_literal(input, "X-Version")?;
            input.parse::<Token![=]>()?;
            let value = match input.peek(LitStr) {
                true => ConstantValue::Text(input.parse()?),
                false => ConstantValue::Path(input.parse()?),
            };
            self.constants.push(Constant { place, name, value });
            Ok(())
        });
        Ok(())
    }
}

fn unknown(name: &Ident) -> Error {
    match name.to_string().as_str() {
        "get" | "head" | "post" | "put" | "patch" | "delete" => {
            let upper = format_ident!("{}", name.to_string().to_uppercase());
            Error::new(name.span(), format!("write the method as `{upper}`"))
        }
        "OPTIONS" | "TRACE" | "CONNECT" => Error::new(
            name.span(),
            "no endpoint is called so, write `GET`, `HEAD`, `POST`, `PUT`, `PATCH` or `DELETE`",
        ),
        _ => unknown_name("key of an endpoint", name, &OF_STRUCT),
    }
}

impl Method {
    fn of(word: &Ident) -> Option<Self> {
        Some(match word.to_string().as_str() {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "PATCH" => Self::Patch,
            "DELETE" => Self::Delete,
            _ => return None,
        })
    }
}

fn parse_line(word: &Ident, method: Method, input: ParseStream<'_>) -> Result<RequestLine> {
    if !input.peek(LitStr) {
        return Err(
            input.error("expected the path in quotes, as `POST \"/api/orders/{order_id}\"`")
        );
    }
    Ok(RequestLine { word: word.clone(), method, path: input.parse()? })
}

fn parse_body(input: ParseStream<'_>) -> Result<Body> {
    input.parse::<Token![=]>()?;
    let word = parse_name(input)?;
    let kind = match word.to_string().as_str() {
        "json" => BodyKind::Json,
        "form" => BodyKind::Form,
        "multipart" => BodyKind::Multipart,
        "text" => BodyKind::Text,
        "binary" => BodyKind::Binary,
        "none" => BodyKind::None,
        _ => return Err(unknown_name("kind of a body", &word, &OF_BODY)),
    };
    Ok(Body { word, kind })
}

fn parse_response_body(input: ParseStream<'_>) -> Result<ResponseBody> {
    input.parse::<Token![=]>()?;
    let word = parse_name(input)?;
    let kind = match word.to_string().as_str() {
        "json" => "Json",
        "text" => "Text",
        "binary" => "Binary",
        "by_status" => "ByStatus",
        _ => {
            let known = ["json", "text", "binary", "by_status"];
            return Err(unknown_name("kind of a response", &word, &known));
        }
    };
    Ok(ResponseBody { word, kind })
}

impl FieldAttrs {
    fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = FieldAttrs::default();
        attr::read(attrs, "endpoint", errors, |input, _| read.item(input));
        read
    }

    fn item(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name = parse_name(input)?;
        let place = match name.to_string().as_str() {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" => Place::Header,
            "file" => Place::File,
            "lists" | "objects" => return self.spelling.item(&name, input),
            _ => return Err(unknown_name("place of a field", &name, &OF_FIELD)),
        };
        if self.place.is_some() {
            return Err(Error::new(name.span(), "a field goes to one place, leave one out"));
        }
        self.place = Some((name, place));
        Ok(())
    }
}

impl Spelling {
    /// `lists = word` or `objects = word`, the key being read already.
    fn item(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        let (words, place) = match key == "lists" {
            true => (LISTS, &mut self.lists),
            false => (OBJECTS, &mut self.objects),
        };
        let word = parse_field(input)?;
        let Some((_, variant)) = words.iter().find(|(known, _)| word == known) else {
            let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
            return Err(unknown_name(&format!("spelling of {key}"), &word, &known));
        };
        set(place, key, Word { key: key.clone(), variant })
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

/// `= field` or `= (field, field)`.
fn parse_key(input: ParseStream<'_>) -> Result<Vec<Ident>> {
    input.parse::<Token![=]>()?;
    if !input.peek(token::Paren) {
        return Ok(vec![parse_name(input)?]);
    }
    let fields = parse_fields(input)?;
    match fields.is_empty() {
        true => Err(input.error("expected the fields of the key, as `(order_id, item_id)`")),
        false => Ok(fields),
    }
}

/// `("files.example.com", ..)`.
fn parse_hosts(input: ParseStream<'_>) -> Result<Vec<LitStr>> {
    if !input.peek(token::Paren) {
        return Err(input.error("expected the names of servers, as `(\"files.example.com\")`"));
    }
    let inside;
    let paren = parenthesized!(inside in input);
    let parse = |input: ParseStream<'_>| parse_literal(input, "files.example.com");
    let hosts = inside.parse_terminated(parse, Token![,])?;
    match hosts.is_empty() {
        true => Err(Error::new(paren.span.join(), "a URL leads to some server, name it")),
        false => Ok(hosts.into_iter().collect()),
    }
}

fn parse_counts(input: ParseStream<'_>) -> Result<Counts> {
    let word = parse_field(input)?;
    match word.to_string().as_str() {
        "all" => Ok(Counts::All),
        "successes" => Ok(Counts::Successes),
        _ => Err(unknown_name("kind of calls", &word, &["all", "successes"])),
    }
}
