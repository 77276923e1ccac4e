//! `#[derive(Events)]`: an enum of the events that come in one callback envelope.

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
    let model = model::Events::from_syn(node, &mut errors);
    check::check(&model, &mut errors);
    let runtime = crate_path::of(&node.attrs, "events");
    match (errors.finish(), &model.envelope) {
        // Rather no impl than one that complains of the parameters as well.
        (Err(error), _) if !node.generics.params.is_empty() => error.to_compile_error(),
        (Ok(()), Some(envelope)) => expand::expand(&model, envelope, &runtime),
        (Ok(()), None) => expand::dummy(node, &runtime),
        (Err(error), _) => {
            [error.to_compile_error(), expand::dummy(node, &runtime)].into_iter().collect()
        }
    }
}
