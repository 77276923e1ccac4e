//! `#[derive(JsApi)]`: a struct of options bound to the function it is for.

mod attr;
mod signature;
mod model;
mod expand;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::crate_path;
use crate::errors::Errors;

pub(crate) fn derive(node: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let options = model::Options::from_syn(node, &mut errors);
    let runtime = crate_path::of(&node.attrs, "js_api");
    match errors.finish() {
        Ok(()) => expand::expand(&options, &runtime),
        Err(error) => {
            [error.to_compile_error(), expand::dummy(&options, &runtime)].into_iter().collect()
        }
    }
}
