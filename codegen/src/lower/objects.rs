//! Objects → structs.

use super::docs::lower_provenance;
use super::formerly::lower_field_names;
use super::lifecycle::lower_deprecated;
use super::money::lower_money;
use super::{
    Calls, Scope, docs, lower_bounds, lower_condition, lower_each, lower_item, lower_path,
    lower_range, lower_rules, lower_spelling, lower_type, lower_use, lower_uses,
};
use crate::ir::{self, Initial, Measure, Presence, Rule};
use crate::model::{
    Field, FieldId, Group, GroupRule, ItemsIf, Object, ObjectId, RangeIf, Rest, Role, Sum, Type,
    sound,
};
use crate::names::{constant_name, required_name, type_name};
use crate::source::{Located, is_set};
use crate::spec::{JsApi, Place};

/// What becomes of an object on its way.
#[derive(Clone, Copy)]
struct Direction {
    written: bool,
    read: bool,
}

impl Direction {
    fn of(scope: &Scope<'_, '_>, id: ObjectId) -> Direction {
        Direction {
            written: scope.model.sent.contains(&id),
            read: scope.model.received.contains(&id),
        }
    }
}

pub(super) fn lower_object(scope: &Scope<'_, '_>, calls: &Calls<'_>, id: ObjectId) -> ir::Struct {
    let object = &scope.model[id];
    let direction = Direction::of(scope, id);
    let ids = (0..object.fields.len()).map(|index| FieldId { object: id, index });
    let fields = ids.filter(|id| is_kept(&scope.model[*id]));
    let fields = fields.map(|id| lower_field(scope, object, direction, id));
    let fields = fields.chain(object.rest.iter().map(|rest| lower_rest(scope, rest)));
    let fields: Vec<ir::Field> = fields.collect();
    let has_arguments = fields.iter().any(|field| field.initial == Initial::Argument);
    ir::Struct {
        name: object.name.clone(),
        wire: object.wire.clone(),
        doc: object.provenance.map_or_else(|| docs::lower_text(None), lower_provenance),
        written: direction.written,
        read: direction.read,
        kept: false,
        default: direction.written && !has_arguments,
        required: (direction.written && has_arguments).then(|| required_name(&object.name)),
        constants: object.fields.iter().filter_map(|it| lower_constant(object, it)).collect(),
        fields,
        groups: object.groups.iter().map(|group| lower_group(scope, group)).collect(),
        role: lower_role(calls, object.role),
        deprecated: lower_deprecated_type(scope, object),
        details_of: lower_details(scope, id),
    }
}

fn lower_deprecated_type(scope: &Scope<'_, '_>, object: &Object<'_>) -> Option<ir::Deprecated> {
    let Role::Type = object.role else { return None };
    let mut types = scope.model.types.iter();
    let def = types.find(|def| def.name.span == object.item.span)?;
    lower_deprecated(scope, &def.deprecated)
}

/// The envelopes whose errors say this.
fn lower_details(scope: &Scope<'_, '_>, id: ObjectId) -> Vec<String> {
    let details = scope.model.details.iter().filter(|details| details.object == Ok(id));
    details.map(|details| constant_name(&details.envelope.value)).collect()
}

/// A constant is not a field. A function cannot be sent by a server; it stays in the spec for the record.
fn is_kept(field: &Field<'_>) -> bool {
    field.spec.constant.is_none() && !matches!(field.shape.ty, Type::Function)
}

fn lower_constant(object: &Object<'_>, field: &Field<'_>) -> Option<ir::ConstantField> {
    Some(ir::ConstantField {
        wire: field.spec.name.value.clone(),
        doc: lower_provenance(&field.spec.provenance),
        value: field.spec.constant.as_ref()?.value.clone(),
        place: lower_place(object, field),
    })
}

fn lower_role(calls: &Calls<'_>, role: Role<'_>) -> ir::Role {
    let lowered = match role {
        Role::Request(endpoint) => {
            let name = &endpoint.name.value;
            calls.endpoints.iter().position(|call| call.wire == *name).map(ir::Role::Request)
        }
        Role::Options(api) => {
            let name = &api.name.value;
            calls.js_apis.iter().position(|call| call.wire == *name).map(ir::Role::Options)
        }
        Role::Type | Role::Response | Role::Answer | Role::Acknowledgement | Role::Inner => {
            return ir::Role::Plain;
        }
    };
    lowered.expect("each call has been lowered")
}

