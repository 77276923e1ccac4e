//! The spec's prose as Markdown that says the same: nothing in it becomes a tag, a link or a list by accident.

use std::fmt::Write;

use crate::ir::TypePath;

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
