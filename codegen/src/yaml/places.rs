//! The parser's places, which count characters → ours, which count bytes.

use crate::source::{FileId, Span};

/// Where the characters of a text start.
pub(super) struct Places {
    file: FileId,
    /// Where the n-th character starts; the last is the end of the text.
    starts: Vec<usize>,
}

impl Places {
    pub(super) fn new(text: &str, file: FileId) -> Places {
        let starts = text.char_indices().map(|(start, _)| start).chain([text.len()]);
        Places { file, starts: starts.collect() }
    }

    fn byte(&self, character: usize) -> usize {
        self.starts[character.min(self.starts.len() - 1)]
    }

    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        let (start, end) = (self.byte(span.start.index()), self.byte(span.end.index()));
        Span { file: self.file, start, end }
    }

    pub(super) fn point(&self, character: usize) -> Span {
        let start = self.byte(character);
        Span { file: self.file, start, end: start }
    }

    /// The end of the text.
    pub(super) fn end(&self) -> usize {
        self.starts[self.starts.len() - 1]
    }
}
