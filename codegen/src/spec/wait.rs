//! When to ask again, as written.

use crate::record::record;
use crate::source::Located;
pub(crate) use crate::terms::WaitUnit;

record! {
    /// What an error says of when to ask again.
    pub(crate) struct RetryAfter {
        /// Place of the number: the keys from the top of the body.
        at: Located<String>,
        /// What the number is.
        unit: Located<WaitUnit>,
    }
}
