//! What an item's life means to whoever uses it: `#[deprecated]`, and words for the docs.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use super::markdown::{code, escape, link, sentence};
use crate::ir::{Deprecated, Path};

/// For the compiler, which warns of each use.
pub(super) fn emit_deprecated(deprecated: &Option<Deprecated>) -> Option<TokenStream> {
    let note = note(deprecated.as_ref()?);
    Some(quote!(#[deprecated(note = #note)]))
}

/// As ``use `refund::RefundRequest` instead: it takes parts``.
fn note(deprecated: &Deprecated) -> String {
    let instead = deprecated.instead.as_ref().map(|path| format!("use `{}` instead", write(path)));
    let why = deprecated.why.as_deref().map(|why| why.split_whitespace().collect::<Vec<_>>());
    let why = why.map(|words| words.join(" "));
    instead.into_iter().chain(why).collect::<Vec<_>>().join(": ")
}

fn write(Path { module, name }: &Path) -> String {
    match module {
        None => name.clone(),
        Some(module) => format!("{module}::{name}"),
    }
}

/// What the docs say of an item that is deprecated.
pub(super) fn describe_item(deprecated: &Option<Deprecated>) -> Option<String> {
    describe(deprecated, link)
}

/// What the docs say of a field or a variant that is deprecated.
pub(super) fn describe_part(deprecated: &Option<Deprecated>) -> Option<String> {
    describe(deprecated, |path| code(&path.name))
}

fn describe(deprecated: &Option<Deprecated>, name: impl Fn(&Path) -> String) -> Option<String> {
    let deprecated = deprecated.as_ref()?;
    let instead = deprecated.instead.as_ref().map(|path| format!("use {} instead.", name(path)));
    let why = deprecated.why.as_deref().map(|why| sentence(escape(why)));
    let source = doc::describe_sources(&deprecated.sources);
    let parts = ["Deprecated:".to_owned()].into_iter().chain(instead).chain(why).chain(source);
    Some(parts.collect::<Vec<_>>().join(" "))
}
