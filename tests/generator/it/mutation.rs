//! The real spec with a few things broken at random: it is refused at a place in it or still makes Rust, and nothing
//! panics.
//!
//! `MUTANTS=20000 cargo test --release --package generator-tests mutation` tries more than the usual number.

use std::collections::BTreeSet;
use std::env;

use apiscribe_codegen::source::Sources;

use crate::hostile::assert_located;
use crate::support::Random;

const MUTANTS: u64 = 120;

/// A file of the spec and those that it names something of.
const NEEDS: &[(&str, &[&str])] = &[
    ("platform.yaml", &["order.yaml"]),
    ("order.yaml", &["platform.yaml"]),
    ("common.yaml", &["platform.yaml"]),
    ("aweme_customer_service.yaml", &["platform.yaml"]),
    ("settle.yaml", &["platform.yaml", "common.yaml"]),
];

#[test]
fn a_mutant_is_refused_at_a_place_or_generated() {
    let count = env::var("MUTANTS").map_or(MUTANTS, |count| count.parse().unwrap());
    let mut refused = 0;
    for seed in 0..count {
        let mut random = Random::new(seed);
        let (name, needs) = *random.choose(NEEDS);
        let text = mutate(&mut random, &text_of(name));
        let whole: Vec<(&str, String)> = needs.iter().map(|&name| (name, text_of(name))).collect();
        let files = whole.iter().map(|(name, text)| (*name, text.as_str()));
        let files: Vec<(&str, &str)> = files.chain([(name, text.as_str())]).collect();
        let made =
            std::panic::catch_unwind(|| apiscribe_codegen::generate(&Sources::new(files.clone())));
        match made.unwrap_or_else(|_| panic!("seed {seed} panics on {name}:\n{text}")) {
            Ok(files) => files.values().for_each(|text| drop(syn::parse_file(text).unwrap())),
            Err(faults) => {
                refused += 1;
                assert_located(&faults, &files);
            }
        }
    }
    assert!(
        (count / 3..count).contains(&refused),
        "{refused} of {count} refused: too tame or too wild"
    );
}

#[test]
fn a_misspelt_key_is_refused_where_it_stands() {
    let keys = keys();
    for (seed, (name, needs)) in (0..).zip(NEEDS.iter().cycle().take(60)) {
        let mut random = Random::new(seed);
        let text = text_of(name);
        let lines: Vec<&str> = text.lines().collect();
        let places: Vec<(usize, &str)> =
            (0..).zip(&lines).filter_map(|(at, line)| Some((at, key_of(line, &keys)?))).collect();
        let &(at, key) = random.choose(&places);
        let misspelt = misspell(&mut random, key, &keys);
        let column = lines[at].find(key).unwrap();
        let line = lines[at].replacen(key, &misspelt, 1);
        let text = [&lines[..at], &[line.as_str()], &lines[at + 1..]].concat().join("\n");
        let whole: Vec<(&str, String)> = needs.iter().map(|&name| (name, text_of(name))).collect();
        let files =
            whole.iter().map(|(name, text)| (*name, text.as_str())).chain([(*name, text.as_str())]);
        let Err(faults) = apiscribe_codegen::ir(&Sources::new(files)) else {
            panic!("seed {seed}: {name}:{} takes `{misspelt}`", at + 1);
        };
        let here =
            faults.rows().into_iter().filter(|row| (row.line, row.column) == (at + 1, column + 1));
        let here: Vec<_> = here.filter(|row| row.file == *name).collect();
        assert!(
            here.iter().any(|row| row.code == "unknown-key"),
            "seed {seed}: {name}:{} `{misspelt}`:\n{faults}",
            at + 1
        );
    }
}

fn text_of(name: &str) -> String {
    douyin_spec::files().find(|(known, _)| *known == name).expect("a file of the spec").1.to_owned()
}

/// All keys of the format.
fn keys() -> BTreeSet<String> {
    let schema = apiscribe_codegen::schema();
    let records = schema["$defs"].as_object().unwrap().values();
    let properties = records.filter_map(|record| record["properties"].as_object());
    properties.flat_map(|properties| properties.keys().cloned()).collect()
}

/// The key of the format that a line begins with. The names that a spec gives stand at other places.
fn key_of<'a>(line: &'a str, keys: &BTreeSet<String>) -> Option<&'a str> {
    let (key, _) = line.trim_start().trim_start_matches("- ").split_once(": ")?;
    keys.contains(key).then_some(key)
}

/// A letter lost, doubled, exchanged or another.
fn misspell(random: &mut Random, key: &str, keys: &BTreeSet<String>) -> String {
    loop {
        let mut letters: Vec<char> = key.chars().collect();
        let at = random.below(letters.len());
        match random.below(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 if at > 0 => letters.swap(at, at - 1),
            _ => letters[at] = *random.choose(&['a', 'e', 'q', '_', 'Z']),
        }
        let misspelt: String = letters.into_iter().collect();
        if !misspelt.is_empty() && !keys.contains(&misspelt) {
            return misspelt;
        }
    }
}

/// Breaks one thing, or a few.
fn mutate(random: &mut Random, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=random.below(3) {
        let at = random.below(lines.len());
        let other = lines[random.below(lines.len())].clone();
        match random.below(9) {
            0 if lines.len() > 1 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines.insert(at, other),
            3 => lines[at].insert(0, ' '),
            4 => lines[at] = lines[at].strip_prefix("  ").unwrap_or_default().to_owned(),
            5 => lines[at] = with_value(random, &lines[at]),
            6 | 7 => lines[at] = with_sign(random, &lines[at]),
            _ => lines.truncate(at.max(1)),
        }
    }
    lines.join("\n")
}

/// Another value behind the key.
fn with_value(random: &mut Random, line: &str) -> String {
    const VALUES: &[&str] = &[
        "",
        "~",
        "no",
        "on",
        "-1",
        "0",
        "99999999999999999999",
        "1.0",
        "[]",
        "{}",
        "[[]]",
        "{ a: b }",
        "\"",
        "'",
        "x",
        "true",
        "中",
        "*a",
        "&a b",
        "!!str c",
        "|",
        ">-",
        "{",
        "]",
        "\u{7f}",
        "a: b",
        "# c",
        "- d",
        "string",
        "list",
        "object",
        "json_text",
        "2.64.0",
    ];
    let key = line.split_once(": ").map_or(line, |(key, _)| key);
    format!("{key}: {}", random.choose(VALUES))
}

/// A sign lost, put in or changed.
fn with_sign(random: &mut Random, line: &str) -> String {
    let mut signs: Vec<char> = line.chars().collect();
    let new = *random.choose(&[
        'x', ':', '-', ' ', '"', '\'', '{', '}', '[', ']', ',', '#', '\t', '\0', '9', '😀',
        '\u{feff}', '\\', '.',
    ]);
    let at = random.below(signs.len() + 1);
    match random.below(3) {
        0 if at < signs.len() => drop(signs.remove(at)),
        1 if at < signs.len() => signs[at] = new,
        _ => signs.insert(at, new),
    }
    signs.into_iter().collect()
}
