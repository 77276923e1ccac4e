//! What an error says besides its code and its text, as written.

use crate::record::record;
use crate::source::Located;

record! {
    /// What an error says besides its code and its text.
    pub(crate) struct ErrorDetails {
        /// Place of the object that says it: the keys from the top of the body. The whole body if left out.
        at: Option<Located<String>>,
        /// Name of the `object` in `types`, with `domain.` before it in a file that is not of its domain.
        ty "type": Located<String>,
    }
}
