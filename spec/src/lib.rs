//! The API as YAML, one file per domain, embedded so that whoever generates from it needs nothing but this crate.
//!
//! README.md beside this crate's Cargo.toml documents every key of the format.
//!
//! ```
//! let names: Vec<&str> = douyin_spec::files().map(|(name, _)| name).collect();
//! assert!(names.contains(&"settle.yaml"));
//! ```

/// One file of the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// Name without a folder, as `settle.yaml`; complaints about the file begin with it.
    pub name: &'static str,
    /// The whole YAML text.
    pub text: &'static str,
}

/// All files, sorted by name: each `*.yaml` in the folder of this crate.
pub const FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// All files as (name, text), sorted by name.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().map(|file| (file.name, file.text))
}