fn lower_field(
    scope: &Scope<'_, '_>,
    object: &Object<'_>,
    direction: Direction,
    id: FieldId,
) -> ir::Field {
    let field = &scope.model[id];
    let spec = field.spec;
    let presence = lower_presence(direction, field);
    ir::Field {
        name: field.rust.clone(),
        formerly: lower_field_names(&spec.formerly),
        wire: spec.name.value.clone(),
        doc: lower_provenance(&spec.provenance),
        lenient: direction.read && is_lenient(&field.shape.ty),
        ty: lower_field_type(scope, id),
        presence,
        essential: is_set(&spec.essential),
        place: lower_place(object, field),
        spelling: lower_spelling(&spec.lists, &spec.objects),
        rules: lower_field_rules(scope, direction, presence, field),
        named_limits: lower_named_limits(scope, &field.shape.ty).filter(|_| direction.written),
        default: spec.default.as_ref().map(|default| default.value.clone()),
        since: spec.since.as_ref().map(Located::to_string),
        deprecated: lower_deprecated(scope, &field.deprecated),
        initial: lower_initial(object, field, presence),
    }
}

/// A map, which is never absent.
fn lower_rest(scope: &Scope<'_, '_>, rest: &Rest<'_>) -> ir::Field {
    let items = rest.spec.items.as_ref();
    let items = items.map(|items| Rule::Bounds { of: Measure::Items, limits: lower_bounds(items) });
    ir::Field {
        name: rest.rust.clone(),
        formerly: Vec::new(),
        wire: rest.rust.clone(),
        doc: lower_provenance(&rest.spec.provenance),
        ty: ir::Type::Map(Box::new(lower_item(scope, &rest.of))),
        presence: Presence::Required,
        essential: false,
        place: ir::Place::Rest,
        spelling: ir::Spelling::default(),
        rules: items.into_iter().chain(lower_each(&rest.of)).collect(),
        named_limits: None,
        default: None,
        since: None,
        deprecated: None,
        lenient: false,
        initial: Initial::Empty,
    }
}

/// Those of a named string, or of one that a list or map is of.
fn lower_named_limits(scope: &Scope<'_, '_>, ty: &Type<'_>) -> Option<ir::NamedLimits> {
    let (id, each) = match ty {
        Type::Text(id) => (id, false),
        Type::List(of) | Type::Map(of) => match &of.ty {
            Type::Text(id) => (id, true),
            _ => return None,
        },
        _ => return None,
    };
    let def = &scope.model[*id];
    let text = || lower_path(scope, def.domain, type_name(&def.name.value));
    (!def.shape.limits.is_empty()).then(|| ir::NamedLimits { text: text(), each })
}

fn lower_field_type(scope: &Scope<'_, '_>, id: FieldId) -> ir::Type {
    let shape = &scope.model[id].shape;
    match is_set(shape.secret) {
        true => ir::Type::Secret,
        false if scope.model.boxed.contains(&id) => lower_boxed(scope, &shape.ty),
        false => lower_type(scope, &shape.ty),
    }
}

/// JSON text has the pointer inside, so that its limits are those of text.
fn lower_boxed(scope: &Scope<'_, '_>, ty: &Type<'_>) -> ir::Type {
    match ty {
        Type::JsonText(of) => ir::Type::JsonText(Box::new(lower_boxed(scope, &of.ty))),
        other => ir::Type::Boxed(Box::new(lower_type(scope, other))),
    }
}

/// Whether numbers may come as text, for whatever deserializer; what has a unit or a name sees to it itself.
fn is_lenient(ty: &Type<'_>) -> bool {
    match ty {
        Type::Number(number) => matches!(number, ir::Integer::Int | ir::Integer::Unsigned),
        Type::List(of) | Type::Map(of) => is_lenient(&of.ty),
        _ => false,
    }
}

/// A new struct is given what must be there, so that a new optional field breaks no caller.
fn lower_initial(object: &Object<'_>, field: &Field<'_>, presence: Presence) -> Initial {
    match presence {
        _ if is_later(object, field) => Initial::Later,
        Presence::Required | Presence::Expected | Presence::Nullable => Initial::Argument,
        Presence::Optional | Presence::OptionalNullable => Initial::Absent,
    }
}

/// Whether the option is for the authorization, which is made of the others.
fn is_later(object: &Object<'_>, field: &Field<'_>) -> bool {
    let Role::Options(api) = object.role else { return false };
    let JsApi { signature: Some(signature), .. } = api.spec else { return false };
    signature.place.value == field.spec.name.value
}

