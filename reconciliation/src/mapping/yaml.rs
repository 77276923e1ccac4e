//! YAML text → a tree in which everything has its place → structs, with every fault noted.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::MappingFault;

/// Deeper than any mapping goes.
const DEEPEST: usize = 16;

type LineColumn = (usize, usize);

/// A value and where it stands.
pub(super) struct Node {
    pub(super) place: LineColumn,
    kind: Kind,
}

enum Kind {
    /// `plain` if written without quotes and not as a block.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Rc<Node>>),
    Map(Vec<Entry>),
}

/// A key and its value.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) place: LineColumn,
    pub(super) value: Rc<Node>,
}

/// Reads one document; `None` if the text is empty.
pub(super) fn parse(text: &str) -> Result<Option<Rc<Node>>, MappingFault> {
    let text = text.trim_start_matches('\u{feff}');
    Loader { events: Parser::new_from_str(text), anchors: BTreeMap::new() }.document()
}

struct Loader<I> {
    events: I,
    anchors: BTreeMap<usize, Rc<Node>>,
}

impl<'a, I: Iterator<Item = Result<(Event<'a>, Span), ScanError>>> Loader<I> {
    fn document(&mut self) -> Result<Option<Rc<Node>>, MappingFault> {
        let mut root = None;
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(root.filter(|root: &Rc<Node>| !root.is_null())),
                (Event::DocumentStart(_), place) if root.is_some() => {
                    return Err(fault(place, "a mapping is one document"));
                }
                (
                    Event::Nothing
                    | Event::StreamStart
                    | Event::DocumentStart(_)
                    | Event::DocumentEnd,
                    _,
                ) => {}
                (event, place) => root = Some(self.node(event, place, 0)?),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, LineColumn), MappingFault> {
        match self.events.next() {
            None => Ok((Event::StreamEnd, (1, 1))),
            Some(Ok((event, span))) => Ok((event, (span.start.line(), span.start.col() + 1))),
            Some(Err(error)) => {
                let place = (error.marker().line(), error.marker().col() + 1);
                Err(fault(place, error.info()))
            }
        }
    }

    fn node(
        &mut self,
        event: Event<'a>,
        place: LineColumn,
        depth: usize,
    ) -> Result<Rc<Node>, MappingFault> {
        if depth > DEEPEST {
            return Err(fault(place, "nested too deeply"));
        }
        let (kind, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                (Kind::Scalar { text: text.into_owned(), plain }, anchor)
            }
            Event::SequenceStart(anchor, _) => (Kind::List(self.list(depth)?), anchor),
            Event::MappingStart(anchor, _) => (Kind::Map(self.map(depth)?), anchor),
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                return node.ok_or_else(|| fault(place, "the alias is part of what it stands for"));
            }
            _ => return Err(fault(place, "expected a value")),
        };
        let node = Rc::new(Node { place, kind });
        if anchor != 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        Ok(node)
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Rc<Node>>, MappingFault> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(items),
                (event, place) => items.push(self.node(event, place, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Vec<Entry>, MappingFault> {
        let mut entries = Vec::new();
        loop {
            let (event, place) = self.next()?;
            if event == Event::MappingEnd {
                return Ok(entries);
            }
            let key = self.node(event, place, depth + 1)?;
            let Kind::Scalar { text, .. } = &key.kind else {
                return Err(fault(place, "expected a key"));
            };
            let (event, value_place) = self.next()?;
            let value = self.node(event, value_place, depth + 1)?;
            entries.push(Entry { key: text.clone(), place, value });
        }
    }
}

fn fault(place: LineColumn, message: &str) -> MappingFault {
    MappingFault { message: message.to_owned(), place }
}

impl Node {
    /// The entries, if it is a map.
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items, if it is a list.
    pub(super) fn items(&self) -> &[Rc<Node>] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// The text, if it is a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The entry of a map, unless it is null.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let entry = self.entries().iter().find(|entry| entry.key == key)?;
        Some(&*entry.value).filter(|value| !value.is_null())
    }

    fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar { text, plain: true } if matches!(&**text, "" | "~" | "null"))
    }

    const fn describe(&self) -> &'static str {
        match self.kind {
            Kind::Scalar { .. } => "text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }
}

/// What is wrong so far.
#[derive(Default)]
pub(super) struct Faults {
    list: Vec<MappingFault>,
    path: Vec<String>,
}

