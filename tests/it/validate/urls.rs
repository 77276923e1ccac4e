//! The rule `url`, beside the parser of browsers (crate `url`), and what of that is refused on purpose.

use apiscribe::Validate;
use apiscribe::validate::Rule;
use proptest::prelude::*;
use url::{Host, Url};

use super::rules;

#[derive(Validate)]
struct Link {
    #[validate(url("https"))]
    url: String,
}

fn is_valid(url: &str) -> bool {
    let found = rules(&Link { url: url.to_owned() });
    let is_url = |rule: &Rule| matches!(rule, &Rule::Url { schemes: &["https"], .. });
    assert!(found.is_empty() || (found.len() == 1 && is_url(&found[0])), "{found:?}");
    found.is_empty()
}

#[test]
fn addresses_that_a_platform_can_call_are_taken() {
    for url in [
        "https://a",
        "https://example.com",
        "https://example.com/",
        "https://example.com.",
        "https://example.com/paid",
        "https://example.com/a/b-c.d/e",
        "https://example.com?x=1",
        "https://example.com#x",
        "https://example.com:8443/paid?order=1&sign=%E4%B8%AD#top",
        "https://example.com:1",
        "https://example.com:65535/",
        "https://EXAMPLE.com/PAID",
        "HTTPS://example.com/paid",
        "https://pay-2.example-1.co.uk/v2/1/_paid",
        "https://my_app.example.com/paid",
        "https://xn--fsq.example.com/paid",
        "https://123.example.com/paid",
        "https://1688.com/paid",
        "https://127.0.0.1/paid",
        "https://255.255.255.255:80/",
        "https://[::1]/paid",
        "https://[2001:db8::1]:8443/paid",
        "https://[::ffff:192.0.2.1]/",
        "https://example.com/支付?商品=1",
        "https://example.com/{id}/a|b/\\c",
        "https://example.com//a//b",
        "https://example.com/a:b@c[d]",
        "https://example.com/?next=https://[::1",
    ] {
        assert!(is_valid(url), "{url}");
    }
    let long = format!("https://{}.{}.com/{}", "a".repeat(63), "b".repeat(63), "c".repeat(500));
    assert!(is_valid(&long));
}

#[test]
fn white_space_and_control_characters_are_refused_anywhere() {
    let places = [
        "|https://example.com/settled",
        "https|://example.com/settled",
        "https://|example.com/settled",
        "https://exam|ple.com/settled",
        "https://example.com|/settled",
        "https://example.com:8|0/settled",
        "https://example.com/set|tled",
        "https://example.com/settled|",
        "https://example.com/settled?a=|b#c",
        "https://example.com/a/path/that/is/longer/than/the/others/set|tled",
        "https://example.com/a/path/that/is/longer/than/the/others/settled|",
    ];
    let marks = "\n\r\t \0\u{1}\u{b}\u{1b}\u{1f}\u{7f}\u{80}\u{85}\u{9f}\u{a0}\u{1680}\u{2000}\u{2028}\u{202f}\u{3000}\u{200b}\u{200e}\u{202e}\u{2060}\u{feff}";
    for place in places {
        assert!(is_valid(&place.replace('|', "")), "{place}");
        for mark in marks.chars() {
            let url = place.replace('|', &mark.to_string());
            assert!(!is_valid(&url), "{url:?}");
        }
    }
}

#[test]
fn a_host_is_a_name_or_an_address() {
    for url in [
        "https://",
        "https:///",
        "https:///x",
        "https:///example.com",
        "https://?x",
        "https://#",
        "https://:80",
        "https://:80/x",
        "https://@/",
        "https://user@example.com/",
        "https://user:pw@example.com/",
        "https://example.com\\paid",
        "https://\\example.com",
        "https://example.com@evil.com/",
        "https://.",
        "https://..",
        "https://.com",
        "https://a..b/x",
        "https://example.com../x",
        "https://-a.com/paid",
        "https://a-.com/paid",
        "https://example.com-/paid",
        "https://exa%6dple.com/",
        "https://exa+mple.com/",
        "https://exa*mple.com/",
        "https://exa,mple.com/",
        "https://{host}/paid",
        "https://<host>/paid",
        "https://例子.com/paid",
        "https://ｅxample.com/paid",
        "https://256.256.256.256",
        "https://256.256.256.256/",
        "https://1.2.3/",
        "https://1.2.3.4.5/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127.0.0.01/",
        "https://127.0.0.1./",
        "https://a.b.3/",
        "https://a.b.0x/",
        "https://[::1",
        "https://[::1/",
        "https://::1]/",
        "https://::1/",
        "https://[]/",
        "https://[127.0.0.1]/",
        "https://[::1%25eth0]/",
        "https://[v1.a]/",
        "https://[::1]x/",
        "https://a[::1]/",
        "https://[[::1]]/",
    ] {
        assert!(!is_valid(url), "{url}");
    }
    let labels =
        |label: usize, count| format!("https://{}/", vec!["a".repeat(label); count].join("."));
    assert!(is_valid(&labels(63, 3)) && !is_valid(&labels(64, 1)));
    assert!(is_valid(&labels(1, 127)) && !is_valid(&labels(1, 128)), "253 and 255 bytes");
}

