//! What does not matter in a spec changes nothing in the code, and what matters little changes little.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use apiscribe_codegen::output::Files;
use apiscribe_codegen::source::Sources;
use serde_yaml::Value;

use crate::support::{Random, write_yaml};

type Spec = BTreeMap<String, String>;

fn real() -> Spec {
    douyin_spec::files().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

fn generate(files: impl IntoIterator<Item = (String, String)>) -> Files {
    apiscribe_codegen::generate(&Sources::new(files)).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn the_order_of_keys_and_of_files_changes_no_byte() {
    let expected = generate(real());
    let parsed: Vec<(String, Value)> = real()
        .into_iter()
        .map(|(name, text)| (name, serde_yaml::from_str(&text).unwrap()))
        .collect();
    for seed in 0..20 {
        let mut random = Random::new(seed);
        let shuffled = parsed
            .iter()
            .map(|(name, value)| (name.clone(), write_yaml(&shuffled(&mut random, value))));
        let mut files: Vec<(String, String)> = shuffled.collect();
        random.shuffle(&mut files);
        assert!(generate(files) == expected, "seed {seed} changes the code");
    }
}

/// The value with the keys of each mapping in any order.
fn shuffled(random: &mut Random, value: &Value) -> Value {
    match value {
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), shuffled(random, value)));
            let mut entries: Vec<(Value, Value)> = entries.collect();
            random.shuffle(&mut entries);
            Value::Mapping(entries.into_iter().collect())
        }
        Value::Sequence(items) => {
            items.iter().map(|item| shuffled(random, item)).collect::<Vec<_>>().into()
        }
        single => single.clone(),
    }
}

/// Another reader of YAML finds the same in the spec as ours. What it writes without quotes although YAML 1.1 takes it
/// for something else, ours would refuse; the real spec has nothing of the kind.
#[test]
fn another_reader_of_yaml_agrees() {
    let ours = apiscribe_codegen::ir(&Sources::new(douyin_spec::files())).unwrap();
    let written = real().into_iter().map(|(name, text)| {
        let value: Value = serde_yaml::from_str(&text).unwrap();
        (name, serde_yaml::to_string(&value).unwrap())
    });
    let theirs =
        apiscribe_codegen::ir(&Sources::new(written)).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(ours == theirs);
}

#[test]
fn a_limit_changes_four_lines_of_one_file_at_most() {
    let mut tried = 0;
    for (name, text) in real() {
        for (at, _) in text.match_indices(" max: ") {
            let (before, after) = text.split_at(at + " max: ".len());
            let (number, rest) = after.split_at(after.find(|c: char| !c.is_ascii_digit()).unwrap());
            // The highest value of a quantity may be a constant.
            if number.is_empty() {
                continue;
            }
            let next = number.parse::<i64>().unwrap() + 1;
            assert_change(&name, &format!("{before}{next}{rest}"), 4, 1);
            tried += 1;
        }
    }
    assert!(tried > 8, "the limits are no longer written as this test looks for them");
}

#[test]
fn one_more_value_of_an_enum_changes_four_lines_at_most() {
    let text = real()["settle.yaml"].clone();
    let last = "      - { value: FAIL, doc: Failed. }\n";
    let more = "      - { value: CANCELLED, doc: Cancelled. }\n";
    assert_change("settle.yaml", &replaced(&text, last, &format!("{last}{more}")), 4, 1);
}

#[test]
fn one_more_optional_field_changes_four_lines_at_most() {
    let text = real()["settle.yaml"].clone();
    let before = "        - name: app_id\n";
    let field = "        - { name: remark, type: string, doc: What the developer remarks. }\n";
    let request = replaced(&text, before, &format!("{field}{before}"));
    assert_change("settle.yaml", &request, 4, 1);
    let before = "      - name: out_order_no\n";
    let field = "      - { name: remark, type: string, doc: What the developer remarks. }\n";
    let response = replaced(&text, before, &format!("{field}{before}"));
    assert_change("settle.yaml", &response, 4, 1);
}

#[test]
fn a_description_reworded_changes_two_lines_at_most() {
    // Of each file so many, evenly spread.
    const TRIED: usize = 12;
    let mut tried = 0;
    for (name, text) in real() {
        let docs: Vec<usize> = text.match_indices(" doc: ").map(|(at, _)| at).collect();
        for &at in docs.iter().step_by(docs.len().div_ceil(TRIED).max(1)) {
            let end = at + text[at..].find('\n').unwrap();
            let line = &text[at..end];
            let above = text[..at].trim_end().lines().last().unwrap_or_default();
            // A server builds no functions, so they are no part of the code.
            let is_function = above.ends_with("type: function");
            // What is said of a rule over several fields, or of a rate limit, is an item of a list, which is wrapped.
            let rules = ["holds:", "exactly_one_of:", "at_least_one_of:", "precedence:", "per:"];
            let is_item = rules.iter().any(|rule| above.contains(rule));
            if line.ends_with('.') && !line.contains('"') && !is_function && !is_item {
                let reworded = format!("{} Reworded{}", &text[..end], &text[end..]);
                assert_change(&name, &reworded, 2, 1);
                tried += 1;
            }
        }
    }
    assert!(tried > 40, "descriptions are no longer written as this test looks for them");
}

#[test]
fn a_cell_of_an_error_reworded_changes_four_lines_at_most() {
    let text = real()["settle.yaml"].clone();
    let meaning = "There is no order for this item_order_id.";
    let reworded = "No order has this item_order_id.";
    assert_change("settle.yaml", &replaced(&text, meaning, reworded), 4, 1);
}

/// Puts `text` in the place of a file of the real spec; then something changes, in at most so many lines and files.
fn assert_change(name: &str, text: &str, lines: usize, files: usize) {
    static BEFORE: LazyLock<Files> = LazyLock::new(|| generate(real()));
    let after =
        generate(real().into_iter().chain([(name.to_owned(), text.to_owned())]).collect::<Spec>());
    let changed: Vec<Vec<String>> = BEFORE
        .iter()
        .map(|(file, text)| changed_lines(text, &after[file]))
        .filter(|changed| !changed.is_empty())
        .collect();
    assert!((1..=files).contains(&changed.len()), "{name}: files: {changed:#?}");
    let mut changed: Vec<String> = changed.concat();
    // What is said of a table of errors is said of each choice of its rows, in the same words.
    changed.dedup();
    assert!((1..=lines).contains(&changed.len()), "{name}: lines: {changed:#?}");
}

/// Lines that are only in one of the two.
fn changed_lines(before: &str, after: &str) -> Vec<String> {
    let mut count: BTreeMap<&str, i32> = BTreeMap::new();
    before.lines().for_each(|line| *count.entry(line).or_default() -= 1);
    after.lines().for_each(|line| *count.entry(line).or_default() += 1);
    let changed = count.into_iter().filter(|(_, times)| *times != 0);
    changed
        .flat_map(|(line, times)| vec![format!("{times:+} {line}"); times.unsigned_abs() as usize])
        .collect()
}

fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "no longer in the spec: {from}");
    text.replacen(from, to, 1)
}
