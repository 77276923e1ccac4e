//! Carries out changes to a folder, all or none.
//!
//! The new texts are written beside the old ones first, where all that is likely to fail does: no room, no permission.
//! Then each file is put in its place by renaming, which a reader sees either before or after. If one of the renames
//! fails the former ones are undone.

use std::path::{Path, PathBuf};
use std::{fs, process};

use super::{Changes, Files};
use crate::failure::Failure;

pub(super) fn swap(files: &Files, changes: &Changes, dir: &Path) -> Result<(), Failure> {
    let made = make_folder(dir)?;
    let result = swap_in(files, changes, dir);
    if result.is_err() {
        // Only what was made here and is empty again goes.
        made.iter().rev().take_while(|path| fs::remove_dir(path).is_ok()).for_each(drop);
    }
    result
}

/// Makes `dir` and what is missing above it. Gives what it made, from the top.
fn make_folder(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let missing = dir.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists());
    let mut made: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    made.reverse();
    fs::create_dir_all(dir).map_err(Failure::disk("make the folder", dir))?;
    Ok(made)
}

fn swap_in(files: &Files, changes: &Changes, dir: &Path) -> Result<(), Failure> {
    // Inside `dir`, so that it is on the same file system and needs no permission elsewhere.
    let staging = dir.join(format!(".codegen-{}", process::id()));
    fs::create_dir(&staging).map_err(Failure::disk("make the folder", &staging))?;
    let result = stage(files, changes, &staging).and_then(|()| {
        let mut swap = Swap { dir, staging: &staging, undo: Vec::new() };
        let result = swap.put_in_place(changes);
        result.inspect_err(|_| swap.roll_back())
    });
    // What is left in it is of no use to anyone; that it stays there harms nobody.
    let _ = fs::remove_dir_all(&staging);
    result
}

fn stage(files: &Files, changes: &Changes, staging: &Path) -> Result<(), Failure> {
    for name in changes.missing.iter().chain(&changes.changed) {
        let path = staging.join(name);
        fs::write(&path, &files[name]).map_err(Failure::disk("write", &path))?;
    }
    Ok(())
}

struct Swap<'a> {
    dir: &'a Path,
    staging: &'a Path,
    /// Where files are now, and where they were.
    undo: Vec<(PathBuf, PathBuf)>,
}

impl Swap<'_> {
    fn put_in_place(&mut self, changes: &Changes) -> Result<(), Failure> {
        for name in changes.changed.iter().chain(&changes.left_over) {
            self.keep(name)?;
        }
        for name in &changes.left_over {
            let path = self.dir.join(name);
            fs::remove_file(&path).map_err(Failure::disk("remove", &path))?;
        }
        for name in changes.changed.iter().chain(&changes.missing) {
            self.place(name)?;
        }
        Ok(())
    }

    /// Gives an old file a second name, under which it survives being replaced.
    fn keep(&mut self, name: &str) -> Result<(), Failure> {
        let (path, kept) = (self.dir.join(name), self.staging.join(format!("{name}.old")));
        let result = fs::hard_link(&path, &kept).or_else(|_| fs::copy(&path, &kept).map(drop));
        result.map_err(Failure::disk("copy", &path))?;
        self.undo.push((kept, path));
        Ok(())
    }

    fn place(&mut self, name: &str) -> Result<(), Failure> {
        let (staged, path) = (self.staging.join(name), self.dir.join(name));
        fs::rename(&staged, &path).map_err(Failure::disk("write", &path))?;
        self.undo.push((path, staged));
        Ok(())
    }

    fn roll_back(&mut self) {
        for (now, before) in self.undo.drain(..).rev() {
            // The first failure is the one to report; the rest is put back as far as can be.
            let _ = fs::rename(now, before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `compare` refuses comes here only if it appears in between, so no test from outside can show it.
    #[test]
    fn what_fails_half_way_is_undone() {
        let dir = std::env::temp_dir().join(format!("codegen-swap-{}", process::id()));
        fs::create_dir_all(dir.join("b.rs/in the way")).unwrap();
        fs::write(dir.join("a.rs"), "old").unwrap();
        fs::write(dir.join("gone.rs"), "old").unwrap();

        let names = |name: &str| vec![name.to_owned()];
        let (missing, changed) = (names("b.rs"), names("a.rs"));
        let changes = Changes { missing, changed, left_over: names("gone.rs") };
        let files = ["a.rs", "b.rs"].map(|name| (name.to_owned(), "new".to_owned()));
        let failure = swap(&Files::from(files), &changes, &dir).unwrap_err();

        assert!(matches!(failure, Failure::Disk { path, .. } if path.ends_with("b.rs")));
        assert_eq!(fs::read_to_string(dir.join("a.rs")).unwrap(), "old");
        assert_eq!(fs::read_to_string(dir.join("gone.rs")).unwrap(), "old");
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 3);
        fs::remove_dir_all(dir).unwrap();
    }
}
