//! Whatever a spec's text is, it is read or refused at a place in it, and nothing panics.

use apiscribe_codegen::diagnostic::Diagnostics;
use apiscribe_codegen::source::Sources;

use crate::specs::{cases, files};
use crate::support::folder;

/// Reads one file and whatever is complained of; each complaint is at a place in the text.
fn complaints(text: &str) -> Vec<String> {
    let faults = match apiscribe_codegen::generate(&Sources::new([("spec.yaml", text)])) {
        Err(faults) => faults,
        Ok(files) => {
            files.values().for_each(|text| drop(syn::parse_file(text).expect("it is Rust")));
            return Vec::new();
        }
    };
    assert_located(&faults, &[("spec.yaml", text)]);
    faults
        .rows()
        .into_iter()
        .map(|row| format!("{}:{} {}", row.line, row.column, row.code))
        .collect()
}

/// There is a complaint, and each is on a line and column that its file has; it can be shown in both ways.
pub(crate) fn assert_located(faults: &Diagnostics, files: &[(&str, &str)]) {
    assert_ne!(faults.count(), 0, "refused without a word");
    for row in faults.rows() {
        let (_, text) =
            files.iter().find(|(name, _)| *name == row.file).expect("a file of the spec");
        let line =
            text.split('\n').nth(row.line - 1).unwrap_or_else(|| panic!("no such line: {row:?}"));
        assert!(row.column <= line.chars().count() + 1, "no such column: {row:?}");
        assert!(!row.message.is_empty());
    }
    assert!(faults.render(false).contains("-->"));
    assert!(faults.render(true).len() > faults.render(false).len());
}

