//! The folder of the spec: the one that is named, or the nearest.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::folder;
use crate::source::Sources;

pub(super) fn read(spec: Option<PathBuf>) -> Result<Sources, Failure> {
    match spec {
        Some(dir) => folder::read(dir),
        None => folder::read(nearest()?),
    }
}

/// The folder `spec` with `*.yaml` in it, here or in the nearest folder above that has one. Relative to here if it can
/// be, as it is shown in every complaint.
fn nearest() -> Result<PathBuf, Failure> {
    let here = env::current_dir().map_err(Failure::disk("read", "."))?;
    let found = here.ancestors().map(|dir| dir.join("spec")).find(|dir| folder::has_spec(dir));
    let dir = found.ok_or_else(|| Failure::NoSpec(here.join("spec")))?;
    let relative = dir.strip_prefix(&here).map(Path::to_owned);
    Ok(relative.unwrap_or(dir))
}
