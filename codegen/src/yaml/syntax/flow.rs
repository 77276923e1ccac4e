//! Faults inside `{ }` and `[ ]`.

use super::lines::single_quoted;
use super::scene::{Complaint, Scene};

/// An entry that is neither followed by a comma nor by the closing bracket.
pub(super) fn entry(scene: &Scene<'_>) -> Option<Complaint> {
    let open = scene.bracket?;
    if scene.says("did not find expected node content") {
        return (scene.sign() == Some(',')).then(|| Complaint {
            start: scene.noticed,
            end: scene.noticed + 1,
            message: "missing entry before `,`".to_owned(),
            help: "remove one of the commas".to_owned(),
        });
    }
    if !scene.says("parsing a flow") && !scene.says("illegal placement") {
        return None;
    }
    let entry = Entry::of(scene, open);
    (entry.foreign_mark(scene))
        .or_else(|| entry.unclosed(scene, open))
        .or_else(|| entry.bracket_in_text(scene))
        .or_else(|| entry.wrong_bracket(scene, open))
        .or_else(|| entry.two_colons(scene))
        .or_else(|| entry.comma_missing(scene))
}

/// What stands between the last comma or the bracket and the place of the fault.
struct Entry<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Entry<'a> {
    fn of(scene: &Scene<'a>, open: usize) -> Entry<'a> {
        let inside = &scene.text[open + 1..scene.noticed.max(open + 1)];
        let before = inside.rfind(',').map_or(0, |comma| comma + 1);
        let text = &inside[before..];
        let blank = text.len() - text.trim_start().len();
        Entry { start: open + 1 + before + blank, text: &text[blank..] }
    }

    /// Where the value starts, if a key stands before it.
    fn value(&self) -> usize {
        self.text.find(": ").map_or(self.start, |colon| {
            let rest = &self.text[colon + 1..];
            self.start + colon + 1 + rest.len() - rest.trim_start().len()
        })
    }

    fn foreign_mark(&self, scene: &Scene<'_>) -> Option<Complaint> {
        let is_quoted = self.text.contains(['"', '\'']);
        let is_mark = |c: &char| matches!(c, '，' | '、' | '；' | ';') && !is_quoted;
        let mark = self.text.chars().find(is_mark)?;
        let start = self.start + self.text.find(mark)?;
        // In a text that goes on to the next comma it is a part of it.
        (scene.sign() == Some(':')).then(|| Complaint {
            start,
            end: start + mark.len_utf8(),
            message: format!("`{mark}` does not separate entries"),
            help: "write a comma and a space".to_owned(),
        })
    }

    /// A key on a later line, as it stands outside of brackets.
    fn unclosed(&self, scene: &Scene<'_>, open: usize) -> Option<Complaint> {
        let is_later = scene.number(open) < scene.number(scene.noticed);
        let line = scene.line_at(scene.noticed);
        let is_key = scene.sign() == Some(':') && line.first() < scene.noticed;
        let is_end = scene.text[scene.noticed..].trim().is_empty();
        let bracket = scene.text[open..].chars().next()?;
        let other = if bracket == '[' { ']' } else { '}' };
        (is_end || is_later && is_key).then(|| Complaint {
            start: open,
            end: open + 1,
            message: format!("`{bracket}` is not closed"),
            help: match is_end {
                true => format!("close it with `{other}`"),
                false => {
                    format!("close it with `{other}` before line {}", scene.number(line.start))
                }
            },
        })
    }

    /// `^[a-z]{1,3}$`: a bracket ends text without quotes here, or text begins behind a closed one.
    fn bracket_in_text(&self, scene: &Scene<'_>) -> Option<Complaint> {
        let before = scene.text[..scene.noticed].chars().next_back()?;
        let is_inside = matches!(scene.sign(), Some('[' | '{')) && !before.is_whitespace();
        let is_behind = matches!(before, ']' | '}')
            && scene.sign().is_some_and(|sign| !sign.is_whitespace() && !",:]}".contains(sign));
        if !is_inside && !is_behind {
            return None;
        }
        let start = self.value();
        let rest = scene.text[start..].split(['\n', ',']).next().unwrap_or_default();
        let text = rest.split(" }").next().unwrap_or_default().trim_end();
        // A comma inside a bracket is one of the text.
        let text = match text.rfind(['{', '[']) > text.rfind(['}', ']']) {
            true => scene.text[start..].split([' ', '\n']).next().unwrap_or_default(),
            false => text,
        };
        Some(Complaint {
            start,
            end: scene.noticed.max(start),
            message: "unquoted text contains a bracket".to_owned(),
            help: format!("put the text in quotes: {}", single_quoted(text)),
        })
    }

    fn wrong_bracket(&self, scene: &Scene<'_>, open: usize) -> Option<Complaint> {
        let bracket = scene.text[open..].chars().next()?;
        let closed = scene.sign().filter(|sign| matches!(sign, ']' | '}'))?;
        Some(Complaint {
            start: scene.noticed,
            end: scene.noticed + 1,
            message: format!("`{closed}` cannot close `{bracket}`"),
            help: format!("write `{}`", if bracket == '[' { ']' } else { '}' }),
        })
    }

    /// `doc: one: two`, or `type: string source: page`, which may be either.
    fn two_colons(&self, scene: &Scene<'_>) -> Option<Complaint> {
        (scene.sign() == Some(':') && self.text.contains(": ")).then(|| Complaint {
            start: scene.noticed,
            end: scene.noticed + 1,
            message: "second `:` in one entry".to_owned(),
            help: "put a comma before the key, or quote text that contains `: `".to_owned(),
        })
    }

    fn comma_missing(&self, scene: &Scene<'_>) -> Option<Complaint> {
        let is_text = |c: char| c.is_alphanumeric() || "\"'{[".contains(c);
        scene.sign().is_some_and(is_text).then(|| Complaint {
            start: scene.noticed,
            end: scene.noticed,
            message: "missing comma before this entry".to_owned(),
            help: "put a comma before it".to_owned(),
        })
    }
}
