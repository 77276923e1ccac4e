//! What a value holds.

use crate::validate::each::{Each, Keys};
use crate::validate::nested::Nested;
use crate::validate::path::Segment;
use crate::validate::report::Report;

#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn nested<T: Nested + ?Sized>(&mut self, field: &'static str, value: &T) {
        let mark = self.mark();
        value.check_nested(self);
        self.under(mark, || Segment::Field(field));
    }

    /// `check`: the call of a function of the user.
    #[inline]
    pub fn custom(&mut self, field: &'static str, check: impl FnOnce(&mut Self)) {
        self.within(Segment::Field(field), check);
    }

    #[inline]
    pub fn keys<T, F>(&mut self, field: &'static str, value: &T, check: F)
    where
        T: Keys + ?Sized,
        F: FnMut(&mut Report<'_>, &T::Key),
    {
        let mark = self.mark();
        value.keys(self, check);
        self.under(mark, || Segment::Field(field));
    }

    #[inline]
    pub fn each<T, F>(&mut self, field: &'static str, value: &T, check: F)
    where
        T: Each + ?Sized,
        F: FnMut(&mut Report<'_>, &T::Item),
    {
        let mark = self.mark();
        value.each(self, check);
        self.under(mark, || Segment::Field(field));
    }
}
