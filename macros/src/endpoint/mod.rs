//! `#[derive(Endpoint)]`: a request struct bound to the call it is for.

mod attr;
mod parts;
mod model;
mod check;
mod expand;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::crate_path;
use crate::errors::Errors;

pub(crate) fn derive(node: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let model = model::Request::from_syn(node, &mut errors);
    check::check(&model, &mut errors);
    let runtime = crate_path::of(&node.attrs, "endpoint");
    match (errors.finish(), model.call()) {
        (Err(error), _) => {
            [error.to_compile_error(), expand::dummy(&model, &runtime)].into_iter().collect()
        }
        (Ok(()), Some(call)) => expand::expand(&model, &call, &runtime),
        (Ok(()), None) => TokenStream::new(),
    }
}
