//! `reject/<case>/*.yaml` is refused with what `expected.snap` says.

use std::collections::BTreeSet;

use apiscribe_codegen::diagnostic::{Diagnostics, Row};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::specs::{cases, sources};
use crate::support::{assert_expected, folder, read, rust_files};

// One test for each folder, made by build.rs.
mod cases {
    include!(concat!(env!("OUT_DIR"), "/reject.rs"));
}

fn refused(case: &str) -> Diagnostics {
    let Err(faults) = apiscribe_codegen::ir(&sources(&folder("reject").join(case))) else {
        panic!("{case} is accepted");
    };
    faults
}

fn check(case: &str) {
    assert_expected(&folder("reject").join(case), &refused(case).render(false));
}

/// The nine inputs that the other generators were tried with, in our format: a file each, one run, and the place of
/// each fault to the column.
#[test]
fn nine_broken_inputs_are_located_to_the_column_in_one_run() {
    let expected = [
        ("bad_regular_expression.yaml", "bad-pattern", (6, 14)),
        ("dangling_reference.yaml", "unknown-reference", (6, 11)),
        ("min_over_max.yaml", "bad-limit", (9, 23)),
        ("missing_name.yaml", "missing-key", (9, 9)),
        ("misspelt_key.yaml", "unknown-key", (9, 9)),
        ("negative_limit.yaml", "bad-limit", (7, 12)),
        ("undeclared_path_parameter.yaml", "unknown-parameter", (7, 19)),
        ("unknown_type.yaml", "unknown-type", (8, 15)),
        ("yaml_syntax.yaml", "yaml-syntax", (5, 22)),
    ];
    let rows = refused("nine_broken_inputs").rows();
    let found: Vec<_> =
        rows.iter().map(|row| (row.file.as_str(), row.code, (row.line, row.column))).collect();
    assert_eq!(found, expected);
    assert!(rows.iter().all(|row| row.help.is_some()), "each says what would be right: {rows:#?}");
}

/// What is wrong is told once. Only what a mapping lacks can be several things at its one place.
#[test]
fn no_two_complaints_of_one_case_are_at_one_place() {
    for case in cases("reject") {
        let mut seen = BTreeSet::new();
        for Row { file, line, column, code, message, .. } in refused(&case).rows() {
            let row = format!("{file}:{line}:{column} {code}: {message}");
            let is_lack = message.ends_with("is missing");
            assert!(seen.insert((file, line, column)) || is_lack, "{case}: a second one at {row}");
        }
    }
}

/// Whatever the front of the generator can say, some case makes it say. So no complaint is without a test, and none is
/// there that nothing can bring about.
#[test]
fn every_sentence_of_a_complaint_is_in_some_case() {
    let snapshots: BTreeSet<String> = cases("reject")
        .iter()
        .flat_map(|case| {
            let text = read(&folder("reject").join(case).join("expected.snap"));
            let said = text.lines().filter(|line| is_said(line));
            said.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let said = snapshots.into_iter().collect::<Vec<_>>().join("\n");
    let unsaid: Vec<String> =
        sentences().into_iter().filter(|sentence| !is_in(&said, sentence)).collect();
    assert!(unsaid.is_empty(), "no case says:\n{}", unsaid.join("\n"));
}

/// Whether a line is of a diagnostic's own words, not of the spec that it shows.
fn is_said(line: &str) -> bool {
    line.starts_with("error") || !line.trim_start().starts_with(|sign: char| sign.is_ascii_digit())
}

/// Texts of several words, and codes, in the sources that complain.
fn sentences() -> BTreeSet<String> {
    let src = folder("../codegen/src");
    let alone = [src.join("spelling.rs")];
    let stages = ["check", "record", "resolve", "yaml"].map(|name| rust_files(&src.join(name)));
    let mut found = BTreeSet::new();
    for path in stages.into_iter().flatten().chain(alone) {
        collect(read(&path).parse().unwrap(), &mut found);
    }
    assert!(found.len() > 200, "the sources are no longer where this test looks for them");
    found
}

fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut before = [String::new(), String::new()];
    for token in tokens {
        let [earlier, last] = &before;
        // Neither documentation nor what is said of our own faults, nor what goes into the JSON Schema, nor what the
        // parser of YAML says to us.
        let is_ours = earlier == "#"
            || ["expect", "json", "schema", "says"].contains(&last.as_str())
            || last == "!" && earlier == "json";
        match &token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket && last == "#" => {}
            TokenTree::Group(_) if is_ours => {}
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Literal(literal) => {
                found.extend(text_of(&literal.to_string()).filter(|text| is_sentence(text)))
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        before = [before[1].clone(), token.to_string()];
    }
}

/// What a literal says, if it is a string.
fn text_of(literal: &str) -> Option<String> {
    syn::parse_str::<syn::LitStr>(literal).ok().map(|literal| literal.value())
}

fn is_sentence(text: &str) -> bool {
    let is_code =
        text.contains('-') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let is_pattern = text.starts_with('^');
    is_code || !is_pattern && text.contains(' ') && text.contains(|c: char| c.is_ascii_lowercase())
}

/// Whether a line of the text says the sentence. Only lines that have its longest part are looked at.
fn is_in(text: &str, sentence: &str) -> bool {
    let unescaped = sentence.replace("{{", "{}{}").replace("}}", "{}{}");
    let longest = unescaped.split(['{', '}']).step_by(2).max_by_key(|part| part.len());
    let longest = longest.expect("a part");
    text.match_indices(longest).any(|(at, _)| {
        let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
        let end = text[at..].find('\n').map_or(text.len(), |behind| at + behind);
        says(&text[start..end], sentence)
    })
}

/// Whether a line says the sentence, whatever stands in its braces.
fn says(line: &str, sentence: &str) -> bool {
    let unescaped = sentence.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let fixed = unescaped.split(['{', '}']).step_by(2);
    let mut rest = line;
    for part in fixed.map(|part| part.replace('\u{1}', "{").replace('\u{2}', "}")) {
        let Some(at) = rest.find(&part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}