impl Faults {
    /// Notes a fault in what is being read.
    pub(super) fn add(&mut self, place: LineColumn, message: impl fmt::Display) {
        let message = match self.path.join(".") {
            path if path.is_empty() => message.to_string(),
            path => format!("{path}: {message}"),
        };
        self.list.push(MappingFault { message, place });
    }

    /// Reads what is under a key.
    fn within<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(key.to_owned());
        let value = read(self);
        self.path.pop();
        value
    }

    /// All faults, in the order of the text.
    pub(super) fn into_list(mut self) -> Vec<MappingFault> {
        self.list.sort_by_key(|fault| fault.place);
        self.list
    }
}

/// What can be read from a node. `None` if it cannot be, which has been noted.
pub(super) trait FromYaml: Sized {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self>;
}

/// A map whose keys are known.
pub(super) struct Map<'a>(&'a Node);

impl<'a> Map<'a> {
    /// Notes unknown and repeated keys.
    pub(super) fn of(node: &'a Node, known: &[&str], faults: &mut Faults) -> Option<Self> {
        let Kind::Map(entries) = &node.kind else {
            faults.add(node.place, format_args!("expected a map, found {}", node.describe()));
            return None;
        };
        for (index, Entry { key, place, .. }) in entries.iter().enumerate() {
            if !known.contains(&key.as_str()) {
                faults.add(*place, format_args!("unknown key `{key}`; {}", advice(key, known)));
            } else if entries[..index].iter().any(|before| before.key == *key) {
                faults.add(*place, format_args!("duplicate key `{key}`"));
            }
        }
        Some(Self(node))
    }

    pub(super) fn required<T: FromYaml>(&self, key: &str, faults: &mut Faults) -> Option<T> {
        match self.0.get(key) {
            Some(node) => faults.within(key, |faults| T::read(node, faults)),
            None => {
                faults.add(self.0.place, format_args!("missing `{key}`"));
                None
            }
        }
    }

    pub(super) fn optional<T: FromYaml + Default>(
        &self,
        key: &str,
        faults: &mut Faults,
    ) -> Option<T> {
        match self.0.get(key) {
            Some(node) => faults.within(key, |faults| T::read(node, faults)),
            None => Some(T::default()),
        }
    }
}

/// One of these words.
pub(super) fn choose<T: Copy>(
    node: &Node,
    choices: &[(&str, T)],
    faults: &mut Faults,
) -> Option<T> {
    let text = String::read(node, faults)?;
    let found = choices.iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        faults.add(node.place, format_args!("unknown value `{text}`; {}", advice(&text, &words)));
    }
    found.map(|(_, choice)| *choice)
}

/// The most similar word, or all of them.
fn advice(text: &str, known: &[&str]) -> String {
    let alike = known.iter().map(|word| (strsim::normalized_levenshtein(word, text), word));
    match alike.max_by(|(one, _), (other, _)| one.total_cmp(other)) {
        Some((likeness, word)) if likeness >= 0.5 => format!("did you mean `{word}`?"),
        _ => format!("expected one of `{}`", known.join("`, `")),
    }
}

impl FromYaml for String {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let text = node.text();
        if text.is_none() {
            faults.add(node.place, format_args!("expected text, found {}", node.describe()));
        }
        text.map(str::to_owned)
    }
}

impl FromYaml for char {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let text = String::read(node, faults)?;
        let mut characters = text.chars();
        let only = characters.next().filter(|only| only.is_ascii_graphic());
        let only = only.filter(|_| characters.next().is_none());
        if only.is_none() {
            faults.add(node.place, "expected one ASCII character");
        }
        only
    }
}

impl<T: FromYaml> FromYaml for Option<T> {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        T::read(node, faults).map(Some)
    }
}

impl<T: FromYaml> FromYaml for Vec<T> {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        let Kind::List(items) = &node.kind else {
            faults.add(node.place, format_args!("expected a list, found {}", node.describe()));
            return None;
        };
        let read: Vec<Option<T>> = items.iter().map(|item| T::read(item, faults)).collect();
        read.into_iter().collect()
    }
}

impl<T: FromYaml> FromYaml for BTreeMap<String, T> {
    fn read(node: &Node, faults: &mut Faults) -> Option<Self> {
        if !matches!(node.kind, Kind::Map(_)) {
            faults.add(node.place, format_args!("expected a map, found {}", node.describe()));
            return None;
        }
        let read = node.entries().iter().map(|Entry { key, value, .. }| {
            let value = faults.within(key, |faults| T::read(value, faults));
            value.map(|value| (key.clone(), value))
        });
        read.collect::<Vec<_>>().into_iter().collect()
    }
}
