//! A template, as `"{timestamp}.{body}"`, to its pieces.

/// A piece of a template.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'t> {
    Text(String),
    /// What stands in braces.
    Name(&'t str),
}

/// The pieces; or the rest of the template from a brace on that has no partner. `{{` and `}}` are braces themselves.
pub(super) fn pieces(template: &str) -> Result<Vec<Piece<'_>>, &str> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, sign) = rest.split_at(at);
        text.push_str(before);
        if sign.starts_with("{{") || sign.starts_with("}}") {
            text.push_str(&sign[..1]);
            rest = &sign[2..];
            continue;
        }
        let inside = sign.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let (name, behind) = inside.ok_or(sign)?;
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        pieces.push(Piece::Name(name));
        rest = behind;
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(pieces)
}
