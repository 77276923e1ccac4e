//! The words by which a spec says how a wait is written.

use crate::record::words;

words! {
    /// What a number in an error is, that says when to ask again.
    pub enum WaitUnit {
        /// So many seconds from now, perhaps with decimals.
        Seconds = "seconds",
        /// So many milliseconds from now.
        Milliseconds = "milliseconds",
        /// A time, in seconds since 1970.
        UnixS = "unix_s",
        /// A time, in milliseconds since 1970.
        UnixMs = "unix_ms",
    }
}
