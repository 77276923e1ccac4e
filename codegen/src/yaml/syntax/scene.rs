//! What stands around a fault, by line.

/// A fault as the parser noticed it, and what is known of the text around it. Places are in bytes.
pub(super) struct Scene<'a> {
    pub(super) text: &'a str,
    pub(super) noticed: usize,
    /// What the parser says.
    pub(super) message: &'a str,
    /// Where the innermost bracket that is open stands.
    pub(super) bracket: Option<usize>,
    /// Where the last part ends that was read without a fault.
    pub(super) read: usize,
}

/// What a person reads instead.
pub(super) struct Complaint {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) message: String,
    pub(super) help: String,
}

/// One line, without its end.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> Scene<'a> {
    pub(super) fn says(&self, part: &str) -> bool {
        self.message.contains(part)
    }

    /// The character at which the fault was noticed.
    pub(super) fn sign(&self) -> Option<char> {
        self.text[self.noticed..].chars().next()
    }

    pub(super) fn line_at(&self, place: usize) -> Line<'a> {
        let start = self.text[..place].rfind('\n').map_or(0, |end| end + 1);
        let text = self.text[start..].split('\n').next().unwrap_or_default();
        Line { start, text }
    }

    /// The number of a line, from 1.
    pub(super) fn number(&self, place: usize) -> usize {
        self.text[..place].matches('\n').count() + 1
    }

    /// The lines with something on them above one, the nearest first.
    pub(super) fn above(&self, line: Line<'a>) -> impl Iterator<Item = Line<'a>> {
        let mut end = line.start;
        let lines = std::iter::from_fn(move || {
            let place = end.checked_sub(1)?;
            let line = self.line_at(place);
            end = line.start;
            Some(line)
        });
        lines.filter(|line| !line.content().is_empty() && !line.content().starts_with('#'))
    }
}

impl<'a> Line<'a> {
    /// Blanks of any kind.
    pub(super) fn indentation(&self) -> &'a str {
        let end = self.text.find(|c: char| !c.is_whitespace() && strange_blank(c).is_none());
        &self.text[..end.unwrap_or(self.text.len())]
    }

    pub(super) fn content(&self) -> &'a str {
        self.text[self.indentation().len()..].trim_end()
    }

    /// Where the content starts.
    pub(super) fn first(&self) -> usize {
        self.start + self.indentation().len()
    }

    /// Where it ends.
    pub(super) fn last(&self) -> usize {
        self.first() + self.content().len()
    }

    /// What stands behind the dashes of a list, and where.
    pub(super) fn entry(&self) -> (usize, &'a str) {
        let mut entry = self.content();
        while let Some(rest) = entry.strip_prefix("- ") {
            entry = rest.trim_start();
        }
        (self.last() - entry.len(), entry)
    }

    /// What stands behind `key:`; nothing if it does not begin with a key.
    pub(super) fn value(&self) -> Option<&'a str> {
        let (_, entry) = self.entry();
        let value = entry.find(": ").map(|colon| entry[colon + 2..].trim());
        value.or_else(|| entry.ends_with(':').then_some(""))
    }

    /// The column of the key.
    pub(super) fn depth(&self) -> usize {
        self.text[..self.entry().0 - self.start].chars().count()
    }
}

/// What a character is called that looks like a space and is none to YAML.
pub(super) fn strange_blank(c: char) -> Option<&'static str> {
    match c {
        '\u{3000}' => Some("a full-width space"),
        '\u{a0}' | '\u{202f}' => Some("a no-break space"),
        '\u{200b}' | '\u{feff}' => Some("a space without width"),
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => Some("a typographic space"),
        _ => None,
    }
}

/// The sign of YAML that a typographic or full-width one stands for.
pub(super) fn plain_sign(c: char) -> Option<char> {
    match c {
        '“' | '”' | '„' | '＂' => Some('"'),
        '‘' | '’' | '＇' => Some('\''),
        '｛' => Some('{'),
        '［' => Some('['),
        _ => None,
    }
}
