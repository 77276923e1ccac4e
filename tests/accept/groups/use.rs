//! One and only one, or one at least, of several fields.

use apiscribe::Validate;

use super::api::demo::FindRequest;

fn violations(given: &[&str]) -> String {
    let given = |name: &str| given.contains(&name).then(|| name.to_owned());
    let (id, name, phone, mail) = (given("id"), given("name"), given("phone"), given("mail"));
    let checked = FindRequest { id, name, phone, mail }.validate();
    checked.map_or_else(|violations| violations.to_string(), |()| String::new())
}

#[test]
fn exactly_one_is_neither_none_nor_two() {
    assert_eq!(violations(&["id", "phone"]), "");
    assert_eq!(violations(&["name", "phone"]), "");
    assert_eq!(violations(&["phone"]), "exactly one of id and name must be given, not 0");
    assert_eq!(
        violations(&["id", "name", "phone"]),
        "exactly one of id and name must be given, not 2"
    );
}

/// An empty text is sent, so beside another it is one too many; alone it is not enough.
#[test]
fn an_empty_text_is_sent() {
    let find = |id: Option<&str>, name: Option<&str>| {
        let (id, name) = (id.map(str::to_owned), name.map(str::to_owned));
        let request = FindRequest { id, name, phone: Some("1".to_owned()), mail: None };
        request.validate().map_err(|violations| violations.to_string())
    };
    let not = |given| Err(format!("exactly one of id and name must be given, not {given}"));
    assert_eq!(find(Some("1"), Some("")), not(2));
    assert_eq!(find(Some(""), Some("")), not(2));
    assert_eq!(find(Some(""), None), not(0));
    assert_eq!(find(Some("1"), None), Ok(()));
}

#[test]
fn at_least_one_may_be_two() {
    assert_eq!(violations(&["id", "phone", "mail"]), "");
    assert_eq!(violations(&["id"]), "at least one of phone and mail must be given");
}
