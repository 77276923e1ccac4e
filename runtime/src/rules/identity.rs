//! Two computations that must give the same.

use super::{Calc, Exact, RuleFault};

/// Both sides of an identity, in a unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity<M: crate::money::Money> {
    /// The side that the document gives first.
    pub left: Exact<M>,
    /// The other side.
    pub right: Exact<M>,
    gap: Exact<M>,
}

impl<M: crate::money::Money> Identity<M> {
    /// Of both sides.
    ///
    /// # Errors
    ///
    /// What went wrong while they were computed.
    pub fn new(left: Calc, right: Calc) -> Result<Self, RuleFault> {
        let gap = Exact::new((left - right).value()?);
        Ok(Identity { left: Exact::new(left.value()?), right: Exact::new(right.value()?), gap })
    }

    /// Whether both sides are the same.
    pub fn holds(&self) -> bool {
        self.gap.amount().is_zero()
    }

    /// The left side less the right one: 0 if the identity holds.
    pub fn gap(&self) -> Exact<M> {
        self.gap
    }
}
