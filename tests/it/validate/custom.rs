//! Rules of one's own, and fields that must be the same as others.

use std::collections::BTreeMap;

use apiscribe::validate::{Report, Rule, Segment, Setting, Settings};
use apiscribe::{Validate, WireText};
use generated_client::platform::Fen;
use insta::assert_snapshot;

use super::{complaints, rules};

fn is_card_number(number: &str, report: &mut Report<'_>) {
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        report.refuse("digits", "only digits are allowed");
    }
    if number.len() % 2 == 1 {
        report.refuse("even", format!("{} digits", number.len()));
    }
}

fn is_even(number: &i64, report: &mut Report<'_>) {
    if number % 2 != 0 {
        report.refuse("odd", format!("{number} is odd"));
    }
}

mod checks {
    use super::{Report, Rule, Transfer};

    pub(super) fn apart(transfer: &Transfer, report: &mut Report<'_>) {
        if transfer.to.as_ref() == Some(&transfer.from) {
            report.add("to", Rule::custom("self_transfer", "must not be the sender"));
            report.add("", Rule::custom("self_transfer", "from and to are the same"));
        }
    }
}

const MOST: Setting<Fen> = Setting::new("most");

#[derive(Validate)]
#[validate(custom(checks::apart), custom(Self::is_within_setting))]
struct Transfer {
    #[validate(bytes(max = 5), custom(is_card_number))]
    #[wire(name = "fromCard")]
    from: String,
    #[validate(custom(is_card_number))]
    to: Option<String>,
    #[validate(each(custom(is_even)))]
    parts: Vec<i64>,
    #[validate(secret, custom(is_even), custom(is_even))]
    pin: i64,
    amount: Fen,
}

impl Transfer {
    fn is_within_setting(&self, report: &mut Report<'_>) {
        let most = report.settings().get(MOST);
        if most.is_some_and(|most| self.amount > most) {
            report.add("amount", Rule::custom("over_setting", "more than is set"));
        }
    }
}

fn transfer() -> Transfer {
    let to = Some("1234".to_owned());
    Transfer { from: "123456".to_owned(), to, parts: vec![2, 4], pin: 2, amount: Fen(5) }
}

