//! A text matches its pattern as a whole.

use apiscribe::Validate;

use super::api::demo::{Code, SaveRequest, SaveRequired};

fn save(code: &str, word: &str) -> Result<(), String> {
    let request = SaveRequest { word: Some(word.to_owned()), ..SaveRequest::new(SaveRequired { code: Code::from(code) }) };
    request.validate().map_err(|violations| violations.to_string())
}

#[test]
fn the_whole_text_must_match() {
    assert!(save("AB12", "no").is_ok());
    assert_eq!(save("xAB12", "no").unwrap_err(), "code: does not match `[A-Z]{2}[0-9]+`");
    assert!(save("AB12x", "no").is_err());
    assert!(save("AB12\n", "no").is_err());
}

#[test]
fn each_choice_of_a_pattern_is_whole() {
    assert!(save("AB1", "1.5").is_ok());
    for word in ["yesterday", "not", "1.55"] {
        assert!(save("AB1", word).is_err(), "{word}");
    }
}
