//! Balances one after the other: the balance before, and what moved, make the balance after.

use super::mapping::RowOrder;
use super::totals::Overflow;
use generated_client::platform::Fen;

/// The chain of one account's balances. Source: `reconciliation`, scenario 3.
///
/// Only accounts of which every movement has a row have a chain: what is withdrawable, and the account for fees. What is
/// in transit grows by payments, which fund flow does not list.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    order: RowOrder,
    last: Option<Link>,
    /// The balance before the first row in the window.
    pub(super) opening: Option<Fen>,
    /// The balance after the last row in the window.
    pub(super) closing: Option<Fen>,
}

/// A row of an account.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) balance: Fen,
    pub(super) change: Fen,
    pub(super) in_window: bool,
}

/// Two neighbours that do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Break {
    /// What the row's balance should be.
    pub(super) expected: Fen,
    /// By how much balances grew beyond what moved.
    pub(super) gap: Fen,
    /// Whether both rows are in the window.
    pub(super) in_window: bool,
}

impl Chain {
    pub(super) fn new(order: RowOrder) -> Self {
        Self { order, last: None, opening: None, closing: None }
    }

    /// The next row of the file.
    pub(super) fn add(&mut self, link: Link) -> Result<Option<Break>, Overflow> {
        let before = link.balance.checked_sub(link.change).ok_or(Overflow)?;
        if link.in_window {
            let (first, last) = match self.order {
                RowOrder::OldestFirst => (&mut self.opening, &mut self.closing),
                RowOrder::NewestFirst => (&mut self.closing, &mut self.opening),
            };
            let (one, other) = match self.order {
                RowOrder::OldestFirst => (before, link.balance),
                RowOrder::NewestFirst => (link.balance, before),
            };
            first.get_or_insert(one);
            *last = Some(other);
        }
        let last = self.last.replace(link);
        last.map_or(Ok(None), |last| self.compare(&last, &link, before))
    }

    fn compare(&self, last: &Link, link: &Link, before: Fen) -> Result<Option<Break>, Overflow> {
        let (expected, gap) = match self.order {
            RowOrder::OldestFirst => {
                (last.balance.checked_add(link.change), before.checked_sub(last.balance))
            }
            RowOrder::NewestFirst => {
                let expected = last.balance.checked_sub(last.change);
                (expected, expected.and_then(|expected| expected.checked_sub(link.balance)))
            }
        };
        let (expected, gap) = (expected.ok_or(Overflow)?, gap.ok_or(Overflow)?);
        let in_window = last.in_window && link.in_window;
        let is_of_interest = last.in_window || link.in_window;
        Ok((gap != Fen(0) && is_of_interest).then_some(Break { expected, gap, in_window }))
    }
}
