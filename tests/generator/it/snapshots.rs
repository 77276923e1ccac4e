//! `snapshots/<file>.snap` is the code that the real spec makes, a snapshot for each file.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::specs::sources;
use crate::support::{entries, folder, name_of};

#[test]
fn the_generated_code_is_as_reviewed() {
    // Of the folder, as a new file is embedded by the next build only.
    let files = apiscribe_codegen::generate(&sources(&folder("../spec")))
        .unwrap_or_else(|faults| panic!("{faults}"));
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
