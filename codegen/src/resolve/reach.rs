//! Which objects are sent and which received, however deep inside.

use std::collections::BTreeSet;

use crate::model::details::ErrorDetails;
use crate::model::{Domain, Endpoint, Object, ObjectId, Type, Union, UnionId};

/// What is sent as a whole.
pub(super) fn sent<'a>(domains: &[Domain<'a>]) -> Vec<Type<'a>> {
    let mut roots = Vec::new();
    for domain in domains {
        roots.extend(domain.endpoints.iter().map(|endpoint| endpoint.request));
        roots.extend(domain.callbacks.iter().filter_map(|callback| callback.answer));
        roots.extend(domain.js_apis.iter().filter_map(|api| api.options));
    }
    roots.into_iter().map(Type::Object).collect()
}

/// What is received as a whole.
pub(super) fn received<'a>(domains: &[Domain<'a>], details: &[ErrorDetails<'a>]) -> Vec<Type<'a>> {
    let details = details.iter().filter_map(|details| details.object.ok());
    let mut roots: Vec<Type<'a>> = details.map(Type::Object).collect();
    for domain in domains {
        let responses = domain.endpoints.iter().flat_map(Endpoint::response_shapes);
        let contents = domain.callbacks.iter().map(|callback| &callback.content);
        roots.extend(responses.chain(contents).map(|shape| shape.ty.innermost().clone()));
        let payloads = domain.js_apis.iter().flat_map(|api| [api.success, api.fail]).flatten();
        roots.extend(payloads.map(Type::Object));
    }
    roots
}

/// Named objects and unions that nothing names: they, and so what is inside them, may be both sent and received.
pub(super) fn unused<'a>(
    domains: &[Domain<'a>],
    details: &[ErrorDetails<'a>],
    objects: &[Object<'a>],
    unions: &[Union<'a>],
) -> Vec<Type<'a>> {
    let roots = [sent(domains), received(domains, details)].concat();
    let (used, used_unions) = reach(objects, unions, roots);
    let all = (0..objects.len()).map(ObjectId);
    let objects = all.filter(|id| !used.contains(id)).map(Type::Object);
    let all = (0..unions.len()).map(UnionId);
    objects.chain(all.filter(|id| !used_unions.contains(id)).map(Type::Union)).collect()
}

/// The objects and unions among these, and all that are inside them.
pub(super) fn reach<'a>(
    objects: &[Object<'a>],
    unions: &[Union<'a>],
    mut open: Vec<Type<'a>>,
) -> (BTreeSet<ObjectId>, BTreeSet<UnionId>) {
    let (mut reached, mut reached_unions) = (BTreeSet::new(), BTreeSet::new());
    while let Some(ty) = open.pop() {
        match ty {
            Type::Object(id) if reached.insert(id) => {
                let parts = objects[id.0].parts();
                open.extend(parts.map(|shape| shape.ty.innermost().clone()));
            }
            Type::Union(id) if reached_unions.insert(id) => {
                let union = &unions[id.0];
                let contents = union.variants.iter().filter_map(|it| it.content.as_ref());
                open.extend(contents.map(|shape| shape.ty.innermost().clone()));
                open.extend(union.fields.map(Type::Object));
            }
            _ => {}
        }
    }
    (reached, reached_unions)
}
