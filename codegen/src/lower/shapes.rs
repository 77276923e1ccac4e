//! Shapes → types and rules.

use super::Scope;
use crate::builtin::Builtin;
use crate::ir::{self, Rule, Type};
use crate::names::{constant_name, field_name, type_name};
use crate::outline::{element_name, field_named, struct_name};
use crate::source::{List, Located, Scalar};
use crate::spec::{Condition, Element, Field, Limits, Shape};
use crate::symbols::{self, Item};

/// The type of a shape; `name` is that of the struct if the shape is an object written in place.
pub(super) fn lower_type(scope: &Scope<'_>, shape: &Shape, name: &str) -> Type {
    let element = || {
        let name = element_name(&shape.ty.value, name);
        let inner = shape.of.as_ref().map(|Element(inner)| lower_type(scope, inner, &name));
        Box::new(inner.unwrap_or(Type::Json))
    };
    match Builtin::parse(&shape.ty.value) {
        Some(Builtin::String) => Type::String,
        Some(Builtin::Bool) => Type::Bool,
        Some(Builtin::Int) => Type::Int,
        Some(Builtin::Fen) => Type::Fen,
        Some(Builtin::Diamonds) => Type::Diamonds,
        Some(Builtin::Yuan) => Type::Yuan,
        Some(Builtin::Amount) => Type::Amount,
        Some(Builtin::UnixMillis) => Type::UnixMillis,
        Some(Builtin::UnixSeconds) => Type::UnixSeconds,
        Some(Builtin::Millis) => Type::Millis,
        Some(Builtin::Seconds) => Type::Seconds,
        Some(Builtin::Json | Builtin::Function) => Type::Json,
        Some(Builtin::File) => Type::File,
        Some(Builtin::Object) => {
            Type::Named(ir::Path { module: None, name: struct_name(shape, name) })
        }
        Some(Builtin::List) => Type::List(element()),
        Some(Builtin::Map) => Type::Map(element()),
        Some(Builtin::JsonText) => Type::JsonText(element()),
        None => Type::Named(lower_path(scope, &shape.ty.value, type_name)),
    }
}

/// A reference to an item of this or another domain.
pub(super) fn lower_path(
    scope: &Scope<'_>,
    reference: &str,
    convert: impl Fn(&str) -> String,
) -> ir::Path {
    let (domain, name) = symbols::split(scope.domain, reference);
    let module = (domain != scope.domain).then(|| field_name(domain));
    ir::Path { module, name: convert(name) }
}

/// The rules of a value of this shape, wherever it stands.
pub(super) fn lower_rules(scope: &Scope<'_>, shape: &Shape) -> Vec<Rule> {
    let mut rules = own_rules(shape);
    let item = scope.symbols.item(scope.domain, shape.ty.as_str());
    match (Builtin::parse(&shape.ty.value), item) {
        (None, Some(Item::Enum(_))) => rules.push(Rule::Documented),
        (None, _) | (Some(Builtin::Object), _) => rules.push(Rule::Nested),
        _ => {}
    }
    if let Some(Element(inner)) = &shape.of {
        rules.extend(element_rules(scope, shape, inner));
    }
    rules
}

/// The rules of what is inside. A container of objects hands the check on to them by itself, and JSON text that to
/// the list or map in it.
fn element_rules(scope: &Scope<'_>, shape: &Shape, inner: &Shape) -> Vec<Rule> {
    let rules = lower_rules(scope, inner);
    match rules.as_slice() {
        [] | [Rule::Nested] => rules,
        _ if shape.ty.value == "json_text" => rules,
        _ => vec![Rule::Each(rules)],
    }
}

/// The limits written on the shape itself.
pub(super) fn own_rules(shape: &Shape) -> Vec<Rule> {
    let level = shape.level.as_ref().map(|level| Rule::Level {
        of: constant_name(&level.of.value),
        times: level.times.as_ref().map(|times| constant_name(&times.value)),
    });
    let url = (!shape.url.is_empty()).then(|| Rule::Url(super::docs::strings(&shape.url)));
    let pattern = shape.pattern.as_ref().map(|pattern| Rule::Pattern(pattern.value.clone()));
    [
        shape.bytes.as_ref().map(lower_limits).map(Rule::Bytes),
        shape.chars.as_ref().map(lower_limits).map(Rule::Chars),
        shape.utf16.as_ref().map(lower_limits).map(Rule::Utf16),
        shape.items.as_ref().map(lower_limits).map(Rule::Items),
        shape.range.as_ref().map(lower_limits).map(Rule::Range),
        pattern,
        url,
        level,
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) fn lower_limits(limits: &Located<Limits>) -> ir::Limits {
    let limits = &limits.value;
    let value = |bound: &Option<Located<i64>>| bound.as_ref().map(|bound| bound.value);
    ir::Limits { min: value(&limits.min), max: value(&limits.max) }
}

/// `fields` are those of the object that the condition is on.
pub(super) fn lower_condition(fields: &List<Field>, condition: &Condition) -> ir::Condition {
    let test = match &condition.present {
        Some(present) if present.value => ir::Test::Present,
        Some(_) => ir::Test::Absent,
        None if condition.is_not.is_empty() => ir::Test::Is(lower_scalars(&condition.is)),
        None => ir::Test::IsNot(lower_scalars(&condition.is_not)),
    };
    ir::Condition { field: field_named(fields, &condition.field.value), test }
}

pub(super) fn lower_scalars(values: &[Located<Scalar>]) -> Vec<ir::Scalar> {
    values.iter().map(|value| lower_scalar(&value.value)).collect()
}

pub(super) fn lower_scalar(value: &Scalar) -> ir::Scalar {
    match value {
        Scalar::Bool(value) => ir::Scalar::Bool(*value),
        Scalar::Int(value) => ir::Scalar::Int(*value),
        Scalar::String(value) => ir::Scalar::String(value.clone()),
    }
}
