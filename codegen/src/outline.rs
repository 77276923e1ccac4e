//! The objects of a domain: named ones and those written in place, each with the struct that it becomes.

use crate::names;
use crate::source::{List, Located, Span};
use crate::spec::{
    Body, Callback, Element, Endpoint, ErrorUse, Field, File, Group, JsApi, Provenance, Shape,
};
use crate::symbols::{self, Symbols};

/// An object of a spec.
pub(crate) struct Object<'a> {
    /// Rust name.
    pub(crate) name: String,
    /// Name in the spec, or the path to an object written in place.
    pub(crate) wire: String,
    /// Where a complaint about the object as a whole goes.
    pub(crate) span: Span,
    pub(crate) fields: &'a List<Field>,
    pub(crate) groups: &'a List<Group>,
    /// What is known of the object itself; an object written in place is described by what holds it.
    pub(crate) provenance: Option<&'a Provenance>,
    pub(crate) role: Role<'a>,
}

/// What an object is for.
#[derive(Clone, Copy)]
pub(crate) enum Role<'a> {
    /// A named type.
    Type,
    Request(&'a Located<String>, &'a Endpoint),
    Options(&'a Located<String>, &'a JsApi),
    /// The data of a response, the content of a callback, a payload of a JS API.
    Answer,
    /// Part of another object.
    Inner,
}

/// All objects of a file, in the order of the file.
pub(crate) fn objects(file: &File) -> Vec<Object<'_>> {
    let mut objects = Objects(Vec::new());
    for (name, def) in file.types.iter() {
        objects.add_shape(&def.shape, &names::type_name(&name.value), &name.value, Role::Type);
        objects.describe_last_of(&def.shape, &def.provenance);
    }
    for (name, endpoint) in file.endpoints.iter() {
        objects.add_endpoint(name, endpoint);
    }
    for (name, callback) in file.callbacks.iter() {
        objects.add_callback(name, callback);
    }
    for (name, api) in file.js_apis.iter() {
        objects.add_js_api(name, api);
    }
    objects.0
}

pub(crate) fn request_name(endpoint: &str) -> String {
    names::type_name(endpoint) + "Request"
}

pub(crate) fn response_name(endpoint: &str) -> String {
    names::type_name(endpoint) + "Response"
}

pub(crate) fn content_name(callback: &str) -> String {
    names::type_name(callback) + "Content"
}

/// Name of the struct that a field's object becomes, unless the spec gives one.
pub(crate) fn inner_name(parent: &str, field: &str) -> String {
    parent.to_owned() + &names::type_name(field)
}

/// Name of the object inside a list or map of that name; JSON text adds nothing.
pub(crate) fn element_name(ty: &str, name: &str) -> String {
    match ty {
        "list" => format!("{name}Item"),
        "map" => format!("{name}Value"),
        _ => name.to_owned(),
    }
}

/// Name of the struct of an object that would be called `name` if the spec did not say otherwise.
pub(crate) fn struct_name(shape: &Shape, name: &str) -> String {
    shape.struct_name.as_ref().map_or(name.to_owned(), |given| names::type_name(&given.value.0))
}

/// Whether an object is written in place, however deep inside.
fn holds_object(shape: &Shape) -> bool {
    shape.ty.value == "object"
        || shape.of.as_ref().is_some_and(|Element(inner)| holds_object(inner))
}

struct Objects<'a>(Vec<Object<'a>>);

impl<'a> Objects<'a> {
    fn add_endpoint(&mut self, name: &'a Located<String>, endpoint: &'a Endpoint) {
        let request = request_name(&name.value);
        self.add_body(&endpoint.request, request, name, Role::Request(name, endpoint));
        self.describe_last(&endpoint.provenance);
        if let Some(shape) = &endpoint.response {
            let wire = format!("{name}.response");
            self.add_shape(shape, &response_name(&name.value), &wire, Role::Answer);
        }
    }

    fn add_callback(&mut self, name: &'a Located<String>, callback: &'a Callback) {
        let wire = format!("{name}.content");
        self.add_shape(&callback.content, &content_name(&name.value), &wire, Role::Answer);
    }