fn lower_field_rules(
    scope: &Scope<'_, '_>,
    direction: Direction,
    presence: Presence,
    field: &Field<'_>,
) -> Vec<Rule> {
    let condition = |condition| lower_condition(scope, condition);
    let is_required = match presence {
        // A value can be there and yet say nothing.
        Presence::Required => field.shape.ty.is_text(),
        // Whoever writes the struct must give the field all the same.
        Presence::Expected => direction.written || field.shape.ty.is_text(),
        _ => false,
    };
    let mut rules: Vec<Rule> = is_required.then_some(Rule::Required).into_iter().collect();
    rules.extend(lower_rules(&field.shape));
    rules.extend(field.required_if.as_ref().map(condition).map(Rule::RequiredIf));
    rules.extend(field.forbidden_if.as_ref().map(condition).map(Rule::ForbiddenIf));
    rules.extend(field.range_if.iter().map(|rule| lower_range_if(scope, field, rule)));
    rules.extend(field.items_if.iter().map(|rule| lower_items_if(scope, rule)));
    rules.extend(field.sum.as_ref().map(|sum| lower_sum(scope, sum)));
    rules
}

fn lower_range_if(scope: &Scope<'_, '_>, field: &Field<'_>, rule: &RangeIf<'_>) -> Rule {
    Rule::RangeIf {
        when: lower_condition(scope, &rule.when),
        limits: lower_range(&field.shape, &rule.spec.range),
        unit: rule.unit.as_ref().map(|unit| lower_money(*sound(unit))),
    }
}

fn lower_items_if(scope: &Scope<'_, '_>, rule: &ItemsIf<'_>) -> Rule {
    Rule::EachIf {
        when: lower_condition(scope, &rule.when),
        then: lower_condition(scope, &rule.then),
        wire: rule.then.on.name.value.clone(),
    }
}

fn lower_sum(scope: &Scope<'_, '_>, sum: &Sum<'_>) -> Rule {
    Rule::Sum {
        list: lower_use(scope, &sum.list),
        field: lower_use(scope, &sum.part),
        wire: sum.part.name.value.clone(),
    }
}

/// Of what is read, only what is essential must be there. Lists and maps are empty without more ado.
fn lower_presence(direction: Direction, field: &Field<'_>) -> Presence {
    let spec = field.spec;
    let can_be_empty = matches!(field.shape.ty, Type::List(_) | Type::Map(_));
    let is_excused = direction.read && !is_set(&spec.essential) && !can_be_empty;
    match (spec.is_required(), is_set(&spec.nullable)) {
        (true, false) if is_excused => Presence::Expected,
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    }
}

/// How many `Option`s there are around the value of a field in Rust.
pub(super) fn options_around(scope: &Scope<'_, '_>, id: FieldId) -> u8 {
    match lower_presence(Direction::of(scope, id.object), &scope.model[id]) {
        Presence::Required => 0,
        Presence::Expected | Presence::Optional | Presence::Nullable => 1,
        Presence::OptionalNullable => 2,
    }
}

fn lower_place(object: &Object<'_>, field: &Field<'_>) -> ir::Place {
    match (field.spec.place(), object.role) {
        (Some(Place::Path), _) => ir::Place::Path,
        (Some(Place::Query), _) => ir::Place::Query,
        (Some(Place::Header), Role::Response) => ir::Place::ResponseHeader,
        (Some(Place::Header), _) => ir::Place::Header,
        (None, Role::Request(endpoint)) if !endpoint.spec.method.value.has_body() => {
            ir::Place::Query
        }
        _ if matches!(field.shape.ty, Type::File) => ir::Place::Part,
        (Some(Place::WholeBody), _) => ir::Place::WholeBody,
        _ => ir::Place::Body,
    }
}

fn lower_group(scope: &Scope<'_, '_>, group: &Group<'_>) -> ir::Group {
    let (rule, fields) = match &group.rule {
        GroupRule::ExactlyOneOf(fields) => (ir::GroupRule::ExactlyOneOf, fields),
        GroupRule::AtLeastOneOf(fields) => (ir::GroupRule::AtLeastOneOf, fields),
        GroupRule::Error => unreachable!("a group that is none has been reported"),
    };
    ir::Group {
        rule,
        fields: lower_uses(scope, fields),
        precedence: is_set(&group.spec.precedence),
        doc: lower_provenance(&group.spec.provenance),
    }
}
