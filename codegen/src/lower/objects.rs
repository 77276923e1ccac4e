//! Objects → structs, named strings → texts.

use std::borrow::Cow;

use super::docs::lower_provenance;
use super::shapes::{
    lower_condition, lower_limits, lower_rules, lower_scalar, lower_type, own_rules,
};
use super::{Scope, docs};
use crate::ir::{self, Presence, Rule};
use crate::names::type_name;
use crate::outline::{self, Object, Role, field_named, inner_name};
use crate::source::{List, Located, is_set};
use crate::spec::{AmountUnit, Field, Group, ItemsIf, JsApi, Method, Place, RangeIf, Shape, Sum};
use crate::symbols::{Domain, Item};

pub(super) fn lower_texts(domain: &Domain<'_>) -> Vec<ir::Text> {
    let strings = domain.types.iter().filter(|(_, def)| def.shape.ty.value == "string");
    let texts = strings.map(|(name, def)| ir::Text {
        name: type_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&def.provenance),
        secret: is_set(&def.shape.secret),
        rules: own_rules(&def.shape),
    });
    let mut texts: Vec<ir::Text> = texts.collect();
    texts.sort_by(|a, b| a.name.cmp(&b.name));
    texts
}

pub(super) fn lower_object(scope: &Scope<'_>, object: &Object<'_>) -> ir::Struct {
    // A function cannot be sent by a server; it stays in the spec for the record.
    let fields = object.fields.iter().filter(|field| field.shape.ty.value != "function");
    ir::Struct {
        name: object.name.clone(),
        wire: object.wire.clone(),
        doc: object.provenance.map_or_else(|| docs::lower_text(None), lower_provenance),
        written: false,
        read: false,
        fields: fields.map(|field| lower_field(scope, object, field)).collect(),
        groups: object.groups.iter().map(|group| lower_group(object, &group.value)).collect(),
        role: match object.role {
            Role::Request(name, _) => ir::Role::Request(name.value.clone()),
            Role::Options(name, _) => ir::Role::Options(name.value.clone()),
            Role::Type | Role::Answer | Role::Acknowledgement | Role::Inner => ir::Role::Plain,
        },
    }
}

fn lower_field(scope: &Scope<'_>, object: &Object<'_>, field: &Field) -> ir::Field {
    let inner = inner_name(&object.name, field);
    ir::Field {
        name: outline::field_name(field),
        wire: field.name.value.clone(),
        doc: lower_provenance(&field.provenance),
        ty: lower_type(scope, &field.shape, &inner),
        presence: lower_presence(field),
        essential: is_set(&field.essential),
        place: lower_place(object, field),
        rules: lower_field_rules(scope, object, field),
        default: field.default.as_ref().map(|default| lower_scalar(&default.value)),
        since: field.since.as_ref().map(Located::to_string),
        secret: is_set(&field.shape.secret),
        later: is_later(object, field),
    }
}

/// Whether the option is for the authorization, which is made of the others.
fn is_later(object: &Object<'_>, field: &Field) -> bool {
    let Role::Options(_, JsApi { signature: Some(signature), .. }) = object.role else {
        return false;
    };
    signature.place.value == field.name.value
}

fn lower_field_rules(scope: &Scope<'_>, object: &Object<'_>, field: &Field) -> Vec<Rule> {
    let condition = |condition| lower_condition(object.fields, condition);
    let items_if = |rule| lower_items_if(scope, object, field, rule);
    let required = lower_presence(field) == Presence::Required && can_be_empty(scope, &field.shape);
    let mut rules: Vec<Rule> = required.then_some(Rule::Required).into_iter().collect();
    rules.extend(lower_rules(scope, &field.shape));
    rules.extend(field.required_if.as_ref().map(condition).map(Rule::RequiredIf));
    rules.extend(field.forbidden_if.as_ref().map(condition).map(Rule::ForbiddenIf));
    rules.extend(field.range_if.iter().map(|rule| lower_range_if(object.fields, rule)));
    rules.extend(field.items_if.iter().map(items_if));
    rules.extend(field.sum.as_ref().map(|sum| lower_sum(scope, object, sum)));
    rules
}

fn lower_range_if(fields: &List<Field>, rule: &RangeIf) -> Rule {
    Rule::RangeIf {
        when: lower_condition(fields, &rule.when),
        limits: lower_limits(&rule.range),
        unit: rule.unit.as_ref().map(|unit| match unit.value {
            AmountUnit::Fen => ir::Money::Fen,
            AmountUnit::Diamonds => ir::Money::Diamonds,
        }),
    }
}

fn lower_items_if(scope: &Scope<'_>, object: &Object<'_>, field: &Field, rule: &ItemsIf) -> Rule {
    Rule::EachIf {
        when: lower_condition(object.fields, &rule.when),
        then: lower_condition(&item_fields(scope, field), &rule.then),
        wire: rule.then.field.value.clone(),
    }
}

fn lower_sum(scope: &Scope<'_>, object: &Object<'_>, sum: &Sum) -> Rule {
    let list = object.fields.iter().find(|field| field.name.value == sum.of.value);
    let items = list.map(|list| item_fields(scope, list)).unwrap_or_default();
    Rule::Sum {
        list: field_named(object.fields, &sum.of.value),
        field: field_named(&items, &sum.field.value),
        wire: sum.field.value.clone(),
    }
}

fn item_fields<'a>(scope: &Scope<'a>, list: &'a Field) -> Cow<'a, List<Field>> {
    let found = outline::item_fields_of(scope.symbols, scope.domain, &list.shape);
    found.map_or_else(Cow::default, |(_, fields)| Cow::Borrowed(fields))
}

/// Whether a value of the shape can be there and yet say nothing.
fn can_be_empty(scope: &Scope<'_>, shape: &Shape) -> bool {
    match scope.symbols.item(scope.domain, shape.ty.as_str()) {
        Some(Item::Type(def)) => def.shape.ty.value == "string",
        Some(Item::Enum(_) | Item::Broken) => false,
        None => shape.ty.value == "string",
    }
}

fn lower_presence(field: &Field) -> Presence {
    match (is_set(&field.required), is_set(&field.nullable)) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    }
}

fn lower_place(object: &Object<'_>, field: &Field) -> ir::Place {
    match (field.place.as_ref().map(|place| place.value), object.role) {
        (Some(Place::Path), _) => ir::Place::Path,
        (Some(Place::Query), _) => ir::Place::Query,
        (None, Role::Request(_, endpoint)) if endpoint.method.value == Method::Get => {
            ir::Place::Query
        }
        _ if field.shape.ty.value == "file" => ir::Place::Part,
        _ => ir::Place::Body,
    }
}

fn lower_group(object: &Object<'_>, group: &Group) -> ir::Group {
    let (rule, fields) = if group.exactly_one_of.is_empty() {
        (ir::GroupRule::AtLeastOneOf, &group.at_least_one_of)
    } else {
        (ir::GroupRule::ExactlyOneOf, &group.exactly_one_of)
    };
    ir::Group {
        rule,
        fields: fields.iter().map(|field| field_named(object.fields, &field.value)).collect(),
        precedence: is_set(&group.precedence),
        doc: lower_provenance(&group.provenance),
    }
}
