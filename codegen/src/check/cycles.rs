//! No object always holds itself, without a list or map between: it would have no end.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::model::{Field, Model, ObjectId, Role, Shape, Type};
use crate::source::Located;

/// Named objects, and what all kinds of a union have, that the search has come to, and whether all that they hold has been looked at.
type Seen = BTreeMap<ObjectId, bool>;

/// An object that is being looked at, and what is left to look at of it. Kept here and not on the stack, for a chain of
/// types may be long.
struct Step<'a> {
    object: ObjectId,
    parts: Vec<(ObjectId, &'a Located<String>)>,
}

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    let mut seen = Seen::new();
    let named = model.types.iter().filter_map(|def| match def.shape.ty {
        Type::Object(object) => Some(object),
        _ => None,
    });
    let common = model.unions.iter().filter_map(|union| union.fields);
    for object in named.chain(common) {
        if !seen.contains_key(&object) {
            search(diagnostics, model, &mut seen, object);
        }
    }
}

/// Follows all that an object holds; each circle is reported once, where it closes.
fn search(diagnostics: &mut Diagnostics, model: &Model<'_>, seen: &mut Seen, first: ObjectId) {
    seen.insert(first, false);
    let mut path = vec![step(model, first)];
    while let Some(current) = path.last_mut() {
        let Some((object, written)) = current.parts.pop() else {
            seen.insert(current.object, true);
            path.pop();
            continue;
        };
        match seen.get(&object) {
            Some(true) => {}
            Some(false) => {
                diagnostics
                    .error(written.span, "endless-type", format_args!("`{written}` holds itself"))
                    .help("leave out `required` of a field on the way, or put a `list` between");
            }
            None => {
                seen.insert(object, false);
                path.push(step(model, object));
            }
        }
    }
}

fn step<'a>(model: &Model<'a>, object: ObjectId) -> Step<'a> {
    let mut parts = Vec::new();
    add_fields(&mut parts, model, &model[object].fields);
    Step { object, parts }
}

fn add_fields<'a>(
    parts: &mut Vec<(ObjectId, &'a Located<String>)>,
    model: &Model<'a>,
    fields: &[Field<'a>],
) {
    let fields = fields.iter().filter(|field| field.spec.is_always_there());
    fields.for_each(|field| add_parts(parts, model, &field.shape));
}

/// The objects that a shape names, with nothing between that can be empty.
fn add_parts<'a>(
    parts: &mut Vec<(ObjectId, &'a Located<String>)>,
    model: &Model<'a>,
    shape: &Shape<'a>,
) {
    match &shape.ty {
        Type::Object(object) if matches!(model[*object].role, Role::Type) => {
            parts.push((*object, shape.written));
        }
        Type::Object(object) => add_fields(parts, model, &model[*object].fields),
        // Each kind is in a box, what all kinds have is not.
        Type::Union(union) => {
            parts.extend(model[*union].fields.map(|fields| (fields, shape.written)));
        }
        Type::JsonText(inner) => add_parts(parts, model, inner),
        _ => {}
    }
}
