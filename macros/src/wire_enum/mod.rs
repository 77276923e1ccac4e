//! `#[derive(WireEnum)]`: an enum of documented values that keeps any other.

mod attr;
mod model;
mod check;
mod expand;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::crate_path;
use crate::errors::Errors;

pub(crate) fn derive(node: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let model = model::Enum::from_syn(node, &mut errors);
    check::check(&model, &mut errors);
    let runtime = crate_path::of(&node.attrs, "wire");
    match errors.finish() {
        // Rather no impl than one that complains of the parameters as well.
        Err(error) if !node.generics.params.is_empty() => error.to_compile_error(),
        Ok(()) => expand::expand(&model, &runtime),
        Err(error) => {
            [error.to_compile_error(), expand::dummy(&model, &runtime)].into_iter().collect()
        }
    }
}
