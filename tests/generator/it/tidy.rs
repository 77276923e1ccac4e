//! The tables of ARCHITECTURE.md and the walk of CONTRIBUTING.md are true, and the features of the client are the domains of the spec.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use apiscribe_codegen::source::Sources;
use proc_macro2::{TokenStream, TokenTree};

use crate::support::{entries, folder, name_of, read, rust_files};

type Names = BTreeSet<String>;

/// Features of the client that are no domains.
const ABILITIES: &[&str] = &[
    "default",
    "client",
    "blocking",
    "tracing",
    "metrics",
    "signature",
    "callbacks",
    "axum",
    "ecpay",
    "sqlite",
    "postgres",
    "mysql",
    "store-tests",
    "decimals",
    "dates",
    "serde",
    "all-domains",
];

/// The crates' table: a crate depends on those of ours that it may, at all times or to build.
#[test]
fn crates_depend_on_what_they_may() {
    let table = table("| crate |");
    let ours: Names = table.keys().cloned().collect();
    assert_eq!(ours, members(), "the table has every member of the workspace");
    let folders: BTreeMap<String, String> =
        ours.iter().map(|folder| (package(folder), folder.clone())).collect();
    for (name, may) in table.iter().filter(|(_, may)| *may != "everything") {
        let (always, build) = may.split_once("to build:").unwrap_or((may, ""));
        let manifest = read(&folder("..").join(name).join("Cargo.toml"));
        let found = |section| {
            let keys = section_of(&manifest, section).into_iter().map(key_of);
            keys.filter_map(|package| folders.get(package).cloned()).collect::<Names>()
        };
        assert_eq!(found("[dependencies]"), ticked(always), "dependencies of {name}");
        assert_eq!(found("[build-dependencies]"), ticked(build), "build-dependencies of {name}");
    }
}

/// The crates' table again: which package is in which folder.
#[test]
fn folders_hold_the_packages_that_the_table_says() {
    let text = read(&folder("../ARCHITECTURE.md"));
    let rows = text.lines().skip_while(|line| !line.starts_with("| crate |")).skip(2);
    for row in rows.take_while(|line| line.starts_with('|')) {
        let ticked: Vec<&str> = row.split('`').skip(1).step_by(2).take(2).collect();
        assert_eq!(package(ticked[0]), ticked[1], "{row}");
    }
}

#[test]
fn only_the_door_brings_the_generator_into_the_macros() {
    let manifest = read(&folder("../macros/Cargo.toml"));
    let dependencies = section_of(&manifest, "[dependencies]");
    let codegen = dependencies.iter().find(|line| key_of(line) == "apiscribe-codegen").unwrap();
    assert!(codegen.contains("optional = true"), "{codegen}");
    let features = section_of(&manifest, "[features]");
    assert!(features.iter().all(|line| key_of(line) != "default"), "{features:?}");
}

/// The layers' table: a module of runtime names what it may, and that stands in rows above its own. So there is no circle.
#[test]
fn modules_of_runtime_name_layers_below() {
    let modules = modules("../runtime/src");
    let mut below = Names::new();
    for (layer, may) in rows("| layer |") {
        let may = ticked(&may);
        assert!(may.is_subset(&below), "{layer:?} may name {may:?}, of which some are not above");
        let mut named = Names::new();
        for module in &layer {
            let found = modules.get(module).unwrap_or_else(|| panic!("no module {module}"));
            named.extend(found.iter().filter(|name| *name != module).cloned());
        }
        assert_eq!(named, may, "{layer:?} names the former, and may name the latter");
        below.extend(layer);
    }
    assert_eq!(below, modules.into_keys().collect(), "the table has every module");
}

/// By a name of the root a module could name any layer unseen.
#[test]
fn modules_of_runtime_name_nothing_of_the_root() {
    for (module, named) in named(&folder("../runtime/src"), "crate") {
        let items: Vec<&String> =
            named.iter().filter(|name| name.starts_with(char::is_uppercase)).collect();
        assert!(items.is_empty(), "{module} names {items:?}");
    }
}

/// The modules' table: a module of codegen names no other modules than it may. `lib` knows all.
#[test]
fn modules_of_codegen_name_what_they_may() {
    let table = table("| module |");
    let modules = modules("../codegen/src");
    let listed: Names = table.keys().cloned().collect();
    assert_eq!(listed, modules.keys().cloned().collect(), "the table has every module");
    for (module, named) in modules {
        let may = ticked(&table[&module]);
        let more: Vec<&String> = named.difference(&may).filter(|name| **name != module).collect();
        assert!(more.is_empty(), "{module} names {more:?}, and may name {may:?}");
    }
}

