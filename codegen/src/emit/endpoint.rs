//! What makes a struct the request of an endpoint.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::doc::{code, escape, link, sentence};
use super::literal::{emit_code, emit_int};
use super::ty::{emit_path, emit_shared, emit_type};
use super::{doc, emit_list, ident, lifecycle, paging};
use crate::ir::{
    BodyKind, CodeKind, Counts, Endpoint, Idempotency, Issues, Lists, Method, Objects, RateLimit,
    ResponseKind, Spelling, Type,
};

/// `#[endpoint(...)]`, one line for each thing that changes by itself.
pub(super) fn emit_attributes(endpoint: &Endpoint) -> TokenStream {
    let method = emit_method(endpoint.method);
    let (path, name) = (&endpoint.path, &endpoint.wire);
    let host = emit_shared(&endpoint.host);
    let auth = endpoint.auth.as_deref().map(emit_shared).map(|auth| quote!(auth = #auth,));
    let envelope = emit_shared(&endpoint.envelope);
    let scope = endpoint.scope.iter();
    let url_hosts = emit_url_hosts(endpoint);
    let answer = emit_answer(endpoint);
    let idempotency = endpoint.idempotency.as_ref().map(emit_idempotency);
    let body = emit_body(endpoint.body);
    let content_type = endpoint.content_type.iter();
    let headers = emit_headers(&endpoint.headers);
    let spelling = emit_spelling(endpoint.spelling);
    let safe = endpoint.safe.then(|| quote!(#[endpoint(safe)]));
    let unsigned = endpoint.unsigned.then(|| quote!(#[endpoint(unsigned)]));
    let rate_limits = endpoint.rate_limits.iter().map(emit_rate_limit);
    let issues = endpoint.issues.as_ref().map(emit_issues);
    let paging = endpoint.paging.as_ref().map(paging::emit_paging);
    quote! {
        #[endpoint(#method #path)]
        #[endpoint(name = #name, host = #host)]
        #[endpoint(#auth envelope = #envelope)]
        #(#[endpoint(scope = #scope)])*
        #url_hosts
        #answer
        #idempotency
        #body
        #(#[endpoint(content_type = #content_type)])*
        #headers
        #spelling
        #safe
        #unsigned
        #(#rate_limits)*
        #issues
        #paging
    }
}

pub(super) fn emit_method(method: Method) -> TokenStream {
    match method {
        Method::Get => quote!(GET),
        Method::Head => quote!(HEAD),
        Method::Post => quote!(POST),
        Method::Put => quote!(PUT),
        Method::Patch => quote!(PATCH),
        Method::Delete => quote!(DELETE),
    }
}

fn emit_url_hosts(endpoint: &Endpoint) -> Option<TokenStream> {
    let hosts = &endpoint.url_hosts;
    (!hosts.is_empty()).then(|| quote!(#[endpoint(url_hosts(#(#hosts),*))]))
}

fn emit_answer(endpoint: &Endpoint) -> TokenStream {
    let response = endpoint.response.as_ref().map(emit_type).map(|ty| quote!(response = #ty));
    let error = emit_error(endpoint).map(|ty| quote!(error = #ty));
    let kind = match endpoint.response_kind {
        ResponseKind::Json => None,
        ResponseKind::Text => Some(quote!(response_body = text)),
        ResponseKind::Binary => Some(quote!(response_body = binary)),
        ResponseKind::ByStatus => Some(quote!(response_body = by_status)),
    };
    emit_list("endpoint", response.into_iter().chain(kind).chain(error).collect())
}

/// The type of its errors, but for the usual one of an endpoint that documents none.
fn emit_error(endpoint: &Endpoint) -> Option<TokenStream> {
    match (&endpoint.error, endpoint.codes) {
        (Some(path), _) => Some(emit_path(path)),
        (None, CodeKind::Text) => Some(quote!(::apiscribe::error::UndocumentedText)),
        (None, CodeKind::Int) => None,
    }
}

fn emit_idempotency(idempotency: &Idempotency) -> TokenStream {
    let fields: Vec<Ident> = idempotency.key.iter().map(|field| ident(field)).collect();
    let key = match fields.as_slice() {
        [field] => quote!(#field),
        fields => quote!((#(#fields),*)),
    };
    let duplicate =
        idempotency.duplicate.as_ref().map(emit_code).map(|code| quote!(, duplicate = #code));
    quote!(#[endpoint(idempotency_key = #key #duplicate)])
}

fn emit_body(body: BodyKind) -> Option<TokenStream> {
    match body {
        BodyKind::Json => None,
        BodyKind::Form => Some(quote!(#[endpoint(body = form)])),
        BodyKind::Multipart => Some(quote!(#[endpoint(body = multipart)])),
        BodyKind::Text => Some(quote!(#[endpoint(body = text)])),
        BodyKind::Binary => Some(quote!(#[endpoint(body = binary)])),
        BodyKind::None => Some(quote!(#[endpoint(body = none)])),
    }
}

fn emit_headers(headers: &[(String, String)]) -> Option<TokenStream> {
    let (names, values): (Vec<&String>, Vec<&String>) =
        headers.iter().map(|(name, value)| (name, value)).unzip();
    (!headers.is_empty()).then(|| quote!(#[endpoint(header(#(#names = #values),*))]))
}

/// How lists and objects are spelled, on the struct or on a field.
pub(super) fn emit_spelling(spelling: Spelling) -> TokenStream {
    let lists = spelling.lists.map(|lists| match lists {
        Lists::Repeated => quote!(lists = repeated),
        Lists::Brackets => quote!(lists = brackets),
        Lists::Indices => quote!(lists = indices),
        Lists::Commas => quote!(lists = commas),
    });
    let objects = spelling.objects.map(|objects| match objects {
        Objects::Json => quote!(objects = json),
        Objects::Brackets => quote!(objects = brackets),
    });
    emit_list("endpoint", lists.into_iter().chain(objects).collect())
}

fn emit_rate_limit(limit: &RateLimit) -> TokenStream {
    let (calls, per) = (emit_int(limit.calls), emit_int(limit.per));
    let by = limit.by.iter().map(|field| ident(field));
    let by = (!limit.by.is_empty()).then(|| quote!(, by(#(#by),*)));
    // Always told: clippy takes two limits of literals only for an attribute given twice.
    let counts = match limit.counts {
        Counts::All => quote!(all),
        Counts::Successes => quote!(successes),
    };
    quote!(#[endpoint(rate_limit(calls = #calls, per = #per #by, counts = #counts))])
}

fn emit_issues(issues: &Issues) -> TokenStream {
    let auth = emit_shared(&issues.auth);
    let token = ident(&issues.token);
    let expires_in = issues.expires_in.iter().map(|field| ident(field));
    let refresh_token = issues.refresh_token.iter().map(|field| ident(field));
    let refresh_expires_in = issues.refresh_expires_in.iter().map(|field| ident(field));
    quote! {
        #[endpoint(issues(
            auth = #auth, token = #token
            #(, expires_in = #expires_in)*
            #(, refresh_token = #refresh_token)*
            #(, refresh_expires_in = #refresh_expires_in)*
        ))]
    }
}

/// The call's own title and what it responds with, in one line.
pub(super) fn describe_endpoint(endpoint: &Endpoint) -> Vec<String> {
    let title = sentence(escape(&endpoint.title));
    let response = match (&endpoint.response, endpoint.response_kind) {
        (Some(Type::Named(path)), _) => Some(format!("Responds with {}.", link(path))),
        (_, ResponseKind::Text) => Some("Responds with text that is not JSON.".to_owned()),
        (_, ResponseKind::Binary) => Some("Responds with a body that is not JSON.".to_owned()),
        _ => None,
    };
    let error = endpoint.error.as_ref().map(|path| format!("Fails with {}.", link(path)));
    let safe = endpoint.safe.then(|| "Changes nothing, so it may be repeated at will.".to_owned());
    let unsigned = endpoint.unsigned.then(|| "Its responses are not signed.".to_owned());
    let issues = endpoint
        .issues
        .as_ref()
        .map(|issues| format!("Issues the token of {}.", link_shared(&issues.auth)));
    let deprecated = lifecycle::describe_item(&endpoint.deprecated);
    let doc = doc::text(&endpoint.doc);
    let sentences = [Some(title), doc, safe, unsigned, issues, response, error, deprecated];
    sentences.into_iter().flatten().collect()
}

/// The facts of the call, a line each and always in this order, so that each changes by itself.
pub(super) fn list_facts(endpoint: &Endpoint) -> Vec<String> {
    let line = code(&format!("{} {}", emit_method(endpoint.method), endpoint.path));
    let address = format!("{line} at {}", link_shared(&endpoint.host));
    let token = match &endpoint.auth {
        Some(auth) => format!("Token: {}", link_shared(auth)),
        None => "Token: none".to_owned(),
    };
    let scope = endpoint.scope.as_ref().map(|scope| format!("Scope: {}", code(scope)));
    let key = endpoint.idempotency.as_ref().map(describe_idempotency);
    let rates = endpoint.rate_limits.iter().map(describe_rate_limit);
    let paging = paging::describe(&endpoint.paging);
    let facts = [Some(address), Some(token), scope, key].into_iter().flatten();
    facts.chain(rates).chain(paging).collect()
}

fn link_shared(name: &str) -> String {
    format!("[`{name}`](super::platform::{name})")
}

fn describe_idempotency(idempotency: &Idempotency) -> String {
    let fields: Vec<String> = idempotency.key.iter().map(|field| code(field)).collect();
    let key = format!("Idempotency key: {}", fields.join(" and "));
    match &idempotency.duplicate {
        Some(duplicate) => format!("{key}; {} reports a duplicate", code(&duplicate.to_string())),
        None => key,
    }
}

/// As ``Rate limit: at most 500 calls in 5 minutes by `client_key`.``
fn describe_rate_limit(limit: &RateLimit) -> String {
    let calls = match (limit.counts, limit.calls) {
        (Counts::All, 1) => "call",
        (Counts::All, _) => "calls",
        (Counts::Successes, 1) => "successful call",
        (Counts::Successes, _) => "successful calls",
    };
    let by: Vec<String> = limit.by.iter().map(|field| code(field)).collect();
    let by = if by.is_empty() { String::new() } else { format!(" by {}", by.join(" and ")) };
    let rule = format!(
        "Rate limit: at most {} {calls} in {}{by}.",
        limit.calls,
        describe_seconds(limit.per)
    );
    let source = doc::describe_sources(&limit.doc.sources);
    let sentences = [Some(rule), doc::text(&limit.doc), source];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// In the largest unit of which it is a whole number.
fn describe_seconds(seconds: i64) -> String {
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let unit = units.into_iter().find(|(length, _)| seconds % length == 0);
    let (length, unit) = unit.unwrap_or((1, "second"));
    let plural = if seconds == length { "" } else { "s" };
    format!("{} {unit}{plural}", seconds / length)
}
