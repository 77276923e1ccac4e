//! Objects in objects, lists, maps, maps of lists, and any JSON: written, read, and checked to any depth.

use std::collections::BTreeMap;

use apiscribe::{Endpoint, Validate, http};

use super::api::demo::{Address, AddressRequired, PhoneNumber, PhoneNumberRequired, SaveRequest, SaveRequired, User, UserRequired, UserContact, UserContactRequired};

fn user(street: &str) -> User {
    User::new(UserRequired { home: Address::new(AddressRequired { street: street.into() }), contact: UserContact::new(UserContactRequired { phone: PhoneNumber::new(PhoneNumberRequired { digits: "123".into() }) }) })
}

#[test]
fn every_level_is_checked_and_named() {
    let mut user = user("a street too long");
    user.contact.phone.digits = "1234".to_owned();
    user.former_homes = Some(vec![Address::new(AddressRequired { street: "ok".into() }), Address::new(AddressRequired { street: "".into() })]);
    user.by_year = Some(BTreeMap::from([("2024".to_owned(), vec![Address::new(AddressRequired { street: "too long".into() })])]));
    user.scores = Some(BTreeMap::from([("chess".to_owned(), 10)]));
    user.tags = Some(vec!["ab".to_owned(), "abcd".to_owned()]);
    let violations = SaveRequest::new(SaveRequired { user }).validate().unwrap_err().to_string();
    let expected = [
        "user.home.street: 17 characters, at most 5 allowed",
        "user.contact.phone.digits: 4 bytes, at most 3 allowed",
        "user.former_homes[1].street: required, but missing or empty",
        "user.by_year[\"2024\"][0].street: 8 characters, at most 5 allowed",
        "user.scores[\"chess\"]: 10, at most 9 allowed",
        "user.tags[1]: 4 bytes, at most 3 allowed",
    ];
    assert_eq!(violations.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn what_is_written_can_be_read() {
    let mut user = user("here");
    user.more = Some(apiscribe::serde_json::json!({ "any": ["thing", null] }));
    user.scores = Some(BTreeMap::from([("go".to_owned(), 3)]));
    let written = apiscribe::serde_json::to_string(&user).unwrap();
    let body = format!(r#"{{"code":0,"message":"","data":{{"all":[{written}]}}}}"#);
    let read = SaveRequest::from_http(http::Response::new(body.into_bytes())).unwrap();
    assert_eq!(read.into_data()["all"], [user]);
}
