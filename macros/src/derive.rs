//! The way that every derive goes: an item in, its impls out, or everything that is wrong with it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields};

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
    let impls = match errors.finish() {
        Ok(()) => model.expand(),
        Err(error) => [error.to_compile_error(), model.dummy()].into_iter().collect(),
    };
    if has_deprecated(node) { allow_deprecated(&impls) } else { impls }
}

/// An impl has to name what is deprecated, which is no reason to warn of it.
fn allow_deprecated(impls: &TokenStream) -> TokenStream {
    quote! {
        #[allow(deprecated)]
        const _: () = {
            #impls
        };
    }
}

/// Whether the item is deprecated, or a variant or field of it.
fn has_deprecated(node: &DeriveInput) -> bool {
    is_deprecated(&node.attrs)
        || match &node.data {
            Data::Struct(data) => is_any_deprecated(&data.fields),
            Data::Enum(data) => data
                .variants
                .iter()
                .any(|variant| is_deprecated(&variant.attrs) || is_any_deprecated(&variant.fields)),
            Data::Union(_) => false,
        }
}

fn is_any_deprecated(fields: &Fields) -> bool {
    fields.iter().any(|field| is_deprecated(&field.attrs))
}

fn is_deprecated(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident("deprecated"))
}
