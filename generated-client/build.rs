//! Generates the domains whose features are on, from the crate `douyin-spec`.

use std::env;

fn main() {
    let names = douyin_spec::FILES.iter().filter_map(|file| file.name.strip_suffix(".yaml"));
    apiscribe_codegen::Builder::new()
        .sources(douyin_spec::files())
        .domains(names.filter(is_enabled))
        .serde(env::var_os("CARGO_FEATURE_SERDE").is_some())
        .build();
}

fn is_enabled(domain: &&str) -> bool {
    env::var_os(format!("CARGO_FEATURE_{}", domain.to_uppercase())).is_some()
}
