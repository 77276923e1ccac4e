//! The core knows no platform: no file of `codegen`, `macros` and `runtime` has a word of one.

use std::path::PathBuf;

use crate::support::{entries, folder, name_of};

/// Folders of the core, in which every file is read.
const CORE: [&str; 3] = ["codegen", "macros", "runtime"];

/// Words of a platform, in whatever case and as part of whatever name.
const ANYWHERE: &[&str] = &[
    "douyin",
    "bytedance",
    "toutiao",
    "tiktok",
    "aweme",
    "ecpay",
    "diamond",
    "yuan",
    "settle",
    "renminbi",
    "beijing",
    "wechat",
    "weixin",
    "alipay",
    "stripe",
    "caniuse",
    "can_i_use",
    "err_no",
    "err_tips",
    "errcode",
    "errno",
    "mini-app",
    "mini_app",
    "mini-game",
];

/// Those that other words have in them, or that a sentence may begin with: they count where they stand alone.
const ALONE: &[&str] = &["fen", "tt", "byte-logid", "byte-timestamp", "byte-nonce-str", "cny"];

/// Where a word of the list stands for something else, with the line that has it.
const INNOCENT: &[(&str, &str)] = &[("runtime/src/validate/count.rs", "($(<$($parameter:tt),*>")];

#[test]
fn no_file_of_the_core_has_a_word_of_a_platform() {
    let mut found = Vec::new();
    let mut files = 0;
    for path in CORE.iter().flat_map(|name| files_of(folder("..").join(name))) {
        // Figures and fonts have no words.
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        files += 1;
        let file = path.strip_prefix(folder("..")).unwrap().to_string_lossy().into_owned();
        for (line, text) in (1..).zip(text.lines()) {
            let is_innocent = |(known, part): &(&str, &str)| file == *known && text.contains(part);
            if !INNOCENT.iter().any(is_innocent) {
                found.extend(words_in(text).map(|word| format!("{file}:{line}: {word}")));
            }
        }
    }
    assert!(files > 200, "only {files} files were read");
    assert!(found.is_empty(), "words of a platform in the core:\n{}", found.join("\n"));
}

#[test]
fn words_are_found_in_names_and_alone_where_others_have_them() {
    let found = |line: &str| words_in(line).collect::<Vec<_>>();
    assert_eq!(found("struct SettleError;"), ["settle"]);
    assert_eq!(found("a fence often defends"), Vec::<&str>::new());
    assert_eq!(found("5 fen, Fen(5), in_fen"), ["fen"]);
    assert_eq!(found("tt.pay or https://"), ["tt"]);
    assert_eq!(found("let errno = c.err_no;"), ["err_no", "errno"]);
    assert_eq!(found("// 订单, \u{ff0c}"), ["Chinese text"]);
}

/// The words of the lists in a line; and text in Chinese, of which punctuation is none.
fn words_in(line: &str) -> impl Iterator<Item = &'static str> {
    let line = line.to_lowercase();
    let parts = |char: char| !(char.is_alphanumeric() || char == '-');
    let has_alone = |word: &str| {
        let whole = line.split(parts).any(|part| part == word);
        whole || line.split(|char: char| !char.is_alphanumeric()).any(|part| part == word)
    };
    let anywhere = ANYWHERE.iter().filter(|word| line.contains(**word));
    let alone = ALONE.iter().filter(|word| has_alone(word));
    let found: Vec<&'static str> = anywhere.chain(alone).copied().collect();
    let is_chinese = line.chars().any(|char| ('\u{3400}'..='\u{9fff}').contains(&char));
    found.into_iter().chain(is_chinese.then_some("Chinese text"))
}

/// Every file below a folder, but for what is built.
fn files_of(path: PathBuf) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path];
    }
    let inner = entries(&path).into_iter().filter(|inner| name_of(inner) != "target");
    inner.flat_map(files_of).collect()
}
