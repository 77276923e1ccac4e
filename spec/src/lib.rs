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

macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        &[$(File { name: $name, text: include_str!(concat!("../", $name)) }),*]
    };
}

/// All files, sorted by name.
pub const FILES: &[File] = embed![
    "aweme_customer_service.yaml",
    "bill.yaml",
    "common.yaml",
    "credential.yaml",
    "diamond.yaml",
    "fulfillment.yaml",
    "game_payment.yaml",
    "login.yaml",
    "merchant.yaml",
    "order.yaml",
    "page.yaml",
    "platform.yaml",
    "reconciliation.yaml",
    "refund.yaml",
    "settle.yaml",
    "settle_rules.yaml",
    "tag.yaml",
    "withdraw.yaml",
];

/// All files as (name, text), sorted by name.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().map(|file| (file.name, file.text))
}
