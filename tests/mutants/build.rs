//! The generated clients that try signatures and encrypted content.

use std::path::{Path, PathBuf};
use std::{env, fs};

use apiscribe_codegen::Builder;

fn main() {
    let tests = env::current_dir().expect("the package's folder").join("..");
    let wechat_pay = tests.join("platforms/wechat_pay");
    let schemes = tests.join("accept/signature_schemes");
    let clients = [
        module("wechat_pay", &wechat_pay.join("spec"), &wechat_pay.join("test.rs")),
        module("signature_schemes", &schemes, &schemes.join("use.rs")),
    ];
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo gives a folder"));
    fs::write(out.join("clients.rs"), clients.concat()).expect("a folder to write to");
}

/// A client, and the tests that call it.
fn module(name: &str, spec: &Path, tests: &Path) -> String {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo gives a folder"));
    let api = out.join(name);
    Builder::new().dir(spec).serde(true).out_dir(&api).build();
    let mod_rs = api.join("mod.rs");
    format!(
        "mod {name} {{\n    #[path = {mod_rs:?}]\n    pub mod api;\n    #[path = {tests:?}]\n    mod tests;\n}}\n"
    )
}
