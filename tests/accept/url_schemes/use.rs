//! A URL has one of the schemes that the documents name.

use apiscribe::Validate;

use super::api::demo::SaveRequest;

fn violations(notify_url: &str, page_url: &str) -> String {
    let request = SaveRequest {
        notify_url: Some(notify_url.to_owned()),
        page_url: Some(page_url.to_owned()),
    };
    request.validate().map_or_else(|violations| violations.to_string(), |()| String::new())
}

#[test]
fn only_the_schemes_that_are_named_will_do() {
    assert_eq!(violations("https://a.example.com/b?c=d", "http://a.example.com"), "");
    let found = violations("http://a.example.com", "ftp://a.example.com");
    assert_eq!(found, "notify_url: not a URL with https\npage_url: not a URL with http or https");
}

#[test]
fn other_limits_of_the_text_hold_as_well() {
    let found =
        violations(&format!("https://a.example.com/{}", "x".repeat(40)), "https://b.example.com");
    assert_eq!(found, "notify_url: 62 bytes, at most 40 allowed");
}