fn id(rest: &str) -> String {
    format!(
        "domain: demo\nsources: {{ page: {{ title: Page, trust: official }} }}\ntypes:\n  Id: {{ {rest} }}\n"
    )
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_file_may_be_empty() {
    for text in
        ["", " ", "\n\n", "\r\n", "# only a comment\n", "\u{feff}", "\u{feff}# a comment", "...\n"]
    {
        assert_eq!(complaints(text), NOTHING, "{text:?}");
    }
    assert_eq!(complaints("---\n"), ["2:1 wrong-shape"]);
}

#[test]
fn the_root_is_a_mapping() {
    for text in ["demo", "[demo]", "- demo", "12", "\"domain: demo\"", "|\n  domain: demo\n", "~"] {
        assert_eq!(complaints(text).len(), 1, "{text:?}");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let text = id("type: string, source: page");
    assert_eq!(complaints(&text), NOTHING);
    assert_eq!(complaints(&format!("\u{feff}{text}")), NOTHING);
    assert_eq!(complaints(&text.replace('\n', "\r\n")), NOTHING);
}

#[test]
fn the_places_after_a_byte_order_mark_and_windows_line_ends_are_right() {
    let text = id("type: strin, source: page");
    assert_eq!(complaints(&text), ["4:15 unknown-type"]);
    assert_eq!(complaints(&text.replace('\n', "\r\n")), ["4:15 unknown-type"]);
    assert_eq!(complaints(&format!("\u{feff}{text}")), ["4:15 unknown-type"]);
}

#[test]
fn columns_count_characters_and_not_bytes() {
    assert_eq!(complaints(&id("doc: 结算😀é, type: strin, source: page")), ["4:26 unknown-type"]);
}

#[test]
fn control_characters_are_refused_where_they_stand() {
    assert_eq!(complaints("domain: a\0b\n"), ["1:10 yaml-syntax"]);
    assert_eq!(complaints("\0"), ["1:1 yaml-syntax"]);
    for sign in ['\u{1}', '\u{7}', '\u{b}', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}', '\u{fffe}'] {
        complaints(&format!("domain: a{sign}b\n"));
        complaints(&id(&format!("type: \"{sign}\", source: page")));
        complaints(&format!("{sign}domain: demo\n"));
    }
}

#[test]
fn nesting_without_end_is_refused() {
    for open in ["[", "{a: ", "- ", "? ", "[{a: ", "of: {"] {
        let found = complaints(&format!("types: {}", open.repeat(50_000)));
        assert!(!found.is_empty(), "{open:?}");
    }
    let block: String = (0..300).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(complaints(&block).iter().any(|found| found.ends_with("yaml-depth")), "{block:?}");
}

#[test]
fn types_may_hold_one_another_in_a_long_chain() {
    let link = |n: usize| {
        format!(
            "  T{n}: {{ type: object, source: page, fields: [{{ name: next, type: T{} }}] }}\n",
            n + 1
        )
    };
    let chain: String = (0..3_000).map(link).collect();
    let text =
        id("type: string, source: page") + &chain + "  T3000: { type: string, source: page }\n";
    assert_eq!(complaints(&text), NOTHING);
}

#[test]
fn numbers_beyond_64_bits_are_refused() {
    let limit = |number: &str| {
        complaints(&id(&format!("type: string, bytes: {{ max: {number} }}, source: page")))
    };
    assert_eq!(limit("9223372036854775807"), NOTHING);
    for number in [
        "9223372036854775808",
        "-9223372036854775809",
        &"9".repeat(400),
        "1e400",
        "-.inf",
        "0x8000000000000000",
    ] {
        assert_eq!(limit(number), ["4:37 wrong-shape"], "{number}");
    }
    assert_eq!(limit("-9223372036854775808"), ["4:37 bad-limit"]);
    let version = |version: &str| {
        complaints(&format!("domain: a\njs_apis: {{ tt.a: {{ since: {version} }} }}"))
    };
    assert_eq!(version("4294967296.0.0"), ["2:27 bad-version"]);
}

#[test]
fn a_line_of_a_megabyte_is_read() {
    assert_eq!(
        complaints(&id(&format!("doc: {}, type: string, source: page", "长".repeat(350_000)))),
        NOTHING
    );
    let many: String = (0..60_000).map(|n| format!("a{n}: 1, ")).collect();
    assert_eq!(complaints(&format!("types: {{ {many}")).last().unwrap(), "1:648900 yaml-syntax");
}

/// Between bars.
const NAMES: &str = "😀|结算|ünï|r#type|r#|Self|self|crate|_|__|a b|a-b|a.b|a::b|0|9a|-|$|a\\b|a'b|\u{200d}|e\u{301}|İ|ß|ǆ|async|try|gen|\
                     macro_rules|union|'static|String|Option|Vec|Ok|None|u8|str|runtime|std|core|";

/// Places where a name can stand, for `@`.
const PLACES: &[&str] = &[
    "domain: @",
    "sources: { @: { title: @, trust: official } }",
    "settings: { @: { type: fen } }",
    "hosts: { @: { production: @ } }",
    "domain: demo\ntypes: { @: { type: object, fields: [{ name: @, type: @ }] } }",
    "domain: demo\nenums: { @: { type: string, values: [{ value: @ }] } }",
    "domain: demo\nerrors: { @: { key: code, rows: [{ code: 1, name: @ }] } }",
    "domain: demo\njs_apis: { @: { options: { fields: [] } } }",
];

#[test]
fn names_of_any_signs_are_taken_or_refused() {
    for name in NAMES.split('|') {
        let quoted = serde_json::to_string(name).unwrap();
        PLACES.iter().for_each(|place| drop(complaints(&place.replace('@', &quoted))));
    }
}

/// Each spec of `accept` uses another part of the format, and is short.
#[test]
fn a_file_may_break_off_anywhere() {
    let mut tried = 0;
    for case in cases("accept") {
        let files = files(&folder("accept").join(&case));
        for (at, (name, whole)) in files.iter().enumerate() {
            for end in whole.char_indices().map(|(at, _)| at).step_by(61) {
                let mut cut: Vec<(&str, &str)> =
                    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
                cut[at] = (name, &whole[..end]);
                tried += 1;
                if let Err(faults) = apiscribe_codegen::ir(&Sources::new(cut.clone())) {
                    assert_located(&faults, &cut);
                }
            }
        }
    }
    assert!(tried > 1_400, "only {tried} places were tried");
}
