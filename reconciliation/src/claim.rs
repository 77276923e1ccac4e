//! What a row has to say to matching: which number, on which side, how much.

use jiff::civil::DateTime;

use super::finding::{ControlTotal, Pairing, Side, Worth};
use super::row::*;
use super::scope::{FeesFrom, Scope};
use super::totals::Overflow;
use super::window::Window;
use generated_client::platform::{Diamonds, Fen};

/// One side of a pair.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim<'a> {
    pub(super) pairing: Pairing,
    pub(super) side: Side,
    pub(super) number: &'a [u8],
    pub(super) place: RowPlace,
    /// In the unit of the pairing; less than zero for money that went the wrong way.
    pub(super) amount: i64,
    pub(super) in_window: bool,
    pub(super) timing: Timing,
}

/// Which account a refund belongs to, or was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timing {
    /// It is not a refund, or nobody knows.
    Unknown,
    /// Before settlement; in transit.
    Before,
    /// After settlement; withdrawable.
    After,
}

/// What a row does to an order.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrderEvent<'a> {
    pub(super) order_no: &'a [u8],
    pub(super) kind: OrderEventKind,
    pub(super) place: RowPlace,
    pub(super) amount: Worth,
    /// Of a settlement.
    pub(super) fees: Fen,
    pub(super) in_window: bool,
}

/// In which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderEventKind {
    Paid,
    RefundedBefore,
    RefundedAfter,
    Settled,
    Returned,
}

/// A row's claims: none, one, or two if fees are booked apart.
pub(super) type Claims<'a> = [Option<Claim<'a>>; 2];

/// Something that rows of a kind say.
pub(super) trait Claimant {
    fn claims(&self, scope: &Scope) -> Result<Claims<'_>, Overflow>;

    /// What it does to an order, and the platform's number of the row.
    fn event(&self, _: &Scope) -> Option<(OrderEvent<'_>, &[u8])> {
        None
    }
}

#[inline]
fn done(finished: Option<DateTime>, state: &State, window: &Window) -> Option<bool> {
    finished.filter(|_| *state == State::Succeeded).map(|finished| window.contains(finished))
}

impl<N: AsRef<[u8]>> Claimant for TradeRow<N> {
    #[inline]
    fn claims(&self, scope: &Scope) -> Result<Claims<'_>, Overflow> {
        let Some(in_window) = done(self.finished, &self.state, &scope.window) else {
            return Ok([None, None]);
        };
        let claim = |pairing, amount: Fen, timing| Claim {
            pairing,
            side: Side::Trade,
            number: self.platform_no.as_ref(),
            place: self.place,
            amount: amount.0,
            in_window,
            timing,
        };
        Ok(match &self.kind {
            TradeKind::Payment(_) => [None, None],
            TradeKind::Refund(timing) => {
                let timing = match timing {
                    RefundTiming::BeforeSettlement => Timing::Before,
                    RefundTiming::AfterSettlement => Timing::After,
                    RefundTiming::Other(_) => Timing::Unknown,
                };
                [Some(claim(Pairing::Refund, self.amount, timing)), None]
            }
            TradeKind::Settlement(charges) => {
                let fees = charges.fees().ok_or(Overflow)?;
                let own = self.amount.checked_sub(charges.partners).ok_or(Overflow)?;
                let booked_apart = claim(Pairing::Fees, fees, Timing::Unknown);
                match scope.fees {
                    FeesFrom::Splits => {
                        let net = own.checked_sub(fees).ok_or(Overflow)?;
                        [Some(claim(Pairing::Split, net, Timing::Unknown)), None]
                    }
                    FeesFrom::FeeAccount => [
                        Some(claim(Pairing::Split, own, Timing::Unknown)),
                        Some(booked_apart).filter(|claim| claim.amount != 0),
                    ],
                }
            }
            TradeKind::SettlementReturn => {
                [Some(claim(Pairing::Return, self.amount, Timing::Unknown)), None]
            }
        })
    }

    #[inline]
    fn event(&self, scope: &Scope) -> Option<(OrderEvent<'_>, &[u8])> {
        let in_window = done(self.finished, &self.state, &scope.window)?;
        let fees = match &self.kind {
            TradeKind::Settlement(charges) => charges.fees().unwrap_or_default(),
            _ => Fen(0),
        };
        let kind = match &self.kind {
            TradeKind::Payment(_) => OrderEventKind::Paid,
            TradeKind::Refund(RefundTiming::BeforeSettlement) => OrderEventKind::RefundedBefore,
            TradeKind::Refund(_) => OrderEventKind::RefundedAfter,
            TradeKind::Settlement(_) => OrderEventKind::Settled,
            TradeKind::SettlementReturn => OrderEventKind::Returned,
        };
        let (order_no, place, amount) =
            (self.order_no.as_ref(), self.place, Worth::Fen(self.amount));
        Some((
            OrderEvent { order_no, kind, place, amount, fees, in_window },
            self.platform_no.as_ref(),
        ))
    }
}

