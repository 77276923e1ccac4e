//! Places in a body: keys from its top with dots between them, as `data.error_code`.

/// What is left of a place inside the object at another.
pub(crate) fn below(place: &'static str, at: &str) -> Option<&'static str> {
    match at {
        "" => Some(place),
        _ => place.strip_prefix(at)?.strip_prefix('.'),
    }
}

/// The place of a key of the object at `at`, if the other place is inside of that.
pub(crate) fn above(place: &'static str, at: &str, key: &str) -> Option<&'static str> {
    let rest = below(place, at)?;
    rest.strip_prefix(key)?.starts_with('.').then(|| &place[..place.len() - rest.len() + key.len()])
}
