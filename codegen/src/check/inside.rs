//! What a rule can be about that names a field of another object: which fields a shape's object has.

use crate::source::List;
use crate::spec::{Element, Field, Shape};
use crate::symbols::{self, Item};

use super::Scope;

/// The fields of the object that a shape is, with the scope that the types of its fields are named in; nothing if the
/// shape is no object, or one that could not be read.
pub(super) fn fields_of<'a>(
    scope: &Scope<'a>,
    shape: &'a Shape,
) -> Option<(Scope<'a>, &'a List<Field>)> {
    if shape.ty.value == "object" {
        return Some((scope.at(scope.domain), &shape.fields));
    }
    let (domain, _) = symbols::split(scope.domain, shape.ty.as_str());
    match scope.symbols.item(scope.domain, shape.ty.as_str()) {
        Some(Item::Type(def)) if def.shape.ty.value == "object" => {
            Some((scope.at(domain), &def.shape.fields))
        }
        _ => None,
    }
}

/// The fields of each item of a list of objects, be it in JSON text or not.
pub(super) fn item_fields_of<'a>(
    scope: &Scope<'a>,
    shape: &'a Shape,
) -> Option<(Scope<'a>, &'a List<Field>)> {
    let Element(inner) = shape.of.as_ref()?;
    match shape.ty.as_str() {
        "list" => fields_of(scope, inner),
        "json_text" => item_fields_of(scope, inner),
        _ => None,
    }
}

/// Whether a shape names something whose definition could not be read, which has been reported there.
pub(super) fn is_unclear(scope: &Scope<'_>, shape: &Shape) -> bool {
    let inner = shape.of.as_ref().is_some_and(|Element(inner)| is_unclear(scope, inner));
    let is_known = crate::builtin::Builtin::parse(shape.ty.as_str()).is_some();
    inner
        || (!is_known
            && matches!(
                scope.symbols.item(scope.domain, shape.ty.as_str()),
                Some(Item::Broken) | None
            ))
}
