//! Structs without names, enums with data, and every collection and pointer of the standard library.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use apiscribe::validate::{Report, Rule, Unit};
use apiscribe::{Validate, WireText};
use insta::assert_snapshot;

use super::{complaints, rules};

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, WireText)]
#[validate(chars(max = 2))]
struct Id(String);

fn id(text: &str) -> Id {
    Id::from(text)
}

#[derive(Validate)]
struct Newtype(#[validate(range(max = 9))] i64);

#[derive(Validate)]
struct Pair(#[validate(nested)] Id, i64, #[validate(secret, range(max = 9))] i64);

#[derive(Validate)]
struct Unit0;

#[derive(Validate)]
struct NoFields();

#[derive(Validate)]
struct Holder {
    #[validate(nested)]
    newtype: Newtype,
    #[validate(nested)]
    pair: Pair,
    #[validate(nested)]
    pairs: Vec<Pair>,
    #[validate(nested)]
    unit: Unit0,
    #[validate(nested)]
    empty: NoFields,
}

#[test]
fn fields_without_names_are_found_by_their_index_and_a_newtype_is_what_it_holds() {
    let holder = Holder {
        newtype: Newtype(10),
        pair: Pair(id("abc"), 0, 10),
        pairs: vec![Pair(id(""), 0, 0), Pair(id(""), 0, 10)],
        unit: Unit0,
        empty: NoFields(),
    };
    assert_snapshot!(complaints(&holder), @r"
    newtype: 10, at most 9 allowed
    pair[0]: 3 characters, at most 2 allowed
    pair[2]: too large, at most 9 allowed
    pairs[1][2]: too large, at most 9 allowed
    ");
    assert_snapshot!(complaints(&Newtype(10)), @"10, at most 9 allowed");
    let pair = Pair(id("ab"), 100, 9);
    assert_eq!((rules(&pair), pair.1), (Vec::new(), 100));
}

#[derive(Validate)]
#[validate(custom(Payment::is_known))]
enum Payment<'a, T: Clone> {
    Cash,
    Card(#[validate(nested)] Id),
    Pair(#[validate(range(max = 9))] i64, #[validate(range(max = 9))] i64),
    Transfer {
        #[wire(name = "bankCode")]
        #[validate(chars(max = 2), required_if(present(note)))]
        bank: &'a str,
        #[validate(forbidden_if(bank == "x"), same_as(bank))]
        note: Option<&'a str>,
        unchecked: T,
    },
    Nested(#[validate(each(nested))] Vec<Payment<'a, T>>),
    Unchecked(T),
}

impl<T: Clone> Payment<'_, T> {
    fn is_known(&self, report: &mut Report<'_>) {
        if matches!(self, Self::Cash) {
            report.refuse("cash", "cash is not taken");
        }
    }
}

#[test]
fn each_variant_has_the_rules_of_its_fields() {
    let transfer =
        |bank, note| Payment::Transfer { bank, note, unchecked: Vec::<Box<dyn Fn()>>::new().len() };
    for good in [Payment::Card(id("ab")), Payment::Pair(9, 9), transfer("ab", Some("ab"))] {
        assert_eq!(rules(&good), []);
    }
    assert_eq!(rules(&Payment::Unchecked(0)), []);
    assert_snapshot!(complaints(&Payment::<()>::Cash), @"cash is not taken");
    assert_snapshot!(complaints(&Payment::<()>::Card(id("abc"))), @"3 characters, at most 2 allowed");
    assert_snapshot!(complaints(&transfer("", Some("note"))), @r"
    bankCode: required when note is given, but missing
    note: must be the same as bankCode
    ");
    let nested = Payment::Nested(vec![
        Payment::Pair(1, 10),
        Payment::Nested(vec![transfer("x", Some("x")), transfer("abc", None)]),
    ]);
    assert_snapshot!(complaints(&nested), @r#"
    [0][1]: 10, at most 9 allowed
    [1][0].note: not allowed when bankCode is "x"
    [1][1].bankCode: 3 characters, at most 2 allowed
    "#);
}

#[derive(Validate)]
enum Never {}

#[derive(Validate)]
enum NoRules {
    A,
    B(i64),
    C { d: i64 },
}

#[test]
fn an_enum_without_rules_is_always_valid() {
    fn is_validate<T: Validate>() {}
    is_validate::<Never>();
    for value in [NoRules::A, NoRules::B(1), NoRules::C { d: 1 }] {
        assert_eq!(value.validate(), Ok(()));
        assert!(matches!(value, NoRules::A | NoRules::B(1) | NoRules::C { d: 1 }));
    }
}

#[derive(Validate)]
struct Collections<'a> {
    #[validate(items(max = 1), each(chars(max = 2)))]
    array: [&'a str; 2],
    #[validate(items(max = 1), nested)]
    array_of_ids: [Id; 2],
    #[validate(items(max = 1), nested)]
    deque: VecDeque<Id>,
    #[validate(items(max = 1), nested)]
    tree_set: BTreeSet<Id>,
    #[validate(items(min = 2), nested)]
    hash_set: HashSet<Id>,
    #[validate(items(max = 1), each(range(max = 9)))]
    boxed: Box<[i64]>,
    #[validate(items(max = 1), nested)]
    shared: Arc<[Id]>,
    #[validate(items(max = 1), nested)]
    counted: Rc<[Id]>,
    #[validate(items(max = 1), each(nested))]
    shared_list: Arc<Vec<Id>>,
    #[validate(items(max = 1))]
    bytes: Option<Box<[u8]>>,
}

#[test]
fn every_collection_is_counted_and_its_items_checked() {
    let ids = || [id("a"), id("abc")];
    let value = Collections {
        array: ["a", "abc"],
        array_of_ids: ids(),
        deque: ids().into(),
        tree_set: ids().into(),
        hash_set: [id("abc")].into(),
        boxed: [1, 10].into(),
        shared: ids().into(),
        counted: ids().into(),
        shared_list: Arc::new(ids().into()),
        bytes: Some([1, 2].into()),
    };
    let found = complaints(&value);
    for (name, item) in [
        ("array", "3 characters, at most 2"),
        ("array_of_ids", "3 characters, at most 2"),
        ("deque", "3 characters, at most 2"),
        ("tree_set", "3 characters, at most 2"),
        ("boxed", "10, at most 9"),
        ("shared", "3 characters, at most 2"),
        ("counted", "3 characters, at most 2"),
        ("shared_list", "3 characters, at most 2"),
    ] {
        let expected = format!("{name}: 2 items, at most 1 allowed\n{name}[1]: {item} allowed");
        assert!(found.contains(&expected), "{expected}\nis not in\n{found}");
    }
    assert!(found.contains("hash_set: 1 item, at least 2 needed\nhash_set[0]: 3 characters"));
    assert!(found.ends_with("bytes: 2 items, at most 1 allowed"));
}

#[derive(Validate)]
struct Pointers<'a> {
    #[validate(required, bytes(max = 2), pattern = "[a-z]*")]
    text: Arc<str>,
    #[validate(required, chars(max = 2))]
    counted: Option<Rc<String>>,
    #[validate(nested)]
    id: Arc<Id>,
    #[validate(nested)]
    option: Option<Rc<Newtype>>,
    #[validate(required_if(text == "A"))]
    other: Option<Arc<Id>>,
    #[validate(url("https"))]
    url: &'a Arc<str>,
}

#[test]
fn what_is_shared_is_checked_as_what_it_holds() {
    let value = |text: &str| Pointers {
        text: text.into(),
        counted: Some(Rc::new(text.to_owned())),
        id: Arc::new(id(text)),
        option: Some(Rc::new(Newtype(10))),
        other: None,
        url: Box::leak(Box::new(text.into())),
    };
    assert_snapshot!(complaints(&value("")), @r"
    text: required, but missing or empty
    counted: required, but missing or empty
    option: 10, at most 9 allowed
    url: not a URL with https
    ");
    assert_snapshot!(complaints(&value("A")), @r#"
    text: does not match `[a-z]*`
    option: 10, at most 9 allowed
    other: required when text is "A", but missing
    url: not a URL with https
    "#);
    assert_eq!(rules(&value("abc"))[..2].len(), 2);
}

#[derive(Validate)]
struct Maps {
    #[validate(keys(chars(max = 2), pattern = "[a-z]*"), each(range(max = 9)))]
    tree: BTreeMap<String, i64>,
    #[validate(keys(nested))]
    hash: Option<HashMap<MapKey, i64>>,
    #[validate(secret, keys(chars(max = 2)))]
    hidden: Arc<BTreeMap<String, i64>>,
}

#[derive(PartialEq, Eq, Hash, WireText)]
#[validate(required)]
struct MapKey(String);

#[test]
fn keys_of_maps_have_rules() {
    let tree = [("abc", 10), ("Z", 1), ("ok", 1)].map(|(key, value)| (key.to_owned(), value));
    let value = Maps {
        tree: tree.into(),
        hash: Some([(MapKey::from(""), 1)].into()),
        hidden: Arc::new([("secret".to_owned(), 1)].into()),
    };
    assert_snapshot!(complaints(&value), @r#"
    tree["Z"]: does not match `[a-z]*`
    tree["abc"]: 3 characters, at most 2 allowed
    tree["abc"]: 10, at most 9 allowed
    hash[""]: required, but missing or empty
    hidden["redacted"]: 6 characters, at most 2 allowed
    "#);
}

#[derive(Validate)]
struct Name {
    #[validate(pattern = r"[\p{Han}·]{2,4}")]
    name: String,
    #[validate(pattern = r"\p{L}+|\P{L}+")]
    either: Option<String>,
    #[validate(pattern = r"\d+")]
    digits: Option<String>,
}

#[test]
fn a_pattern_may_have_classes_of_unicode_and_no_other_pattern_changes_for_it() {
    let name = |name: &str| Name { name: name.to_owned(), either: None, digits: None };
    for good in ["王伟", "阿卜杜勒", "𠮷野"] {
        assert_eq!(rules(&name(good)), [], "{good}");
    }
    for bad in ["", "王", "王伟a", "Wang", "王伟\n", "はな", "一二三四五"] {
        assert_eq!(rules(&name(bad)), [Rule::Pattern { pattern: r"[\p{Han}·]{2,4}" }], "{bad}");
    }
    let either = |text: &str| Name { either: Some(text.to_owned()), ..name("王伟") };
    assert_eq!((rules(&either("жé")).len(), rules(&either("12")).len()), (0, 0));
    assert_eq!(rules(&either("ж1")).len(), 1);
    let digits = |text: &str| Name { digits: Some(text.to_owned()), ..name("王伟") };
    assert_eq!((rules(&digits("12")).len(), rules(&digits("１２")).len()), (0, 1));
}

#[test]
fn a_length_is_measured_of_what_is_shared() {
    #[derive(Validate)]
    struct Text {
        #[validate(utf16(max = 1))]
        text: Option<Arc<str>>,
    }
    let text = Text { text: Some("🙂".into()) };
    assert_eq!(rules(&text), [Rule::TooLong { unit: Unit::Utf16Units, max: 1, actual: 2 }]);
}
