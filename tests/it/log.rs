//! Everything that the crates log, and every error and client of the tests, in lines on the standard output, where a run
//! is told to by the environment variable `TESTS_LOG`: [`crate::secrets`] searches them.

use std::env;
use std::fmt::{Debug, Write as _};
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Set for the run that is searched.
pub(crate) const VARIABLE: &str = "TESTS_LOG";

/// Begins to print, if this run is to.
pub(crate) fn start() {
    static START: Once = Once::new();
    START.call_once(|| {
        if env::var_os(VARIABLE).is_some() {
            tracing::subscriber::set_global_default(Printer).expect("no other global subscriber");
        }
    });
}

/// Logs a value as `Debug` shows it.
pub(crate) fn debug(value: &dyn Debug) {
    start();
    tracing::debug!(?value, "shown");
}

struct Printer;

#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").expect("text");
    }
}

impl Printer {
    fn print(metadata: &Metadata<'_>, record: impl FnOnce(&mut Line)) {
        let mut line = Line::default();
        record(&mut line);
        println!("LOG {} {}{}", metadata.target(), metadata.name(), line.0);
    }
}

impl Subscriber for Printer {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        Self::print(span.metadata(), |line| span.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, fields: &Record<'_>) {
        let mut line = Line::default();
        fields.record(&mut line);
        println!("LOG{}", line.0);
    }

    fn event(&self, event: &Event<'_>) {
        Self::print(event.metadata(), |line| event.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
