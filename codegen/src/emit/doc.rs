//! What the docs say of an item, as `#[doc]` attributes.
//!
//! What the item is and what it is limited to is one line, however long, so that a reworded description changes one
//! line of what is generated. What is uncertain about it, and what else is to be known, is a list below. It is Markdown
//! that says the same as the spec's prose: nothing in that becomes a tag, a link or a list by accident.

use std::fmt::Write;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::{Conflict, Doc, Gap, Lost, Note, Scalar, TypePath};

const WIDTH: usize = 92;

/// Lines of documentation, each with the space that comes before its text.
#[derive(Default)]
pub(super) struct Lines {
    /// What the item is.
    summary: Option<String>,
    /// The limits of a named type, which stand at the type alone.
    limits: Option<TokenStream>,
    rest: Vec<String>,
}

impl Lines {
    /// With the limits of a named type behind what the item is. `limits` expands to a literal.
    pub(super) fn with_limits(self, limits: Option<TokenStream>) -> Lines {
        Lines { limits, ..self }
    }
}

impl ToTokens for Lines {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let summary = self.summary.iter().map(|line| quoted(line));
        let limits = self.limits.iter();
        let rest = self.rest.iter().map(|line| quoted(line));
        tokens.extend(quote!(#(#[doc = #summary])* #(#[doc = #limits])* #(#[doc = #rest])*));
    }
}

/// The docs of an item: what it is, apart from where that is known from.
pub(super) fn item(sentences: impl IntoIterator<Item = String>, doc: &Doc) -> Lines {
    item_with(sentences, Vec::new(), doc, Vec::new())
}

/// The docs of a struct: what it is, the facts of its call, if it makes one, and where that is known from. Rules over
/// several fields begin the list behind that.
pub(super) fn item_with(
    sentences: impl IntoIterator<Item = String>,
    facts: Vec<String>,
    doc: &Doc,
    rules: Vec<String>,
) -> Lines {
    let summary = summarize(sentences);
    let facts: Vec<String> = facts.iter().flat_map(|fact| wrap_item(fact, WIDTH)).collect();
    let mut rest = Vec::new();
    for part in [facts, list_details(doc, rules)].into_iter().filter(|part| !part.is_empty()) {
        rest.extend((summary.is_some() || !rest.is_empty()).then(String::new));
        rest.extend(part);
    }
    Lines { summary, limits: None, rest }
}

/// The docs of a field, variant or constant, without a blank line.
pub(super) fn part(sentences: impl IntoIterator<Item = String>, doc: &Doc) -> Lines {
    part_with(sentences, doc, Vec::new())
}

/// The docs of a variant, whose own items begin the list.
pub(super) fn part_with(
    sentences: impl IntoIterator<Item = String>,
    doc: &Doc,
    items: Vec<String>,
) -> Lines {
    Lines { summary: summarize(sentences), limits: None, rest: list_details(doc, items) }
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
    let conflicts = doc.conflicts.iter().map(describe_conflict);
    gaps(doc).chain(conflicts).chain(doc.notes.iter().map(describe_note))
}

/// What no source says, or no longer.
fn gaps(doc: &Doc) -> impl Iterator<Item = String> {
    let unknown =
        (!doc.unknown.is_empty()).then(|| format!("Unknown: {}.", list_gaps(&doc.unknown)));
    unknown.into_iter().chain(doc.lost.iter().map(describe_lost))
}

fn list_details(doc: &Doc, rules: Vec<String>) -> Vec<String> {
    let wrap = |item: String| wrap_item(&item, WIDTH);
    let sources = describe_sources(&doc.sources).map(|sources| format!(" {sources}"));
    let gaps = rules.into_iter().chain(gaps(doc)).flat_map(wrap);
    // A dispute is one line, however long.
    let conflicts = doc.conflicts.iter().map(|it| format!(" - {}", describe_conflict(it)));
    let notes = doc.notes.iter().map(describe_note).flat_map(wrap);
    sources.into_iter().chain(gaps).chain(conflicts).chain(notes).collect()
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

/// What is disputed and whom the client follows; who says what, and why, is in the spec.
fn describe_conflict(conflict: &Conflict) -> String {
    let about = sentence(escape(&conflict.about));
    let follow = escape(&conflict.follow);
    format!("Disputed: {about} Followed: {follow}; see `conflicts` in the spec.")
}

fn describe_note(note: &Note) -> String {
    let text = sentence(escape(&note.text));
    match note.sources.is_empty() {
        true => text,
        false => format!("{text} ({})", escape(&note.sources.join("; "))),
    }
}

pub(super) fn describe_since(since: Option<&str>) -> Option<String> {
    since.map(|since| format!("Since {since}."))
}

pub(super) fn describe_scalar(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Bool(value) => format!("`{value}`"),
        Scalar::Int(value) => value.to_string(),
        Scalar::String(value) => code(&format!("{value:?}")),
    }
}

// Prose as Markdown.

/// One line of text, escaped; code in backticks stays as it is, addresses become links.
pub(super) fn escape(text: &str) -> String {
    let line = one_line(text);
    let mut parts = line.split('`');
    if parts.clone().count().is_multiple_of(2) {
        // A backtick has no partner, so none of them can be told from a stray one.
        return parts.map(escape_prose).collect::<Vec<_>>().join("\\`");
    }
    let mut escaped = escape_prose(parts.next().unwrap_or_default());
    while let (Some(code), Some(prose)) = (parts.next(), parts.next()) {
        escaped.push('`');
        escaped.push_str(code);
        escaped.push('`');
        escaped.push_str(&escape_prose(prose));
    }
    escaped
}

/// Code in backticks, as many as it takes.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    match longest {
        0 => format!("`{text}`"),
        _ => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// Words with single spaces. Leaves out characters that are not to be seen, which compilers refuse in comments.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            _ if c.is_ascii_graphic() => line.push(c),
            _ if !c.is_whitespace() => {
                line.extend((!c.is_control() && !changes_direction(c)).then_some(c))
            }
            _ if !line.ends_with(' ') => line.push(' '),
            _ => {}
        }
    }
    line
}

