//! Endpoints, callbacks, JS APIs.

use crate::model::{
    Callback, Endpoint, EndpointId, Enum, Idempotency, Issues, Item, JsApi, ObjectId, RateLimit,
    Reported, Resolved, Role, Shape, Signature, StatusResponse, Value,
};
use crate::names::{js_stem, type_name};
use crate::source::Located;
use crate::spec;

use super::Scope;
use super::names::{AUTH, report_unknown, require, split};
use super::objects::Place;
use super::schemes::scheme_use;

impl<'a> Scope<'_, 'a> {
    pub(super) fn resolve_enum(
        &mut self,
        name: &'a Located<String>,
        spec: &'a spec::Enum,
    ) -> Enum<'a> {
        let values = spec.values.iter().map(|value| Value {
            spec: value,
            deprecated: self.resolve_deprecated_value(spec, value),
        });
        let values = values.collect();
        let deprecated = self.resolve_deprecated_type(name, &spec.deprecated);
        Enum { name, spec, values, deprecated }
    }

    pub(super) fn resolve_endpoint(
        &mut self,
        name: &'a Located<String>,
        spec: &'a spec::Endpoint,
    ) -> Endpoint<'a> {
        let stem = type_name(&name.value);
        let shared = &self.names.shared;
        let host = require(self.diagnostics, &shared.hosts, "host", &spec.host);
        let envelope = require(self.diagnostics, &shared.envelopes, "envelope", &spec.envelope);
        let auth = spec.auth.as_ref();
        let auth = auth.map(|auth| require(self.diagnostics, &shared.auth, AUTH, auth));
        let role = Role::Request(Item { name, spec });
        let place = Place::of(name, format!("{stem}Request"), role);
        let place = place.known_by(&spec.provenance);
        let request = self.resolve_body(&spec.request, place);
        let response = spec.response.as_ref().map(|shape| {
            let place = Place::part(name, "response", format!("{stem}Response"), shape);
            self.resolve_shape(shape, place.response())
        });
        let responses = spec.responses.iter();
        let responses = responses.map(|spec| self.resolve_status_response(name, spec)).collect();
        let issues = spec.issues.as_ref();
        let issues = issues.map(|issues| self.resolve_issues(response.as_ref(), issues));
        let paging = spec.paging.as_ref();
        let paging = paging.map(|spec| self.resolve_paging(request, response.as_ref(), spec));
        Endpoint {
            name,
            spec,
            host,
            auth,
            envelope,
            request,
            response,
            responses,
            responses_name: format!("{stem}Response"),
            errors: self.resolve_errors(&name.value, &spec.errors),
            idempotency: spec.idempotency.as_ref().map(|spec| Idempotency {
                key: self.resolve_uses(Ok(request), &spec.key.0),
                duplicate: &spec.duplicate,
            }),
            rate_limits: spec
                .rate_limits
                .iter()
                .map(|spec| RateLimit { spec, by: self.resolve_uses(Ok(request), &spec.by) })
                .collect(),
            issues,
            paging,
            deprecated: self.resolve_deprecated_endpoint(name, &spec.deprecated),
        }
    }

    fn resolve_status_response(
        &mut self,
        endpoint: &'a Located<String>,
        spec: &'a spec::StatusResponse,
    ) -> StatusResponse<'a> {
        let name = match &spec.name {
            Some(name) => type_name(&name.value.0),
            None => status_name(spec.status.value),
        };
        let response = spec.response.as_ref().map(|shape| {
            let part = format!("responses.{}", spec.status);
            let object = type_name(&endpoint.value) + &name;
            let place = Place::part(endpoint, &part, object, shape);
            self.resolve_shape(shape, place.response())
        });
        StatusResponse { spec, name, response }
    }

    fn resolve_issues(
        &mut self,
        response: Option<&Shape<'a>>,
        spec: &'a Located<spec::Issues>,
    ) -> Issues<'a> {
        let names = &spec.value;
        let auth = require(self.diagnostics, &self.names.shared.auth, AUTH, &names.auth);
        let object = self.require_response(response, spec);
        let mut optional = |name: &'a Option<Located<String>>| {
            name.as_ref().map(|name| self.resolve_use(object, name))
        };
        Issues {
            spec,
            auth,
            expires_in: optional(&names.expires_in),
            refresh_token: optional(&names.refresh_token),
            refresh_expires_in: optional(&names.refresh_expires_in),
            token: self.resolve_use(object, &names.token),
        }
    }

    /// The object that a response with tokens is.
    fn require_response(
        &mut self,
        response: Option<&Shape<'a>>,
        issues: &Located<spec::Issues>,
    ) -> Resolved<ObjectId> {
        if let Some(object) = response.map_or(Ok(None), |shape| shape.ty.object())? {
            return Ok(object);
        }
        let span = response.map_or(issues.span, |shape| shape.written.span);
        self.diagnostics
            .error(span, "bad-type", "a response that issues a token must be an object")
            .help("add `response: { type: object, fields: […] }` with the token among its fields");
        Err(Reported)
    }

    pub(super) fn resolve_callback(
        &mut self,
        name: &'a Located<String>,
        spec: &'a spec::Callback,
    ) -> Callback<'a> {
        let stem = type_name(&name.value);
        let envelopes = &self.names.shared.callback_envelopes;
        let envelope = require(self.diagnostics, envelopes, "callback envelope", &spec.envelope);
        let place = Place::part(name, "content", format!("{stem}Content"), &spec.content);
        let content = self.resolve_shape(&spec.content, place);
        let object = match spec.identity.first() {
            Some(first) => self.require_content(&content, first),
            None => Err(Reported),
        };
        let identity = self.resolve_uses(object, &spec.identity);
        let answer = spec.answer.as_ref().map(|body| {
            self.resolve_body(body, Place::of(name, format!("{stem}Answer"), Role::Acknowledgement))
        });
        let acknowledgement = self.require_acknowledgement(name, spec, envelope);
        let deprecated = self.resolve_deprecated_callback(name, &spec.deprecated);
        Callback { name, spec, envelope, acknowledgement, content, identity, answer, deprecated }
    }

    /// The response that stops further calls; that there is none is reported.
    fn require_acknowledgement(
        &mut self,
        name: &Located<String>,
        spec: &'a spec::Callback,
        envelope: Resolved<Item<'a, spec::CallbackEnvelope>>,
    ) -> Resolved<&'a str> {
        if let Some(own) = &spec.acknowledgement {
            return Ok(&own.value);
        }
        let envelope = envelope?;
        if spec.answer.is_some() && envelope.spec.answer.is_none() {
            // The answer is all of it.
            return Ok("");
        }
        let known = self.envelopes.iter().find(|known| known.name.span == envelope.name.span);
        match known.and_then(|known| known.scheme) {
            Some(scheme) => {
                let acknowledgement = &scheme?.spec.acknowledgement;
                Ok(acknowledgement.as_ref().map_or("", |text| &text.value))
            }
            None => {
                let message = format_args!("nothing says how `{name}` is acknowledged");
                self.diagnostics.error(name.span, "missing-key", message).help(
                    "add `acknowledgement: …`, or give its envelope a `scheme` of `callback_schemes`",
                );
                Err(Reported)
            }
        }
    }

    /// The object that a content is of which fields are named.
    fn require_content(
        &mut self,
        content: &Shape<'a>,
        first: &Located<String>,
    ) -> Resolved<ObjectId> {
        if let Some(object) = content.ty.object()? {
            return Ok(object);
        }
        let message = format_args!("a `{}` has no fields", content.written);
        self.diagnostics
            .error(first.span, "bad-identity", message)
            .help("`identity` names fields of a content that is an `object`");
        Err(Reported)
    }

    pub(super) fn resolve_js_api(
        &mut self,
        name: &'a Located<String>,
        spec: &'a spec::JsApi,
    ) -> JsApi<'a> {
        let label = spec.label(name);
        let stem = js_stem(label);
        let mut payload = |body: &'a Option<spec::Body>, suffix: &str, role| {
            let place = Place::of(name, format!("{stem}{suffix}"), role);
            body.as_ref().map(|body| self.resolve_body(body, place))
        };
        let options = payload(&spec.options, "Options", Role::Options(Item { name, spec }));
        let success = payload(&spec.success, "Success", Role::Answer);
        let fail = payload(&spec.fail, "Fail", Role::Answer);
        let signature = spec.signature.as_ref();
        JsApi {
            name,
            spec,
            options,
            success,
            fail,
            errors: self.resolve_errors(label, &spec.errors),
            signature: signature.map(|signature| self.resolve_signature(options, signature)),
            deprecated: self.resolve_deprecated_js_api(name, &spec.deprecated),
            stem,
        }
    }

    fn resolve_signature(
        &mut self,
        options: Option<ObjectId>,
        spec: &'a spec::Signature,
    ) -> Signature<'a> {
        let options = options.ok_or_else(|| {
            self.diagnostics
                .error(spec.text.span, "bad-signature", "a JS API without options signs nothing")
                .help("give its `options`, or remove `signature`");
            Reported
        });
        let text = self.resolve_use(options, &spec.text);
        let scheme = scheme_use(self.diagnostics, &self.names.shared, &spec.scheme);
        Signature { spec, scheme, text, place: self.resolve_use(options, &spec.place) }
    }

    pub(super) fn require_endpoint(&mut self, reference: &Located<String>) -> Resolved<EndpointId> {
        let (domain, own) = self.names.require_domain(self.diagnostics, self.domain, reference)?;
        let (_, name) = split(domain, reference.as_str());
        let endpoints = &own.file.endpoints;
        let index = endpoints.iter().position(|(known, _)| known.value == name);
        if index.is_none() {
            let known = endpoints.names().map(|name| name.as_str());
            report_unknown(self.diagnostics, "endpoint", reference, known);
        }
        let domain = self.names.domains.keys().position(|known| *known == domain);
        match (domain, index) {
            (Some(domain), Some(index)) => Ok(EndpointId { domain, index }),
            _ => Err(Reported),
        }
    }
}

/// What a success is called by its status, as RFC 9110 names it.
fn status_name(status: i64) -> String {
    match status {
        200 => "Ok".to_owned(),
        201 => "Created".to_owned(),
        202 => "Accepted".to_owned(),
        203 => "NonAuthoritative".to_owned(),
        204 => "NoContent".to_owned(),
        205 => "ResetContent".to_owned(),
        206 => "PartialContent".to_owned(),
        207 => "MultiStatus".to_owned(),
        other => format!("Status{other}"),
    }
}
