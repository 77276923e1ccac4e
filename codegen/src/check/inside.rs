//! What a rule can be about that names a field of another object: which fields a shape's object has.

use crate::outline;
use crate::source::List;
use crate::spec::{Element, Field, Shape};
use crate::symbols::Item;

use super::Scope;

/// The fields of the object that a shape is, with the scope that the types of its fields are named in; nothing if the
/// shape is no object, or one that could not be read.
pub(super) fn fields_of<'a>(
    scope: &Scope<'a>,
    shape: &'a Shape,
) -> Option<(Scope<'a>, &'a List<Field>)> {
    let (domain, fields) = outline::fields_of(scope.symbols, scope.domain, shape)?;
    Some((scope.at(domain), fields))
}

/// The fields of each item of a list of objects, be it in JSON text or not.
pub(super) fn item_fields_of<'a>(
    scope: &Scope<'a>,
    shape: &'a Shape,
) -> Option<(Scope<'a>, &'a List<Field>)> {
    let (domain, fields) = outline::item_fields_of(scope.symbols, scope.domain, shape)?;
    Some((scope.at(domain), fields))
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
