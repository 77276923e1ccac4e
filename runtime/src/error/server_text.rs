//! Text that a server sent, made fit for an error, a log line or a metric: short, on one line, and without the secrets
//! of the call, whoever echoes them.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::echo::find_echo;
use super::fragments::{Fragments, floor};
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
            text = hide_fragments(hide(text, secret.expose()), secret.expose());
        }
        cut(text, longest)
    }

    /// The same of a name in a success, which is seldom too long and hardly ever holds a secret: only the whole secret is
    /// looked for.
    pub(crate) fn mask_name(self, name: String) -> String {
        let is_usual = name.len() <= NAME
            && !self.token.into_iter().chain(self.sent).any(|secret| {
                secret.expose().len() <= name.len()
                    && hide((&*name).into(), secret.expose()) != name
            });
        if is_usual { name } else { self.mask(&name, NAME) }
    }
}

/// Puts the mask in the place of a secret, however a server or a proxy writes it.
fn hide<'a>(text: Cow<'a, str>, secret: &str) -> Cow<'a, str> {
    if secret.len() < SHORTEST_SECRET {
        return text;
    }
    let (mut hidden, mut rest) = (String::new(), &*text);
    while let Some(echo) = find_echo(rest, secret) {
        hidden += &rest[..echo.start];
        hidden += MASK;
        rest = &rest[echo.end..];
    }
    if hidden.is_empty() { text } else { Cow::Owned(hidden + rest) }
}

/// The same for every piece of a secret that a server cut, or wrote in another case or in Base64.
fn hide_fragments<'a>(text: Cow<'a, str>, secret: &str) -> Cow<'a, str> {
    let found = Fragments::of(secret).map(|fragments| fragments.find(&text)).unwrap_or_default();
    if found.is_empty() {
        return text;
    }
    let (mut hidden, mut end) = (String::new(), 0);
    for piece in found {
        hidden += &text[end..piece.start];
        hidden += MASK;
        end = piece.end;
    }
    Cow::Owned(hidden + &text[end..])
}

/// The start of a text, with an ellipsis where something was cut off.
pub(crate) fn cut(text: Cow<'_, str>, longest: usize) -> String {
    match floor(&text, longest) {
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
        let shown = &text[..floor(text, longest)];
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
