//! Endpoints, callbacks, JS APIs.

use super::Scope;
use super::docs::lower_provenance;
use super::errors::lower_error;
use super::shapes::lower_type;
use crate::ir;
use crate::names::{constant_name, field_name, js_stem, type_name};
use crate::outline::{self, answer_name, content_name, field_named, request_name, response_name};
use crate::source::{List, Located, is_set};
use crate::spec::{
    BodyKind, Callback, Counts, Endpoint, Field, File, Issues, JsApi, Method, RateLimit, Shape,
    Signature,
};

pub(super) fn lower_endpoints(scope: &Scope<'_>, file: &File) -> Vec<ir::Endpoint> {
    let endpoints = file.endpoints.iter();
    let endpoints = endpoints.map(|(name, item)| lower_endpoint(scope, &name.value, item));
    let mut endpoints: Vec<ir::Endpoint> = endpoints.collect();
    endpoints.sort_by(|a, b| a.wire.cmp(&b.wire));
    endpoints
}

fn lower_endpoint(scope: &Scope<'_>, name: &str, endpoint: &Endpoint) -> ir::Endpoint {
    let (response, fields) = (endpoint.response.as_ref(), &endpoint.request.fields);
    ir::Endpoint {
        wire: name.to_owned(),
        title: endpoint.title.value.clone(),
        doc: lower_provenance(&endpoint.provenance),
        method: lower_method(endpoint.method.value),
        host: constant_name(&endpoint.host.value),
        auth: endpoint.auth.as_ref().map(|auth| constant_name(&auth.value)),
        envelope: constant_name(&endpoint.envelope.value),
        path: endpoint.path.value.clone(),
        scope: endpoint.scope.as_ref().map(|scope| scope.value.clone()),
        request: request_name(name),
        response: response.map(|shape| lower_type(scope, shape, &response_name(name))),
        error: lower_error(scope, name, &endpoint.errors),
        idempotency: endpoint.idempotency.as_ref().map(|idempotency| ir::Idempotency {
            key: field_named(fields, &idempotency.key.value),
            duplicate: idempotency.duplicate.as_ref().map(|duplicate| duplicate.value),
        }),
        body: match endpoint.body.as_ref().map(|body| body.value) {
            Some(BodyKind::Form) => ir::BodyKind::Form,
            Some(BodyKind::Multipart) => ir::BodyKind::Multipart,
            Some(BodyKind::Json) | None => ir::BodyKind::Json,
        },
        safe: is_set(&endpoint.safe),
        rate_limits: endpoint
            .rate_limits
            .iter()
            .map(|limit| lower_rate_limit(fields, limit))
            .collect(),
        issues: endpoint.issues.as_ref().map(|issues| lower_issues(scope, response, &issues.value)),
    }
}

fn lower_rate_limit(fields: &List<Field>, limit: &RateLimit) -> ir::RateLimit {
    ir::RateLimit {
        calls: limit.calls.value,
        per: limit.per.value,
        by: limit.by.iter().map(|field| field_named(fields, &field.value)).collect(),
        counts: match limit.counts.as_ref().map(|counts| counts.value) {
            Some(Counts::Successes) => ir::Counts::Successes,
            Some(Counts::All) | None => ir::Counts::All,
        },
        doc: lower_provenance(&limit.provenance),
    }
}

fn lower_issues(scope: &Scope<'_>, response: Option<&Shape>, issues: &Issues) -> ir::Issues {
    let named = |name: &Located<String>| name_in(scope, response, name);
    let field = |name: &Option<Located<String>>| name.as_ref().map(named);
    ir::Issues {
        auth: constant_name(&issues.auth.value),
        token: named(&issues.token),
        expires_in: field(&issues.expires_in),
        refresh_token: field(&issues.refresh_token),
        refresh_expires_in: field(&issues.refresh_expires_in),
    }
}

/// Rust name of a field of the object that a shape is.
fn name_in(scope: &Scope<'_>, shape: Option<&Shape>, name: &Located<String>) -> String {
    let fields = shape.and_then(|shape| outline::fields_of(scope.symbols, scope.domain, shape));
    fields.map_or_else(|| field_name(&name.value), |(_, fields)| field_named(fields, &name.value))
}

pub(super) fn lower_callbacks(scope: &Scope<'_>, file: &File) -> Vec<ir::Callback> {
    let callbacks = file.callbacks.iter();
    let callbacks = callbacks.map(|(name, item)| lower_callback(scope, &name.value, item));
    let mut callbacks: Vec<ir::Callback> = callbacks.collect();
    callbacks.sort_by(|a, b| a.wire.cmp(&b.wire));
    callbacks
}

fn lower_callback(scope: &Scope<'_>, name: &str, callback: &Callback) -> ir::Callback {
    ir::Callback {
        name: type_name(name),
        wire: name.to_owned(),
        title: callback.title.value.clone(),
        doc: lower_provenance(&callback.provenance),
        event: callback.event.value.clone(),
        envelope: constant_name(&callback.envelope.value),
        content: lower_type(scope, &callback.content, &content_name(name)),
        identity: callback
            .identity
            .iter()
            .map(|name| name_in(scope, Some(&callback.content), name))
            .collect(),
        acknowledgement: callback.acknowledgement.value.clone(),
        answer: callback.answer.as_ref().map(|_| answer_name(name)),
        retry_after: callback.retry_after.iter().map(|seconds| seconds.value).collect(),
        attempts: callback.attempts.as_ref().map(|attempts| attempts.value),
    }
}

pub(super) fn lower_js_apis(scope: &Scope<'_>, file: &File) -> Vec<ir::JsApi> {
    let apis = file.js_apis.iter();
    let apis = apis.map(|(name, item)| lower_js_api(scope, name, item));
    let mut apis: Vec<ir::JsApi> = apis.collect();
    apis.sort_by(|a, b| a.wire.cmp(&b.wire));
    apis
}

fn lower_js_api(scope: &Scope<'_>, name: &Located<String>, api: &JsApi) -> ir::JsApi {
    let label = api.label(name);
    let stem = js_stem(label);
    ir::JsApi {
        wire: name.value.clone(),
        title: api.title.as_ref().map(|title| title.value.clone()),
        doc: lower_provenance(&api.provenance),
        since: api.since.as_ref().map(Located::to_string),
        options: api.options.as_ref().map(|_| format!("{stem}Options")),
        success: api.success.as_ref().map(|_| format!("{stem}Success")),
        fail: api.fail.as_ref().map(|_| format!("{stem}Fail")),
        error: lower_error(scope, label, &api.errors),
        concurrency: api.concurrency.as_ref().map(|concurrency| concurrency.value),
        signature: api.signature.as_ref().map(|signature| lower_signature(api, signature)),
        name: stem,
    }
}

fn lower_signature(api: &JsApi, signature: &Signature) -> ir::Signature {
    let fields = api.options.as_ref().map(|options| &options.fields);
    let named = |name: &Located<String>| {
        fields.map_or_else(|| field_name(&name.value), |fields| field_named(fields, &name.value))
    };
    ir::Signature {
        method: lower_method(signature.method.value),
        uri: signature.uri.value.clone(),
        text: named(&signature.text),
        authorization: named(&signature.place),
        quotes: signature.quotes.value,
    }
}

fn lower_method(method: Method) -> ir::Method {
    match method {
        Method::Get => ir::Method::Get,
        Method::Post => ir::Method::Post,
    }
}
