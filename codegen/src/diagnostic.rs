//! What is wrong with a spec, where, and what would be right.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::source::{Sources, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is generated.
    Error,
}

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
}

/// Everything that is wrong with a spec, in the order of the files.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
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
        Diagnostics { list: Vec::new(), sources: sources.clone() }
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

    pub(crate) fn into_result(mut self) -> Result<(), Diagnostics> {
        self.list.sort_by_key(|diagnostic| diagnostic.span);
        if self.list.is_empty() { Ok(()) } else { Err(self) }
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