    fn add_js_api(&mut self, name: &'a Located<String>, api: &'a JsApi) {
        let stem = names::js_stem(&name.value);
        let payloads = [
            (&api.options, "Options", Role::Options(name, api)),
            (&api.success, "Success", Role::Answer),
            (&api.fail, "Fail", Role::Answer),
        ];
        for (body, suffix, role) in payloads {
            if let Some(body) = body {
                self.add_body(body, format!("{stem}{suffix}"), name, role);
            }
        }
    }

    fn add_body(
        &mut self,
        body: &'a Body,
        name: String,
        item: &'a Located<String>,
        role: Role<'a>,
    ) {
        self.add_fields(&body.fields, &name, &item.value);
        self.0.push(Object {
            name,
            wire: item.value.clone(),
            span: item.span,
            fields: &body.fields,
            groups: &body.groups,
            provenance: None,
            role,
        });
    }

    fn add_fields(&mut self, fields: &'a [Field], parent: &str, wire: &str) {
        for field in fields.iter().filter(|field| holds_object(&field.shape)) {
            let name = inner_name(parent, &field.name.value);
            let wire = format!("{wire}.{}", field.name);
            self.add_shape(&field.shape, &name, &wire, Role::Inner);
        }
    }

    fn add_shape(&mut self, shape: &'a Shape, name: &str, wire: &str, role: Role<'a>) {
        if let Some(Element(inner)) = &shape.of {
            self.add_shape(inner, &element_name(&shape.ty.value, name), wire, role);
        }
        if shape.ty.value == "object" {
            let name = struct_name(shape, name);
            self.add_fields(&shape.fields, &name, wire);
            self.0.push(Object {
                name,
                wire: wire.to_owned(),
                span: shape.struct_name.as_ref().map_or(shape.ty.span, |given| given.span),
                fields: &shape.fields,
                groups: &shape.groups,
                provenance: None,
                role,
            });
        }
    }

    fn describe_last_of(&mut self, shape: &Shape, provenance: &'a Provenance) {
        if shape.ty.value == "object" {
            self.describe_last(provenance);
        }
    }

    fn describe_last(&mut self, provenance: &'a Provenance) {
        if let Some(object) = self.0.last_mut() {
            object.provenance = Some(provenance);
        }
    }
}

/// Whether an item's errors are the whole of one table, whose enum it then shares.
pub(crate) fn is_whole_table(errors: &[ErrorUse]) -> bool {
    matches!(errors, [only] if only.only.is_empty())
}

/// The error enums of a domain: those of its tables that some item uses whole or none uses, and those of items that
/// choose among rows. With each, the name of the table or item in the spec.
pub(crate) fn error_enums<'a>(
    file: &'a File,
    domain: &str,
    symbols: &Symbols<'a>,
) -> Vec<(&'a Located<String>, String)> {
    let tables = file.errors.names().filter(|name| is_emitted(domain, &name.value, symbols));
    let tables = tables.map(|name| (name, error_name(&name.value)));
    let endpoints = file.endpoints.iter().map(|(name, item)| (name, &item.errors));
    let apis = file.js_apis.iter().map(|(name, item)| (name, &item.errors));
    let own = endpoints.chain(apis).filter(|(_, errors)| has_own_errors(errors));
    tables.chain(own.map(|(name, _)| (name, error_name(&name.value)))).collect()
}

/// Whether an item gets an error enum of its own.
pub(crate) fn has_own_errors(errors: &[ErrorUse]) -> bool {
    !errors.is_empty() && !is_whole_table(errors)
}

pub(crate) fn error_name(name: &str) -> String {
    names::js_stem(name) + "Error"
}

fn is_emitted(domain: &str, table: &str, symbols: &Symbols<'_>) -> bool {
    let mut used = false;
    for (from, other) in &symbols.domains {
        let endpoints = other.file.endpoints.iter().map(|(_, item)| &item.errors);
        let apis = other.file.js_apis.iter().map(|(_, item)| &item.errors);
        for errors in endpoints.chain(apis) {
            let names =
                |item: &ErrorUse| symbols::split(from, item.table.as_str()) == (domain, table);
            if is_whole_table(errors) && names(&errors[0]) {
                return true;
            }
            used |= errors.iter().any(names);
        }
    }
    !used
}
