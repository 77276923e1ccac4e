//! What the check accepts, the derives and the runtime take: hosts, paths and patterns are judged alike on both sides.

use apiscribe::error::RequestError;
use apiscribe::meta::{Code, Envelope, Host};
use apiscribe::validate::Report;
use apiscribe::validate::field::Pattern;
use apiscribe::{Encode, Endpoint, Validate, http};
use apiscribe_codegen::source::Sources;

const HEAD: &str = r#"domain: demo
sources: { page: { title: Page, trust: official } }
envelopes: { plain: { code: code, success: 0, message: message, data: data, source: page } }
"#;

fn is_accepted(spec: &str) -> bool {
    apiscribe_codegen::ir(&Sources::new([("a.yaml", format!("{HEAD}{spec}"))])).is_ok()
}

const OPEN: Host = Host { name: "open", production: "", sandbox: None, development: None };
const PLAIN: Envelope =
    Envelope::new("plain").code(&["code"]).success(Code::Int(0)).message(&["message"]).data("data");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/p", name = "call", host = OPEN, envelope = PLAIN)]
struct Call {}

/// The request, if both the runtime and its HTTP client take the address.
fn request_to(base_url: &str) -> Result<http::Uri, RequestError> {
    Call {}.to_http(base_url, None).map(|request| request.uri().clone())
}

fn is_called_as_written(base_url: &str) -> bool {
    let written = format!("{base_url}/p");
    request_to(base_url).is_ok_and(|uri| {
        reqwest::Url::parse(&uri.to_string()).is_ok_and(|url| url.as_str() == written)
    })
}

#[test]
fn a_host_is_accepted_if_and_only_if_it_is_called_as_written() {
    let hosts = [
        "https://api.example.com",
        "https://api.example.com:8443",
        "https://api.example.com/v1/%20a",
        "https://a_b.example-c.com",
        "https://127.0.0.1:8443",
        "https://[2001:db8::1]",
        "http://localhost:8080",
        "http://127.9.9.9",
        "http://[::1]:80x",
        "http://api.example.com",
        "http://10.0.0.1",
        "https://user@api.example.com",
        "https://user:secret@api.example.com",
        "https://api.example.com:99999",
        "https://api.example.com:",
        "https:///path",
        "https://höst.example.com",
        "https://127.1",
        "https://1.2.3.4.5",
        "https://api.0x10",
        "https://[::1",
        "https://api.example.com?a=1",
        "https://api.example.com/v1#a",
        "https://api.example.com/a/../b",
        "https://api.example.com/%2e%2E/b",
        "https://api.example.com/é",
        "https://api.example.com/{x}",
        "https://api.example.com\\\\v1",
        "ftp://api.example.com",
        "api.example.com",
    ];
    for host in hosts {
        let spec = format!("hosts: {{ open: {{ production: \"{host}\", source: page }} }}\n");
        let is_called = is_called_as_written(&host.replace(r"\\", r"\"));
        assert_eq!(is_accepted(&spec), is_called, "{host}");
    }
}

#[test]
fn an_accepted_path_is_called_as_written() {
    let good = ["/", "/a", "/a/", "/a.json", "/a//b", "/~a-b_c/@x:y", "/a%2Fb", "/..a/b..", "/.a"];
    let bad = [
        "a",
        "/a/../b",
        "/..",
        "/./a",
        "/%2e%2E/a",
        "/a%",
        "/a%zz",
        "/a%2",
        "/a b",
        "/a?b",
        "/a#b",
        "/é",
        "/a|b",
    ];
    for (path, is_good) in
        good.iter().map(|path| (path, true)).chain(bad.iter().map(|path| (path, false)))
    {
        let spec = format!(
            "hosts: {{ open: {{ production: \"https://a.example\", source: page }} }}\nendpoints:\n  call: {{ title: C, \
             method: POST, host: open, path: \"{path}\", envelope: plain, source: page, request: {{ fields: [] }} }}\n"
        );
        assert_eq!(is_accepted(&spec), is_good, "{path}");
        let url = reqwest::Url::parse(&format!("https://a.example{path}"));
        let is_called = url.is_ok_and(|url| url.path() == *path && url.query().is_none());
        assert!(is_called || !is_good, "{path}");
    }
}

/// A text checked against a pattern, as derived code does it.
struct Checked<'a>(&'a str, &'static Pattern);

impl Validate for Checked<'_> {
    fn check(&self, report: &mut Report<'_>) {
        report.pattern("text", self.0, self.1);
    }
}

fn is_match(pattern: &str, text: &str) -> bool {
    let pattern = Box::leak(pattern.to_owned().into_boxed_str());
    let pattern = Box::leak(Box::new(Pattern::new(pattern)));
    Checked(text, pattern).validate().is_ok()
}

/// A default of the text is accepted if it matches; a pattern that the runtime cannot compile matches nothing.
#[test]
fn a_pattern_matches_in_the_check_what_it_matches_in_the_runtime() {
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    let (deep, too_deep) = (nested(40), nested(50));
    let patterns = [
        ("a|b", "b"),
        ("a|ab", "ab"),
        ("a", "aa"),
        ("^a$", "a"),
        ("(?m)^a$", "a\nb"),
        ("a", "a\n"),
        ("(?i)a", "A"),
        ("(?x) a # letters", "a"),
        ("(?x) a # letters\n", "a"),
        ("(?x) a [#]", "a#"),
        ("(?x) a \\#", "a#"),
        ("(?x: a # letters\n)", "a"),
        ("(?x) ( # (\n a ) #)", "a"),
        ("(?-x)a#", "a#"),
        ("[a", "a"),
        ("a\\", "a"),
        (&deep, "a"),
        (&too_deep, "a"),
    ];
    for (pattern, text) in patterns {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let spec = format!(
            "types: {{ A: {{ type: object, source: page, fields: [{{ name: a, type: string, pattern: {}, default: {} }}] }} }}\n",
            quoted(pattern),
            quoted(text)
        );
        assert_eq!(is_accepted(&spec), is_match(pattern, text), "{pattern:?} on {text:?}");
    }
}

/// What closes the group that it is put in would match less than the whole.
#[test]
fn a_pattern_is_one_by_itself() {
    for pattern in ["a)|(?:b", "a)(?:", "a|b)", "(a"] {
        let spec =
            format!("types: {{ A: {{ type: string, source: page, pattern: \"{pattern}\" }} }}\n");
        assert!(!is_accepted(&spec), "{pattern}");
    }
}

#[test]
fn numbers_of_calls_and_seconds_are_those_that_the_runtime_holds() {
    let auth = |lifetime: &str| {
        is_accepted(&format!(
            "auth: {{ t: {{ header: t, lifetime: {lifetime}, source: page }} }}\n"
        ))
    };
    assert!(auth("1") && auth("4294967295"));
    assert!(!auth("0") && !auth("-1") && !auth("4294967296"));
}

/// A UTF-16 unit is three bytes at the most.
#[test]
fn two_limits_of_one_text_may_just_meet() {
    let text = |limits: &str| {
        is_accepted(&format!("types: {{ A: {{ type: string, {limits}, source: page }} }}\n"))
    };
    assert!(text("bytes: { min: 3 }, utf16: { max: 1 }"));
    assert!(!text("bytes: { min: 4 }, utf16: { max: 1 }"));
    assert!(text("bytes: { min: 4 }, chars: { max: 1 }"));
    assert!(!text("bytes: { min: 5 }, chars: { max: 1 }"));
    assert!(text("utf16: { min: 2 }, chars: { max: 1 }"));
    assert!(!text("utf16: { min: 3 }, chars: { max: 1 }"));
}
