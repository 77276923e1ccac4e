//! A folder on disk → the sources in it.

mod encoding;

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::source::{Source, Sources};

/// Every file `*.yaml` and `*.yml` directly in `dir`, but for those whose names begin with a dot: editors and operating
/// systems keep their own there. The names of the files are their paths, `dir` included.
///
/// A file that cannot be read as UTF-8 is among them; what is wrong with it is reported with all else that is wrong
/// with the spec.
///
/// # Errors
///
/// [`Failure::NoSpec`] if there is none, [`Failure::Disk`] if the folder cannot be read.
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
    let files: Vec<Source> = names.map(|name| read_file(base, &name)).collect();
    if files.is_empty() {
        return Err(Failure::NoSpec(dir.to_owned()));
    }
    Ok(Sources::from_files(files))
}

fn read_file(base: &Path, name: &Path) -> Source {
    let shown = name.display().to_string();
    match fs::read(base.join(name)) {
        Ok(bytes) => encoding::decode(shown, &bytes),
        Err(error) => {
            let message = format!("cannot read the file: {error}");
            let help = "make the file readable, or remove it; a link must lead to a file";
            Source::broken(shown, ("", ""), "unreadable-file", message, help)
        }
    }
}

/// Names of the files of the spec in `dir`.
fn list(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(dir).map_err(Failure::disk("read", dir))?;
    let entries = entries.collect::<Result<Vec<_>, _>>().map_err(Failure::disk("read", dir))?;
    let names = entries.iter().map(|entry| PathBuf::from(entry.file_name()));
    Ok(names.filter(|name| is_yaml(name) && may_be_file(&dir.join(name))).collect())
}

/// What cannot be looked at is reported when it is read.
fn may_be_file(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |metadata| metadata.is_file())
}

fn is_yaml(name: &Path) -> bool {
    let is_hidden = name.as_os_str().as_encoded_bytes().starts_with(b".");
    !is_hidden
        && name.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Whether `dir` holds a spec.
#[cfg(feature = "cli")]
pub(crate) fn has_spec(dir: &Path) -> bool {
    list(dir).is_ok_and(|files| !files.is_empty())
}
