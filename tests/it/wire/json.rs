//! JSON as the runtime itself writes and reads it, which it does inside a `JsonText` and around every request and
//! response, against serde_json.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Debug;

use apiscribe::serde::de::{DeserializeOwned, SeqAccess, Visitor};
use apiscribe::serde::{Deserialize, Deserializer, Serialize};
use apiscribe::wire::JsonText;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// Every kind of value that serde knows.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    flag: bool,
    small: (i8, u8, i16, u16),
    large: (i64, u64, i128, u128),
    fractions: (f32, f64),
    letter: char,
    text: String,
    nothing: (),
    unit: Unit,
    maybe: Option<i32>,
    list: Vec<u32>,
    named: BTreeMap<String, bool>,
    numbered: BTreeMap<i16, char>,
    answered: BTreeMap<bool, u8>,
    by_kind: BTreeMap<Kind, Newtype>,
    kinds: Vec<Kind>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Unit;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Newtype(u64);

/// A number as a key, in an order of its own.
#[derive(Serialize)]
struct Fraction(f64);

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Kind {
    Unit,
    Newtype(String),
    Tuple(i8, bool),
    Struct { inside: Vec<Kind> },
}

fn everything() -> Everything {
    Everything {
        flag: true,
        small: (i8::MIN, u8::MAX, i16::MIN, u16::MAX),
        large: (i64::MIN, u64::MAX, i128::MIN, u128::MAX),
        fractions: (0.1, -1e300),
        letter: '"',
        text: "\u{0}\u{8}\t\n\u{c}\r\u{1f}\"\\/ 抖音 \u{7f} 🎬".to_owned(),
        nothing: (),
        unit: Unit,
        maybe: None,
        list: vec![],
        named: BTreeMap::from([(String::new(), false), ("a\"b".to_owned(), true)]),
        numbered: BTreeMap::from([(-7, 'a'), (12, '\u{1}')]),
        answered: BTreeMap::from([(false, 0), (true, 1)]),
        by_kind: BTreeMap::from([(Kind::Unit, Newtype(1))]),
        kinds: vec![
            Kind::Unit,
            Kind::Newtype("x".to_owned()),
            Kind::Tuple(-1, true),
            Kind::Struct { inside: vec![Kind::Struct { inside: vec![] }] },
        ],
    }
}

/// What the runtime writes.
fn written(value: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(&JsonText(value)).map(|text| serde_json::from_str(&text).unwrap())
}

/// What the runtime reads, or what it says.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let value = JsonText::<T>::deserialize(Value::String(text.to_owned()));
    value.map(|value| value.0).map_err(|error| error.to_string())
}

/// The message without the value's path, its place as serde_json writes it.
fn plain(message: &str) -> String {
    let (text, place) = message.rsplit_once(" (its ").expect("a place");
    let text = text.strip_prefix("in the JSON text, ").expect("the same start");
    let text = text
        .split_once(": ")
        .filter(|(path, _)| !path.contains(' '))
        .map_or(text, |(_, text)| text);
    format!("{text} at {}", place.trim_end_matches(')').replace(", column", " column"))
}

/// The reader here takes all that serde_json takes, and makes the same of it. What it takes besides is JSON in which
/// only texts may be no Unicode ([`tolerated`]), of another type than asked for: see [`super::leniency`].
#[track_caller]
fn assert_read_alike<T: DeserializeOwned + Debug + PartialEq>(text: &str) {
    match (read::<T>(text), serde_json::from_str::<T>(text)) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{text}"),
        (Err(_), Err(_)) => {}
        (Ok(_), Err(_)) if serde_json::from_str::<Value>(&tolerated(text)).is_ok() => {}
        (ours, theirs) => panic!("{text}: {ours:?}, by serde_json {theirs:?}"),
    }
}

/// The same for types of which nothing is read leniently but texts that are no Unicode.
#[track_caller]
fn assert_read_the_same<T: DeserializeOwned + Debug + PartialEq>(text: &str) {
    match (read::<T>(text), serde_json::from_str::<T>(&tolerated(text))) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{text}"),
        (Err(_), Err(_)) => {}
        (ours, theirs) => panic!("{text}: {ours:?}, by serde_json {theirs:?}"),
    }
}

