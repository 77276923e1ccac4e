//! One function per rule, for derived code: the test inline, the failure out of line and not generic.

mod presence;
mod limits;
mod values;
mod contents;
mod across;