#[test]
fn a_violation_says_which_part_of_a_url_is_wrong() {
    let url = |url: &str| Link { url: url.to_owned() }.validate().unwrap_err().to_string();
    let cases: [(&str, &[&str]); 6] = [
        ("", &["http://a", "//a", "https:/a", "paid", "ｈttps://a"]),
        (
            ": white space or an invisible character in it",
            &["https://a/b c", "https://a/b\n", "https://a b", "https://u@a/\u{200b}", "https:// "],
        ),
        (
            ": user and password are not allowed",
            &["https://user@a.com/", "https://user:pw@a.com", "HTTPS://u:@a", "https://@/"],
        ),
        (
            ": the host is not ASCII; write it in punycode (xn--)",
            &["https://例子.com/paid", "https://ｅxample.com:80", "https://é"],
        ),
        (
            ": the host is not a name or an address",
            &[
                "https://",
                "https:///x",
                "https://:80/x",
                "https://a..b/x",
                "https://-a.com:80",
                "https://1.2.3/",
                "https://[::1",
                "https://[]/",
                "https://{host}/paid",
            ],
        ),
        (
            ": the port is not a number from 1 to 65535",
            &[
                "https://a.com:/",
                "https://a.com:0",
                "https://a.com:65536/x",
                "https://a.com:８０",
                "https://[::1]:port",
                "https://[::1]x/",
                "https://a:80:80/",
            ],
        ),
    ];
    for (what, urls) in cases {
        for wrong in urls {
            assert_eq!(url(wrong), format!("url: not a URL with https{what}"), "{wrong:?}");
        }
    }
}

#[test]
fn a_port_is_a_number_from_1_to_65535() {
    for port in ["1", "80", "0443", "65535"] {
        assert!(is_valid(&format!("https://example.com:{port}/x")), "{port}");
        assert!(is_valid(&format!("https://[::1]:{port}")), "{port}");
    }
    for port in ["", "0", "000", "65536", "999999", "port", "8o", "-1", "+80", "80:80", "８０"] {
        assert!(!is_valid(&format!("https://example.com:{port}/x")), "{port}");
        assert!(!is_valid(&format!("https://[::1]:{port}")), "{port}");
    }
}

/// What may stand behind `https://` in any order.
const PIECES: &[&str] = &[
    "a",
    "example",
    "example.com",
    "pay-2.example.com",
    ".",
    ".",
    "com",
    "-",
    "_",
    "1",
    "7",
    "256",
    "0x1f",
    "127.0.0.1",
    "127.1",
    "[::1]",
    "[2001:db8::7]",
    "[",
    "]",
    ":",
    ":",
    "80",
    "0",
    "65536",
    "/",
    "/",
    "/settled",
    "/api/v1/paid",
    "?",
    "?a=1&b=%20",
    "#",
    "@",
    "user",
    "%41",
    "%",
    "!",
    "*",
    "{",
    "|",
    "\"",
    "<",
    "\\",
    " ",
    "\n",
    "\u{7f}",
    "\u{a0}",
    "\u{200b}",
    "é",
    "支付",
    "xn--",
    "A",
    "PAID",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

fn urls() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(PIECES);
    let pieces = proptest::collection::vec(piece, 0..8);
    pieces.prop_map(|pieces| format!("https://{}", pieces.concat()))
}

/// Why a URL that browsers understand is refused all the same.
fn reason(text: &str, parsed: &Url) -> Option<&'static str> {
    let rest = text.strip_prefix("https://").expect("made so");
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let host = match authority.rfind(':').filter(|at| !authority[*at..].contains(']')) {
        Some(at) => &authority[..at],
        None => authority,
    };
    let is_in_host = |char: char| char.is_ascii_alphanumeric() || "-_.:[]".contains(char);
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_unseen = |char: char| char.is_whitespace() || char.is_control() || char == '\u{200b}';
    match parsed.host() {
        _ if text.contains(is_unseen) => Some("browsers strip it or write it as %20"),
        _ if authority.is_empty() => Some("browsers pass over further slashes"),
        _ if !authority.chars().all(is_in_host) => {
            Some("user, password, backslash, a host to be decoded, signs that no name has")
        }
        _ if authority.ends_with(':') => Some("empty port"),
        _ if parsed.port() == Some(0) => Some("port 0"),
        Some(Host::Ipv4(address)) if host != address.to_string() => Some("127.1, 0x7f.1"),
        Some(Host::Domain(_)) if name.len() > 253 || !name.split('.').all(is_label) => {
            Some("a label that DNS does not have")
        }
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// But for names in Punycode, which nobody decodes here.
    #[test]
    fn what_is_taken_browsers_understand_and_what_they_do_is_refused_for_a_reason(text in urls()) {
        match (is_valid(&text), Url::parse(&text)) {
            (true, parsed) => prop_assert!(parsed.is_ok() || text.contains("xn--"), "{text:?}"),
            (false, Ok(parsed)) => prop_assert!(reason(&text, &parsed).is_some(), "{text:?} {parsed}"),
            (false, Err(_)) => {}
        }
    }

    /// The shape that most have takes a way of its own, which must lead to the same end.
    #[test]
    fn plain_addresses_are_those_of_browsers(text in "https://[a-c.0-1-]{1,12}/?[a-c./-]{0,16}") {
        let parsed = Url::parse(&text);
        let expected = parsed.is_ok_and(|parsed| reason(&text, &parsed).is_none());
        prop_assert_eq!(is_valid(&text), expected, "{:?}", text);
    }
}
