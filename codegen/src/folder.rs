//! A folder on disk → the sources in it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::source::Sources;

/// Every `*.yaml` and `*.yml` directly in `dir`. The names of the files are their paths, `dir` included.
///
/// # Errors
///
/// [`Failure::NoSpec`] if there is none, [`Failure::Disk`] if the folder or a file in it cannot be read as text.
pub fn read(dir: impl AsRef<Path>) -> Result<Sources, Failure> {
    read_below("", dir)
}

/// As [`read()`], of a folder `dir` in `base`. The names of the files begin with `dir`.
///
/// # Errors
///
/// As [`read()`].
pub fn read_below(base: impl AsRef<Path>, dir: impl AsRef<Path>) -> Result<Sources, Failure> {
    let (base, dir) = (base.as_ref(), dir.as_ref());
    let names = list(&base.join(dir))?.into_iter().map(|name| dir.join(name));
    let files = names.map(|name| read_file(base, &name)).collect::<Result<Vec<_>, _>>()?;
    if files.is_empty() {
        return Err(Failure::NoSpec(dir.to_owned()));
    }
    Ok(Sources::new(files))
}

fn read_file(base: &Path, name: &Path) -> Result<(String, String), Failure> {
    let text = fs::read_to_string(base.join(name)).map_err(Failure::disk("read", name))?;
    Ok((name.display().to_string(), text))
}

/// Names of the files of the spec in `dir`.
fn list(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(dir).map_err(Failure::disk("read", dir))?;
    let entries = entries.collect::<Result<Vec<_>, _>>().map_err(Failure::disk("read", dir))?;
    let names = entries.iter().map(|entry| PathBuf::from(entry.file_name()));
    Ok(names.filter(|name| is_yaml(name)).collect())
}

fn is_yaml(name: &Path) -> bool {
    name.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Whether `dir` holds a spec.
#[cfg(feature = "cli")]
pub(crate) fn has_spec(dir: &Path) -> bool {
    list(dir).is_ok_and(|files| !files.is_empty())
}
