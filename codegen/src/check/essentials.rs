//! What is essential is received, and always there.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::outline;
use crate::source::{Located, Span, is_set};
use crate::spec::{Body, Element, Endpoint, Field, File, Shape};
use crate::symbols::{self, Item, Symbols};

pub(super) fn check(diagnostics: &mut Diagnostics, symbols: &Symbols<'_>) {
    let mut sent = Reach::new(symbols);
    let mut received = Reach::new(symbols);
    for (domain, item) in &symbols.domains {
        sent.add_all(domain, item.file, requests);
        received.add_all(domain, item.file, responses);
    }
    for domain in symbols.domains.values() {
        for object in outline::objects(domain.file) {
            for field in object.fields.iter().filter(|field| is_set(&field.essential)) {
                let is_sent_only = sent.has(field) && !received.has(field);
                check_field(diagnostics, field, is_sent_only);
            }
        }
    }
}

fn check_field(diagnostics: &mut Diagnostics, field: &Field, is_sent_only: bool) {
    let Some(essential) = &field.essential else { return };
    if is_sent_only {
        let message = format_args!("`{}` is sent and never received", field.name);
        diagnostics.error(essential.span, "misplaced-key", message).help(
            "leave `essential` out: it is for fields of responses and of callbacks; what is sent is `required`",
        );
    } else if is_set(&field.nullable) || !is_set(&field.required) {
        let message = format_args!("`{}` is essential but may be absent or `null`", field.name);
        diagnostics
            .error(essential.span, "contradiction", message)
            .help("an essential field has `required: true` and is not `nullable`");
    }
}

/// What is sent of a file.
fn requests(file: &File) -> Vec<Part<'_>> {
    let endpoints = file.endpoints.iter().map(|(_, Endpoint { request, .. })| request);
    let answers = file.callbacks.iter().filter_map(|(_, callback)| callback.answer.as_ref());
    let options = file.js_apis.iter().filter_map(|(_, api)| api.options.as_ref());
    endpoints.chain(answers).chain(options).map(Part::of).collect()
}

/// What is received of a file.
fn responses(file: &File) -> Vec<Part<'_>> {
    let responses = file.endpoints.iter().filter_map(|(_, endpoint)| endpoint.response.as_ref());
    let contents = file.callbacks.iter().map(|(_, callback)| &callback.content);
    let payloads = file.js_apis.iter().flat_map(|(_, api)| api.success.iter().chain(&api.fail));
    responses.chain(contents).map(Part::Shape).chain(payloads.map(Part::of)).collect()
}

enum Part<'a> {
    Fields(&'a [Field]),
    Shape(&'a Shape),
}

impl<'a> Part<'a> {
    fn of(body: &'a Body) -> Self {
        Part::Fields(&body.fields)
    }
}

/// The fields that are sent, or received, however deep inside.
struct Reach<'a> {
    symbols: &'a Symbols<'a>,
    /// By the place of their names.
    fields: BTreeSet<Span>,
}

impl<'a> Reach<'a> {
    fn new(symbols: &'a Symbols<'a>) -> Self {
        Reach { symbols, fields: BTreeSet::new() }
    }

    fn has(&self, field: &Field) -> bool {
        self.fields.contains(&field.name.span)
    }

    fn add_all(&mut self, domain: &'a str, file: &'a File, parts: fn(&File) -> Vec<Part<'_>>) {
        for part in parts(file) {
            match part {
                Part::Fields(fields) => self.add_fields(domain, fields),
                Part::Shape(shape) => self.add_shape(domain, shape),
            }
        }
    }

    /// A field that has been seen has all inside it seen as well, so types that hold themselves come to an end.
    fn add_fields(&mut self, domain: &'a str, fields: &'a [Field]) {
        for field in fields {
            if self.fields.insert(field.name.span) {
                self.add_shape(domain, &field.shape);
            }
        }
    }

    fn add_shape(&mut self, domain: &'a str, shape: &'a Shape) {
        self.add_fields(domain, &shape.fields);
        if let Some(Element(inner)) = &shape.of {
            self.add_shape(domain, inner);
        }
        if let Some(Item::Type(def)) = self.symbols.item(domain, shape.ty.as_str()) {
            let (domain, _) = symbols::split(domain, shape.ty.as_str());
            self.add_fields(domain, &def.shape.fields);
        }
    }
}

/// Complains of a field that may be read as absent and must not be; `why` says why.
pub(super) fn require(
    diagnostics: &mut Diagnostics,
    name: &Located<String>,
    field: &Field,
    code: &'static str,
    why: &str,
) {
    if !is_set(&field.essential) {
        diagnostics
            .error(name.span, code, format_args!("`{name}` may be read as absent"))
            .help(format_args!("{why}: add `essential: true` to the field"));
    }
}
