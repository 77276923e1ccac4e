//! YAML text → a tree in which every key and value has its place. Takes the plain part of YAML: no aliases, tags or
//! several documents, no key twice, no nesting without end.

use std::borrow::Cow;
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
    Map(Vec<(Located<String>, Node)>),
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
    };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                let span = reader.places.span(span);
                if !reader.take(event, span) {
                    break;
                }
            }
            Err(error) => {
                let place = reader.places.point(error.marker().index());
                reader.diagnostics.error(place, "yaml-syntax", lower_first(error.info()));
                break;
            }
        }
    }
    reader.finish()
}

/// Turns the parser's places, which count characters, into bytes.
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
}

/// A list or map whose end has not been reached.
enum Open {
    List { span: Span, items: Vec<Node> },
    Map { span: Span, entries: Vec<(Located<String>, Node)>, key: Option<Node> },
}

struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
    places: Places,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
}

impl Reader<'_> {
    /// Takes the next event; false if the rest of the file is not to be read.
    fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::DocumentStart(_) => return self.start_document(span),
            Event::Alias(_) => {
                self.diagnostics
                    .error(span, "yaml-alias", "an alias is not allowed")
                    .help("write the value out");
                self.add(Node { span, kind: Kind::Broken });
            }
            Event::Scalar(text, style, anchor, tag) => {
                let allowed = self.check_plain(span, anchor, tag.is_some());
                self.add(Node { span, kind: scalar(text, style, allowed) });
            }
            Event::SequenceStart(anchor, tag) => {
                self.check_plain(span, anchor, tag.is_some());
                return self.start(span, Open::List { span, items: Vec::new() });
            }
            Event::MappingStart(anchor, tag) => {
                self.check_plain(span, anchor, tag.is_some());
                return self.start(span, Open::Map { span, entries: Vec::new(), key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        true
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
            self.diagnostics
                .error(span, "yaml-anchor", "an anchor is not allowed")
                .help("remove the `&name` before this value");
        }
        if tagged {
            self.diagnostics
                .error(span, "yaml-tag", "a tag is not allowed")
                .help("remove the `!` tag before this value");
        }
        anchor == 0 && !tagged
    }

    fn start(&mut self, span: Span, open: Open) -> bool {
        if self.open.len() == DEEPEST {
            let message = format_args!("nested deeper than {DEEPEST} levels");
            self.diagnostics.error(Span { end: span.start, ..span }, "yaml-depth", message);
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
            Some(Open::Map { span, entries, .. }) => {
                let last = entries.last().map(|(_, node)| node);
                Node { span: cover(span, end, last), kind: Kind::Map(entries) }
            }
            None => return,
        };
        self.add(node);
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { key: key @ None, .. }) => *key = Some(node),
            Some(Open::Map { entries, key, .. }) => {
                let key = key.take().expect("matched above");
                add_entry(self.diagnostics, entries, key, node);
            }
        }
    }

    /// Closes what a fault left open. The innermost part is not whole and counts for nothing.
    fn finish(mut self) -> Option<Node> {
        if let Some(Open::List { span, .. } | Open::Map { span, .. }) = self.open.pop() {
            self.add(Node { span, kind: Kind::Broken });
        }
        while let Some(open) = self.open.last() {
            let (Open::List { span, .. } | Open::Map { span, .. }) = open;
            let span = *span;
            self.end(span);
        }
        self.root
    }
}

fn add_entry(
    diagnostics: &mut Diagnostics,
    entries: &mut Vec<(Located<String>, Node)>,
    key: Node,
    value: Node,
) {
    let Kind::Scalar { text, plain } = key.kind else {
        if !matches!(key.kind, Kind::Broken) {
            diagnostics.error(key.span, "yaml-key", "a key is a name, not a list or a mapping");
        }
        return;
    };
    if plain && let Some(other) = read_otherwise(&text) {
        let message = format_args!("the key `{text}` is read as {other} by YAML 1.1");
        diagnostics
            .error(key.span, "ambiguous-scalar", message)
            .help(format_args!("write {text:?}"));
    }
    if let Some((first, _)) = entries.iter().find(|(known, _)| known.value == text) {
        let first = diagnostics.place(first.span);
        diagnostics
            .error(key.span, "duplicate-key", format_args!("`{text}` is given twice"))
            .help(format_args!("the first is at {first}"));
        return;
    }
    entries.push((Located { value: text, span: key.span }, value));
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

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

/// What YAML 1.1 or 1.2 reads a text without quotes as, if not as text.
pub(crate) fn read_otherwise(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" | "~" | "null" => Some("null"),
        "y" | "yes" | "n" | "no" | "true" | "false" | "on" | "off" => Some("a boolean"),
        "=" | "<<" => Some("a special value"),
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
