//! The objects of a domain: named ones and those written in place, each with the struct that it becomes.

use crate::names;
use crate::source::{List, Located, Span};
use crate::spec::{
    Body, Callback, Element, Endpoint, ErrorUse, Field, File, Group, JsApi, Provenance, Shape,
};
use crate::symbols::{self, Item, Symbols};

/// An object of a spec.
pub(crate) struct Object<'a> {
    /// Rust name.
    pub(crate) name: String,
    /// Name in the spec, or the path to an object written in place.
    pub(crate) wire: String,
    /// The item of the file that it is or is part of.
    pub(crate) item: &'a Located<String>,
    /// Where its name comes from, and a complaint about the object as a whole goes.
    pub(crate) span: Span,
    pub(crate) fields: &'a List<Field>,
    pub(crate) groups: &'a List<Located<Group>>,
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
    /// What the acknowledgement of a callback tells back.
    Acknowledgement,
    /// Part of another object.
    Inner,
}

/// All objects of a file, in the order of the file.
pub(crate) fn objects(file: &File) -> Vec<Object<'_>> {
    let mut objects = Vec::new();
    for (name, def) in file.types.iter() {
        let mut part = Part { objects: &mut objects, item: name };
        part.add_shape(&def.shape, Place::at(name, names::type_name(&name.value)), Role::Type);
        part.describe_last_of(&def.shape, &def.provenance);
    }
    for (name, endpoint) in file.endpoints.iter() {
        Part { objects: &mut objects, item: name }.add_endpoint(endpoint);
    }
    for (name, callback) in file.callbacks.iter() {
        Part { objects: &mut objects, item: name }.add_callback(callback);
    }
    for (name, api) in file.js_apis.iter() {
        Part { objects: &mut objects, item: name }.add_js_api(api);
    }
    objects
}

pub(crate) fn request_name(endpoint: &str) -> String {
    names::type_name(endpoint) + "Request"
}

pub(crate) fn response_name(endpoint: &str) -> String {
    names::type_name(endpoint) + "Response"
}

pub(crate) fn answer_name(callback: &str) -> String {
    names::type_name(callback) + "Answer"
}

pub(crate) fn content_name(callback: &str) -> String {
    names::type_name(callback) + "Content"
}

/// Name of the struct that a field's object becomes, unless the spec gives one.
pub(crate) fn inner_name(parent: &str, field: &Field) -> String {
    parent.to_owned() + &names::type_name(field.label())
}

/// Rust name of a field.
pub(crate) fn field_name(field: &Field) -> String {
    names::field_name(field.label())
}

/// Rust name of the field that is called `wire` on the wire.
pub(crate) fn field_named(fields: &List<Field>, wire: &str) -> String {
    let field = fields.iter().find(|field| field.name.value == wire);
    field.map_or_else(|| names::field_name(wire), field_name)
}

/// The fields of the object that a shape is, and the domain that the names of their types are looked up from; nothing
/// if the shape is no object, or one that could not be read.
pub(crate) fn fields_of<'a>(
    symbols: &Symbols<'a>,
    domain: &'a str,
    shape: &'a Shape,
) -> Option<(&'a str, &'a List<Field>)> {
    if shape.ty.value == "object" {
        return Some((domain, &shape.fields));
    }
    let (owner, _) = symbols::split(domain, shape.ty.as_str());
    match symbols.item(domain, shape.ty.as_str()) {
        Some(Item::Type(def)) if def.shape.ty.value == "object" => Some((owner, &def.shape.fields)),
        _ => None,
    }
}

