//! What goes to a registry: each package is whole, says what it is, and a program that is built from the packaged files, outside
//! the workspace, settles an order.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::Value;
use spdx::{Expression, LicenseReq};

use crate::support::{entries, folder, name_of, read, rust_files};

/// The packages' files as a registry would hand them out: a folder each, by name.
static UNPACKED: LazyLock<BTreeMap<String, PathBuf>> = LazyLock::new(|| {
    let packed = tempfile::TempDir::new().unwrap();
    let mut package = cargo(&folder(".."));
    package.args(["package", "--workspace", "--no-verify", "--allow-dirty", "--target-dir"]);
    package.arg(packed.path());
    for unpublished in packages(false) {
        package.args(["--exclude", text(&unpublished["name"])]);
    }
    succeed(&mut package);
    let published = packages(true).into_iter();
    published
        .map(|package| (text(&package["name"]).to_owned(), unpack(&package, packed.path())))
        .collect()
});

/// Into a folder that stays. What has not changed is not written, so that cargo builds only what has.
fn unpack(package: &Value, packed: &Path) -> PathBuf {
    let name = format!("{}-{}", text(&package["name"]), text(&package["version"]));
    let new = packed.join("new");
    fs::create_dir_all(&new).unwrap();
    let archive = packed.join("package").join(format!("{name}.crate"));
    succeed(Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(&new));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages").join(&name);
    update(&folder, &new.join(name));
    folder
}

/// Makes a folder equal to another.
fn update(old: &Path, new: &Path) {
    fs::create_dir_all(old).unwrap();
    for path in entries(old) {
        match path.is_dir() {
            _ if new.join(name_of(&path)).exists() => {}
            true => fs::remove_dir_all(path).unwrap(),
            false => fs::remove_file(path).unwrap(),
        }
    }
    for path in entries(new) {
        let there = old.join(name_of(&path));
        match path.is_dir() {
            true => update(&there, &path),
            false if fs::read(&there).ok() == fs::read(&path).ok() => {}
            false => fs::write(there, fs::read(path).unwrap()).unwrap(),
        }
    }
}

/// The packages of the workspace that are published, or the others.
fn packages(published: bool) -> Vec<Value> {
    let mut metadata = cargo(&folder(".."));
    let output = succeed(metadata.args(["metadata", "--no-deps", "--format-version", "1"]));
    let mut metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let Value::Array(mut packages) = metadata["packages"].take() else { panic!("no packages") };
    packages.retain(|package| package["publish"].is_null() == published);
    packages
}

fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(folder).env("CARGO_NET_OFFLINE", "true");
    cargo
}

fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|fault| panic!("{command:?}: {fault}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a string: {value}"))
}

#[test]
fn a_package_says_what_it_is() {
    assert_eq!(packages(true).len(), 7);
    for package in packages(true) {
        let name = text(&package["name"]);
        assert_eq!(package["license"], "MIT OR Apache-2.0", "{name}");
        assert_eq!(package["readme"], "README.md", "{name}");
        assert!(text(&package["description"]).len() > 40, "{name}");
        let count = |key: &str| package[key].as_array().map_or(0, Vec::len);
        assert!((1..=5).contains(&count("keywords")), "keywords of {name}");
        assert!((1..=5).contains(&count("categories")), "categories of {name}");
        let has_features =
            package["features"].as_object().is_some_and(|features| !features.is_empty());
        let all_features = &package["metadata"]["docs"]["rs"]["all-features"];
        assert_eq!(
            all_features.as_bool().unwrap_or(false),
            has_features,
            "documentation of {name}"
        );
    }
}

#[test]
fn a_package_is_whole() {
    let first_version = text(&packages(true)[0]["rust_version"]).to_owned();
    for (name, folder) in &*UNPACKED {
        for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
            assert_eq!(
                read(&folder.join(file)),
                read(&crate::support::folder("..").join(file)),
                "{name}"
            );
        }
        let readme = read(&folder.join("README.md"));
        assert!(!readme.contains("](../"), "the README of {name} leads out of its package");
        let says = format!("Rust {first_version} or later");
        assert!(readme.contains(&says), "the README of {name} does not say `{says}`");
        let manifest = read(&folder.join("Cargo.toml"));
        let paths = manifest.lines().filter(|line| line.trim_start().starts_with("path = \"../"));
        assert_eq!(paths.count(), 0, "{name} depends on a folder");
    }
}

/// What `cargo deny check licenses` does, without that command. Advisories need the network.
#[test]
fn licences_are_those_that_deny_toml_allows() {
    let rules = read(&folder("../deny.toml"));
    let (_, allowed) = rules.split_once("\nallow = [\n").expect("the licences");
    let (allowed, _) = allowed.split_once("\n]\n").expect("an end");
    let allowed: Vec<&str> =
        allowed.lines().map(|line| line.trim().trim_matches(['"', ','])).collect();
    for package in built() {
        let name = &package["name"];
        // As Cargo has allowed it before SPDX.
        let licence = text(&package["license"]).replace('/', " OR ");
        let licence = Expression::parse(&licence).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let is_allowed = |one: &LicenseReq| allowed.contains(&one.to_string().as_str());
        assert!(licence.evaluate(is_allowed), "deny.toml does not allow {licence}, of {name}");
    }
}

