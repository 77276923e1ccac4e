//! Generates the domains whose features are on, from the crate `douyin-spec`.

use std::env;
use std::path::PathBuf;

fn main() {
    let names = douyin_spec::FILES.iter().filter_map(|file| file.name.strip_suffix(".yaml"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo gives a folder"));
    apiscribe_codegen::Builder::new()
        .sources(douyin_spec::files())
        .domains(names.filter(is_enabled))
        .serde(env::var_os("CARGO_FEATURE_SERDE").is_some())
        .table(out.join("table.md"))
        .build();
}

fn is_enabled(domain: &&str) -> bool {
    env::var_os(format!("CARGO_FEATURE_{}", domain.to_uppercase())).is_some()
}
