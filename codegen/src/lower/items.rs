//! Endpoints, callbacks, JS APIs.

use super::docs::{lower_provenance, strings};
use super::enums::unknown;
use super::errors::lower_error;
use super::lifecycle::{lower_deprecated, lower_lifecycle};
use super::paging::lower_paging;
use super::{Scope, delivery, lower_spelling, lower_type, lower_use, lower_uses, unions};
use crate::ir;
use crate::model::{
    Callback, Domain, Endpoint, FieldUse, Issues, Item, JsApi, ObjectId, RateLimit, Resolved,
    Signature, StatusResponse, Type, sound,
};
use crate::names::{constant_name, type_name};
use crate::source::{Located, is_set};
use crate::spec::{BodyKind, Counts};

pub(super) fn lower_endpoints(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Vec<ir::Endpoint> {
    let endpoints = domain.endpoints.iter().map(|item| lower_endpoint(scope, domain, item));
    let mut endpoints: Vec<ir::Endpoint> = endpoints.collect();
    endpoints.sort_by(|a, b| a.wire.cmp(&b.wire));
    endpoints
}

fn lower_endpoint(
    scope: &Scope<'_, '_>,
    domain: &Domain<'_>,
    endpoint: &Endpoint<'_>,
) -> ir::Endpoint {
    let spec = endpoint.spec;
    let response = endpoint.response.as_ref();
    ir::Endpoint {
        wire: endpoint.name.value.clone(),
        title: spec.title.value.clone(),
        doc: lower_provenance(&spec.provenance),
        method: spec.method.value,
        host: lower_shared(&endpoint.host),
        auth: endpoint.auth.as_ref().map(lower_shared),
        envelope: lower_shared(&endpoint.envelope),
        path: spec.path.value.clone(),
        url_hosts: strings(&spec.url_hosts),
        scope: spec.scope.as_ref().map(|scope| scope.value.clone()),
        request: lower_name(scope, endpoint.request),
        response: match endpoint.responses.as_slice() {
            [] => response.map(|shape| lower_type(scope, &shape.ty)),
            _ => Some(ir::Type::Named(ir::TypePath {
                module: None,
                name: endpoint.responses_name.clone(),
            })),
        },
        response_kind: lower_response_kind(endpoint),
        error: lower_error(scope, &endpoint.errors),
        codes: endpoint.codes(),
        idempotency: endpoint.idempotency.as_ref().map(|idempotency| ir::Idempotency {
            key: lower_uses(scope, &idempotency.key),
            duplicate: idempotency.duplicate.as_ref().map(|duplicate| duplicate.value.clone()),
        }),
        body: spec.body.as_ref().map_or(BodyKind::Json, |body| body.value),
        content_type: spec.content_type.as_ref().map(|media_type| media_type.value.clone()),
        headers: lower_headers(endpoint),
        spelling: lower_spelling(&spec.lists, &spec.objects),
        safe: is_set(&spec.safe),
        unsigned: is_set(&spec.unsigned),
        rate_limits: endpoint
            .rate_limits
            .iter()
            .map(|limit| lower_rate_limit(scope, limit))
            .collect(),
        issues: endpoint.issues.as_ref().map(|issues| lower_issues(scope, issues)),
        paging: endpoint.paging.as_ref().map(|paging| lower_paging(scope, paging)),
        deprecated: lower_deprecated(scope, &endpoint.deprecated),
        lifecycle: lower_lifecycle(domain, &spec.lifecycle),
    }
}

pub(super) fn lower_responses(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Vec<ir::Responses> {
    let endpoints = domain.endpoints.iter().filter(|endpoint| !endpoint.responses.is_empty());
    let responses = endpoints.map(|endpoint| {
        let variants = endpoint.responses.iter();
        let mut variants: Vec<ir::StatusResponse> =
            variants.map(|item| lower_status_response(scope, item)).collect();
        variants.sort_by_key(|variant| variant.status);
        ir::Responses {
            name: endpoint.responses_name.clone(),
            wire: endpoint.name.value.clone(),
            unknown: unknown(variants.iter().map(|variant| variant.name.as_str())),
            variants,
        }
    });
    let mut responses: Vec<ir::Responses> = responses.collect();
    responses.sort_by(|a, b| a.name.cmp(&b.name));
    responses
}

fn lower_status_response(
    scope: &Scope<'_, '_>,
    response: &StatusResponse<'_>,
) -> ir::StatusResponse {
    let status = response.spec.status.value;
    ir::StatusResponse {
        name: response.name.clone(),
        status: u16::try_from(status).expect("a status that is none has been reported"),
        data: response.response.as_ref().map(|shape| lower_type(scope, &shape.ty)),
        doc: lower_provenance(&response.spec.provenance),
    }
}

fn lower_response_kind(endpoint: &Endpoint<'_>) -> ir::ResponseKind {
    match endpoint.response.as_ref().map(|shape| &shape.ty) {
        _ if !endpoint.responses.is_empty() => ir::ResponseKind::ByStatus,
        Some(Type::PlainText) => ir::ResponseKind::Text,
        Some(Type::Binary) => ir::ResponseKind::Binary,
        _ => ir::ResponseKind::Json,
    }
}

/// Those of the host, and those of the endpoint, which go before the host's of the same name.
fn lower_headers(endpoint: &Endpoint<'_>) -> Vec<(String, String)> {
    let own = &endpoint.spec.headers;
    let is_own = |name: &str| own.names().any(|known| known.value.eq_ignore_ascii_case(name));
    let shared = sound(&endpoint.host).spec.headers.iter();
    let shared = shared.filter(|(name, _)| !is_own(name.as_str()));
    let headers = shared.chain(own.iter());
    let headers = headers.map(|(name, value)| (name.value.clone(), value.value.clone()));
    let mut headers: Vec<(String, String)> = headers.collect();
    headers.sort();
    headers
}

/// The constant that something becomes that the domains share.
fn lower_shared<T>(item: &Resolved<Item<'_, T>>) -> String {
    constant_name(&sound(item).name.value)
}

/// The name of the struct that an object becomes.
fn lower_name(scope: &Scope<'_, '_>, object: ObjectId) -> String {
    scope.model[object].name.clone()
}

fn lower_rate_limit(scope: &Scope<'_, '_>, limit: &RateLimit<'_>) -> ir::RateLimit {
    ir::RateLimit {
        calls: limit.spec.calls.value,
        per: limit.spec.per.value,
        by: lower_uses(scope, &limit.by),
        counts: limit.spec.counts.as_ref().map_or(Counts::All, |counts| counts.value),
        doc: lower_provenance(&limit.spec.provenance),
    }
}

fn lower_issues(scope: &Scope<'_, '_>, issues: &Issues<'_>) -> ir::Issues {
    let field = |used: &Option<FieldUse<'_>>| used.as_ref().map(|used| lower_use(scope, used));
    ir::Issues {
        auth: lower_shared(&issues.auth),
        token: lower_use(scope, &issues.token),
        expires_in: field(&issues.expires_in),
        refresh_token: field(&issues.refresh_token),
        refresh_expires_in: field(&issues.refresh_expires_in),
    }
}

pub(super) fn lower_callbacks(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Vec<ir::Callback> {
    let callbacks = domain.callbacks.iter().map(|item| lower_callback(scope, domain, item));
    let mut callbacks: Vec<ir::Callback> = callbacks.collect();
    callbacks.sort_by(|a, b| a.wire.cmp(&b.wire));
    callbacks
}

fn lower_callback(
    scope: &Scope<'_, '_>,
    domain: &Domain<'_>,
    callback: &Callback<'_>,
) -> ir::Callback {
    let Callback { name, spec, .. } = callback;
    ir::Callback {
        name: type_name(&name.value),
        wire: name.value.clone(),
        title: spec.title.value.clone(),
        doc: lower_provenance(&spec.provenance),
        event: spec.event.value.clone(),
        envelope: lower_shared(&callback.envelope),
        content: lower_type(scope, &callback.content.ty),
        identity: lower_uses(scope, &callback.identity),
        unions: lower_content_unions(scope, &callback.content.ty),
        acknowledgement: (*sound(&callback.acknowledgement)).to_owned(),
        answer: callback.answer.map(|answer| lower_name(scope, answer)),
        delivery: delivery::lower_delivery(spec),
        deprecated: lower_deprecated(scope, &callback.deprecated),
        lifecycle: lower_lifecycle(domain, &spec.lifecycle),
    }
}

/// The content if it is a union, or else its fields that are and that say what happened.
fn lower_content_unions(scope: &Scope<'_, '_>, content: &Type<'_>) -> Vec<ir::ContentUnion> {
    let lower = |field: Option<&str>, ty: &Type<'_>| match ty {
        Type::Union(id) => Some(ir::ContentUnion {
            field: field.map(str::to_owned),
            is_enum: scope.model[*id].fields.is_none(),
            kinds: unions::lower_kinds(scope, *id),
            unknown: unions::unknown_of(scope, *id),
        }),
        _ => None,
    };
    match content {
        Type::Object(id) => {
            let fields = scope.model[*id].fields.iter();
            let fields = fields.filter(|field| is_set(&field.spec.essential));
            fields.filter_map(|field| lower(Some(&field.rust), &field.shape.ty)).collect()
        }
        content => lower(None, content).into_iter().collect(),
    }
}

pub(super) fn lower_js_apis(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Vec<ir::JsApi> {
    let apis = domain.js_apis.iter().map(|item| lower_js_api(scope, domain, item));
    let mut apis: Vec<ir::JsApi> = apis.collect();
    apis.sort_by(|a, b| a.wire.cmp(&b.wire));
    apis
}

fn lower_js_api(scope: &Scope<'_, '_>, domain: &Domain<'_>, api: &JsApi<'_>) -> ir::JsApi {
    let spec = api.spec;
    let name = |object: Option<ObjectId>| object.map(|object| lower_name(scope, object));
    ir::JsApi {
        wire: api.name.value.clone(),
        name: api.stem.clone(),
        title: spec.title.as_ref().map(|title| title.value.clone()),
        doc: lower_provenance(&spec.provenance),
        since: spec.since.as_ref().map(Located::to_string),
        options: name(api.options),
        success: name(api.success),
        fail: name(api.fail),
        error: lower_error(scope, &api.errors),
        concurrency: spec.concurrency.as_ref().map(|concurrency| concurrency.value),
        has_support: scope.model.js_support.is_some(),
        signature: api.signature.as_ref().map(|signature| lower_signature(scope, signature)),
        deprecated: lower_deprecated(scope, &api.deprecated),
        lifecycle: lower_lifecycle(domain, &spec.lifecycle),
    }
}

fn lower_signature(scope: &Scope<'_, '_>, signature: &Signature<'_>) -> ir::Signature {
    ir::Signature {
        scheme: lower_shared(&signature.scheme.scheme),
        method: signature.spec.method.value,
        uri: signature.spec.uri.value.clone(),
        text: lower_use(scope, &signature.text),
        authorization: lower_use(scope, &signature.place),
        quotes: signature.spec.quotes.value,
    }
}
