//! Addresses of servers, and paths on them, as the runtime and its HTTP client take them.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::diagnostic::Diagnostics;
use crate::source::Located;

/// An address that a token can be sent to.
pub(super) fn check_callable(diagnostics: &mut Diagnostics, url: &Located<String>) {
    if !check_base_url(diagnostics, url) {
        return;
    }
    let plain = url.value.strip_prefix("http://");
    if plain.is_some_and(|rest| !is_loopback(host(authority(rest)))) {
        diagnostics
            .error(url.span, "bad-url", format_args!("`{url}` would send the token in clear text"))
            .help("write https; plain http is for localhost, 127.0.0.0/8 and [::1]");
    }
}

/// `https://host[:port][/path]`; false if it is something else, which is reported.
pub(super) fn check_base_url(diagnostics: &mut Diagnostics, url: &Located<String>) -> bool {
    let Some(rest) = check_web_address(diagnostics, url) else { return false };
    let (authority, path) = rest.split_at(authority(rest).len());
    let (message, help) = if path.ends_with('/') {
        (
            format!("the base URL `{url}` ends with `/`"),
            "remove the last `/`: the paths of endpoints begin with one",
        )
    } else if let Some(sign) = path.chars().find(|sign| "?#{}".contains(*sign)) {
        (
            format!("the base URL `{url}` has a `{sign}` in it"),
            "write it up to its path; parameters belong to endpoints",
        )
    } else if let Some(fault) = authority_fault(authority) {
        (
            format!("`{authority}` is not a server: {fault}"),
            "write it as open.example.com, or with a port behind a `:`",
        )
    } else if let Some(fault) = path_fault(path) {
        (
            format!("the path of `{url}` has {fault}"),
            "write it as the server takes it, percent-encoded",
        )
    } else {
        return true;
    };
    diagnostics.error(url.span, "bad-url", message).help(help);
    false
}

/// What stands behind the scheme; nothing if it is not an address, which is reported.
pub(super) fn check_web_address<'a>(
    diagnostics: &mut Diagnostics,
    url: &'a Located<String>,
) -> Option<&'a str> {
    let rest = url.value.strip_prefix("https://").or_else(|| url.value.strip_prefix("http://"));
    let rest = rest.filter(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace));
    if rest.is_none() {
        diagnostics
            .error(url.span, "bad-url", format_args!("`{url}` is not a web address"))
            .help("write it in full, as https://open.example.com");
    }
    rest
}

fn authority(rest: &str) -> &str {
    &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())]
}

/// The host, and the port behind it if there is one.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn host(authority: &str) -> &str {
    split_port(authority).0
}

fn authority_fault(authority: &str) -> Option<&'static str> {
    let (host, port) = split_port(authority);
    let is_digit = |byte: u8| byte.is_ascii_digit();
    let is_port =
        |port: &str| port.bytes().all(is_digit) && port.parse().is_ok_and(|port: u16| port > 0);
    if authority.contains('@') {
        Some("it names a user")
    } else if port.is_some_and(|port| !is_port(port)) {
        Some("the port is not from 1 to 65535")
    } else if !is_host(host) {
        Some("the host cannot be read")
    } else {
        None
    }
}

/// Only what every parser of URLs reads as the same host. A name that ends in a number is taken for an address.
fn is_host(host: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let last = host.rsplit('.').find(|label| !label.is_empty()).unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    match ipv6(host) {
        Some(_) => true,
        None if is_number => host.parse::<Ipv4Addr>().is_ok(),
        None => host.bytes().all(is_name) && host.split('.').all(|label| !label.is_empty()),
    }
}

/// The name of a server: no address, no port.
pub(super) fn is_name(host: &str) -> bool {
    is_host(host) && ipv6(host).is_none() && host.parse::<Ipv4Addr>().is_err()
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || ipv6(host).is_some_and(|address| address.is_loopback())
}

fn ipv6(host: &str) -> Option<Ipv6Addr> {
    host.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

/// Whether a character may stand in a path, or in the braces of a parameter.
pub(super) fn is_path_sign(c: char) -> bool {
    c.is_ascii_alphanumeric() || "/-._~{}%:@".contains(c)
}

/// What an HTTP client would refuse or change in a path.
pub(super) fn path_fault(path: &str) -> Option<String> {
    if let Some(bad) = path.chars().find(|c| !is_path_sign(*c)) {
        return Some(format!("the sign `{}`", bad.escape_debug()));
    }
    let is_hex = |byte: u8| byte.is_ascii_hexdigit();
    let is_code = |code: &str| code.len() >= 2 && code.bytes().take(2).all(is_hex);
    if !path.split('%').skip(1).all(is_code) {
        return Some("a `%` without two hexadecimal digits".to_owned());
    }
    let plain = path.to_ascii_lowercase().replace("%2e", ".");
    let step = plain.split('/').find(|part| matches!(*part, "." | ".."));
    step.map(|step| format!("the step `{step}`"))
}
