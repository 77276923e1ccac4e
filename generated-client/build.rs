//! Generates the domains whose features are on, from the crate `spec`.

use std::env;

fn main() {
    let names = spec::FILES.iter().filter_map(|file| file.name.strip_suffix(".yaml"));
    codegen::Builder::new().sources(spec::files()).domains(names.filter(is_enabled)).build();
}

fn is_enabled(domain: &&str) -> bool {
    env::var_os(format!("CARGO_FEATURE_{}", domain.to_uppercase())).is_some()
}
