//! The way that every derive goes: an item in, its impls out, or everything that is wrong with it.

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::Errors;

/// What the attributes say of an item, for one derive.
pub(crate) trait Derive<'a>: Sized {
    /// Reads the attributes, and goes on after what is wrong with them.
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self;

    /// Refuses what cannot be meant.
    fn check(&self, errors: &mut Errors);

    /// The impls; asked for only if nothing is wrong.
    fn expand(&self) -> TokenStream;

    /// The same impls with nothing in them, so that a mistake is reported once, and not again where the type is used.
    fn dummy(&self) -> TokenStream;
}

/// The impls that `M` derives for the item, or all errors and the impls with nothing in them.
pub(crate) fn derive<'a, M: Derive<'a>>(node: &'a DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let model = M::from_syn(node, &mut errors);
    model.check(&mut errors);
    match errors.finish() {
        Ok(()) => model.expand(),
        Err(error) => [error.to_compile_error(), model.dummy()].into_iter().collect(),
    }
}