/// The text as serde_json takes it: each control character inside a string, and each half of a surrogate pair, is the
/// replacement character.
fn tolerated(text: &str) -> String {
    let mut tolerated = String::new();
    let (mut in_string, mut rest) = (false, text);
    while let Some(character) = rest.chars().next() {
        let length = match character {
            '\\' if in_string => escape(rest, &mut tolerated),
            '\0'..' ' if in_string => {
                tolerated.push('\u{fffd}');
                1
            }
            _ => {
                in_string ^= character == '"';
                tolerated.push(character);
                character.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    tolerated
}

/// Takes an escape over. Gives its length.
fn escape(rest: &str, tolerated: &mut String) -> usize {
    let unit = |at: usize| {
        let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    };
    let (taken, length) = match (unit(0), unit(6)) {
        (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => (&rest[..12], 12),
        (Some(0xD800..0xE000), _) => ("\u{fffd}", 6),
        _ => {
            let length = 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
            (&rest[..length], length)
        }
    };
    tolerated.push_str(taken);
    length
}

#[test]
fn every_kind_of_value_there_and_back() {
    let text = written(&everything()).unwrap();
    assert_eq!(text, serde_json::to_string(&everything()).unwrap());
    assert_eq!(read::<Everything>(&text).unwrap(), everything());
    let spaced = serde_json::to_string_pretty(&everything()).unwrap();
    assert_eq!(read::<Everything>(&spaced).unwrap(), everything());
}

#[test]
fn a_fraction_that_is_no_number_is_null() {
    assert_eq!(written(&[f64::NAN, f64::INFINITY]).unwrap(), "[null,null]");
}

/// serde_json has its `RawValue` and, with a feature that some other crate may switch on, its numbers written so.
#[test]
fn text_that_serde_json_hands_over_is_written_as_it_is() {
    #[derive(Serialize)]
    #[serde(rename = "$serde_json::private::Number")]
    struct Number {
        #[serde(rename = "$serde_json::private::Number")]
        text: &'static str,
    }
    assert_eq!(written(&[Number { text: "1.10" }, Number { text: "2" }]).unwrap(), "[1.10,2]");
}

#[test]
fn bytes_are_numbers() {
    struct Bytes;
    impl Serialize for Bytes {
        fn serialize<S: apiscribe::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            s.serialize_bytes(&[0, 255])
        }
    }
    assert_eq!(written(&Bytes).unwrap(), "[0,255]");
}

#[test]
fn a_key_must_be_text_or_a_scalar() {
    let by_list = BTreeMap::from([(vec![1], 1)]);
    assert_eq!(written(&by_list).unwrap_err().to_string(), "key must be a string");
    let by_nothing = BTreeMap::from([((), 1)]);
    assert_eq!(written(&by_nothing).unwrap_err().to_string(), "key must be a string");
    assert_eq!(written(&BTreeMap::from([(Some("a"), 1)])).unwrap(), r#"{"a":1}"#);
    let by_text = BTreeMap::from([("", 1), ("a\"\n", 2), ("抖", 3)]);
    assert_eq!(written(&by_text).unwrap(), r#"{"":1,"a\"\n":2,"抖":3}"#);
    let by_character = BTreeMap::from([('"', 1), ('a', 2)]);
    assert_eq!(written(&by_character).unwrap(), r#"{"\"":1,"a":2}"#);
    assert_eq!(written(&BTreeMap::from([(Newtype(7), 1)])).unwrap(), r#"{"7":1}"#);
    assert_eq!(written(&BTreeMap::from([(Fraction(-1.5), 1)])).unwrap(), r#"{"-1.5":1}"#);
    for key in [Fraction(f64::NAN), Fraction(f64::INFINITY)] {
        assert!(written(&BTreeMap::from([(key, 1)])).is_err());
    }
    for key in [Kind::Newtype("a".to_owned()), Kind::Struct { inside: vec![] }] {
        assert!(written(&BTreeMap::from([(key, 1)])).is_err());
    }
}

#[test]
fn what_is_wrong_is_said_as_serde_json_says_it() {
    fn assert_said_alike<T: DeserializeOwned + Debug>(text: &str) {
        let theirs = serde_json::from_str::<T>(text).unwrap_err().to_string();
        assert_eq!(plain(&read::<T>(text).unwrap_err()), theirs, "{text}");
    }
    for text in [" ", "tru", "nul", "+1", "01", "1.", "-", "\"a", "\"\\x\"", "\"\\ud80\""] {
        assert_said_alike::<Value>(text);
    }
    for text in [
        "[1 2]",
        "[1,]",
        "[,1]",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{1:2}",
        "1 2",
        "[] x",
    ] {
        assert_said_alike::<Value>(text);
    }
    for text in ["1.5", "-1", "256", "null", "true"] {
        assert_said_alike::<u8>(text);
    }
    for text in ["null", "1e3"] {
        assert_said_alike::<String>(text);
    }
    for text in ["1", "true", "\"a\""] {
        assert_said_alike::<Vec<u8>>(text);
        assert_said_alike::<BTreeMap<String, u8>>(text);
    }
    for text in ["1", "null", "true"] {
        assert_said_alike::<Kind>(text);
    }
    assert_said_alike::<Vec<String>>("[\"a\",\n  [7]]");
    assert_said_alike::<(u8, u8)>("[1]");
    assert_read_alike::<(u8, u8)>("[1,2,3]");
    assert_read_alike::<BTreeMap<u8, u8>>("{\"a\":1}");
    assert_said_alike::<Kind>("\"Other\"");
    assert_said_alike::<Everything>("{\n\"flag\": true\n}");
}

#[test]
fn lists_and_objects_as_deep_as_serde_json_lets_them_be() {
    for depth in [1, 126, 127, 128, 129, 1_000_000] {
        assert_read_the_same::<Value>(&("[".repeat(depth) + &"]".repeat(depth)));
        assert_read_the_same::<Value>(&("{\"a\":".repeat(depth) + "1" + &"}".repeat(depth)));
    }
    // One after the other is not one in the other.
    assert_read_the_same::<Value>(&format!("[{}[]]", "[{}],".repeat(1_000)));
}

/// A visitor may ask again behind the end, or stop before it.
#[test]
fn a_list_ends_once() {
    #[derive(Debug, PartialEq)]
    struct Asked(Vec<Option<u8>>);
    impl<'de> Deserialize<'de> for Asked {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Four;
            impl<'de> Visitor<'de> for Four {
                type Value = Asked;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("a list")
                }
                fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Asked, A::Error> {
                    (0..4).map(|_| list.next_element()).collect::<Result<_, _>>().map(Asked)
                }
            }
            deserializer.deserialize_seq(Four)
        }
    }
    let asked = read::<Vec<Asked>>("[[1,2],[]]").unwrap();
    assert_eq!(asked, [Asked(vec![Some(1), Some(2), None, None]), Asked(vec![None; 4])]);
    assert_read_alike::<Vec<Asked>>("[[1,2,3,4,5],[]]");
}

#[test]
fn each_escape_is_read_as_what_it_stands_for() {
    let texts = [
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (r#""\u0041\ud83c\udfac\\u0041""#, "A\u{1f3ac}\\u0041"),
        (r#""抖\"音\\""#, "抖\"音\\"),
        (r#" "\"" "#, "\""),
    ];
    for (text, expected) in texts {
        assert_eq!(read::<String>(text).unwrap(), expected, "{text}");
        assert_eq!(read::<[String; 2]>(&format!("[{text},{text}]")).unwrap(), [expected; 2]);
        assert_eq!(read::<BTreeMap<String, u8>>(&format!("{{{text}:1}}")).unwrap()[expected], 1);
    }
    let unfinished =
        [r#""\"#, r#""\""#, r#""\\"#, r#""\"a"#, r#""\n\u00"#, r#""\n\x""#, "\"\\n\n\""];
    for text in unfinished {
        assert_read_alike::<String>(text);
    }
}

#[test]
fn a_key_that_is_a_number_is_no_more_than_that() {
    for key in
        ["1", " 1", "1 ", "1.0", "1e0", "+1", "01", "-1", "-0", "a", "", "true", "null", "\\u0031"]
    {
        assert_read_the_same::<BTreeMap<i64, i64>>(&format!("{{\"{key}\":1}}"));
        assert_read_the_same::<BTreeMap<bool, i64>>(&format!("{{\"{key}\":1}}"));
        assert_read_the_same::<BTreeMap<String, i64>>(&format!("{{\"{key}\":1}}"));
    }
}

#[test]
fn of_a_key_that_comes_twice_the_last_counts_as_with_serde_json() {
    assert_read_the_same::<Value>(r#"{"a":1,"a":[2]}"#);
}

fn any_json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        "[\\x00-\\x7f]{0,20}".prop_map(Value::from),
    ];
    scalar.prop_recursive(6, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(".{0,8}", inner, 0..6)
                .prop_map(|entries| json!(entries)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_written_and_read_as_by_serde_json(value in any_json()) {
        let text = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(written(&value).unwrap(), &text[..]);
        assert_read_the_same::<Value>(&text);
        assert_read_the_same::<Value>(&serde_json::to_string_pretty(&value).unwrap());
    }

    /// One character is put in, taken out or replaced: what is left is JSON for both or for none.
    #[test]
    fn json_that_was_damaged_is_refused_as_by_serde_json(
        value in any_json(),
        at in any::<Index>(),
        other in prop_oneof![Just(String::new()), "[\\]\\[{},:\"\\\\0-9.eEtfn+ -]{1,2}", ".{1}"],
        replaced in 0..2_usize,
    ) {
        let mut text: Vec<char> = value.to_string().chars().collect();
        let at = at.index(text.len());
        text.splice(at..(at + replaced).min(text.len()), other.chars());
        let text: String = text.into_iter().collect();
        assert_read_the_same::<Value>(&text);
        assert_read_alike::<Kind>(&text);
        assert_read_alike::<Vec<Option<i64>>>(&text);
    }

    #[test]
    fn every_kind_of_value_that_was_damaged_is_read_as_by_serde_json(
        at in any::<Index>(),
        other in prop_oneof![Just(String::new()), "[\\]\\[{},:\"\\\\0-9.eE-]{1,2}"],
        replaced in 0..3_usize,
    ) {
        let mut text: Vec<char> = serde_json::to_string(&everything()).unwrap().chars().collect();
        let at = at.index(text.len());
        text.splice(at..(at + replaced).min(text.len()), other.chars());
        assert_read_alike::<Everything>(&text.into_iter().collect::<String>());
    }
}
