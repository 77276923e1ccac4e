//! What does not matter in a spec changes nothing in the code, and what matters little changes little.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use apiscribe_codegen::output::Files;
use apiscribe_codegen::source::Sources;
use serde_yaml::Value;

use crate::specs::write_yaml;
use crate::support::Random;

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
    for seed in 0..4 {
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
    let edits = each_file(|text| {
        let places = text.match_indices(" max: ").map(|(at, key)| at + key.len());
        let raised = places.filter_map(|at| {
            let (before, after) = text.split_at(at);
            let (number, rest) =
                after.split_at(after.find(|sign: char| !sign.is_ascii_digit()).unwrap());
            // The highest value of a quantity may be a constant.
            let next = number.parse::<i64>().ok()? + 1;
            Some(format!("{before}{next}{rest}"))
        });
        raised.collect()
    });
    let tried = assert_changes(edits, 4);
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
    let edits = each_file(|text| {
        let docs: Vec<usize> = text.match_indices(" doc: ").map(|(at, _)| at).collect();
        let tried = docs.iter().step_by(docs.len().div_ceil(TRIED).max(1));
        let reworded = tried.filter_map(|&at| {
            let end = at + text[at..].find('\n').unwrap();
            let line = &text[at..end];
            let above = text[..at].trim_end().lines().last().unwrap_or_default();
            // A server builds no functions, so they are no part of the code.
            let is_function = above.ends_with("type: function");
            // What is said of a rule over several fields, or of a rate limit, is an item of a list, which is wrapped.
            let rules = ["holds:", "exactly_one_of:", "at_least_one_of:", "precedence:", "per:"];
            let is_item = rules.iter().any(|rule| above.contains(rule));
            let is_sentence = line.ends_with('.') && !line.contains('"');
            (is_sentence && !is_function && !is_item)
                .then(|| format!("{} Reworded{}", &text[..end], &text[end..]))
        });
        reworded.collect()
    });
    let tried = assert_changes(edits, 2);
    assert!(tried > 40, "descriptions are no longer written as this test looks for them");
}

#[test]
fn a_cell_of_an_error_reworded_changes_four_lines_at_most() {
    let text = real()["settle.yaml"].clone();
    let meaning = "There is no order for this item_order_id.";
    let reworded = "No order has this item_order_id.";
    assert_change("settle.yaml", &replaced(&text, meaning, reworded), 4, 1);
}

/// Of each file of the real spec, the texts that edits make of it.
fn each_file(edit: impl Fn(&str) -> Vec<String>) -> BTreeMap<String, Vec<String>> {
    real().into_iter().map(|(name, text)| (name, edit(&text))).collect()
}

/// Makes the edits, one of each file at a time; then each changes so many lines of its own file, and nothing else is changed.
/// Gives how many there were.
fn assert_changes(mut edits: BTreeMap<String, Vec<String>>, lines: usize) -> usize {
    let mut tried = 0;
    loop {
        let round: Spec = edits
            .iter_mut()
            .filter_map(|(name, texts)| Some((name.clone(), texts.pop()?)))
            .collect();
        if round.is_empty() {
            return tried;
        }
        tried += round.len();
        assert_round(&round, lines);
    }
}

fn assert_round(edits: &Spec, lines: usize) {
    let changed = changes(edits);
    let edited: Vec<String> = edits.keys().map(|name| name.replace(".yaml", ".rs")).collect();
    if changed.keys().ne(&edited) {
        // What is said of shared things may be said in files of others: such an edit is made by itself.
        let (own, others): (Spec, Spec) = edits
            .clone()
            .into_iter()
            .partition(|(name, _)| changed.contains_key(&name.replace(".yaml", ".rs")));
        assert!(!others.is_empty(), "only {edited:?} were edited: {changed:#?}");
        others.iter().for_each(|(name, text)| assert_change(name, text, lines, 1));
        if !own.is_empty() {
            assert_round(&own, lines);
        }
        return;
    }
    for (file, mut changed) in changed {
        // What is said of a table of errors is said of each choice of its rows, in the same words.
        changed.dedup();
        assert!(changed.len() <= lines, "{file}: {changed:#?}");
    }
}

/// Puts `text` in the place of a file of the real spec; then something changes, in at most so many lines and files.
fn assert_change(name: &str, text: &str, lines: usize, files: usize) {
    let changed = changes(&Spec::from([(name.to_owned(), text.to_owned())]));
    assert!((1..=files).contains(&changed.len()), "{name}: files: {changed:#?}");
    let mut changed: Vec<String> = changed.into_values().collect::<Vec<_>>().concat();
    changed.dedup();
    assert!((1..=lines).contains(&changed.len()), "{name}: lines: {changed:#?}");
}

/// The files that change if those texts stand in the place of the real spec's, and the lines that do.
fn changes(edits: &Spec) -> BTreeMap<String, Vec<String>> {
    static BEFORE: LazyLock<Files> = LazyLock::new(|| generate(real()));
    let after = generate(real().into_iter().chain(edits.clone()).collect::<Spec>());
    let changed =
        BEFORE.iter().map(|(file, text)| (file.clone(), changed_lines(text, &after[file])));
    changed.filter(|(_, changed)| !changed.is_empty()).collect()
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
