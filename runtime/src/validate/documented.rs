//! Whether a value is one that the documents list.

/// A value of an enum that keeps what it does not know. Derive `runtime::WireEnum`. An absent one is documented.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no list of documented values",
    label = "not an enum of the wire",
    note = "`documented` goes on an enum with `#[derive(runtime::WireEnum)]`, or an `Option` of one; for a list of \
            them write `each(documented)`"
)]
pub trait Documented {
    /// Whether the documents list the value.
    fn is_documented(&self) -> bool;

    /// The value on the wire, if it is not documented.
    fn undocumented(&self) -> Option<String>;
}

impl<T: Documented> Documented for Option<T> {
    #[inline]
    fn is_documented(&self) -> bool {
        self.as_ref().is_none_or(T::is_documented)
    }

    fn undocumented(&self) -> Option<String> {
        self.as_ref()?.undocumented()
    }
}
