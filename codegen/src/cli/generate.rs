//! `cargo codegen generate`, with and without `--check`.

use std::path::{Path, PathBuf};

use super::{DONE, FINDINGS, Stop, Terminal, spec_dir};
use crate::failure::Failure;
use crate::output;

pub(super) fn generate(
    spec: Option<PathBuf>,
    out: &Path,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let files = crate::generate(&spec_dir::read(spec)?).map_err(Failure::Spec)?;
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
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let files = crate::generate(&spec_dir::read(spec.clone())?).map_err(Failure::Spec)?;
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
    writeln!(terminal.err, "to mend it: {}", command(spec.as_deref(), out))?;
    Ok(FINDINGS)
}

/// The command that would write.
fn command(spec: Option<&Path>, out: &Path) -> String {
    let spec = spec.map(|spec| format!(" --spec {}", argument(spec))).unwrap_or_default();
    format!("cargo codegen generate{spec} --out {}", argument(out))
}

/// A path as it is typed.
fn argument(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
}
