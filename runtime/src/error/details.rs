//! What an error says besides its code and its text.

use serde::de::DeserializeOwned;

use crate::fault::without_bom;
use crate::json::{Decoder, Progress};
use crate::meta::Envelope;

/// The documented fields of errors besides code and text, all of which may be absent. [`ApiError::details`] reads them.
///
/// [`ApiError::details`]: super::ApiError::details
pub trait ErrorDetails: DeserializeOwned {
    /// The envelopes whose errors have them.
    const ENVELOPES: &'static [&'static Envelope];
}

/// Reads the details in the body of an error; none if there is no object in their place.
pub(super) fn read<T: ErrorDetails>(envelope: &Envelope, body: &[u8]) -> Option<T> {
    let place = envelope.details.filter(|_| T::ENVELOPES.contains(&envelope))?;
    let mut json = at(place, body)?;
    json.peek().filter(|byte| *byte == b'{')?;
    T::deserialize(&mut json).ok()
}

/// The reader of what is at a place in a body, which is the whole body if it is empty.
pub(super) fn at<'a>(place: &str, body: &'a [u8]) -> Option<Decoder<'a>> {
    let mut json = Decoder::new(without_bom(body));
    for key in place.split('.').filter(|key| !key.is_empty()) {
        enter(&mut json, key)?;
    }
    Some(json)
}

/// Goes to the value of a key of the object that comes next; of a key that comes twice, to the last, as whoever reads code and text.
fn enter(json: &mut Decoder<'_>, key: &str) -> Option<()> {
    json.enter_object().ok()?;
    let (mut progress, mut found) = (Progress::Begun, None);
    while json.has_next(b'}', &mut progress).ok()? {
        if json.key().ok()? == key {
            found = Some(json.clone());
        }
        json.ignore().ok()?;
    }
    *json = found?;
    Some(())
}
