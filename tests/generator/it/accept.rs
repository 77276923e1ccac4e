//! `accept/<case>/*.yaml` makes the code in `expected.snap`, and `use.rs` runs with it.

use crate::specs::sources;
use crate::support::{assert_expected, entries, folder, read};

// A client and its user for each folder, made by build.rs.
#[allow(dead_code, unreachable_pub, reason = "a client has more than its user uses")]
mod cases {
    include!(concat!(env!("OUT_DIR"), "/accept.rs"));
}

/// The code of the domains is what was reviewed; that of what they share is looked at if the spec says so.
fn check(case: &str) {
    let case = folder("accept").join(case);
    let files =
        apiscribe_codegen::generate(&sources(&case)).unwrap_or_else(|faults| panic!("{faults}"));
    let specs = entries(&case).into_iter().filter(|path| path.extension() == Some("yaml".as_ref()));
    let shows_platform =
        specs.map(|path| read(&path)).any(|text| text.contains("# Shows platform.rs"));
    let shown = files.iter().filter(|(name, _)| match name.as_str() {
        "mod.rs" => false,
        "platform.rs" => shows_platform,
        _ => true,
    });
    let shown = shown.map(|(name, text)| format!("=== {name}\n{text}"));
    assert_expected(&case, &shown.collect::<Vec<_>>().join("\n"));
}
