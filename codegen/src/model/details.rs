//! What errors say besides code and text.

use crate::source::Located;
use crate::spec;

use super::{ObjectId, Resolved};

/// What the errors in an envelope say besides code and text.
pub(crate) struct ErrorDetails<'a> {
    /// Name of the envelope.
    pub(crate) envelope: &'a Located<String>,
    pub(crate) spec: &'a spec::ErrorDetails,
    pub(crate) object: Resolved<ObjectId>,
}
