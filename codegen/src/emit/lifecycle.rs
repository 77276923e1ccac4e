//! What an item's life means to whoever uses it: `#[deprecated]`, and words for the docs.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use super::doc::{code, escape, link, sentence};
use crate::ir::{Deprecated, Lifecycle, Restriction, Stage, TypePath};

/// For the compiler, which warns of each use.
pub(super) fn emit_deprecated(deprecated: &Option<Deprecated>) -> Option<TokenStream> {
    emit_warning(deprecated, &Lifecycle::default())
}

/// The same for a call, of which it warns as well if it is closing.
pub(super) fn emit_warning(
    deprecated: &Option<Deprecated>,
    lifecycle: &Lifecycle,
) -> Option<TokenStream> {
    let closing = lifecycle.closing.as_ref().map(note_closing);
    let notes: Vec<String> = deprecated.as_ref().map(note).into_iter().chain(closing).collect();
    let note = notes.join("; ");
    (!notes.is_empty()).then(|| quote!(#[deprecated(note = #note)]))
}

fn note_closing(Stage { day, doc, .. }: &Stage) -> String {
    let when = match day {
        Some(day) => format!("closing on {day}"),
        None => "closing, on a day that has not been announced".to_owned(),
    };
    [Some(when), doc.as_deref().map(one_line)].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As ``use `refund::RefundRequest` instead: it takes parts``.
fn note(deprecated: &Deprecated) -> String {
    let instead = deprecated.instead.as_ref().map(|path| format!("use `{}` instead", write(path)));
    let why = deprecated.why.as_deref().map(one_line);
    instead.into_iter().chain(why).collect::<Vec<_>>().join(": ")
}

fn write(TypePath { module, name }: &TypePath) -> String {
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

fn describe(deprecated: &Option<Deprecated>, name: impl Fn(&TypePath) -> String) -> Option<String> {
    let deprecated = deprecated.as_ref()?;
    let instead = deprecated.instead.as_ref().map(|path| format!("use {} instead.", name(path)));
    let why = deprecated.why.as_deref().map(|why| sentence(escape(why)));
    let source = doc::describe_sources(&deprecated.sources);
    let parts = ["Deprecated:".to_owned()].into_iter().chain(instead).chain(why).chain(source);
    Some(parts.collect::<Vec<_>>().join(" "))
}

/// What the docs list of when and for whom something can be called.
pub(super) fn describe_lifecycle(lifecycle: &Lifecycle) -> Vec<String> {
    let Lifecycle { available, restricted, closed_to_new_apps, closing } = lifecycle;
    let available = available.as_ref().map(|stage| describe_stage("Available", "from", stage));
    let closed = closed_to_new_apps.as_ref();
    let closed = closed.map(|stage| describe_stage("Closed to new apps", "since", stage));
    let closing = closing.as_ref().map(|stage| describe_stage("Closing", "on", stage));
    let restricted = restricted.as_ref().map(describe_restriction);
    [available, restricted, closed, closing].into_iter().flatten().collect()
}

fn describe_stage(what: &str, preposition: &str, stage: &Stage) -> String {
    let when = match &stage.day {
        Some(day) => format!("{what} {preposition} {day}."),
        None => format!("{what}; the day is not known."),
    };
    describe_with(when, stage.doc.as_deref(), &stage.sources)
}

fn describe_restriction(restriction: &Restriction) -> String {
    let to: Vec<String> = restriction.to.iter().map(|to| escape(to)).collect();
    let whom = format!("Only for {}.", to.join(", "));
    describe_with(whom, restriction.doc.as_deref(), &restriction.sources)
}

fn describe_with(first: String, doc: Option<&str>, sources: &[String]) -> String {
    let doc = doc.map(|doc| sentence(escape(doc)));
    let parts = [Some(first), doc, doc::describe_sources(sources)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
