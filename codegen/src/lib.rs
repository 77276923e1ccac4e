//! Turns the YAML spec of an API into the source of a client.
//!
//! ```text
//! Sources ─parse▶ files ─resolve▶ model ─check▶ ║ ─lower▶ ir ─emit▶ tokens ─format▶ Files
//!            └─── Diagnostics: all of them ────┘ right of the barrier nothing can fail
//! ```
//!
//! This file is the only one that knows every stage. A stage knows the data it reads and the data it makes, never
//! another stage.

// Data.
pub mod diagnostic;
pub mod ir;
pub mod source;
mod terms;
mod spec;
mod model;

// Stages, in the order they run.
mod parse;
mod resolve;
mod check;
mod lower;
mod emit;
mod format;
mod table;

// The edge: what touches files. `builder` and `cli` are doors.
pub mod failure;
pub mod folder;
pub mod output;
mod builder;
#[cfg(feature = "cli")]
pub mod cli;

// Helpers.
mod yaml;
mod record;
mod schema;
mod names;
mod expression;
mod spelling;

pub use crate::builder::Builder;

use crate::diagnostic::Diagnostics;
use crate::output::Files;
use crate::source::Sources;

/// The files of the client of a spec.
///
/// # Errors
///
/// Everything that is wrong with the spec, each with its place.
pub fn generate(sources: &Sources) -> Result<Files, Diagnostics> {
    Ok(render(&ir(sources)?))
}

/// The API that a spec describes, in client terms.
///
/// # Errors
///
/// Everything that is wrong with the spec, each with its place.
pub fn ir(sources: &Sources) -> Result<ir::Client, Diagnostics> {
    let mut diagnostics = Diagnostics::new(sources);
    let files = parse::parse(&mut diagnostics, sources);
    let model = resolve::resolve(&mut diagnostics, &files);
    check::check(&mut diagnostics, &model);
    diagnostics.into_result()?;

    Ok(lower::lower(&model))
}

/// The files of a client.
pub fn render(client: &ir::Client) -> Files {
    format::format(emit::emit(client))
}

/// Markdown tables of everything that can be called: a row for each endpoint, callback and JS API, and one for each function
/// that is made of a rule.
pub fn table(client: &ir::Client) -> String {
    table::table(client)
}

/// The JSON Schema of a spec's file, for editors.
pub fn schema() -> serde_json::Value {
    schema::schema()
}
