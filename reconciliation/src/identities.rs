//! The document's identities: what a sum must be, from other sums (`reconciliation`, parts 二 and 五).
//!
//! Each is arithmetic and nothing else, and is `None` if 64 bits cannot hold the result. The document says of what is
//! withdrawable that it comes out of *what is in transit* less refunds and fees, which its own scenarios contradict; what
//! agrees with them is: out of *what was settled*.

use jiff::civil::Date;

use super::setup::FeesFrom;
use super::totals::Totals;
use runtime::Fen;

fn sum<const N: usize>(plus: Fen, minus: [Fen; N]) -> Option<Fen> {
    minus.into_iter().try_fold(plus, Fen::checked_sub)
}

/// In transit at the end: what was, and what was paid, less refunds before settlement and settlements.
pub fn in_transit(opening: Fen, totals: &Totals) -> Option<Fen> {
    let paid = opening.checked_add(totals.payments.amount)?;
    sum(paid, [totals.refunds_before.amount, totals.settlements.amount])
}

/// What the settlements should have brought into the account: less partners' parts, and less fees unless another account
/// pays them.
pub fn settled_net(fees: FeesFrom, totals: &Totals) -> Option<Fen> {
    let own = totals.settlements.amount.checked_sub(totals.charges.partners)?;
    match fees {
        FeesFrom::Splits => own.checked_sub(totals.charges.fees()?),
        FeesFrom::FeeAccount => Some(own),
    }
}

/// Withdrawable at the end, by the bills of trade: what was, and what was settled, less refunds after settlement, what was
/// taken back and what was withdrawn; with what only fund flow tells, adjustments and movements of unknown kinds.
pub fn withdrawable(opening: Fen, fees: FeesFrom, totals: &Totals) -> Option<Fen> {
    let settled = opening.checked_add(settled_net(fees, totals)?)?;
    let funds = &totals.funds;
    let told = funds.adjustments.net()?.checked_add(funds.others.net()?)?;
    let out = [totals.refunds_after.amount, totals.returns.amount, totals.withdrawals.amount];
    sum(settled.checked_add(told)?, out)
}

/// What fund flow says the withdrawable account changed by.
pub fn fund_flow(totals: &Totals) -> Option<Fen> {
    let funds = &totals.funds;
    let flows = [
        funds.refunds_withdrawable,
        funds.returns,
        funds.withdrawals,
        funds.adjustments,
        funds.others,
    ];
    flows.iter().try_fold(funds.splits.net()?, |sum, flow| sum.checked_add(flow.net()?))
}

/// The total of a month's orders: paid, less refunds and the fees of settlements (scenario 2).
pub fn order_total(totals: &Totals) -> Option<Fen> {
    let refunds = totals.refunds_before.amount.checked_add(totals.refunds_after.amount)?;
    sum(totals.payments.amount, [refunds, totals.charges.fees()?])
}

/// What can be invoiced: fees and commissions, less rebates, with the fees for top-ups, less what is carried over (scenario
/// 4). Less than zero means that it is carried over to the next month.
pub fn invoice(totals: &Totals, top_up_fees: Fen, carried: Fen) -> Option<Fen> {
    let fees = totals.charges.fees()?.checked_add(top_up_fees)?;
    sum(fees, [totals.rebates.amount, carried])
}

/// The account for fees at the end (scenario 5).
pub fn fee_account(opening: Fen, totals: &Totals) -> Option<Fen> {
    let fees = &totals.fees;
    let flows = [fees.top_ups, fees.withdrawals, fees.fees, fees.others];
    flows.iter().try_fold(opening, |sum, flow| sum.checked_add(flow.net()?))
}

/// Whether a fee is the rate, in hundredths of a per cent, of an amount, rounded up or down to whole fen.
pub fn is_fee(fee: Fen, amount: Fen, rate: u16) -> bool {
    let exact = i128::from(amount.0) * i128::from(rate);
    (i128::from(fee.0) * 10_000 - exact).abs() < 10_000
}

/// The fee of a rate, in hundredths of a per cent, rounded to the nearest fen, a half up.
pub fn fee(amount: Fen, rate: u16) -> Option<Fen> {
    let exact = i128::from(amount.0) * i128::from(rate);
    i64::try_from((exact + 5_000).div_euclid(10_000)).ok().map(Fen)
}

/// The day a rebate is confirmed by itself: 7 natural days after its bill was pushed.
pub fn confirmation(pushed: Date) -> Option<Date> {
    pushed.checked_add(jiff::Span::new().days(7)).ok()
}

/// The first day on which a rebate can be paid that was confirmed on this day or before it: the 1st, 10th or 20th of a month.
pub fn payout(confirmed: Date) -> Option<Date> {
    let is_payout = |day: &Date| matches!(day.day(), 1 | 10 | 20);
    std::iter::successors(Some(confirmed), |day| day.tomorrow().ok()).take(32).find(is_payout)
}
