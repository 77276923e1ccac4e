//! YAML text → a tree in which every key and value has its place. Takes the plain part of YAML: no aliases, tags or
//! several documents, no key twice, no nesting without end.
//!
//! Why not a serde crate: a diagnostic needs the place of every value, good ones too (`min` is wrong only because of
//! `max`), and all errors in one run. No serde YAML crate gives either, nor refuses duplicate keys reliably. So this
//! keeps the place of each node of saphyr-parser's events, and refuses aliases, tags and second documents, which
//! rules out merge keys and inputs that expand without end. `record!` makes one declaration the struct, the reader
//! that reports every error, and the JSON Schema. The tests read the same files with serde_yaml, as a second opinion.

mod syntax;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex_lite::Regex;
use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Located, Sources, Span};

const DEEPEST: usize = 64;

/// A value and where it stands.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Kind {
    /// `plain` if written without quotes and not as a block.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    /// `whole` is false if entries are missing because of a fault.
    Map {
        entries: Vec<(Located<String>, Node)>,
        whole: bool,
    },
    /// Something that has been complained of already.
    Broken,
}

/// Reads one file. What cannot be read is reported and left out; the rest is returned.
pub(crate) fn read(diagnostics: &mut Diagnostics, sources: &Sources, file: FileId) -> Option<Node> {
    let text = sources.text(file);
    let mut reader = Reader {
        diagnostics,
        places: Places::new(text, file),
        open: Vec::new(),
        root: None,
        documents: 0,
        read: 0,
    };
    for event in Parser::new_from_str(text) {
        let go_on = match event {
            Ok((event, span)) => {
                let span = reader.places.span(span);
                reader.take(event, span)
            }
            Err(error) => {
                let around = (reader.bracket(text), reader.read);
                syntax::report(reader.diagnostics, &reader.places, text, &error, around);
                false
            }
        };
        if !go_on {
            break;
        }
    }
    reader.finish()
}

/// A list or map whose end has not been reached.
enum Open {
    List { span: Span, items: Vec<Node> },
    Map(OpenMap),
}

struct OpenMap {
    span: Span,
    entries: Vec<(Located<String>, Node)>,
    /// Where each key was first given.
    places: BTreeMap<String, Span>,
    /// A key whose value has not been reached.
    key: Option<Node>,
    whole: bool,
}

impl Open {
    fn map(span: Span) -> Open {
        let (entries, places) = (Vec::new(), BTreeMap::new());
        Open::Map(OpenMap { span, entries, places, key: None, whole: true })
    }

    fn span(&self) -> Span {
        match self {
            Open::List { span, .. } | Open::Map(OpenMap { span, .. }) => *span,
        }
    }
}

struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
    places: Places,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    /// Where the last key or value ends.
    read: usize,
}

impl Reader<'_> {
    /// Takes the next event; false if the rest of the file is not to be read.
    fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        self.read = self.read.max(span.end);
        match event {
            Event::DocumentStart(_) => return self.start_document(span),
            Event::Alias(_) => {
                self.diagnostics
                    .error(span, "yaml-alias", "an alias is not allowed")
                    .help("write the value out");
                self.add(Node { span, kind: Kind::Broken });
            }
            Event::Scalar(text, style, anchor, tag) => {
                let allowed = self.check_plain(span, anchor, tag.is_some())
                    && self.check_items(span, &text, style);
                self.add(Node { span, kind: scalar(text, style, allowed) });
            }
            Event::SequenceStart(anchor, tag) => {
                self.check_plain(span, anchor, tag.is_some());
                return self.start(span, Open::List { span, items: Vec::new() });
            }
            Event::MappingStart(anchor, tag) => {
                self.check_plain(span, anchor, tag.is_some());
                return self.start(span, Open::map(span));
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        true
    }

    /// Where the innermost bracket that is open stands.
    fn bracket(&self, text: &str) -> Option<usize> {
        let start = self.open.last()?.span().start;
        text[start..].starts_with(['{', '[']).then_some(start)
    }

    fn start_document(&mut self, span: Span) -> bool {
        self.documents += 1;
        if self.documents > 1 {
            self.diagnostics
                .error(span, "yaml-documents", "a file holds one document")
                .help("put the second document into a file of its own");
        }
        self.documents == 1
    }

    fn check_plain(&mut self, span: Span, anchor: usize, tagged: bool) -> bool {
        if anchor != 0 {
            self.diagnostics.error(span, "yaml-anchor", "an anchor is not allowed").help(
                "remove the `&name` before this value, or put text that begins with `&` in quotes",
            );
        }
        if tagged {
            self.diagnostics.error(span, "yaml-tag", "a tag is not allowed").help(
                "remove the `!` tag before this value, or put text that begins with `!` in quotes",
            );
        }
        anchor == 0 && !tagged
    }

    /// `-page` in one line and `- page` in the next are one text to YAML.
    fn check_items(&mut self, span: Span, text: &str, style: ScalarStyle) -> bool {
        let is_letter = |next: &str| next.starts_with(|c: char| c.is_ascii_alphabetic());
        let is_item = text.strip_prefix('-').is_some_and(is_letter) && text.contains(" - ");
        if style != ScalarStyle::Plain || !is_item {
            return true;
        }
        let span = Span { end: span.start + 1, ..span };
        self.diagnostics
            .error(span, "yaml-syntax", "missing space after the `-` of a list item")
            .help("write `- ` before each item, or put the text in quotes");
        false
    }

    fn start(&mut self, span: Span, open: Open) -> bool {
        if self.open.len() == DEEPEST {
            let message = format_args!("nested deeper than {DEEPEST} levels");
            self.diagnostics
                .error(Span { end: span.start, ..span }, "yaml-depth", message)
                .help("see whether a bracket is not closed");
            return false;
        }
        self.open.push(open);
        true
    }

    fn end(&mut self, end: Span) {
        let node = match self.open.pop() {
            Some(Open::List { span, items }) => {
                Node { span: cover(span, end, items.last()), kind: Kind::List(items) }
            }
            Some(Open::Map(OpenMap { span, entries, whole, .. })) => {
                let last = entries.last().map(|(_, node)| node);
                Node { span: cover(span, end, last), kind: Kind::Map { entries, whole } }
            }
            None => return,
        };
        self.add(node);
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map(map)) => match map.key.take() {
                None => map.key = Some(node),
                Some(key) => map.add(self.diagnostics, key, node),
            },
        }
    }

    /// Closes what a fault left open. The innermost part counts for nothing, the others are known not to be whole;
    /// only the root is taken for what it has.
    fn finish(mut self) -> Option<Node> {
        if let Some(innermost) = self.open.pop() {
            let span = innermost.span();
            self.diagnostics.leave_unread(Span { end: self.places.end(), ..span });
            self.add(Node { span, kind: Kind::Broken });
        }
        while let Some(open) = self.open.last_mut() {
            let span = open.span();
            if let Open::Map(map) = open {
                map.whole = false;
            }
            self.end(span);
        }
        if let Some(Node { kind: Kind::Map { whole, .. }, .. }) = &mut self.root {
            *whole = true;
        }
        self.root
    }
}

