//! The regular expressions of `pattern`, compiled as the runtime will compile them.

/// What reads a pattern.
pub(super) enum Engine {
    /// `regex-lite`: whatever it can read.
    Lite,
    /// `regex`: the rest, with classes of Unicode.
    Unicode,
}

/// What reads `text`, or why nothing does.
pub(super) fn engine(text: &str) -> Result<Engine, String> {
    let lite = compile(text, |text| regex_lite::Regex::new(text).map(drop));
    match lite {
        Ok(()) => Ok(Engine::Lite),
        Err(_) if has_unicode_class(text) => unicode(text).map(|()| Engine::Unicode),
        Err(_) if ends_in_comment(text) => {
            Err("the pattern ends in a comment, end it with a line break or remove it".to_owned())
        }
        Err(error) => Err(format!("bad regular expression: {error}")),
    }
}

/// Whether what closes the group around it would be part of a comment, as in `(?x) a # b`.
fn ends_in_comment(text: &str) -> bool {
    let is_sound = |text: &str| regex_lite::Regex::new(text).is_ok();
    is_sound(text) && is_sound(&format!("(?:{text}\n)"))
}

/// `\p{Han}`, `\PL`.
fn has_unicode_class(text: &str) -> bool {
    let escapes = text.replace(r"\\", "");
    escapes.contains(r"\p") || escapes.contains(r"\P")
}

#[cfg(feature = "pattern-unicode")]
fn unicode(text: &str) -> Result<(), String> {
    let read = compile(text, |text| regex::Regex::new(text).map(drop));
    read.map_err(|error| format!("bad regular expression: {error}"))
}

#[cfg(not(feature = "pattern-unicode"))]
fn unicode(_: &str) -> Result<(), String> {
    Err("a class of Unicode needs the feature `pattern-unicode` of the crate `apiscribe`"
        .to_owned())
}

/// By itself, and as the runtime puts it, so that it is one expression and not the ends of two.
fn compile<E>(text: &str, new: fn(&str) -> Result<(), E>) -> Result<(), E> {
    new(text)?;
    new(&format!(r"\A(?:{text})\z"))
}
