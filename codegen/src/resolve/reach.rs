//! Which objects are sent and which received, however deep inside.

use std::collections::BTreeSet;

use crate::model::{Domain, Object, ObjectId};

/// What is sent as a whole.
pub(super) fn sent(domains: &[Domain<'_>]) -> Vec<ObjectId> {
    let mut roots = Vec::new();
    for domain in domains {
        roots.extend(domain.endpoints.iter().map(|endpoint| endpoint.request));
        roots.extend(domain.callbacks.iter().filter_map(|callback| callback.answer));
        roots.extend(domain.js_apis.iter().filter_map(|api| api.options));
    }
    roots
}

/// What is received as a whole.
pub(super) fn received(domains: &[Domain<'_>]) -> Vec<ObjectId> {
    let mut roots = Vec::new();
    for domain in domains {
        let responses = domain.endpoints.iter().filter_map(|endpoint| endpoint.response.as_ref());
        let contents = domain.callbacks.iter().map(|callback| &callback.content);
        roots.extend(responses.chain(contents).filter_map(|shape| shape.ty.innermost_object()));
        roots.extend(domain.js_apis.iter().flat_map(|api| [api.success, api.fail]).flatten());
    }
    roots
}

/// These and all that is inside them.
pub(super) fn reach(objects: &[Object<'_>], mut open: Vec<ObjectId>) -> BTreeSet<ObjectId> {
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(objects[id.0].parts().filter_map(|shape| shape.ty.innermost_object()));
        }
    }
    reached
}
