//! Places in a body: keys from its top with dots between them, as `data.error_code`.

/// What is left of a place inside the object at another.
pub(crate) fn below(place: &'static str, at: &str) -> Option<&'static str> {
    match at {
        "" => Some(place),
        _ => place.strip_prefix(at)?.strip_prefix('.'),
    }
}

/// Where a key of an object is, seen from a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// It is the place.
    Here,
    /// The place is inside of its value, whose own place this is.
    Above(&'static str),
}

/// Where a key of the object at `at` is, if it is the place or on the way to it. A dot is between two keys, and in none, lest a sender
/// who names members could choose what a message says.
#[inline]
pub(crate) fn step(place: &'static str, at: &str, key: &str) -> Option<Step> {
    let rest = below(place, at)?;
    // What has another length is told apart without a look at the key.
    let step = match rest.as_bytes().get(key.len()) {
        None if rest == key => Step::Here,
        Some(b'.') if rest.starts_with(key) => {
            Step::Above(&place[..place.len() - rest.len() + key.len()])
        }
        _ => return None,
    };
    (!key.contains('.')).then_some(step)
}