/// What a row of the modules' table allows and no module of the row does would be a promise to nobody.
#[test]
fn no_module_of_codegen_may_name_what_it_does_not() {
    let modules = modules("../codegen/src");
    let mut rows: BTreeMap<String, Names> = BTreeMap::new();
    for (module, may) in table("| module |") {
        rows.entry(may).or_default().extend(modules[&module].clone());
    }
    for (may, named) in rows {
        let idle: Vec<String> = ticked(&may).difference(&named).cloned().collect();
        assert!(idle.is_empty(), "nothing in the row of {may:?} names {idle:?}");
    }
}

/// No module of the macros needs one that needs it in turn, at the top and in each folder.
#[test]
fn modules_of_the_macros_form_no_circle() {
    let src = folder("../macros/src");
    assert_no_circle(named(&src, "crate"));
    let folders = entries(&src).into_iter().filter(|path| path.is_dir());
    folders.for_each(|folder| assert_no_circle(named(&folder, "super")));
}

/// The table of the walk: each file is there and declares what is to be looked at. It is short on purpose, as whoever adds a
/// limit reads all of it.
#[test]
fn the_walk_of_a_limit_is_as_the_table_says() {
    let text = read(&folder("../CONTRIBUTING.md"));
    let rows = text.lines().skip_while(|line| !line.starts_with("| file |")).skip(2);
    let mut files = Names::new();
    for row in rows.take_while(|line| line.starts_with('|')) {
        let mut ticked = row.split('`').skip(1).step_by(2);
        let file = ticked.next().unwrap();
        let source: TokenStream = read(&folder("..").join(file)).parse().unwrap();
        let mut declared = Names::new();
        find_declared(source, &mut declared);
        let missing: Vec<&str> = ticked.filter(|name| !declared.contains(*name)).collect();
        assert!(missing.is_empty(), "{file} has no {missing:?}");
        assert!(files.insert(file.to_owned()), "{file} is listed twice");
    }
    assert!((1..=25).contains(&files.len()), "{} files", files.len());
}

/// The names that stand behind the words that declare something.
fn find_declared(tokens: TokenStream, declared: &mut Names) {
    let mut before = [String::new(), String::new()];
    for token in tokens {
        match &token {
            TokenTree::Ident(name)
                if ["fn", "struct", "enum", "trait"].contains(&&*before[1])
                    || before == ["macro_rules", "!"] =>
            {
                declared.insert(name.to_string());
            }
            TokenTree::Group(group) => find_declared(group.stream(), declared),
            _ => {}
        }
        let [_, last] = before;
        before = [last, token.to_string()];
    }
}

/// Takes away what needs none of the others, again and again; a circle is what is left.
fn assert_no_circle(modules: BTreeMap<String, Names>) {
    let mut modules = among_themselves(modules);
    assert!(modules.len() > 1, "no modules to look at");
    modules.iter_mut().for_each(|(name, named)| named.retain(|other| other != name));
    while let Some(leaf) = modules.keys().find(|name| modules[*name].is_empty()).cloned() {
        modules.remove(&leaf);
        modules.values_mut().for_each(|named| named.retain(|other| *other != leaf));
    }
    assert!(modules.is_empty(), "a circle of modules: {modules:?}");
}

/// A cargo feature for each domain, which brings in those that the domain names something of; and one for each former name,
/// which brings in the domain.
#[test]
fn features_of_the_client_are_the_domains_of_the_spec() {
    let client = apiscribe_codegen::ir(&Sources::new(douyin_spec::files())).unwrap();
    let former = client.modules.iter().flat_map(|module| {
        let names = module.formerly.iter().cloned();
        names.map(|former| (former, Names::from([module.name.clone()])))
    });
    let domains = client.modules.iter();
    let domains =
        domains.map(|module| (module.name.clone(), module.uses.iter().cloned().collect()));
    let domains: BTreeMap<String, Names> = domains.chain(former).collect();
    let manifest = read(&folder("../generated-client/Cargo.toml"));
    let features = section_of(&manifest, "[features]").into_iter();
    let features = features.map(|line| (key_of(line).to_owned(), quoted(line)));
    let mut features: BTreeMap<String, Names> =
        features.filter(|(name, _)| !ABILITIES.contains(&name.as_str())).collect();
    // A feature of another crate, as `runtime/pattern`, is none of the spec's domains.
    features.values_mut().for_each(|brings| brings.retain(|name| !name.contains('/')));
    assert_eq!(features, domains);
}

