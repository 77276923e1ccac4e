//! Rows in, sums out: one pass, constant memory.

use std::fmt;

use apiscribe::Money;

use super::row::*;
use super::window::Window;
use generated_client::platform::{Diamonds, Fen};

/// A sum does not fit into 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

impl fmt::Display for Overflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sum is more than 64 bits hold")
    }
}

impl std::error::Error for Overflow {}

/// How many, and how much together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum<M = Fen> {
    /// How many.
    pub count: u64,
    /// How much.
    pub amount: M,
}

impl<M: Money> Sum<M> {
    /// One more.
    ///
    /// # Errors
    ///
    /// If the sum does not fit.
    #[inline]
    pub fn add(&mut self, amount: M) -> Result<(), Overflow> {
        self.amount = plus(self.amount, amount)?;
        self.count += 1;
        Ok(())
    }
}

#[inline]
fn plus<M: Money>(one: M, other: M) -> Result<M, Overflow> {
    one.amount().checked_add(other.amount()).map(M::from_amount).ok_or(Overflow)
}

/// What went into an account, and what went out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flow {
    /// In (收入).
    pub inward: Sum,
    /// Out (支出).
    pub outward: Sum,
}

impl Flow {
    fn add(&mut self, direction: Direction, amount: Fen) -> Result<(), Overflow> {
        match direction {
            Direction::In => self.inward.add(amount),
            Direction::Out => self.outward.add(amount),
        }
    }

    /// What went in, less what went out; `None` if 64 bits cannot hold it.
    pub const fn net(&self) -> Option<Fen> {
        self.inward.amount.checked_sub(self.outward.amount)
    }
}

/// All sums that the document's figures need, of what was done within a window. Plain data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Payments.
    pub payments: Sum,
    /// Refunds before settlement.
    pub refunds_before: Sum,
    /// Refunds after settlement.
    pub refunds_after: Sum,
    /// Refunds of which the mapping does not know whether before or after.
    pub refunds_other: Sum,
    /// Settlements, their charges included.
    pub settlements: Sum,
    /// What went off the settlements.
    pub charges: Charges,
    /// Settlements taken back.
    pub returns: Sum,
    /// Settlements that were started before the window and done in it.
    pub settlements_crossed_in: Sum,
    /// Settlements that were started in the window and done after it: still in transit at its end.
    pub settlements_crossed_out: Sum,
    /// Payments that tell what the goods and the delivery cost.
    pub take_away: Sum,
    /// What the goods and the delivery of these cost.
    pub take_away_parts: TakeAway,
    /// Fund flow.
    pub funds: FundTotals,
    /// Withdrawals as the console lists them.
    pub withdrawals: Sum,
    /// The account for fees.
    pub fees: FeeTotals,
    /// Rebates paid.
    pub rebates: Sum,
    /// Diamonds, within the window for diamonds.
    pub diamonds: DiamondTotals,
    /// Records that have not succeeded, at whatever time; they are in no sum.
    pub not_done: u64,
}

/// The sums of fund flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FundTotals {
    /// The merchant's parts of settlements.
    pub splits: Flow,
    /// Refunds out of what is in transit.
    pub refunds_in_transit: Flow,
    /// Refunds out of what is withdrawable.
    pub refunds_withdrawable: Flow,
    /// Settlements taken back.
    pub returns: Flow,
    /// Withdrawals.
    pub withdrawals: Flow,
    /// Adjustments of what is withdrawable.
    pub adjustments: Flow,
    /// Of what is withdrawable, movements of kinds that the mapping does not have.
    pub others: Flow,
    /// All else: other accounts, and what is in transit but refunds.
    pub elsewhere: Flow,
}

/// The sums of the account for fees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeeTotals {
    /// Put in.
    pub top_ups: Flow,
    /// Taken out.
    pub withdrawals: Flow,
    /// The fees of settlements.
    pub fees: Flow,
    /// Movements of kinds that the mapping does not have.
    pub others: Flow,
}

/// The sums of orders that were paid with diamonds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DiamondTotals {
    /// Payments.
    pub payments: Sum<Diamonds>,
    /// Refunds that went back the way they were paid.
    pub system_refunds: Sum<Diamonds>,
    /// Refunds that the monthly statement takes off.
    pub forced_refunds: Sum<Diamonds>,
    /// What the statement took off.
    pub deductions: Sum<Diamonds>,
}

impl Default for TakeAway {
    fn default() -> Self {
        Self { goods: Fen(0), delivery: Fen(0) }
    }
}

impl Totals {
    /// Adds a row of trade, if it is done and was done in the window.
    ///
    /// # Errors
    ///
    /// If a sum does not fit.
    #[inline]
    pub fn add_trade<N>(&mut self, row: &TradeRow<N>, window: &Window) -> Result<(), Overflow> {
        let Some(finished) = row.finished.filter(|_| row.is_done()) else {
            self.not_done += 1;
            return Ok(());
        };
        if !window.contains(finished) {
            return self.add_crossing_out(row, window);
        }
        match &row.kind {
            TradeKind::Payment(parts) => self.add_payment(row.amount, *parts),
            TradeKind::Refund(RefundTiming::BeforeSettlement) => {
                self.refunds_before.add(row.amount)
            }
            TradeKind::Refund(RefundTiming::AfterSettlement) => self.refunds_after.add(row.amount),
            TradeKind::Refund(RefundTiming::Other(_)) => self.refunds_other.add(row.amount),
            TradeKind::Settlement(charges) => {
                if row.started < window.from {
                    self.settlements_crossed_in.add(row.amount)?;
                }
                self.settlements.add(row.amount)?;
                self.charges.add(charges)
            }
            TradeKind::SettlementReturn => self.returns.add(row.amount),
        }
    }