/// Every package that is built here, with all features.
fn built() -> Vec<Value> {
    let version = succeed(Command::new("rustc").arg("-vV"));
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a platform");
    let mut metadata = Command::new(env!("CARGO"));
    metadata.current_dir(folder("..")).args(["metadata", "--locked", "--all-features"]);
    let output = succeed(metadata.args(["--format-version", "1", "--filter-platform", host]));
    let mut metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let Value::Array(mut packages) = metadata["packages"].take() else { panic!("no packages") };
    let nodes = metadata["resolve"]["nodes"].as_array().expect("what is built");
    packages.retain(|package| nodes.iter().any(|node| node["id"] == package["id"]));
    assert!(packages.len() > 100, "only {} packages", packages.len());
    packages
}

/// Clippy's lint `incompatible_msrv` knows what of the standard library is too new, but nothing of the language. Of what came
/// after 1.89, guards that bind are what one writes without a thought.
#[test]
fn no_guard_of_a_match_binds() {
    let folders = packages(true).into_iter().map(|package| {
        Path::new(text(&package["manifest_path"])).parent().expect("a folder").to_owned()
    });
    for file in folders.flat_map(|folder| rust_files(&folder)) {
        let tokens: TokenStream = read(&file).parse().expect("Rust");
        assert_eq!(binding_guards(tokens), 0, "{}: stable since 1.95", file.display());
    }
}

/// How many `if let` are followed by `=>` with no block between.
fn binding_guards(tokens: TokenStream) -> usize {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_word = |place: usize, word: &str| matches!(tokens.get(place), Some(TokenTree::Ident(ident)) if ident == word);
    let is_sign = |place: usize, sign: char| matches!(tokens.get(place), Some(TokenTree::Punct(found)) if found.as_char() == sign);
    let is_arrow = |place: usize| is_sign(place, '=') && is_sign(place + 1, '>');
    let is_block = |place: usize| matches!(&tokens[place], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let is_guard = |place: &usize| {
        if !is_word(*place, "if") || !is_word(place + 1, "let") {
            return false;
        }
        // Behind the pattern, which may have braces; `..=` in it is no end.
        let mut places = *place..tokens.len();
        places.find(|place| is_sign(*place, '=') && !is_sign(place - 1, '.'));
        places.find(|place| is_block(*place) || is_arrow(*place)).is_some_and(is_arrow)
    };
    let inside = tokens.iter().map(|token| match token {
        TokenTree::Group(group) => binding_guards(group.stream()),
        _ => 0,
    });
    inside.sum::<usize>() + (0..tokens.len()).filter(is_guard).count()
}

#[test]
fn a_guard_that_binds_is_found() {
    let guards = |text: &str| binding_guards(text.parse().unwrap());
    assert_eq!(guards("match a { Some(b) if let Some(c) = b => c, _ => d }"), 1);
    assert_eq!(guards("match a { S { b } if let T { c } = b.c(|d| d) => { c } _ => d }"), 1);
    assert_eq!(guards("match a { b if let 0..=9 = b => b, _ => d }"), 1);
    assert_eq!(guards("match a { Some(b) => if let Some(c) = b { c } else { d }, _ => d }"), 0);
    assert_eq!(guards("match a { Some(b) if b => { if let Some(c) = b { c } } _ => d }"), 0);
}

/// The program that the emulator's README shows.
#[test]
fn a_program_outside_the_workspace_settles_an_order_with_the_packaged_files() {
    let readme = read(&UNPACKED["douyin-emulator"].join("README.md"));
    let (_, section) = readme.split_once("\n## In a program of your own\n").expect("the section");
    let mut blocks = section.split("```").skip(1).step_by(2);
    let manifest =
        blocks.next().and_then(|block| block.strip_prefix("toml\n")).expect("a manifest");
    let program =
        blocks.next().and_then(|block| block.strip_prefix("rust,ignore\n")).expect("a program");

    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packaged");
    let files = [
        ("Cargo.toml", format!("{}\n{}[workspace]\n", from_the_registry(manifest), patches())),
        ("src/lib.rs", String::new()),
        ("tests/settles.rs", program.to_owned()),
    ];
    for (path, text) in files {
        let path = project.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            fs::write(path, text).unwrap();
        }
    }
    // With the versions that are there already, which have been built for the most part.
    fs::copy(folder("../Cargo.lock"), project.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder above");
    let mut test = cargo(&project);
    let output = succeed(test.args(["test", "--test", "settles"]).env("CARGO_TARGET_DIR", target));
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("test settles_once ... ok"), "{printed}");
}

/// By its version instead of its folder.
fn from_the_registry(manifest: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut manifest = manifest.to_owned();
    for (name, path) in [("generated-client", "generated-client"), ("douyin-emulator", "emulator")]
    {
        let (here, there) =
            (format!("path = \"../repository/{path}\""), format!("version = \"{version}\""));
        assert!(manifest.contains(&here), "{name}: {manifest}");
        manifest = manifest.replace(&here, &there);
    }
    manifest
}

/// The registry does not have them yet.
fn patches() -> String {
    let of = |(name, folder): (&String, &PathBuf)| {
        // Quoted as JSON, which TOML reads the same.
        format!("{name} = {{ path = {} }}\n", Value::from(folder.to_str().unwrap()))
    };
    format!("[patch.crates-io]\n{}\n", UNPACKED.iter().map(of).collect::<String>())
}
