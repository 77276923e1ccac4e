//! `Option<Option<..>>`: a key that is absent, `null`, or has a value.

use apiscribe::{Decode, Encode, Validate};

#[derive(Debug, Default, PartialEq, Encode, Decode, Validate)]
struct Patch {
    #[wire(optional)]
    #[validate(bytes(max = 2))]
    note: Option<Option<String>>,
    #[wire(name = "pay-no", optional, lenient)]
    #[validate(range(min = 1))]
    pay_no: Option<Option<i64>>,
    #[wire(optional)]
    #[validate(required_if(present(note)))]
    reason: std::option::Option<Option<Vec<u8>>>,
}

fn read(json: &str) -> Patch {
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_three_states_survive_both_ways() {
    for json in [
        "{}",
        r#"{"note":null,"pay-no":null,"reason":null}"#,
        r#"{"note":"a","pay-no":7,"reason":[1]}"#,
    ] {
        assert_eq!(serde_json::to_string(&read(json)).unwrap(), json);
    }
    assert_eq!(read("{}"), Patch::default());
    let null = Patch { note: Some(None), pay_no: Some(None), reason: Some(None) };
    assert_eq!(read(r#"{"note":null,"pay-no":null,"reason":null}"#), null);
    assert_eq!(read(r#"{"pay-no":"7"}"#).pay_no, Some(Some(7)));
}

/// The last of two counts, whichever it is.
#[test]
fn of_a_key_that_comes_twice_the_last_counts() {
    assert_eq!(read(r#"{"note":"a","note":null}"#).note, Some(None));
    assert_eq!(read(r#"{"note":null,"note":"a"}"#).note, Some(Some("a".to_owned())));
}

#[test]
fn what_is_null_breaks_no_rule_and_counts_as_not_given() {
    assert!(read(r#"{"note":null,"pay-no":null}"#).validate().is_ok());
    let wrong = read(r#"{"note":"abc","pay-no":0,"reason":null}"#).validate().unwrap_err();
    let expected = "note: 3 bytes, at most 2 allowed\npay-no: 0, at least 1 needed\n\
                    reason: required when note is given, but missing";
    assert_eq!(wrong.to_string(), expected);
}
