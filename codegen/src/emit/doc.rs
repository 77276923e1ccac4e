//! What a person is told of an item, as `#[doc]` attributes.
//!
//! What the item is and what it is limited to is one line, however long, so that a reworded description changes one
//! line of what is generated. What is uncertain about it, and what else is to be known, is a list below.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::markdown::{code, escape, escape_start, sentence, wrap_item};
use super::tokens::quoted;
use crate::ir::{Conflict, Doc, Gap, Group, GroupRule, Lost, Note};

const WIDTH: usize = 92;

/// Lines of documentation, each with the space that comes before its text.
pub(super) struct Lines(Vec<String>);

impl ToTokens for Lines {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in &self.0 {
            let line = quoted(line);
            tokens.extend(quote!(#[doc = #line]));
        }
    }
}

/// The docs of an item: what it is, apart from where that is known from.
pub(super) fn item(sentences: impl IntoIterator<Item = String>, doc: &Doc) -> Lines {
    item_with(sentences, doc, Vec::new())
}

/// The docs of a struct, whose rules over several fields or calls begin the list.
pub(super) fn item_with(
    sentences: impl IntoIterator<Item = String>,
    doc: &Doc,
    rules: Vec<String>,
) -> Lines {
    let summary = summarize(sentences);
    let details = list_details(doc, rules);
    let between = (summary.is_some() && !details.is_empty()).then(String::new);
    Lines(summary.into_iter().chain(between).chain(details).collect())
}

/// The docs of a field, variant or constant, without a blank line.
pub(super) fn part(sentences: impl IntoIterator<Item = String>, doc: &Doc) -> Lines {
    let summary = summarize(sentences);
    Lines(summary.into_iter().chain(list_details(doc, Vec::new())).collect())
}

/// The docs of a domain's file, if there are any.
pub(super) fn module(doc: &Doc, name: &str, lifecycle: Vec<String>) -> Option<TokenStream> {
    match text(doc) {
        None if lifecycle.is_empty() => None,
        _ => Some(file(text_or_name(doc, name), lifecycle)),
    }
}

/// The docs of a whole file: what it is, and a list.
pub(super) fn file(title: String, items: impl IntoIterator<Item = String>) -> TokenStream {
    let items = items.into_iter().flat_map(|item| wrap_item(&item, WIDTH));
    let mut lines: Vec<String> = summarize([title]).into_iter().chain(items).collect();
    if lines.len() > 1 {
        lines.insert(1, String::new());
    }
    let lines = lines.iter().map(|line| quoted(line));
    quote!(#(#![doc = #lines])*)
}

/// The description, which is a sentence or several.
pub(super) fn text(doc: &Doc) -> Option<String> {
    doc.text.as_deref().map(escape).filter(|text| !text.is_empty()).map(sentence)
}

/// The description, or the name in the spec if there is none.
pub(super) fn text_or_name(doc: &Doc, wire: &str) -> String {
    text(doc).unwrap_or_else(|| format!("{}.", code(wire)))
}

fn summarize(sentences: impl IntoIterator<Item = String>) -> Option<String> {
    let sentences: Vec<String> = sentences.into_iter().collect();
    (!sentences.is_empty()).then(|| format!(" {}", escape_start(sentences.join(" "))))
}

/// All that is said of a part that has no place of its own, in sentences.
pub(super) fn describe(doc: &Doc) -> Vec<String> {
    let source = describe_sources(&doc.sources);
    text(doc).into_iter().chain(source).chain(details(doc)).collect()
}

/// What is uncertain about an item, and what else is to be known.
fn details(doc: &Doc) -> impl Iterator<Item = String> {
    let unknown =
        (!doc.unknown.is_empty()).then(|| format!("Unknown: {}.", list_gaps(&doc.unknown)));
    let lost = doc.lost.iter().map(describe_lost);
    let conflicts = doc.conflicts.iter().map(describe_conflict);
    let notes = doc.notes.iter().map(describe_note);
    unknown.into_iter().chain(lost).chain(conflicts).chain(notes)
}

fn list_details(doc: &Doc, rules: Vec<String>) -> Vec<String> {
    let items = rules.into_iter().chain(details(doc));
    let items = items.flat_map(|item| wrap_item(&item, WIDTH));
    let sources = describe_sources(&doc.sources).map(|sources| format!(" {sources}"));
    sources.into_iter().chain(items).collect()
}

pub(super) fn describe_sources(sources: &[String]) -> Option<String> {
    (!sources.is_empty()).then(|| format!("Source: {}.", escape(&sources.join("; "))))
}

fn list_gaps(gaps: &[Gap]) -> String {
    gaps.iter().map(|gap| gap.word()).collect::<Vec<_>>().join(", ")
}

fn describe_lost(lost: &Lost) -> String {
    match &lost.filled_from {
        Some(source) => {
            format!("Lost on the page: {}; here from {}.", lost.cell.word(), escape(source))
        }
        None => format!("Lost on the page: {}.", lost.cell.word()),
    }
}

fn describe_conflict(conflict: &Conflict) -> String {
    let about = sentence(escape(&conflict.about));
    let readings = conflict.readings.iter();
    let readings: Vec<String> = readings
        .map(|reading| format!("{}: {}", escape(&reading.source), sentence(escape(&reading.says))))
        .collect();
    let follow = escape(&conflict.follow);
    let why = sentence(escape(&conflict.why));
    format!("Conflict: {about} {} Followed: {follow}. {why}", readings.join(" "))
}

fn describe_note(note: &Note) -> String {
    let text = sentence(escape(&note.text));
    match note.sources.is_empty() {
        true => text,
        false => format!("{text} ({})", escape(&note.sources.join("; "))),
    }
}

pub(super) fn describe_group(group: &Group) -> String {
    let fields: Vec<String> = group.fields.iter().map(|field| code(field)).collect();
    let rule = match group.rule {
        GroupRule::ExactlyOneOf => "Exactly one of",
        GroupRule::AtLeastOneOf => "At least one of",
    };
    let order =
        if group.precedence { "; the platform goes by the first that is given" } else { "" };
    let rule = format!("{rule} {}{order}.", fields.join(", "));
    let source = describe_sources(&group.doc.sources);
    [Some(rule), text(&group.doc), source].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
