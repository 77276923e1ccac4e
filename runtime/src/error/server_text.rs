//! Text that a server sent, made fit for an error, a log line or a metric: short, on one line, and without the secrets
//! of the call, whoever echoes them.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::secret::Secret;

/// The longest message that an error keeps, in bytes. The whole response is in the error's `body`.
pub(crate) const MESSAGE: usize = 4096;
/// The longest id, path or address that an error keeps, in bytes.
pub(crate) const NAME: usize = 256;
/// How much of a message, or of a foreign page, is shown, in bytes.
pub(crate) const SHOWN: usize = 500;

/// A secret shorter than this is not looked for: it would be found in ordinary words.
const SHORTEST_SECRET: usize = 4;
const MASK: &str = "[redacted]";

/// The secrets of one call, which a server or a proxy may echo.
#[derive(Clone, Copy)]
pub(crate) struct Secrets<'a> {
    pub(crate) token: Option<&'a Secret<String>>,
    /// Those in the request.
    pub(crate) sent: &'a [Secret<String>],
}

impl Secrets<'_> {
    /// For a response whose request is not known.
    pub(crate) const NONE: Self = Self { token: None, sent: &[] };

    /// The text without the secrets, cut to `longest` bytes.
    pub(crate) fn mask(self, text: &str, longest: usize) -> String {
        // All of it, as a cut could leave half a secret.
        let mut text = Cow::Borrowed(text);
        for secret in self.token.into_iter().chain(self.sent) {
            text = hide(text, secret.expose());
        }
        cut(text, longest)
    }

    /// The same of a name that is seldom too long, and hardly ever holds a secret.
    pub(crate) fn mask_name(self, name: String) -> String {
        let is_usual = name.len() <= NAME
            && !self.token.into_iter().chain(self.sent).any(|secret| {
                secret.expose().len() <= name.len()
                    && hide((&*name).into(), secret.expose()) != name
            });
        if is_usual { name } else { self.mask(&name, NAME) }
    }
}

/// Puts the mask in the place of a secret, as it is and as addresses, JSON and HTML write it.
fn hide<'a>(text: Cow<'a, str>, secret: &str) -> Cow<'a, str> {
    if secret.len() < SHORTEST_SECRET {
        return text;
    }
    spellings(secret).fold(text, |text, spelling| match text.contains(&*spelling) {
        true => Cow::Owned(text.replace(&*spelling, MASK)),
        false => text,
    })
}

/// The secret itself, and each other way to write it, if there is another.
fn spellings(secret: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let others: &[fn(&str) -> String] = match secret.bytes().all(is_plain) {
        true => &[],
        false => &[
            |secret| percent_encoded(secret, |byte| format!("%{byte:02X}")),
            |secret| percent_encoded(secret, |byte| format!("%{byte:02x}")),
            |secret| secret.replace('\\', r"\\").replace('"', "\\\"").replace('/', r"\/"),
            |secret| secret.replace('\\', r"\\").replace('"', "\\\""),
            |secret| secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
            |secret| secret.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;"),
        ],
    };
    others.iter().map(|write| Cow::Owned(write(secret))).chain([Cow::Borrowed(secret)])
}

fn percent_encoded(text: &str, encode: fn(u8) -> String) -> String {
    let write = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => encode(byte),
    };
    text.bytes().map(write).collect()
}

/// The start of a text, with an ellipsis where something was cut off.
fn cut(text: Cow<'_, str>, longest: usize) -> String {
    match text.floor_char_boundary(longest) {
        end if end < text.len() => format!("{}…", &text[..end]),
        _ => text.into_owned(),
    }
}

/// Shows a text on one line: no more than so many bytes, control characters and those that change the direction of
/// writing escaped.
pub(crate) struct OneLine<'a>(pub(crate) &'a str, pub(crate) usize);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text, longest) = *self;
        let shown = &text[..text.floor_char_boundary(longest)];
        for character in shown.chars() {
            match is_plain(character) {
                true => f.write_char(character)?,
                false => write!(f, "{}", character.escape_default())?,
            }
        }
        if shown.len() < text.len() { f.write_str("…") } else { Ok(()) }
    }
}

fn is_plain(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
