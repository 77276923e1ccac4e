//! What a secret field holds is in no violation.

use std::collections::BTreeMap;

use apiscribe::validate::Levels;
use apiscribe::{Secret, Validate, WireText};
use generated_client::platform::Fen;

#[derive(Debug, Clone, PartialEq, Eq, Hash, WireText)]
#[validate(bytes(max = 4), pattern = "[0-9]+", url("https"))]
struct Token(Secret<String>);

const LEVELS: Levels = Levels::of::<Fen>(&[1, 2]);

#[derive(Validate)]
struct Login {
    #[validate(nested)]
    token: Token,
    #[validate(secret, range(max = 9), level(LEVELS))]
    pin: i64,
    #[validate(secret, each(range(max = 9)))]
    answers: BTreeMap<String, i64>,
    #[validate(secret, chars(max = 5), pattern = "[a-z]+")]
    word: String,
}

#[test]
fn no_violation_echoes_a_secret() {
    let login = Login {
        token: Token::from("7777777"),
        pin: 7_777_777,
        answers: [("7777777".to_owned(), 7_777_777)].into(),
        word: "7777777".to_owned(),
    };
    let violations = login.validate().unwrap_err();
    let shown =
        format!("{violations}\n{violations:?}\n{}", serde_json::to_string(&violations).unwrap());
    assert!(!shown.contains("7777777"), "{shown}");
    insta::assert_snapshot!(violations, @r#"
    token: 7 bytes, at most 4 allowed
    token: not a URL with https
    pin: too large, at most 9 allowed
    pin: the amount is none of the 2 levels from 1 to 2 fen
    answers["redacted"]: too large, at most 9 allowed
    word: 7 characters, at most 5 allowed
    word: does not match `[a-z]+`
    "#);
}

#[test]
fn a_secret_text_shows_nothing_but_goes_over_the_wire() {
    let token = Token::from("7777777");
    assert_eq!(format!("{token:?}"), "Token(Secret(redacted))");
    assert_eq!(serde_json::to_string(&token).unwrap(), r#""7777777""#);
    assert_eq!(serde_json::from_str::<Token>(r#""7777777""#).unwrap(), token);
}
