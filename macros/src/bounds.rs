//! The generics of an impl.

use proc_macro2::TokenStream;
use syn::{Generics, TypeParamBound};

/// `generics` with `bound` on every type parameter.
pub(crate) fn with_bound(generics: &Generics, bound: &TokenStream) -> Generics {
    let mut generics = generics.clone();
    for param in generics.type_params_mut() {
        param.bounds.push(TypeParamBound::Verbatim(bound.clone()));
    }
    generics
}