/// The fields of each item of a list of objects, be it in JSON text or not.
pub(crate) fn item_fields_of<'a>(
    symbols: &Symbols<'a>,
    domain: &'a str,
    shape: &'a Shape,
) -> Option<(&'a str, &'a List<Field>)> {
    let Element(inner) = shape.of.as_ref()?;
    match shape.ty.as_str() {
        "list" => fields_of(symbols, domain, inner),
        "json_text" => item_fields_of(symbols, domain, inner),
        _ => None,
    }
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

/// What an object would be called, and where that comes from.
struct Place {
    name: String,
    wire: String,
    span: Span,
}

impl Place {
    fn at(item: &Located<String>, name: String) -> Place {
        Place { name, wire: item.value.clone(), span: item.span }
    }

    /// The same place, for what is inside the object.
    fn inside(&self, name: String) -> Place {
        Place { name, wire: self.wire.clone(), span: self.span }
    }
}

/// One item of a file, whose objects are being added.
struct Part<'a, 'o> {
    objects: &'o mut Vec<Object<'a>>,
    item: &'a Located<String>,
}

impl<'a> Part<'a, '_> {
    fn add_endpoint(&mut self, endpoint: &'a Endpoint) {
        let item = self.item;
        self.add_body(&endpoint.request, request_name(&item.value), Role::Request(item, endpoint));
        self.describe_last(&endpoint.provenance);
        if let Some(shape) = &endpoint.response {
            let wire = format!("{item}.response");
            let name = response_name(&item.value);
            self.add_shape(shape, Place { name, wire, span: shape.ty.span }, Role::Answer);
        }
    }

    fn add_callback(&mut self, callback: &'a Callback) {
        let wire = format!("{}.content", self.item);
        let name = content_name(&self.item.value);
        let place = Place { name, wire, span: callback.content.ty.span };
        self.add_shape(&callback.content, place, Role::Answer);
        if let Some(answer) = &callback.answer {
            self.add_body(answer, answer_name(&self.item.value), Role::Acknowledgement);
            self.locate_last(format!("{}.answer", self.item));
        }
    }

    fn add_js_api(&mut self, api: &'a JsApi) {
        let stem = names::js_stem(api.label(self.item));
        let payloads = [
            (&api.options, "Options", Role::Options(self.item, api)),
            (&api.success, "Success", Role::Answer),
            (&api.fail, "Fail", Role::Answer),
        ];
        for (body, suffix, role) in payloads {
            if let Some(body) = body {
                self.add_body(body, format!("{stem}{suffix}"), role);
            }
        }
    }

    fn add_body(&mut self, body: &'a Body, name: String, role: Role<'a>) {
        let place = Place::at(self.item, name);
        self.add_fields(&body.fields, &place);
        self.add_object(place, &body.fields, &body.groups, role);
    }

    fn add_fields(&mut self, fields: &'a [Field], parent: &Place) {
        for field in fields.iter().filter(|field| holds_object(&field.shape)) {
            let name = inner_name(&parent.name, field);
            let wire = format!("{}.{}", parent.wire, field.name);
            self.add_shape(&field.shape, Place { name, wire, span: field.name.span }, Role::Inner);
        }
    }

    fn add_shape(&mut self, shape: &'a Shape, place: Place, role: Role<'a>) {
        if let Some(Element(inner)) = &shape.of {
            let name = element_name(&shape.ty.value, &place.name);
            self.add_shape(inner, place.inside(name), role);
        }
        if shape.ty.value == "object" {
            let span = shape.struct_name.as_ref().map_or(place.span, |given| given.span);
            let place = Place { name: struct_name(shape, &place.name), span, ..place };
            self.add_fields(&shape.fields, &place);
            self.add_object(place, &shape.fields, &shape.groups, role);
        }
    }

    fn add_object(
        &mut self,
        Place { name, wire, span }: Place,
        fields: &'a List<Field>,
        groups: &'a List<Located<Group>>,
        role: Role<'a>,
    ) {
        let item = self.item;
        self.objects.push(Object {
            name,
            wire,
            item,
            span,
            fields,
            groups,
            provenance: None,
            role,
        });
    }

    fn locate_last(&mut self, wire: String) {
        if let Some(object) = self.objects.last_mut() {
            object.wire = wire;
        }
    }

    fn describe_last_of(&mut self, shape: &Shape, provenance: &'a Provenance) {
        if shape.ty.value == "object" {
            self.describe_last(provenance);
        }
    }

    fn describe_last(&mut self, provenance: &'a Provenance) {
        if let Some(object) = self.objects.last_mut() {
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
    let own = file.error_uses().filter(|(_, _, errors)| has_own_errors(errors));
    tables.chain(own.map(|(name, label, _)| (name, error_name(label)))).collect()
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
        for (_, _, errors) in other.file.error_uses() {
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
