//! A list or map has as many items as it may.

use std::collections::BTreeMap;

use apiscribe::Validate;

use super::api::demo::SaveRequest;

#[test]
fn items_are_counted() {
    let texts = |count| vec!["text".to_owned(); count];
    for count in [1, 2] {
        assert!(SaveRequest { tags: Some(texts(count)), ..SaveRequest::new() }.validate().is_ok());
    }
    let request = SaveRequest {
        tags: Some(Vec::new()),
        notes: Some(BTreeMap::from([1, 2].map(|key| (key.to_string(), "note".to_owned())))),
        table: Some(vec![vec![1], vec![1, 2]]),
    };
    let violations = request.validate().unwrap_err().to_string();
    let expected = [
        "tags: 0 items, at least 1 needed",
        "notes: 2 items, at most 1 allowed",
        "table[1]: 2 items, at most 1 allowed",
    ];
    assert_eq!(violations.lines().collect::<Vec<_>>(), expected);
}
