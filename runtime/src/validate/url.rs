//! The rule `url`: behind the scheme a host, perhaps a port, and nowhere white space or a control character.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::report::Report;
use super::rule::{Rule, UrlFault};
use super::text::WireText;

#[doc(hidden)]
impl Report<'_> {
    /// `starts`: each of the schemes with `://` behind it.
    #[inline]
    pub fn url<T: WireText + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        schemes: &'static [&'static str],
        starts: &'static [&'static str],
    ) {
        if let Some(text) = value.text()
            && !starts.iter().any(|start| is_url(text, start))
        {
            self.add_url(field, value, schemes, starts);
        }
    }

    /// Reads the text once more, so that whoever finds it right need not keep it.
    #[cold]
    #[inline(never)]
    fn add_url<T: WireText + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        schemes: &'static [&'static str],
        starts: &'static [&'static str],
    ) {
        let text = value.text().unwrap_or_default();
        let fault = match starts.iter().find_map(|start| behind(text, start)) {
            None => UrlFault::Scheme,
            Some(rest) if has_host(&text.as_bytes()[text.len() - rest.len() - 1..]) => return,
            Some(rest) => fault_behind(rest),
        };
        self.add_unless_missing(field, text.is_empty(), Rule::Url { schemes, fault });
    }
}

/// Whether `text` is a URL that begins with `start`, as `https://`.
#[inline]
fn is_url(text: &str, start: &str) -> bool {
    text.starts_with(start) && has_host(&text.as_bytes()[start.len() - 1..])
}

/// What follows the start, as `https://`. Schemes are compared without regard to case (RFC 3986, 3.1).
fn behind<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (found, rest) = text.split_at_checked(start.len())?;
    found.eq_ignore_ascii_case(start).then_some(rest)
}

/// Whether a URL goes on like this behind `https:/`: `rest` begins with the second slash.
///
/// RFC 3986, less what no server can be reached by or two programs read differently: user and password, an empty port
/// or port 0, a host in anything but ASCII, a label of it that DNS does not have. Behind the authority whatever is
/// printable may come, as browsers have it.
///
/// Most URLs are recognised here, where the field is checked: a call costs a third of what there is to do.
#[inline]
fn has_host(rest: &[u8]) -> bool {
    is_plain(rest) || is_any(rest)
}

/// Whether this is one of most URLs, at a price that a check can pay for each: lower-case labels that begin with a
/// letter, a path, and all of it in 32 bytes. Anything else is for [`is_any`].
///
/// Loops without a branch over 16 bytes each are what the compiler makes a few vector instructions of.
#[inline]
fn is_plain(rest: &[u8]) -> bool {
    if !(17..=32).contains(&rest.len()) {
        return false;
    }
    let (Some(head), Some(next), Some(tail)) =
        (rest.first_chunk::<16>(), rest[1..].first_chunk::<16>(), rest.last_chunk::<16>())
    else {
        return false;
    };
    let (mut is_sound, mut has_path) = (true, false);
    for index in 0..16 {
        let (byte, next) = (head[index], next[index]);
        // `-./0123456789`; the first three need a letter behind them.
        let is_sign = is_within::<b'-', b'9'>(byte);
        let may_be = (byte as i8 > b'/' as i8) | is_within::<b'a', b'z'>(next);
        is_sound &= is_within::<b'a', b'z'>(byte) | (is_sign & may_be);
        is_sound &= is_within::<b'!', b'z'>(tail[index]);
        has_path |= next == b'/';
    }
    is_sound & has_path
}

/// As `(LOW..=HIGH).contains(&byte)`, in the form that costs least: signed, with `HIGH` moved to the highest number.
#[inline]
const fn is_within<const LOW: u8, const HIGH: u8>(byte: u8) -> bool {
    let up = 0x7f - HIGH;
    byte.wrapping_add(up) as i8 > (LOW + up) as i8 - 1
}

#[cold]
#[inline(never)]
fn is_any(rest: &[u8]) -> bool {
    let Ok(Some(rest)) = str::from_utf8(rest).map(|rest| rest.strip_prefix('/')) else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    is_authority(authority) && path.chars().all(is_visible)
}

/// Which part is wrong, of a URL that [`has_host`] refuses. `rest` follows the second slash.
fn fault_behind(rest: &str) -> UrlFault {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let host_end = match authority.find(']') {
        Some(end) if authority.starts_with('[') => end + 1,
        _ => authority.find(':').unwrap_or(authority.len()),
    };
    match () {
        () if !rest.chars().all(is_visible) => UrlFault::WhiteSpace,
        () if authority.contains('@') => UrlFault::UserInfo,
        () if !authority[..host_end].is_ascii() => UrlFault::NotAscii,
        () if is_authority(&authority[..host_end]) => UrlFault::Port,
        () => UrlFault::Host,
    }
}

/// Neither white space nor a control character, nor one of the marks that show as nothing.
fn is_visible(char: char) -> bool {
    let is_mark = matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !(char.is_whitespace() || char.is_control() || is_mark)
}

/// `host` or `host:port`, the host a name or an address, the one of IPv6 in brackets.
fn is_authority(text: &str) -> bool {
    if let Some(inside) = text.strip_prefix('[') {
        let Some((address, port)) = inside.split_once(']') else { return false };
        return address.parse::<Ipv6Addr>().is_ok() && is_port_if_any(port);
    }
    let end = text.find(':').unwrap_or(text.len());
    let (host, port) = text.split_at(end);
    is_host(host) && is_port_if_any(port)
}

/// Empty, or `:443`.
fn is_port_if_any(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(':') else { return text.is_empty() };
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number && digits.parse::<u16>().is_ok_and(|port| port > 0)
}

/// A name of DNS, with the dot of the root or without; or an address of IPv4, which is what ends in a number.
fn is_host(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    let last = name.rsplit('.').next().unwrap_or(name);
    if is_number(last) {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    name.len() <= 253 && name.split('.').all(is_label)
}

/// Decimal, or hexadecimal behind `0x`: what browsers read as part of an address.
fn is_number(label: &str) -> bool {
    let hexadecimal = label.strip_prefix("0x").or_else(|| label.strip_prefix("0X"));
    match hexadecimal {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// 1 to 63 letters, digits, hyphens and underscores, no hyphen at either end.
fn is_label(label: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let has_hyphen_at_end = label.starts_with('-') || label.ends_with('-');
    (1..=63).contains(&label.len()) && !has_hyphen_at_end && label.bytes().all(is_inner)
}
