//! Lines that should be `key: value` and are not.

use super::scene::{Complaint, Line, Scene, plain_sign, strange_blank};

/// What git leaves between two versions of a text.
pub(super) fn conflict_mark(scene: &Scene<'_>) -> Option<Complaint> {
    let is_mark = |line: &&str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    let mark = scene.text.split('\n').find(is_mark)?;
    let start = scene.text.find(mark)?;
    Some(Complaint {
        start,
        end: start + mark.len(),
        message: "unresolved merge conflict".to_owned(),
        help: "keep one version and remove the conflict markers".to_owned(),
    })
}

pub(super) fn tab(scene: &Scene<'_>) -> Option<Complaint> {
    if scene.says("must be followed by a valid YAML whitespace") {
        let start = scene.text[..scene.noticed].trim_end_matches('\t').len();
        return (start < scene.noticed).then(|| tab_at(scene.text, start));
    }
    if !scene.says("tab") {
        return None;
    }
    let before = scene.text[..scene.noticed].trim_end_matches('\t').len();
    let here = scene.text[before..].find('\t')?;
    Some(tab_at(scene.text, before + here))
}

fn tab_at(text: &str, start: usize) -> Complaint {
    let end = start + text[start..].find(|c| c != '\t').unwrap_or(text.len() - start);
    let is_indentation = text[..start].trim_end_matches(' ').ends_with('\n') || start == 0;
    let (message, help) = match is_indentation {
        true => ("tab in the indentation", "indent with spaces"),
        false => ("tab where YAML requires a space", "replace the tab with a space"),
    };
    Complaint { start, end, message: message.to_owned(), help: help.to_owned() }
}

/// Where the parser takes two lines for one text, the fault is in the first of them.
pub(super) fn entry(scene: &Scene<'_>) -> Option<Complaint> {
    if scene.says("mapping values") {
        colon_in_text(scene)
    } else if scene.says("simple key expect") {
        let line = scene.line_at(scene.text[..scene.noticed].trim_end().len());
        block_text(scene, line).or_else(|| broken_entry(line)).or_else(|| without_colon(line))
    } else if scene.says("expected key") || scene.says("`-` indicator") {
        let line = scene.line_at(scene.noticed);
        if line.first() == scene.noticed || line.indentation().contains(|c| c != ' ') {
            broken_start(line)
        } else {
            more_behind_bracket(scene, line)
        }
    } else {
        strange_start(scene.line_at(scene.noticed))
    }
}

/// The parser has met the colon of a key inside what it takes for a text.
fn colon_in_text(scene: &Scene<'_>) -> Option<Complaint> {
    let line = scene.line_at(scene.noticed);
    let (start, entry) = line.entry();
    let before = entry.get(..scene.noticed.saturating_sub(start)).unwrap_or_default();
    if let Some(complaint) = broken_start(line) {
        return Some(complaint);
    }
    if before.contains(": ") {
        return foreign_sign(line).or_else(|| Some(quotes_needed(scene)));
    }
    let (head, stop) = head(scene, line);
    let Some(head) = head else {
        let stop = stop?;
        return broken_start(stop).or_else(|| Some(too_deep(scene, line, stop)));
    };
    match stop.and_then(|stop| Some((stop, stop.value()?))) {
        // The text of the entry goes on in further lines.
        Some((stop, value)) if !value.is_empty() && head.depth() > stop.depth() => {
            Some(quotes_needed(scene))
        }
        _ => broken_entry(head).or_else(|| without_colon(head)),
    }
}

/// The first of the lines above that are no entries, and the entry before them.
fn head<'a>(scene: &Scene<'a>, line: Line<'a>) -> (Option<Line<'a>>, Option<Line<'a>>) {
    let mut head = None;
    for above in scene.above(line) {
        if above.value().is_some() {
            return (head, Some(above));
        }
        head = Some(above);
    }
    (head, None)
}

fn quotes_needed(scene: &Scene<'_>) -> Complaint {
    Complaint {
        start: scene.noticed,
        end: scene.noticed,
        message: "unquoted text contains `: `".to_owned(),
        help: "put the text in quotes".to_owned(),
    }
}

fn too_deep(scene: &Scene<'_>, line: Line<'_>, above: Line<'_>) -> Complaint {
    let number = scene.number(above.start);
    Complaint {
        start: line.first(),
        end: line.last(),
        message: format!("unexpected indentation: the key on line {number} already has a value"),
        help: "indent it like the keys beside it, or quote text that contains `: `".to_owned(),
    }
}

fn block_text(scene: &Scene<'_>, line: Line<'_>) -> Option<Complaint> {
    let key = scene.above(line).next()?;
    let is_header = |value: &str| matches!(value, "|" | "|-" | "|+" | ">" | ">-" | ">+");
    (key.value().is_some_and(is_header) && line.depth() <= key.depth()).then(|| Complaint {
        start: line.first(),
        end: line.last(),
        message: "the text of this block is not indented".to_owned(),
        help: "indent it deeper than its key".to_owned(),
    })
}

