//! A place in a JSON text, as line and column, to the path of the value there, as `data[3].amount`.

use std::borrow::Cow;

/// The text without the byte order mark that some servers put first.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// Something wrong at a place in a text.
pub(crate) struct Fault {
    /// How many bytes of the text had been read.
    pub(crate) at: usize,
    /// What is wrong, without the place.
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(at: usize, message: &str) -> Self {
        Self { at, message: message.to_owned() }
    }

    /// What serde_json says of a text.
    pub(crate) fn of(text: &[u8], error: &serde_json::Error) -> Self {
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string();
        let message = message.strip_suffix(&place).unwrap_or(&message);
        Self::new(offset(text, error.line(), error.column()), message)
    }

    /// The same in a longer text, of which the fault's own begins at `start`.
    pub(crate) fn after(self, start: usize) -> Self {
        Self { at: start + self.at, ..self }
    }

    /// Whether nothing is wrong with the text but that it ends inside a value, so that it is the start of a longer one.
    pub(crate) fn is_end_of(&self, text: &[u8]) -> bool {
        self.at >= text.trim_ascii_end().len() && is_open(text)
    }

    /// The path of the value at fault; empty for the whole text, or a text that is not JSON from its start.
    pub(crate) fn path(&self, text: &[u8]) -> String {
        let bom = text.len() - without_bom(text).len();
        path_at(&text[bom..], self.at.saturating_sub(bom))
    }

    /// Line and column, both from 1, the column in bytes.
    pub(crate) fn position(&self, text: &[u8]) -> (usize, usize) {
        let before = &text[..self.at.min(text.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
        (line, column.max(1))
    }

    /// What is wrong with a text that is itself inside a value, for an error about that value.
    ///
    /// Does not end as serde_json's own errors do, for serde_json would take the line and column to be its own.
    pub(crate) fn inside(&self, text: &str) -> String {
        let path = self.path(text.as_bytes());
        let (line, column) = self.position(text.as_bytes());
        let colon = if path.is_empty() { "" } else { ": " };
        format!(
            "in the JSON text, {path}{colon}{} (its line {line}, column {column})",
            self.message
        )
    }

    /// As serde_json would say it, which takes the line and column at the end to be its own.
    pub(crate) fn into_serde_json(self, text: &[u8]) -> serde_json::Error {
        let (line, column) = self.position(text);
        serde::de::Error::custom(format!("{} at line {line} column {column}", self.message))
    }
}

/// The paths of the values of entries that begin at these places, which rise. In one walk: a long list may have as many
/// of them as rows.
#[cold]
pub(crate) fn paths(text: &[u8], starts: &[usize]) -> Vec<String> {
    let mut walk = Walk::new(text);
    let paths = starts.iter().map(|start| {
        walk.go_on(*start);
        walk.path()
    });
    paths.collect()
}

/// What is left of a place, as `data.next`, behind the value that has this path, as `data["@next"]`; nothing unless that is on the way
/// to it, or is it. A key that is shown in quotes stands in a place as it is, with any dots in it.
#[cold]
pub(crate) fn behind<'a>(place: &'a str, path: &str) -> Option<&'a str> {
    let (mut place, mut path) = (Some(place), path);
    while !path.is_empty() {
        let (key, rest) = first_key(path)?;
        let left = place?.strip_prefix(&*key)?;
        place = match left {
            "" => None,
            _ => Some(left.strip_prefix('.')?),
        };
        path = rest;
    }
    Some(place.unwrap_or_default())
}

/// The first key of a path and what follows it; nothing if it is not a key but the number of an item.
fn first_key(path: &str) -> Option<(Cow<'_, str>, &str)> {
    let path = path.strip_prefix('.').unwrap_or(path);
    let Some(quoted) = path.strip_prefix('[') else {
        let (key, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
        return Some((key.into(), rest));
    };
    let mut keys = serde_json::Deserializer::from_str(quoted).into_iter::<String>();
    let key = keys.next()?.ok()?;
    Some((key.into(), quoted[keys.byte_offset()..].strip_prefix(']')?))
}

/// How many bytes serde_json had read, to the end of a value: its columns count bytes, from 1.
fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let breaks = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let start = match line {
        0 | 1 => 0,
        _ => breaks.map(|(at, _)| at + 1).nth(line - 2).unwrap_or(text.len()),
    };
    text[..(start + column).min(text.len())].trim_ascii_end().len()
}

