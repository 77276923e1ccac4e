//! The generics of an impl.

use syn::{Generics, TypeParamBound, parse_quote};

/// `generics` with `bound` on every type parameter.
pub(crate) fn with_bound(generics: &Generics, bound: &TypeParamBound) -> Generics {
    let mut generics = generics.clone();
    for param in generics.type_params_mut() {
        param.bounds.push(parse_quote!(#bound));
    }
    generics
}
