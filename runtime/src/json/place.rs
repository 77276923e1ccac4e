//! Places in a body: keys from its top with dots between them, as `data.error_code`.

/// What is left of a place inside the object at another.
#[inline]
pub(crate) fn below(place: &'static str, at: &str) -> Option<&'static str> {
    match at {
        "" => Some(place),
        _ => place.strip_prefix(at)?.strip_prefix('.'),
    }
}

// A dot is between two keys, and in none, lest a sender who names members could choose what a message says.

/// Whether a key of the object at `at` is the place.
#[inline]
pub(crate) fn is_here(place: &'static str, at: &str, key: &str) -> bool {
    below(place, at) == Some(key) && !key.contains('.')
}

/// The place of a key of the object at `at`, if the place is inside of its value.
#[inline]
pub(crate) fn above(place: &'static str, at: &str, key: &str) -> Option<&'static str> {
    let rest = below(place, at)?;
    // What has another length is told apart without a look at the key.
    let is_above = rest.as_bytes().get(key.len()) == Some(&b'.') && rest.starts_with(key);
    (is_above && !key.contains('.')).then(|| &place[..place.len() - rest.len() + key.len()])
}
