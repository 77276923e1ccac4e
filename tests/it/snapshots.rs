//! `snapshots/<file>.snap` is the code that the real spec makes, a snapshot for each file.

use apiscribe_codegen::source::Sources;

use crate::support::{entries, folder, name_of};

#[test]
fn the_generated_code_is_as_reviewed() {
    let files = apiscribe_codegen::generate(&Sources::new(douyin_spec::files()))
        .unwrap_or_else(|faults| panic!("{faults}"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, text) in &files {
            insta::assert_snapshot!(name.trim_end_matches(".rs"), text);
        }
    });
    let kept: Vec<String> =
        entries(&folder("snapshots")).iter().map(|path| name_of(path)).collect();
    let made: Vec<String> = files.keys().map(|name| name.replace(".rs", ".snap")).collect();
    assert_eq!(kept, made, "a snapshot of each file, and of no others");
}