impl OpenMap {
    fn add(&mut self, diagnostics: &mut Diagnostics, key: Node, value: Node) {
        let entry = Span { end: value.span.end, ..key.span };
        let Some(name) = read_key(diagnostics, key) else {
            self.whole = false;
            return diagnostics.leave_unread(entry);
        };
        if let Some(first) = self.places.get(&name.value) {
            let first = diagnostics.place(*first);
            diagnostics
                .error(name.span, "duplicate-key", format_args!("`{name}` is given twice"))
                .help(format_args!("the first is at {first}"));
            return;
        }
        self.places.insert(name.value.clone(), name.span);
        self.entries.push((name, value));
    }
}

/// The name that a key is, if it can be one.
fn read_key(diagnostics: &mut Diagnostics, key: Node) -> Option<Located<String>> {
    match key.kind {
        Kind::Scalar { text, plain: true } if text.is_empty() => {
            diagnostics
                .error(key.span, "yaml-key", "no key stands before this `:`")
                .help("write a name, or put the text that the `:` belongs to in quotes");
        }
        Kind::Scalar { text, plain: true } if text == "<<" => {
            diagnostics
                .error(key.span, "yaml-merge", "a merge key is not allowed")
                .help("write the keys out");
        }
        Kind::Scalar { text, plain } => match read_otherwise(&text) {
            Some(other) if plain => {
                let message = format_args!("the key `{text}` without quotes is read as {other}");
                diagnostics
                    .error(key.span, "ambiguous-scalar", message)
                    .help(format_args!("write {text:?}"));
            }
            _ => return Some(Located { value: text, span: key.span }),
        },
        Kind::List(_) | Kind::Map { .. } => {
            diagnostics
                .error(key.span, "yaml-key", "a key is a name, not a list or a mapping")
                .help("put text that begins with `[` or `{` in quotes");
        }
        Kind::Broken => {}
    }
    None
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle, allowed: bool) -> Kind {
    if allowed {
        Kind::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain }
    } else {
        Kind::Broken
    }
}

/// From the start of a collection to its end, or to that of its last item if it is a block, which has none.
fn cover(start: Span, end: Span, last: Option<&Node>) -> Span {
    let end =
        if end.end > end.start { end.end } else { last.map_or(start.end, |last| last.span.end) };
    Span { end: end.max(start.start), ..start }
}

/// Where the characters of a text start. The parser counts characters in its places, and we count bytes.
struct Places {
    file: FileId,
    /// Where the n-th character starts; the last is the end of the text.
    starts: Vec<usize>,
}

impl Places {
    fn new(text: &str, file: FileId) -> Places {
        let starts = text.char_indices().map(|(start, _)| start).chain([text.len()]);
        Places { file, starts: starts.collect() }
    }

    fn byte(&self, character: usize) -> usize {
        self.starts[character.min(self.starts.len() - 1)]
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        let (start, end) = (self.byte(span.start.index()), self.byte(span.end.index()));
        Span { file: self.file, start, end }
    }

    fn point(&self, character: usize) -> Span {
        let start = self.byte(character);
        Span { file: self.file, start, end: start }
    }

    /// The end of the text.
    fn end(&self) -> usize {
        self.starts[self.starts.len() - 1]
    }
}

/// What YAML 1.1 or 1.2 reads a text without quotes as, if not as text.
pub(crate) fn read_otherwise(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" | "~" | "null" => Some("null"),
        "y" | "yes" | "n" | "no" | "true" | "false" | "on" | "off" => Some("a boolean"),
        "=" | "<<" => Some("a special value"),
        // Most texts are words, and the patterns below are slow.
        _ if !lower.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) => {
            None
        }
        _ if NUMBER.is_match(&lower) => Some("a number"),
        _ if DATE.is_match(&lower) => Some("a date"),
        _ => None,
    }
}

/// The numbers of YAML 1.1 and 1.2: binary, octal, hexadecimal, base 60, decimal with fraction and exponent.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let number = "^[-+]?(0b[01_]+|0o[0-7]+|0x[0-9a-f_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\\.[0-9_]*)?(e[-+]?[0-9]+)?\
                  |\\.[0-9][0-9_]*(e[-+]?[0-9]+)?|\\.inf|\\.nan)$";
    Regex::new(number).expect("a valid pattern")
});

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t \t].*)?$").expect("a valid pattern")
});
