//! Numbers are within their range, both ends included.

use apiscribe::Validate;

use super::api::demo::SaveRequest;
use super::api::platform::Fen;

fn violations(request: &SaveRequest) -> Vec<String> {
    let found = request.validate().err().into_iter().flatten();
    found.map(|violation| violation.to_string()).collect()
}

#[test]
fn both_ends_are_allowed() {
    for percent in [0, 100] {
        let request =
            SaveRequest { percent: Some(percent), price: Some(Fen(1)), depth: Some(i64::MIN) };
        assert!(violations(&request).is_empty());
    }
}

#[test]
fn beyond_them_nothing_is() {
    let request = SaveRequest { percent: Some(101), price: Some(Fen(0)), depth: Some(0) };
    let expected = [
        "percent: 101, at most 100 allowed",
        "price: 0 fen, at least 1 needed",
        "depth: 0, at most -1 allowed",
    ];
    assert_eq!(violations(&request), expected);
}