fn changes_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escape_prose(text: &str) -> String {
    if !text.contains(is_special) && !text.contains("http") {
        return text.to_owned();
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(start) = find_url(rest) {
        let (before, from) = rest.split_at(start);
        let (url, after) = from.split_at(url_length(from));
        escape_marks(before, &mut escaped);
        // Writing to a string cannot fail.
        let _ = write!(escaped, "<{url}>");
        rest = after;
    }
    escape_marks(rest, &mut escaped);
    escaped
}

fn find_url(text: &str) -> Option<usize> {
    let starts = text.match_indices("http").map(|(start, _)| start);
    starts.into_iter().find(|&start| is_url(&text[start..]))
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// A URL is ASCII; the marks behind it are the sentence's.
fn url_length(text: &str) -> usize {
    let is_end = |c: char| !c.is_ascii_graphic() || "<>\"'`()[]{}|\\^".contains(c);
    let url = &text[..text.find(is_end).unwrap_or(text.len())];
    url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']).len()
}

fn escape_marks(text: &str, escaped: &mut String) {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if is_mark(before, c, after) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
}

fn is_mark(before: char, c: char, after: char) -> bool {
    match c {
        // Inside a word it is a part of it.
        '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
        _ => is_special(c),
    }
}

fn is_special(c: char) -> bool {
    matches!(c, '\\' | '<' | '[' | ']' | '*' | '&' | '~' | '_')
}

/// Escapes what a line must not begin with, as it would be a list, a heading or a quotation.
pub(super) fn escape_start(line: String) -> String {
    if !starts_block(&line) {
        return line;
    }
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or_default();
    let (number, rest) = line.split_at(digits);
    format!("{number}\\{rest}")
}

/// Whether a line that begins with `word` would be something else than text.
fn starts_block(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.len() == word.len() {
        true => word.starts_with(['-', '+', '>', '#', '=', '|']),
        false => rest.starts_with(['.', ')']),
    }
}

/// An item of a list, broken into lines of about `width` characters.
pub(super) fn wrap_item(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = " -".to_owned();
    let mut length = 2;
    for word in text.split(' ') {
        let word_length = word.chars().count();
        if length > 2 && length + 1 + word_length > width && !starts_block(word) {
            lines.push(std::mem::replace(&mut line, "  ".to_owned()));
            length = 2;
        }
        line.push(' ');
        line.push_str(word);
        length += 1 + word_length;
    }
    lines.push(line);
    lines
}

/// `text` with a full stop, unless it ends as a sentence does.
pub(super) fn sentence(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '；', '：', '…']) {
        text.push('.');
    }
    text
}

/// A link to an item of the client.
pub(super) fn link(path: &TypePath) -> String {
    let name = code(&path.name);
    match &path.module {
        None => format!("[{name}]"),
        Some(module) => format!("[{name}](super::{module}::{})", path.name),
    }
}

/// A line of text as a literal. Several times faster than `Literal::string`, which looks up each character's class.
fn quoted(line: &str) -> Literal {
    let mut literal = String::with_capacity(line.len() + 8);
    literal.push('"');
    for part in line.split_inclusive(['"', '\\']) {
        let text = part.trim_end_matches(['"', '\\']);
        literal.push_str(text);
        literal.extend(part[text.len()..].chars().flat_map(|mark| ['\\', mark]));
    }
    literal.push('"');
    literal.parse().expect("a quoted line is a literal")
}
