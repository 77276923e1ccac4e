//! The door for a build script: a spec in, a folder of generated files out.

use std::env;
use std::path::{Path, PathBuf};
use std::process;

use crate::failure::Failure;
use crate::folder;
use crate::ir::Client;
use crate::output::{self, Changes, Files};
use crate::source::Sources;

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
        Builder { input: Input::Dir(PathBuf::from("spec")), domains: None, out_dir: None }
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

    /// Only these domains, and those whose items they name.
    #[must_use]
    pub fn domains(self, domains: impl IntoIterator<Item = impl Into<String>>) -> Builder {
        let domains = domains.into_iter().map(Into::into).collect();
        Builder { domains: Some(domains), ..self }
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
        let sources = match &self.input {
            Input::Dir(dir) => &folder::read(dir)?,
            Input::Sources(sources) => sources,
        };
        let client = select(crate::ir(sources)?, self.domains.as_deref())?;
        Ok(crate::render(&client))
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
        let files = self.generate()?;
        let out_dir = self.out_dir.clone().or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        output::write(&files, out_dir.as_deref().unwrap_or(Path::new("generated")))
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
    let known = || client.modules.iter().map(|module| module.name.clone());
    if let Some(name) = domains.iter().find(|name| known().all(|known| known != **name)) {
        return Err(Failure::UnknownDomain { name: name.clone(), known: known().collect() });
    }
    let mut chosen = domains.to_vec();
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
