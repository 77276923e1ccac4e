//! `cargo codegen generate`, with and without `--check`.

use std::path::{Path, PathBuf};

use super::{DONE, FINDINGS, Stop, Terminal, spec_dir};
use crate::failure::Failure;
use crate::output::{self, Files};

pub(super) fn generate(
    spec: Option<PathBuf>,
    out: &Path,
    serde: bool,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let files = files(spec, serde)?;
    let changes = output::write(&files, out)?;
    let written = changes.missing.len() + changes.changed.len();
    let removed = changes.left_over.len();
    writeln!(
        terminal.out,
        "{}: {} files, {written} written, {removed} removed",
        out.display(),
        files.len()
    )?;
    Ok(DONE)
}

pub(super) fn compare(
    spec: Option<PathBuf>,
    out: &Path,
    serde: bool,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let files = files(spec.clone(), serde)?;
    let changes = output::compare(&files, out)?;
    if changes.is_empty() {
        writeln!(terminal.out, "{}: {} files, all up to date", out.display(), files.len())?;
        return Ok(DONE);
    }
    let missing = changes.missing.iter().map(|name| (name, "is missing"));
    let changed = changes.changed.iter().map(|name| (name, "is out of date"));
    let left_over = changes.left_over.iter().map(|name| (name, "is no longer generated"));
    for (name, state) in missing.chain(changed).chain(left_over) {
        writeln!(terminal.err, "{}: {state}", out.join(name).display())?;
    }
    writeln!(terminal.err, "to update it: {}", command(spec.as_deref(), out, serde))?;
    Ok(FINDINGS)
}

fn files(spec: Option<PathBuf>, serde: bool) -> Result<Files, Stop> {
    let mut client = crate::ir(&spec_dir::read(spec)?).map_err(Failure::Spec)?;
    if serde {
        crate::keep(&mut client);
    }
    Ok(crate::render(&client))
}

/// The command that would write.
fn command(spec: Option<&Path>, out: &Path, serde: bool) -> String {
    let spec = spec.map(|spec| format!(" --spec {}", argument(spec))).unwrap_or_default();
    let serde = if serde { " --serde" } else { "" };
    format!("cargo codegen generate{spec} --out {}{serde}", argument(out))
}

/// A path as it is typed.
fn argument(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
}
