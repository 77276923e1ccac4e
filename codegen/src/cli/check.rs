//! `cargo codegen check`.

use std::path::PathBuf;

use super::args::Format;
use super::{DONE, FINDINGS, Stop, Terminal, print_json, spec_dir};
use crate::failure::Failure;
use crate::ir::{Client, Module};
use crate::source::Sources;

pub(super) fn check(
    spec: Option<PathBuf>,
    format: Format,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let sources = spec_dir::read(spec)?;
    let result = crate::ir(&sources);
    match (format, result) {
        (Format::Text, Ok(client)) => {
            writeln!(terminal.out, "{}", summarize(&sources, &client))?;
            Ok(DONE)
        }
        (Format::Text, Err(diagnostics)) => Err(Failure::Spec(diagnostics).into()),
        (Format::Json, Ok(_)) => print_json(&[(); 0], terminal),
        (Format::Json, Err(diagnostics)) => {
            print_json(&diagnostics.rows(), terminal)?;
            Ok(FINDINGS)
        }
    }
}

/// As `ok: 5 files, 2 endpoints, 1 callback, 3 JS APIs, 76 error rows, 4 rules, 9 examples`.
fn summarize(sources: &Sources, client: &Client) -> String {
    let total = |count: fn(&Module) -> usize| client.modules.iter().map(count).sum();
    let counts = [
        count(sources.names().count(), "file"),
        count(total(|module| module.endpoints.len()), "endpoint"),
        count(total(|module| module.callbacks.len()), "callback"),
        count(total(|module| module.js_apis.len()), "JS API"),
        count(
            total(|module| module.errors.iter().map(|table| table.rows.len()).sum()),
            "error row",
        ),
        count(total(|module| module.rules.count()), "rule"),
        count(total(|module| module.rules.examples().count()), "example"),
    ];
    format!("ok: {}", counts.join(", "))
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