fn more_behind_bracket(scene: &Scene<'_>, line: Line<'_>) -> Option<Complaint> {
    let rest = &line.text[scene.noticed - line.start..];
    if rest.starts_with("//") {
        return Some(Complaint {
            start: scene.noticed,
            end: line.last(),
            message: "`//` does not start a comment".to_owned(),
            help: "start a comment with `#`".to_owned(),
        });
    }
    let value = line.value().filter(|value| value.starts_with(['[', '{', '"', '\'']))?;
    let bracket = value.chars().next()?;
    let start = line.last() - value.len();
    Some(Complaint {
        start,
        end: line.last(),
        message: format!("text after the value that starts with `{bracket}`"),
        help: format!("quote the whole value: {}", single_quoted(value)),
    })
}

/// As YAML writes a text that has no escapes.
pub(super) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn broken_entry(line: Line<'_>) -> Option<Complaint> {
    broken_start(line).or_else(|| broken_colon(line))
}

fn broken_start(line: Line<'_>) -> Option<Complaint> {
    strange_start(line).or_else(|| dash(line))
}

/// Something that looks like a space before the content.
fn strange_start(line: Line<'_>) -> Option<Complaint> {
    let (at, c) = line.indentation().char_indices().find(|(_, c)| *c != ' ')?;
    Some(match strange_blank(c) {
        Some(_) => strange_at(line.start + at, c),
        None => tab_at(line.text, at).moved(line.start),
    })
}

/// `-name` for `- name`.
fn dash(line: Line<'_>) -> Option<Complaint> {
    let rest = line.content().strip_prefix('-')?;
    let is_item = rest.starts_with(|c: char| c.is_ascii_alphabetic() || "{[\"'".contains(c));
    is_item.then(|| Complaint {
        start: line.first(),
        end: line.first() + 1,
        message: "missing space after the `-` of a list item".to_owned(),
        help: format!("write `- {rest}`"),
    })
}

/// `key:value`, `key：value`, `key = value`.
fn broken_colon(line: Line<'_>) -> Option<Complaint> {
    let (start, entry) = line.entry();
    let key = entry.split(|c: char| !c.is_ascii_alphanumeric() && !"_-.$".contains(c)).next()?;
    if !key.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let behind = &entry[key.len()..];
    let sign = behind.trim_start_matches(' ');
    let at = start + entry.len() - sign.len();
    let mut signs = sign.chars();
    let (mark, next) = (signs.next()?, signs.next());
    let message = match (mark, next) {
        (':', Some(c)) if strange_blank(c).is_some() => {
            return Some(strange_at(at + 1, c));
        }
        (':', Some('\t')) => return Some(tab_at(line.text, at + 1 - line.start).moved(line.start)),
        (':', Some('/' | ' ') | None) => return None,
        (':', Some(_)) => "missing space after `:`".to_owned(),
        ('：' | '︓' | '﹕', _) => format!("`{mark}` is a full-width colon"),
        ('=' | '＝', _) => format!("`{mark}` cannot separate a key from its value"),
        _ => return None,
    };
    let value = sign[mark.len_utf8()..].trim();
    let help = match value {
        "" => format!("write `{key}:`"),
        _ => format!("write `{key}: {value}`"),
    };
    Some(Complaint { start: at, end: at + mark.len_utf8(), message, help })
}

fn without_colon(line: Line<'_>) -> Option<Complaint> {
    let (start, _) = line.entry();
    Some(Complaint {
        start,
        end: line.last(),
        message: "missing `:` after a key".to_owned(),
        help: "write a key, a colon and a space".to_owned(),
    })
}

/// Typographic quotes and full-width brackets at the start of a value.
fn foreign_sign(line: Line<'_>) -> Option<Complaint> {
    let value = line.value()?;
    let mark = value.chars().next()?;
    let plain = plain_sign(mark)?;
    let start = line.last() - value.len();
    Some(Complaint {
        start,
        end: start + mark.len_utf8(),
        message: format!("`{mark}` means nothing to YAML"),
        help: format!("write `{plain}`"),
    })
}

fn strange_at(start: usize, c: char) -> Complaint {
    let name = strange_blank(c).unwrap_or_default();
    Complaint {
        start,
        end: start + c.len_utf8(),
        message: format!("{name} (U+{:04X}) where YAML requires a space", u32::from(c)),
        help: "replace it with a plain space".to_owned(),
    }
}

impl Complaint {
    fn moved(self, by: usize) -> Complaint {
        Complaint { start: self.start + by, end: self.end + by, ..self }
    }
}