    fn add_payment(&mut self, amount: Fen, parts: Option<TakeAway>) -> Result<(), Overflow> {
        if let Some(TakeAway { goods, delivery }) = parts {
            self.take_away.add(amount)?;
            let sums = &mut self.take_away_parts;
            sums.goods = plus(sums.goods, goods)?;
            sums.delivery = plus(sums.delivery, delivery)?;
        }
        self.payments.add(amount)
    }

    fn add_crossing_out<N>(&mut self, row: &TradeRow<N>, window: &Window) -> Result<(), Overflow> {
        let is_settlement = matches!(row.kind, TradeKind::Settlement(_));
        if is_settlement && window.contains(row.started) {
            self.settlements_crossed_out.add(row.amount)?;
        }
        Ok(())
    }

    /// Adds a row of fund flow, if the money moved in the window.
    ///
    /// # Errors
    ///
    /// If a sum does not fit.
    #[inline]
    pub fn add_fund<N>(&mut self, row: &FundRow<N>, window: &Window) -> Result<(), Overflow> {
        if !window.contains(row.moved) {
            return Ok(());
        }
        let funds = &mut self.funds;
        let flow = match (&row.account, &row.movement) {
            (Account::InTransit, Movement::Refund) => &mut funds.refunds_in_transit,
            (Account::Withdrawable, Movement::Split) => &mut funds.splits,
            (Account::Withdrawable, Movement::Refund) => &mut funds.refunds_withdrawable,
            (Account::Withdrawable, Movement::Return) => &mut funds.returns,
            (Account::Withdrawable, Movement::Withdrawal) => &mut funds.withdrawals,
            (Account::Withdrawable, Movement::Adjustment) => &mut funds.adjustments,
            (Account::Withdrawable, Movement::Other(_)) => &mut funds.others,
            (Account::InTransit | Account::Other(_), _) => &mut funds.elsewhere,
        };
        flow.add(row.direction, row.amount)
    }

    /// Adds a withdrawal, if it is done and was done in the window.
    ///
    /// # Errors
    ///
    /// If a sum does not fit.
    pub fn add_withdrawal<N>(
        &mut self,
        row: &WithdrawalRow<N>,
        window: &Window,
    ) -> Result<(), Overflow> {
        match row.finished.filter(|_| row.state == State::Succeeded) {
            Some(finished) if window.contains(finished) => self.withdrawals.add(row.amount),
            Some(_) => Ok(()),
            None => {
                self.not_done += 1;
                Ok(())
            }
        }
    }

    /// Adds a row of the account for fees, if the money moved in the window.
    ///
    /// # Errors
    ///
    /// If a sum does not fit.
    pub fn add_fee<N>(&mut self, row: &FeeRow<N>, window: &Window) -> Result<(), Overflow> {
        if !window.contains(row.moved) {
            return Ok(());
        }
        let flow = match row.movement {
            FeeMovement::TopUp => &mut self.fees.top_ups,
            FeeMovement::Withdrawal => &mut self.fees.withdrawals,
            FeeMovement::Fees => &mut self.fees.fees,
            FeeMovement::Other(_) => &mut self.fees.others,
        };
        flow.add(row.direction, row.amount)
    }

    /// Adds a rebate, if it was paid in the window.
    ///
    /// # Errors
    ///
    /// If a sum does not fit.
    pub fn add_rebate<N>(&mut self, row: &RebateRow<N>, window: &Window) -> Result<(), Overflow> {
        match row.paid {
            Some(paid) if window.contains_day(paid) => self.rebates.add(row.amount),
            _ => Ok(()),
        }
    }

    /// Adds an order in diamonds, if it is done and was done in the window for diamonds.
    ///
    /// # Errors
    ///
    /// If a sum does not fit.
    pub fn add_diamond<N>(&mut self, row: &DiamondRow<N>, window: &Window) -> Result<(), Overflow> {
        let Some(finished) = row.finished.filter(|_| row.state == State::Succeeded) else {
            self.not_done += 1;
            return Ok(());
        };
        let diamonds = &mut self.diamonds;
        match row.kind {
            _ if !window.contains(finished) => Ok(()),
            DiamondKind::Payment => diamonds.payments.add(row.amount),
            DiamondKind::SystemRefund => diamonds.system_refunds.add(row.amount),
            DiamondKind::ForcedRefund => diamonds.forced_refunds.add(row.amount),
            DiamondKind::Other(_) => Ok(()),
        }
    }

    /// Adds what the statement took off, if that was in the window for diamonds.
    ///
    /// # Errors
    ///
    /// If a sum does not fit.
    pub fn add_deduction<N>(
        &mut self,
        row: &DeductionRow<N>,
        window: &Window,
    ) -> Result<(), Overflow> {
        match window.contains_day(row.deducted) {
            true => self.diamonds.deductions.add(row.amount),
            false => Ok(()),
        }
    }
}

impl Charges {
    fn add(&mut self, other: &Self) -> Result<(), Overflow> {
        self.software_fee_1 = plus(self.software_fee_1, other.software_fee_1)?;
        self.software_fee_2 = plus(self.software_fee_2, other.software_fee_2)?;
        self.commission = plus(self.commission, other.commission)?;
        self.partners = plus(self.partners, other.partners)?;
        Ok(())
    }
}
