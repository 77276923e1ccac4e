//! What rustdoc makes of the workspace, with every domain and feature: no warning, and pages as their readers see them.

use std::path::Path;
use std::process::Command;

use crate::support::{assert_expected, folder, read};

/// Pages of the client, by the folder of their text.
const PAGES: [(&str, &str); 1] =
    [("settle_create_error", "generated_client/settle/enum.SettleCreateError.html")];

#[test]
fn all_domains_are_documented_without_a_warning_and_a_page_says_what_to_do() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder above");
    let mut doc = Command::new(env!("CARGO"));
    doc.current_dir(folder("..")).args([
        "doc",
        "--workspace",
        "--no-deps",
        "--all-features",
        "--offline",
    ]);
    doc.args([
        "--exclude",
        "tests",
        "--exclude",
        "benches",
        "--exclude",
        "generator-tests",
        "--exclude",
        "mutants",
    ]);
    let output =
        doc.env("CARGO_TARGET_DIR", target).env("RUSTDOCFLAGS", "--deny warnings").output();
    let output = output.expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (name, page) in PAGES {
        assert_expected(
            &folder("pages").join(name),
            &text_of(&read(&target.join("doc").join(page))),
        );
    }
}

/// How signs are written, `&` last. The paragraph sign is a link to its heading.
const SIGNS: [(&str, &str); 7] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&nbsp;", " "),
    ("§", ""),
    ("&amp;", "&"),
];

/// The text of a page from its description on, without the impls.
fn text_of(html: &str) -> String {
    let (_, html) = html.split_once("<details class=\"toggle top-doc\"").expect("a description");
    let (_, html) = html.split_once("</summary>").expect("its summary");
    let html = html.split("<h2 id=\"implementations\"").next().unwrap_or(html);
    let html = html.split("<h2 id=\"trait-implementations\"").next().unwrap_or(html);
    let mut text = String::new();
    for piece in html.split('<') {
        let (tag, rest) = piece.split_once('>').unwrap_or(("", piece));
        match tag.split(' ').next().unwrap_or(tag) {
            "/h2" | "/h3" | "/p" | "/li" => text.push('\n'),
            "li" => text.push_str("- "),
            "section" => text.push('\n'),
            _ => {}
        }
        text.push_str(&rest.replace('\n', " "));
    }
    let text = SIGNS.iter().fold(text, |text, (written, sign)| text.replace(written, sign));
    let lines = text.lines().map(str::trim);
    lines.collect::<Vec<_>>().join("\n")
}
