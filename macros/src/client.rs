//! The folder of a spec, named in the code → the modules of its client.

use std::env;
use std::path::{Path, PathBuf};

use apiscribe_codegen::failure::Failure;
use apiscribe_codegen::output::Files;
use apiscribe_codegen::source::Sources;
use proc_macro2::{TokenStream, fallback};
use quote::quote;
use syn::{Error, LitStr, Result};

/// What a spec gives.
struct Generated {
    sources: Sources,
    files: Files,
}

/// `pub mod platform { .. }` and a module for each domain.
pub(crate) fn expand(path: &LitStr) -> TokenStream {
    expand_with(path, |tracked, files| {
        let modules: TokenStream = nest(files).parse().expect("generated code can be read");
        quote!(#tracked #modules)
    })
}

/// `&[(name, text), ..]`.
pub(crate) fn expand_source(path: &LitStr) -> TokenStream {
    expand_with(path, |tracked, files| {
        let (names, texts) = (files.keys(), files.values());
        quote! {{
            #tracked
            const FILES: &[(&str, &str)] = &[#((#names, #texts)),*];
            FILES
        }}
    })
}

fn expand_with(path: &LitStr, print: impl Fn(TokenStream, &Files) -> TokenStream) -> TokenStream {
    match generate(path) {
        Ok(Generated { sources, files }) => print(track(&sources), &files),
        Err(error) => error.into_compile_error(),
    }
}

fn generate(path: &LitStr) -> Result<Generated> {
    // The compiler's own tokens are slower, and print a text in another way here and there.
    fallback::force();
    let result = generate_from(Path::new(&path.value()));
    fallback::unforce();
    result.map_err(|failure| point_out(path, failure))
}

fn generate_from(dir: &Path) -> std::result::Result<Generated, Failure> {
    let sources = apiscribe_codegen::folder::read_below(package(), dir)?;
    let files = apiscribe_codegen::generate(&sources)?;
    Ok(Generated { sources, files })
}

/// The folder of the package that is being compiled.
fn package() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default()
}

/// One error for each complaint, all at the path. A macro cannot point into another file, so each says its place.
fn point_out(path: &LitStr, failure: Failure) -> Error {
    let Failure::Spec(diagnostics) = failure else {
        return Error::new(path.span(), failure);
    };
    let rows = diagnostics.rows().into_iter().map(|row| {
        let help = row.help.map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let message = format!("{}:{}:{}: {}{help}", row.file, row.line, row.column, row.message);
        Error::new(path.span(), message)
    });
    let all = rows.reduce(|mut all, error| {
        all.combine(error);
        all
    });
    all.unwrap_or_else(|| Error::new(path.span(), "the spec is not sound"))
}

/// Has the compiler watch every file that was read.
fn track(sources: &Sources) -> TokenStream {
    let package = package();
    let paths = sources.names().map(|name| package.join(name).display().to_string());
    quote!(const _: &[&[u8]] = &[#(::core::include_bytes!(#paths)),*];)
}

/// `mod.rs`, with the text of each file in the place of its `mod` line.
fn nest(files: &Files) -> String {
    let index = files.get("mod.rs").map(String::as_str).unwrap_or_default();
    index.lines().map(|line| nest_line(line, files)).collect()
}

fn nest_line(line: &str, files: &Files) -> String {
    let name = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';'));
    let file = name.and_then(|name| files.get(&format!("{name}.rs")));
    match (name, file) {
        (Some(name), Some(text)) => format!("pub mod {name} {{\n{text}}}\n"),
        _ => format!("{line}\n"),
    }
}
