//! What a text without quotes is to other readers of YAML.

use std::sync::LazyLock;

use regex_lite::Regex;

/// What YAML 1.1 or 1.2 reads a text without quotes as, if not as text.
pub(crate) fn read_otherwise(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" | "~" | "null" => Some("null"),
        "y" | "yes" | "n" | "no" | "true" | "false" | "on" | "off" => Some("a boolean"),
        "=" | "<<" => Some("a special value"),
        // Most texts are words, and the patterns below are slow.
        _ if !lower.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) => {
            None
        }
        _ if NUMBER.is_match(&lower) => Some("a number"),
        _ if DATE.is_match(&lower) => Some("a date"),
        _ => None,
    }
}

/// The numbers of YAML 1.1 and 1.2: binary, octal, hexadecimal, base 60, decimal with fraction and exponent.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let number = "^[-+]?(0b[01_]+|0o[0-7]+|0x[0-9a-f_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\\.[0-9_]*)?(e[-+]?[0-9]+)?\
                  |\\.[0-9][0-9_]*(e[-+]?[0-9]+)?|\\.inf|\\.nan)$";
    Regex::new(number).expect("a valid pattern")
});

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t \t].*)?$").expect("a valid pattern")
});
