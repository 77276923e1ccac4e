//! `snapshots/<file>.snap` is the code that the real spec makes, a snapshot for each file of it. What only lists other things, so that it
//! changes with whatever is new, is compared with them: `mod.rs`, and the sources at the head of `platform.rs`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use apiscribe_codegen::ir::Source;
use apiscribe_codegen::output::Files;

use crate::specs::sources;
use crate::support::{entries, folder, name_of};

#[test]
fn the_generated_code_is_as_reviewed() {
    // Of the folder, so that the spec need not be built for it.
    let client = apiscribe_codegen::ir(&sources(&folder("../spec")))
        .unwrap_or_else(|faults| panic!("{faults}"));
    let mut files = apiscribe_codegen::render(&client);
    assert_lists_modules(&mut files);
    assert_lists_sources(&mut files, &client.platform.sources);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // All that have changed are shown in one run.
    let changed: Vec<&str> = files
        .iter()
        .filter(|(name, text)| {
            let name = name.trim_end_matches(".rs");
            let check = || settings.bind(|| insta::assert_snapshot!(name, text));
            catch_unwind(AssertUnwindSafe(check)).is_err()
        })
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(
        changed.is_empty(),
        "changed: {}; read the differences above, then `INSTA_UPDATE=always cargo quick snapshots`",
        changed.join(", ")
    );
    let kept: Vec<String> =
        entries(&folder("snapshots")).iter().map(|path| name_of(path)).collect();
    let made: Vec<String> = files.keys().map(|name| name.replace(".rs", ".snap")).collect();
    assert_eq!(kept, made, "a snapshot of each file, and of no others: remove those left over");
}

/// Takes `mod.rs` away, which declares every other file: first what all share, then the domains.
fn assert_lists_modules(files: &mut Files) {
    let list = files.remove("mod.rs").expect("a list of the modules");
    let modules = files.keys().map(|name| format!("pub mod {};\n", name.trim_end_matches(".rs")));
    let (platform, domains): (Vec<String>, Vec<String>) =
        modules.partition(|line| line == "pub mod platform;\n");
    let (_, declared) = list.split_once("\n\n").expect("a head");
    assert_eq!(declared, platform.concat() + &domains.concat());
}

/// Takes the list of sources from the head of `platform.rs`: an item for each, with all that the spec says of it.
fn assert_lists_sources(files: &mut Files, sources: &[Source]) {
    let text = files.get_mut("platform.rs").expect("what the domains share");
    let (head, rest) = text.split_once("\n//! - ").expect("a list");
    let (list, code) = rest.split_once("\n\n").expect("code behind the list");
    let items: Vec<String> =
        list.split("\n//! - ").map(|item| item.replace("\n//!  ", "")).collect();
    assert_eq!(items.len(), sources.len());
    for (item, source) in items.iter().zip(sources) {
        let parts = [Some(&source.title), source.url.as_ref(), source.note.as_ref()];
        let is_whole = parts.into_iter().flatten().all(|part| plain(item).contains(&plain(part)));
        assert!(
            item.starts_with(&format!("`{}`: ", source.wire)) && is_whole,
            "{item}: {source:?}"
        );
    }
    *text = format!("{head}\n\n{code}");
}

/// Without what Markdown escapes, and without the space between words, where lines are broken.
fn plain(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace() && *sign != '\\').collect()
}