impl<N: AsRef<[u8]>> Claimant for FundRow<N> {
    #[inline]
    fn claims(&self, scope: &Scope) -> Result<Claims<'_>, Overflow> {
        let (pairing, number, usual) = match self.movement {
            // Where the settled part leaves what is in transit, it is no income.
            Movement::Split if self.account == Account::InTransit => return Ok([None, None]),
            Movement::Split => (Pairing::Split, self.trade_no.as_ref(), Direction::In),
            Movement::Refund => (Pairing::Refund, self.trade_no.as_ref(), Direction::Out),
            Movement::Return => (Pairing::Return, self.trade_no.as_ref(), Direction::Out),
            Movement::Withdrawal => (Pairing::Withdrawal, self.related_no.as_ref(), Direction::Out),
            Movement::Adjustment | Movement::Other(_) => return Ok([None, None]),
        };
        let timing = match (pairing, &self.account) {
            (Pairing::Refund, Account::InTransit) => Timing::Before,
            (Pairing::Refund, Account::Withdrawable) => Timing::After,
            _ => Timing::Unknown,
        };
        let amount = if self.direction == usual { self.amount.0 } else { -self.amount.0 };
        let (place, in_window) = (self.place, scope.window.contains(self.moved));
        let side = Side::Booked;
        Ok([Some(Claim { pairing, side, number, place, amount, in_window, timing }), None])
    }
}

impl<N: AsRef<[u8]>> Claimant for WithdrawalRow<N> {
    fn claims(&self, scope: &Scope) -> Result<Claims<'_>, Overflow> {
        let in_window = done(self.finished, &self.state, &scope.window);
        let claim = in_window.map(|in_window| Claim {
            pairing: Pairing::Withdrawal,
            side: Side::Trade,
            number: self.request_no.as_ref(),
            place: self.place,
            amount: self.amount.0,
            in_window,
            timing: Timing::Unknown,
        });
        Ok([claim, None])
    }
}

impl<N: AsRef<[u8]>> Claimant for FeeRow<N> {
    fn claims(&self, scope: &Scope) -> Result<Claims<'_>, Overflow> {
        let is_fee = self.movement == FeeMovement::Fees && scope.fees == FeesFrom::FeeAccount;
        let claim = is_fee.then(|| Claim {
            pairing: Pairing::Fees,
            side: Side::Booked,
            number: self.trade_no.as_ref(),
            place: self.place,
            amount: if self.direction == Direction::Out { self.amount.0 } else { -self.amount.0 },
            in_window: scope.window.contains(self.moved),
            timing: Timing::Unknown,
        });
        Ok([claim, None])
    }
}

impl<N: AsRef<[u8]>> Claimant for RebateRow<N> {
    fn claims(&self, _: &Scope) -> Result<Claims<'_>, Overflow> {
        Ok([None, None])
    }
}

impl<N: AsRef<[u8]>> Claimant for DiamondRow<N> {
    fn claims(&self, scope: &Scope) -> Result<Claims<'_>, Overflow> {
        let in_window = done(self.finished, &self.state, &scope.diamond_window);
        let in_window = in_window.filter(|_| self.kind == DiamondKind::ForcedRefund);
        let claim = in_window.map(|in_window| Claim {
            pairing: Pairing::Deduction,
            side: Side::Trade,
            number: self.platform_no.as_ref(),
            place: self.place,
            amount: self.amount.0,
            in_window,
            timing: Timing::Unknown,
        });
        Ok([claim, None])
    }

    fn event(&self, scope: &Scope) -> Option<(OrderEvent<'_>, &[u8])> {
        let in_window = done(self.finished, &self.state, &scope.diamond_window)?;
        let kind = match self.kind {
            DiamondKind::Payment => OrderEventKind::Paid,
            DiamondKind::SystemRefund | DiamondKind::ForcedRefund => OrderEventKind::RefundedAfter,
            DiamondKind::Other(_) => return None,
        };
        let (order_no, place, amount) =
            (self.order_no.as_ref(), self.place, Worth::Diamonds(self.amount));
        let fees = Fen(0);
        Some((
            OrderEvent { order_no, kind, place, amount, fees, in_window },
            self.platform_no.as_ref(),
        ))
    }
}

impl<N: AsRef<[u8]>> Claimant for DeductionRow<N> {
    fn claims(&self, scope: &Scope) -> Result<Claims<'_>, Overflow> {
        let claim = Claim {
            pairing: Pairing::Deduction,
            side: Side::Booked,
            number: self.platform_no.as_ref(),
            place: self.place,
            amount: self.amount.0,
            in_window: scope.diamond_window.contains_day(self.deducted),
            timing: Timing::Unknown,
        };
        Ok([Some(claim), None])
    }
}

/// Which sums a side of a pair is in; none if nobody knows which account.
pub(super) fn control(pairing: Pairing, timing: Timing) -> Option<ControlTotal> {
    match (pairing, timing) {
        (Pairing::Split, _) => Some(ControlTotal::Splits),
        (Pairing::Refund, Timing::Before) => Some(ControlTotal::RefundsBefore),
        (Pairing::Refund, Timing::After) => Some(ControlTotal::RefundsAfter),
        (Pairing::Refund, Timing::Unknown) => None,
        (Pairing::Return, _) => Some(ControlTotal::Returns),
        (Pairing::Withdrawal, _) => Some(ControlTotal::Withdrawals),
        (Pairing::Fees, _) => Some(ControlTotal::FeesBooked),
        (Pairing::Deduction, _) => Some(ControlTotal::Deductions),
    }
}

/// The amount in the unit of the pairing.
pub(super) fn worth(pairing: Pairing, amount: i64) -> Worth {
    match pairing {
        Pairing::Deduction => Worth::Diamonds(Diamonds(amount)),
        _ => Worth::Fen(Fen(amount)),
    }
}