/// The path of the innermost value that ends at `stop`, starts there, or has it inside.
fn path_at(body: &[u8], stop: usize) -> String {
    let mut walk = Walk::new(body);
    walk.go_on(stop);
    walk.path()
}

/// A walk through a text, of which a parser has come as far, so that it is JSON, which is not checked again.
struct Walk<'a> {
    body: &'a [u8],
    at: usize,
    stack: Vec<Frame<'a>>,
}

impl<'a> Walk<'a> {
    fn new(body: &'a [u8]) -> Self {
        Self { body, at: 0, stack: Vec::new() }
    }

    /// Comes to `stop`, or to the start of the value that ends there.
    fn go_on(&mut self, stop: usize) {
        let (body, stack) = (self.body, &mut self.stack);
        while self.at < stop {
            let (at, end) = (self.at, token_end(body, self.at));
            let is_value = match body[at] {
                b'{' => {
                    stack.push(Frame::Object { key: None });
                    false
                }
                b'[' => {
                    stack.push(Frame::Array { index: 0, inside: true });
                    false
                }
                b'}' | b']' => stack.pop().is_some(),
                b',' => next(stack),
                b'"' if is_key(stack) => enter(stack, &body[at..end.min(stop)]),
                byte => !byte.is_ascii_whitespace() && byte != b':',
            };
            if is_value && stop <= end {
                break;
            }
            if is_value {
                leave(stack);
            }
            self.at = end;
        }
    }

    fn path(&self) -> String {
        self.stack.iter().fold(String::new(), Frame::write)
    }
}

/// One object or array that the walk is inside of.
enum Frame<'a> {
    /// With the key of the value that the walk is at, as written, if it is at one.
    Object { key: Option<&'a [u8]> },
    /// `inside` an item, or between two.
    Array { index: usize, inside: bool },
}

impl Frame<'_> {
    fn write(mut path: String, frame: &Self) -> String {
        match frame {
            Self::Object { key: Some(key) } => write_key(&mut path, key),
            Self::Array { index, inside: true } => path += &format!("[{index}]"),
            Self::Object { key: None } | Self::Array { inside: false, .. } => {}
        }
        path
    }
}

fn is_key(stack: &[Frame<'_>]) -> bool {
    matches!(stack.last(), Some(Frame::Object { key: None }))
}

/// Comes to a value of an object. A key that was cut off is none.
fn enter<'a>(stack: &mut [Frame<'a>], text: &'a [u8]) -> bool {
    if let Some(Frame::Object { key }) = stack.last_mut() {
        *key = Some(text).filter(|text| text.len() > 1 && text.ends_with(b"\""));
    }
    false
}

/// Comes to the next item of an array.
fn next(stack: &mut [Frame<'_>]) -> bool {
    if let Some(Frame::Array { index, inside }) = stack.last_mut() {
        *index += 1;
        *inside = true;
    }
    false
}

/// Has the value behind it.
fn leave(stack: &mut [Frame<'_>]) {
    match stack.last_mut() {
        Some(Frame::Object { key }) => *key = None,
        Some(Frame::Array { inside, .. }) => *inside = false,
        None => {}
    }
}

fn token_end(body: &[u8], at: usize) -> usize {
    match body[at] {
        b'"' => string_end(body, at),
        b'{' | b'}' | b'[' | b']' | b',' | b':' => at + 1,
        byte if byte.is_ascii_whitespace() => at + 1,
        _ => scalar_end(body, at),
    }
}

/// Whether a list, an object or a string has begun and not ended.
fn is_open(text: &[u8]) -> bool {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let end = token_end(text, at);
        match text[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at = end;
    }
    depth > 0
}

fn string_end(body: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = body.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    body.len()
}

fn scalar_end(body: &[u8], start: usize) -> usize {
    let is_end = |byte: &u8| b",:]}[{\"".contains(byte) || byte.is_ascii_whitespace();
    body[start..].iter().position(is_end).map_or(body.len(), |length| start + length)
}

/// A key that would be misread in a path is shown as it is written in JSON.
fn write_key(path: &mut String, key: &[u8]) {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    match serde_json::from_slice::<String>(key) {
        Ok(name) if !name.is_empty() && name.chars().all(plain) => {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&name);
        }
        _ => {
            path.push('[');
            path.push_str(&String::from_utf8_lossy(key));
            path.push(']');
        }
    }
}