/// A domain brings in what its types and rules stand on, so that it compiles by itself.
#[test]
fn features_of_the_domains_bring_in_what_they_need() {
    let client = apiscribe_codegen::ir(&Sources::new(douyin_spec::files())).unwrap();
    let manifest = read(&folder("../generated-client/Cargo.toml"));
    let features = section_of(&manifest, "[features]");
    for module in client.modules {
        let line = features.iter().find(|line| key_of(line) == module.name).unwrap();
        let brought: Names =
            quoted(line).into_iter().filter(|name| name.starts_with("apiscribe/")).collect();
        let needed = module.features().map(|feature| format!("apiscribe/{feature}"));
        assert_eq!(brought, needed.collect::<Names>(), "the feature {}", module.name);
    }
}

/// First and last column of the table of ARCHITECTURE.md that begins with `head`. A row of several names counts for
/// each.
fn table(head: &str) -> BTreeMap<String, String> {
    let each =
        |(names, last): (Names, String)| names.into_iter().map(move |name| (name, last.clone()));
    rows(head).into_iter().flat_map(each).collect()
}

/// The same row by row.
fn rows(head: &str) -> Vec<(Names, String)> {
    let text = read(&folder("../ARCHITECTURE.md"));
    let rows = text.lines().skip_while(|line| !line.starts_with(head)).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            (ticked(cells[0]), cells[cells.len() - 1].to_owned())
        })
        .collect()
}

fn members() -> Names {
    let manifest = read(&folder("../Cargo.toml"));
    quoted(manifest.lines().find(|line| line.starts_with("members")).unwrap())
}

/// The name of the package in a folder.
fn package(name: &str) -> String {
    let manifest = read(&folder("..").join(name).join("Cargo.toml"));
    let line = section_of(&manifest, "[package]").into_iter().find(|line| key_of(line) == "name");
    quoted(line.unwrap()).pop_first().unwrap()
}

/// The modules at the top of a crate, and which of them each names as `crate::…`.
fn modules(src: &str) -> BTreeMap<String, Names> {
    among_themselves(named(&folder(src), "crate"))
}

/// The modules, and which of the others each names.
fn among_themselves(mut modules: BTreeMap<String, Names>) -> BTreeMap<String, Names> {
    let all: Names = modules.keys().cloned().collect();
    modules.values_mut().for_each(|named| named.retain(|name| all.contains(name)));
    modules
}

/// The modules in a folder, with all that follows `root::` in each.
fn named(src: &Path, root: &str) -> BTreeMap<String, Names> {
    let mut modules: BTreeMap<String, Names> = BTreeMap::new();
    for path in entries(src) {
        let name = name_of(&path).trim_end_matches(".rs").to_owned();
        let files = if path.is_dir() { rust_files(&path) } else { vec![path] };
        let named = modules.entry(name).or_default();
        for file in files {
            find_paths(read(&file).parse().unwrap(), root, named);
        }
    }
    modules.retain(|name, _| !["lib", "main", "mod"].contains(&name.as_str()));
    modules
}

/// What follows `root::`, one name or several in braces.
fn find_paths(tokens: TokenStream, root: &str, named: &mut Names) {
    let mut last = [String::new(), String::new(), String::new()];
    for token in tokens {
        let follows = last == [root, ":", ":"];
        match &token {
            TokenTree::Ident(ident) if follows => drop(named.insert(ident.to_string())),
            TokenTree::Group(group) if follows => {
                let items = group.stream().to_string();
                named.extend(
                    items.split(',').map(|item| item.split("::").next().unwrap().trim().to_owned()),
                );
            }
            TokenTree::Group(group) => find_paths(group.stream(), root, named),
            _ => {}
        }
        last = [last[1].clone(), last[2].clone(), token.to_string()];
    }
}

/// The lines of a section of a manifest, without comments and empty ones.
fn section_of<'a>(manifest: &'a str, section: &str) -> Vec<&'a str> {
    let lines = manifest.lines().skip_while(|line| *line != section).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    lines.filter(|line| line.contains('=') && !line.starts_with('#')).collect()
}

fn key_of(line: &str) -> &str {
    line.split(['=', '.', ' ']).next().unwrap()
}

fn ticked(cell: &str) -> Names {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn quoted(line: &str) -> Names {
    line.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
