//! Turns the YAML spec of an API into the source of a client.
//!
//! ```text
//! Sources ─parse▶ files ─resolve▶ model ─check▶ ║ ─lower▶ ir ─emit▶ tokens ─format▶ Files
//!            └─── Diagnostics: all of them ────┘ right of the barrier nothing can fail
//! ```
//!
//! This file is the only one that knows every stage. A stage knows the data it reads and the data it makes, never
//! another stage.
//!
//! `parse`, which is `yaml` and then `spec`, and [`Builder`], the entry point of build scripts, are in this file as
//! well. The other entry points, the command `cargo codegen generate` and the macro `generate_client!`, call the same
//! [`generate`]; a test compares their bytes. A stage's `mod.rs` goes from the whole spec to a single shape; what
//! else an item needs is in a file beside it.

// The example of README.md compiles and runs.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

// Data.
pub mod diagnostic;
pub mod ir;
pub mod source;
mod terms;
mod spec;
mod model;

// Stages, in the order they run.
mod resolve;
mod check;
mod lower;
mod keep;
mod emit;
mod format;
mod table;

// The edge: what touches files.
pub mod failure;
pub mod folder;
pub mod output;
#[cfg(feature = "cli")]
pub mod cli;

// Helpers.
mod yaml;
mod record;
mod names;
mod expression;
mod spelling;

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use serde_json::{Map, Value, json};

use crate::diagnostic::Diagnostics;
use crate::failure::Failure;
use crate::ir::{Client, Module};
use crate::output::{Changes, Files};
use crate::record::Read;
use crate::source::{FileId, Sources};
use crate::spec::File;

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
    let files = parse(&mut diagnostics, sources);
    let model = resolve::resolve(&mut diagnostics, &files);
    check::check(&mut diagnostics, &model);
    diagnostics.into_result()?;

    Ok(lower::lower(&model))
}

/// Texts → `spec`. Refuses what is not of the format's shape; what it means is not looked at here.
fn parse(diagnostics: &mut Diagnostics, sources: &Sources) -> Vec<File> {
    sources.ids().filter_map(|file| parse_file(diagnostics, sources, file)).collect()
}

fn parse_file(diagnostics: &mut Diagnostics, sources: &Sources, file: FileId) -> Option<File> {
    if let Some((span, defect)) = sources.defect(file) {
        diagnostics.error(span, defect.code, &defect.message).help(defect.help);
        diagnostics.leave_file_unread(span);
        return None;
    }
    let node = yaml::read(diagnostics, sources, file)?;
    let read = File::read(diagnostics, &node);
    if read.is_none() {
        diagnostics.leave_file_unread(node.span);
    }
    read
}

/// Has every type of a client read and written through serde, as `Builder::serde` does.
pub fn keep(client: &mut ir::Client) {
    keep::keep(client);
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
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let file = File::schema(&mut definitions);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One file of an API spec",
        "$ref": file["$ref"],
        "$defs": definitions,
    })
}

/// Generates a client in a build script.
///
/// ```no_run
/// // build.rs; lib.rs has `include!(concat!(env!("OUT_DIR"), "/mod.rs"));`
/// apiscribe_codegen::Builder::new().dir("spec").domains(["order"]).build();
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    input: Input,
    domains: Option<Vec<String>>,
    serde: bool,
    table: Option<PathBuf>,
    out_dir: Option<PathBuf>,
}

#[derive(Debug, Clone)]
enum Input {
    Dir(PathBuf),
    Sources(Sources),
}

impl Default for Builder {
    fn default() -> Self {
        Builder::new()
    }
}

impl Builder {
    /// From the folder `spec`, all domains, to the folder that cargo gives the build script.
    pub fn new() -> Builder {
        let input = Input::Dir(PathBuf::from("spec"));
        Builder { input, domains: None, serde: false, table: None, out_dir: None }
    }

    /// From every `*.yaml` and `*.yml` in a folder; relative to the package, as cargo runs build scripts there.
    #[must_use]
    pub fn dir(self, dir: impl Into<PathBuf>) -> Builder {
        Builder { input: Input::Dir(dir.into()), ..self }
    }

