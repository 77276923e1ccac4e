//! Objects, named ones and those written in place, each with the struct that it becomes.

use crate::model::{Object, ObjectId, Rest, Role};
use crate::names::{field_name, type_name};
use crate::source::{List, Located, Span};
use crate::spec::{self, Body, Field, Group, Provenance, Shape};

use super::Scope;

/// What an object would become, and where that comes from.
pub(super) struct Place<'a> {
    /// Rust name.
    name: String,
    wire: String,
    /// The item of the file that it is in.
    item: &'a Located<String>,
    span: Span,
    role: Role<'a>,
    provenance: Option<&'a Provenance>,
    /// Its number, if it is named and so has one already.
    id: Option<ObjectId>,
}

impl<'a> Place<'a> {
    pub(super) fn of(item: &'a Located<String>, name: String, role: Role<'a>) -> Place<'a> {
        let (wire, span) = (item.value.clone(), item.span);
        Place { name, wire, item, span, role, provenance: None, id: None }
    }

    /// The object that a named type is.
    pub(super) fn of_type(
        name: &'a Located<String>,
        id: ObjectId,
        provenance: &'a Provenance,
    ) -> Place<'a> {
        let place = Place::of(name, type_name(&name.value), Role::Type);
        Place { id: Some(id), ..place.known_by(provenance) }
    }

    /// The same place, of which something is known.
    pub(super) fn known_by(self, provenance: &'a Provenance) -> Place<'a> {
        Place { provenance: Some(provenance), ..self }
    }

    /// Inside a named type that is not an object.
    pub(super) fn in_type(name: &'a Located<String>) -> Place<'a> {
        Place::of(name, type_name(&name.value), Role::Inner)
    }

    /// Part of an item, as `order.response`.
    pub(super) fn part(
        item: &'a Located<String>,
        part: &str,
        name: String,
        shape: &Shape,
    ) -> Place<'a> {
        let place = Place::of(item, name, Role::Answer);
        Place { wire: format!("{item}.{part}"), span: shape.ty.span, ..place }
    }

    /// The data of a response.
    pub(super) fn response(self) -> Place<'a> {
        Place { role: Role::Response, ..self }
    }

    /// A variant of a union, as `Payment.Card`.
    pub(super) fn variant(
        union: &'a Located<String>,
        variant: &str,
        name: String,
        shape: &Shape,
    ) -> Place<'a> {
        let place = Place::of(union, name, Role::Inner);
        Place { wire: format!("{union}.{variant}"), span: shape.ty.span, ..place }
    }

    /// The fields that all kinds of a union have.
    pub(super) fn common(union: &'a Located<String>, name: String) -> Place<'a> {
        let place = Place::of(union, name, Role::Inner);
        Place { wire: format!("{union}.fields"), ..place }
    }

    /// Inside a list or map; JSON text adds nothing to a name.
    pub(super) fn inside(&self, ty: &str) -> Place<'a> {
        let suffix = match ty {
            "list" => "Item",
            "map" => "Value",
            _ => "",
        };
        let (name, wire) = (format!("{}{suffix}", self.name), self.wire.clone());
        Place { name, wire, provenance: None, id: None, ..*self }
    }

    /// In a field of the object.
    fn field(&self, field: &Field) -> Place<'a> {
        Place {
            name: self.name.clone() + &type_name(field.label()),
            wire: format!("{}.{}", self.wire, field.name),
            span: field.name.span,
            role: Role::Inner,
            provenance: None,
            id: None,
            ..*self
        }
    }

    /// By the name that the spec gives the struct, if it does.
    pub(super) fn named_by(self, shape: &Shape) -> Place<'a> {
        match &shape.struct_name {
            Some(given) => Place { name: type_name(&given.value.0), span: given.span, ..self },
            None => self,
        }
    }
}

impl<'a> Scope<'_, 'a> {
    pub(super) fn resolve_body(&mut self, body: &'a Body, place: Place<'a>) -> ObjectId {
        self.resolve_object(&body.fields, &body.groups, body.rest.as_ref(), place)
    }

    pub(super) fn resolve_object(
        &mut self,
        fields: &'a List<Field>,
        groups: &'a List<Located<Group>>,
        rest: Option<&'a spec::Rest>,
        place: Place<'a>,
    ) -> ObjectId {
        let id = place.id.unwrap_or_else(|| self.number_object(fields));
        let shapes = fields.iter();
        let shapes = shapes.map(|field| self.resolve_shape(&field.shape, place.field(field)));
        let shapes = shapes.collect();
        let fields = self.resolve_fields(id, fields, shapes);
        let groups = groups.iter().map(|group| self.resolve_group(id, &group.value, group.span));
        let groups = groups.collect();
        let rest = rest.map(|rest| self.resolve_rest(rest, &place));
        let Place { name, wire, item, span, role, provenance, .. } = place;
        let wire = match role {
            Role::Acknowledgement => format!("{wire}.answer"),
            _ => wire,
        };
        let domain = self.domain;
        let object =
            Object { domain, name, wire, item, span, fields, groups, rest, provenance, role };
        self.arena.objects[id.0] = Some(object);
        self.objects.push(id);
        id
    }

    fn resolve_rest(&mut self, spec: &'a spec::Rest, place: &Place<'a>) -> Rest<'a> {
        let of = self.resolve_item(&spec.of, Place { role: Role::Inner, ..place.inside("map") });
        let rust = spec.rust.as_ref().map_or("rest", |rust| &rust.value.0);
        Rest { spec, rust: field_name(rust), of }
    }

    fn number_object(&mut self, fields: &'a List<Field>) -> ObjectId {
        self.arena.objects.push(None);
        self.arena.fields.push(fields);
        ObjectId(self.arena.fields.len() - 1)
    }
}

/// Rust name of a field.
pub(super) fn rust_name(field: &Field) -> String {
    field_name(field.label())
}
