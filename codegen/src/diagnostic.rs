//! What is wrong with a spec, where, and what would be right.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::{fmt, mem};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::source::{Located, Sources, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is generated.
    Error,
}

/// Kinds of diagnostics on a name that nothing has.
const UNKNOWN: &[&str] = &["unknown-type", "unknown-reference"];

/// So many places are named beside the first.
const SHOWN: usize = 3;

/// One complaint about a spec.
#[derive(Debug, Clone)]
pub(crate) struct Diagnostic {
    span: Span,
    code: &'static str,
    message: String,
    help: Option<String>,
}

impl Diagnostic {
    /// Says what would be right.
    pub(crate) fn help(&mut self, help: impl fmt::Display) {
        self.help = Some(help.to_string());
    }

    /// Says it where it is known.
    pub(crate) fn help_if(&mut self, help: Option<impl fmt::Display>) {
        self.help = help.map(|help| help.to_string());
    }

    /// Says where else the same is wrong, of many places the first.
    fn add_places(&mut self, places: &[String]) {
        if places.is_empty() {
            return;
        }
        let (shown, rest) = places.split_at(places.len().min(SHOWN));
        let more = match rest.len() {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        let places = format!("also at {}{more}", shown.join(", "));
        self.help = Some(match self.help.take() {
            Some(help) => format!("{help}; {places}"),
            None => places,
        });
    }
}

/// Everything that is wrong with a spec, in the order of the files.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Stretches that a fault kept from being read.
    unread: Vec<Span>,
    sources: Sources,
}

/// One complaint, as a row for other programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Name of the file.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub severity: Severity,
    /// Kind of complaint, as `unknown-key`.
    pub code: &'static str,
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

impl Diagnostics {
    pub(crate) fn new(sources: &Sources) -> Diagnostics {
        Diagnostics { list: Vec::new(), unread: Vec::new(), sources: sources.clone() }
    }

    pub(crate) fn error(
        &mut self,
        span: Span,
        code: &'static str,
        message: impl fmt::Display,
    ) -> &mut Diagnostic {
        self.list.push(Diagnostic { span, code, message: message.to_string(), help: None });
        self.list.last_mut().expect("pushed above")
    }

    /// Where a place is, for a message that points at a second one.
    pub(crate) fn place(&self, span: Span) -> String {
        let (line, column) = self.sources.position(span);
        format!("{}:{line}:{column}", self.sources.name(span.file))
    }

    /// What stands behind a place on its line.
    pub(crate) fn rest_of_line(&self, span: Span) -> &str {
        self.sources.text(span.file)[span.end..].split('\n').next().unwrap_or_default()
    }

    /// Where a part of a text stands; the whole of it if it is not written there as it is.
    pub(crate) fn part(&self, text: &Located<String>, part: &str) -> Span {
        let Span { start, end, .. } = text.span;
        match self.sources.text(text.span.file)[start..end].find(part) {
            Some(offset) => {
                let start = start + offset;
                Span { start, end: start + part.len(), ..text.span }
            }
            None => text.span,
        }
    }

    /// Where the bytes from `start` to `end` of a text stand; the whole of it if it is not written there as it is.
    pub(crate) fn stretch(&self, span: Span, text: &str, start: usize, end: usize) -> Span {
        match self.sources.text(span.file)[span.start..span.end].find(text) {
            Some(offset) => {
                let from = span.start + offset;
                Span { start: from + start, end: from + end, ..span }
            }
            None => span,
        }
    }

    /// Remembers that what stands there is not known, because of a fault that has been reported.
    pub(crate) fn leave_unread(&mut self, span: Span) {
        self.unread.push(span);
    }

    /// The same for all of the file that holds `span`.
    pub(crate) fn leave_file_unread(&mut self, span: Span) {
        let end = self.sources.text(span.file).len();
        self.unread.push(Span { start: 0, end, ..span });
    }

    /// Whether a part of what stands there is not known.
    pub(crate) fn has_unread_part(&self, whole: Span) -> bool {
        let is_inside = |part: &Span| {
            part.file == whole.file && whole.start <= part.start && part.end <= whole.end
        };
        self.unread.iter().any(is_inside)
    }

    /// Whether a name that is not known may be defined in what could not be read.
    pub(crate) fn is_unread(&self, name: &str) -> bool {
        let texts =
            self.unread.iter().map(|span| &self.sources.text(span.file)[span.start..span.end]);
        let is_sign = |c: char| !c.is_alphanumeric() && c != '_' && c != '-';
        texts.into_iter().any(|text| text.split(is_sign).any(|word| word == name))
    }

    pub(crate) fn into_result(mut self) -> Result<(), Diagnostics> {
        self.list.sort_by_key(|diagnostic| diagnostic.span);
        self.merge_unknown_names();
        if self.list.is_empty() { Ok(()) } else { Err(self) }
    }

    /// A name that is not known is most often misspelt where it is defined: it is reported where it is used first, with the
    /// other places.
    fn merge_unknown_names(&mut self) {
        let mut kept: Vec<Diagnostic> = Vec::new();
        let mut first: BTreeMap<(&str, String), (usize, Vec<String>)> = BTreeMap::new();
        for diagnostic in mem::take(&mut self.list) {
            if !UNKNOWN.contains(&diagnostic.code) {
                kept.push(diagnostic);
                continue;
            }
            let place = self.place(diagnostic.span);
            match first.entry((diagnostic.code, diagnostic.message.clone())) {
                Entry::Occupied(mut known) => known.get_mut().1.push(place),
                Entry::Vacant(new) => {
                    new.insert((kept.len(), Vec::new()));
                    kept.push(diagnostic);
                }
            }
        }
        for (index, places) in first.into_values() {
            kept[index].add_places(&places);
        }
        self.list = kept;
    }

    /// How many complaints there are.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The complaints for other programs.
    pub fn rows(&self) -> Vec<Row> {
        self.list.iter().map(|diagnostic| self.row(diagnostic)).collect()
    }

    fn row(&self, diagnostic: &Diagnostic) -> Row {
        let (line, column) = self.sources.position(diagnostic.span);
        Row {
            file: self.sources.name(diagnostic.span.file).to_owned(),
            line,
            column,
            severity: Severity::Error,
            code: diagnostic.code,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        }
    }

    /// The complaints for people: each with its line shown and the place underlined.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let reports = self.list.iter().map(|diagnostic| self.report(diagnostic, &renderer));
        reports.collect::<Vec<_>>().join("\n\n") + "\n"
    }

    fn report(&self, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
        let Span { file, start, end } = diagnostic.span;
        let place = AnnotationKind::Primary.span(start..end.max(start));
        let snippet = Snippet::source(self.sources.text(file))
            .path(self.sources.name(file))
            .annotation(place);
        let title = Level::ERROR.primary_title(&diagnostic.message).id(diagnostic.code);
        let help = diagnostic.help.iter().map(|help| Level::HELP.message(help));
        let group = Group::with_title(title).element(snippet).elements(help);
        renderer.render(&[group])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}