    /// From files by name and text, as a crate embeds them.
    #[must_use]
    pub fn sources(
        self,
        files: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Builder {
        Builder { input: Input::Sources(Sources::new(files)), ..self }
    }

    /// Only these domains, by their present or former names, and those whose items they name.
    #[must_use]
    pub fn domains(self, domains: impl IntoIterator<Item = impl Into<String>>) -> Builder {
        let domains = domains.into_iter().map(Into::into).collect();
        Builder { domains: Some(domains), ..self }
    }

    /// Whether every type is read and written through serde: requests are read too, and responses and the contents of callbacks
    /// written, for programs that keep them. If not set, only what a call needs is generated, and compiled.
    ///
    /// Requests with fields outside their body, or with files, are not read, because their JSON is not all of them.
    #[must_use]
    pub fn serde(self, both_ways: bool) -> Builder {
        Builder { serde: both_ways, ..self }
    }

    /// Also [`table()`] of the generated domains, to this file, which is overwritten: the documentation of a crate includes it by
    /// `#![cfg_attr(doc, doc = include_str!(..))]`.
    #[must_use]
    pub fn table(self, file: impl Into<PathBuf>) -> Builder {
        Builder { table: Some(file.into()), ..self }
    }

    /// To this folder, of which it leaves alone what was not generated.
    #[must_use]
    pub fn out_dir(self, dir: impl Into<PathBuf>) -> Builder {
        Builder { out_dir: Some(dir.into()), ..self }
    }

    /// The files, without writing them.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the spec, a domain that it does not have, or a file that cannot be read.
    pub fn generate(&self) -> Result<Files, Failure> {
        self.client().map(|client| render(&client))
    }

    fn client(&self) -> Result<Client, Failure> {
        let sources = match &self.input {
            Input::Dir(dir) => &folder::read(dir)?,
            Input::Sources(sources) => sources,
        };
        let mut client = select(ir(sources)?, self.domains.as_deref())?;
        if self.serde {
            keep(&mut client);
        }
        Ok(client)
    }

    /// Generates, writes what has changed, and tells cargo what to watch. What is wrong with the spec is printed, and
    /// ends the build script.
    pub fn build(&self) {
        self.watch();
        if let Err(failure) = self.write() {
            eprintln!("{failure}");
            process::exit(1);
        }
    }

    fn write(&self) -> Result<Changes, Failure> {
        let client = self.client()?;
        if let Some(file) = &self.table {
            fs::write(file, table(&client)).map_err(Failure::disk("write", file))?;
        }
        let out_dir = self.out_dir.clone().or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        output::write(&render(&client), out_dir.as_deref().unwrap_or(Path::new("generated")))
    }

    fn watch(&self) {
        // Also keeps cargo from watching the whole package.
        println!("cargo::rerun-if-changed=build.rs");
        if let Input::Dir(dir) = &self.input {
            println!("cargo::rerun-if-changed={}", dir.display());
            let sources = folder::read(dir);
            let names = sources.iter().flat_map(Sources::names);
            names.for_each(|name| println!("cargo::rerun-if-changed={name}"));
        }
    }
}

/// The chosen domains and those they need.
fn select(mut client: Client, domains: Option<&[String]>) -> Result<Client, Failure> {
    let Some(domains) = domains else { return Ok(client) };
    let mut chosen = Vec::new();
    for name in domains {
        let is_named = |module: &&Module| module.name == *name || module.formerly.contains(name);
        let Some(module) = client.modules.iter().find(is_named) else {
            let known = client.modules.iter().map(|module| module.name.clone());
            return Err(Failure::UnknownDomain { name: name.clone(), known: known.collect() });
        };
        chosen.push(module.name.clone());
    }
    let mut next = 0;
    while let Some(name) = chosen.get(next).cloned() {
        let module = client.modules.iter().find(|module| module.name == name);
        let uses = module.iter().flat_map(|module| module.uses.clone());
        let new: Vec<String> = uses.filter(|used| !chosen.contains(used)).collect();
        chosen.extend(new);
        next += 1;
    }
    client.modules.retain(|module| chosen.contains(&module.name));
    let events = &mut client.platform.events;
    events.iter_mut().for_each(|events| {
        events.variants.retain(|variant| chosen.contains(&variant.module));
    });
    events.retain(|events| !events.variants.is_empty());
    Ok(client)
}