#[test]
fn a_function_reports_what_it_finds_at_its_field() {
    assert_snapshot!(complaints(&transfer()), @"fromCard: 6 bytes, at most 5 allowed");
    let bad = Transfer {
        from: "12x".to_owned(),
        to: Some("1".to_owned()),
        parts: vec![2, 3],
        pin: 77_777,
        ..transfer()
    };
    assert_snapshot!(complaints(&bad), @r"
    fromCard: only digits are allowed
    fromCard: 3 digits
    to: 1 digits
    parts[1]: 3 is odd
    pin: not valid; the details are redacted
    pin: not valid; the details are redacted
    ");
    assert_eq!(rules(&Transfer { from: "12".to_owned(), to: None, ..transfer() }), []);
}

#[test]
fn a_function_of_the_struct_names_the_fields_at_fault() {
    let same = Transfer { from: "1234".to_owned(), ..transfer() };
    assert_snapshot!(complaints(&same), @r"
    to: must not be the sender
    from and to are the same
    ");
    let apart = Transfer { from: "12".to_owned(), ..transfer() };
    let settings = Settings::new().with(MOST, Fen(4));
    assert_eq!(apart.validate(), Ok(()));
    assert_snapshot!(apart.validate_with(&settings).unwrap_err(), @"amount: more than is set");
}

#[test]
fn a_custom_rule_has_a_code_for_programs() {
    let found = Transfer { from: "1".to_owned(), ..transfer() }.validate().unwrap_err();
    let rule = &found.iter().next().unwrap().rule;
    assert_eq!(rule.name(), "even");
    assert_eq!(*rule, Rule::custom("even", "1 digits"));
    assert_snapshot!(serde_json::to_string(&found).unwrap(), @r#"[{"path":"fromCard","rule":"even","limit":null,"unit":null,"actual":null,"message":"1 digits"}]"#);
}

/// `Some(None)` is a `null`, and as absent as `None`.
#[derive(Validate)]
struct Nullable {
    #[validate(custom(is_even))]
    number: Option<Option<i64>>,
    #[validate(custom(is_card_number))]
    card: Option<Option<String>>,
    #[validate(same_as(card))]
    again: Option<Option<String>>,
    plain: String,
    #[validate(same_as(plain))]
    of_plain: Option<Option<String>>,
    #[validate(same_as(card))]
    of_card: String,
}

#[test]
fn what_may_be_null_as_well_as_absent_is_opened_twice() {
    let value = |number, card: Option<Option<&str>>, again: Option<Option<&str>>| {
        let [card, again] = [card, again].map(|text| text.map(|text| text.map(str::to_owned)));
        let (plain, of_card) = ("12".to_owned(), "12".to_owned());
        Nullable { number, of_plain: again.clone(), card, again, plain, of_card }
    };
    let twelve = Some(Some("12"));
    for absent in [None, Some(None)] {
        assert_eq!(rules(&value(None, twelve, absent)), []);
        assert_eq!(rules(&value(Some(None), twelve, absent)), []);
        let same_as_card = Rule::SameAs { field: "card" };
        assert_eq!(rules(&value(None, absent, twelve)), [same_as_card.clone(), same_as_card]);
    }
    assert_eq!(rules(&value(Some(Some(2)), twelve, twelve)), []);
    assert_snapshot!(complaints(&value(Some(Some(3)), Some(Some("1x")), Some(Some("1")))), @r"
    number: 3 is odd
    card: only digits are allowed
    again: must be the same as card
    of_plain: must be the same as plain
    of_card: must be the same as card
    ");
}

#[derive(WireText)]
#[validate(bytes(max = 9), custom(is_card_number))]
struct CardNumber(String);

#[derive(Validate)]
struct Wallet {
    #[validate(nested)]
    cards: BTreeMap<String, CardNumber>,
    #[validate(custom(check_matrix))]
    matrix: Vec<Vec<i64>>,
}

fn check_matrix(rows: &[Vec<i64>], report: &mut Report<'_>) {
    for (index, row) in rows.iter().enumerate() {
        report.within(Segment::Index(index), |report| {
            if row.len() != rows.len() {
                report.refuse("square", "must be as long as the list of rows");
            }
        });
    }
}

#[test]
fn a_function_says_where_within_its_value() {
    let cards = [("work".to_owned(), CardNumber::from("123"))].into();
    let wallet = Wallet { cards, matrix: vec![vec![1, 2], vec![3]] };
    assert_snapshot!(complaints(&wallet), @r#"
    cards["work"]: 3 digits
    matrix[1]: must be as long as the list of rows
    "#);
}

#[derive(Validate)]
struct SignUp {
    #[validate(bytes(min = 3))]
    password: String,
    #[wire(name = "passwordAgain")]
    #[validate(secret, same_as(password))]
    again: String,
    mail: Option<String>,
    #[validate(same_as(mail))]
    mail_again: Option<String>,
}

#[test]
fn a_field_is_the_same_as_another() {
    let sign_up = |again: &str, mail: Option<&str>, mail_again: Option<&str>| SignUp {
        password: "abc".to_owned(),
        again: again.to_owned(),
        mail: mail.map(str::to_owned),
        mail_again: mail_again.map(str::to_owned),
    };
    for mail_again in [Some("m"), None] {
        assert_eq!(rules(&sign_up("abc", Some("m"), mail_again)), [], "{mail_again:?}");
    }
    assert_eq!(rules(&sign_up("", None, None)), [Rule::SameAs { field: "password" }]);
    let found = sign_up("abcd", None, Some("m")).validate().unwrap_err();
    assert_snapshot!(found, @r"
    passwordAgain: must be the same as password
    mail_again: must be the same as mail
    ");
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!((&json[0]["rule"], &json[0]["limit"]), (&"same_as".into(), &"password".into()));
}
