//! The totals in, the figures of the document out: each computed by the rule of `generated_client` that cites it.
//!
//! `None` stands for what 64 bits or the calendar cannot hold; the rules' bounds are kept by amounts that are not negative.
//! The document says of what is withdrawable that it comes out of *what is in transit* less refunds and fees, which its own
//! scenarios contradict; what agrees with them is: out of *what was settled* (`withdrawable_funds`).

use apiscribe::rules::{Identity, RuleResult};
use generated_client::diamond::{self, NetDiamonds};
use generated_client::platform::{Diamonds, Fen};
use generated_client::reconciliation::{
    FeeAccountBalance, FeesOfSettlement, FundsInAllWithAccounts, FundsInTransit, InvoiceableAmount,
    MonthOrders, OrderSettlementAmount, TakeAwayOrderAmount, WithdrawableBalance,
    fee_account_balance, fees_of_settlement, funds_in_all_with_accounts, funds_in_transit,
    invoiceable_amount, month_orders, order_settlement_amount, rebate_confirmed_on, rebate_paid_on,
    take_away_order_amount, withdrawable_balance,
};
use jiff::civil::Date;

use super::row::{Charges, TakeAway};
use super::scope::{FeesFrom, Stated};
use super::totals::{DiamondTotals, FundTotals, Totals};

/// What the first side of an identity must be: its second side.
fn second_side(identity: RuleResult<Identity<Fen>>) -> Option<Fen> {
    identity.ok()?.right.to_whole()
}

/// In transit at the end: what was, and what was paid, less refunds before settlement and settlements.
pub(super) fn in_transit(opening: Fen, totals: &Totals) -> Option<Fen> {
    second_side(funds_in_transit(&FundsInTransit {
        in_transit: Fen(0),
        paid: opening.checked_add(totals.payments.amount)?,
        refunded_before_settlement: totals.refunds_before.amount,
        settled: totals.settlements.amount,
    }))
}

/// Both software fees and the commission.
pub(super) fn fees(charges: &Charges) -> Option<Fen> {
    let of = FeesOfSettlement {
        payment_fee: charges.software_fee_1,
        platform_commission: charges.software_fee_2,
        cps_commission: charges.commission,
    };
    fees_of_settlement(&of).ok()
}

/// What the settlements should have brought into the account: less partners' parts, and less fees unless another account
/// pays them.
pub(super) fn settled_net(fees: FeesFrom, totals: &Totals) -> Option<Fen> {
    let charges = match fees {
        FeesFrom::Splits => totals.charges,
        FeesFrom::FeeAccount => Charges::default(),
    };
    let of = OrderSettlementAmount {
        paid: totals.settlements.amount,
        payment_fee: charges.software_fee_1,
        platform_commission: charges.software_fee_2,
        cps_commission: charges.commission,
    };
    order_settlement_amount(&of).ok()?.checked_sub(totals.charges.partners)
}

/// Withdrawable at the end, by the bills of trade; adjustments and movements of unknown kinds are in fund flow only.
pub(super) fn withdrawable(opening: Fen, fees: FeesFrom, totals: &Totals) -> Option<Fen> {
    second_side(withdrawable_balance(&WithdrawableBalance {
        balance: Fen(0),
        former_balance: opening,
        settled: settled_net(fees, totals)?,
        refunded: totals.refunds_after.amount,
        returned: totals.returns.amount,
        withdrawn: totals.withdrawals.amount,
        given_back: Fen(0),
        adjusted: adjusted(&totals.funds)?,
    }))
}

/// Withdrawable at the end, by fund flow.
pub(super) fn withdrawable_by_flow(opening: Fen, funds: &FundTotals) -> Option<Fen> {
    second_side(withdrawable_balance(&WithdrawableBalance {
        balance: Fen(0),
        former_balance: opening,
        settled: funds.splits.net()?,
        refunded: out(funds.refunds_withdrawable.net()?)?,
        returned: out(funds.returns.net()?)?,
        withdrawn: funds.withdrawals.outward.amount,
        given_back: funds.withdrawals.inward.amount,
        adjusted: adjusted(funds)?,
    }))
}

/// Adjustments, and movements of kinds that the mapping does not have.
pub(super) fn adjusted(funds: &FundTotals) -> Option<Fen> {
    funds.adjustments.net()?.checked_add(funds.others.net()?)
}

/// The total of a month's orders (scenario 2).
pub(super) fn order_total(totals: &Totals) -> Option<Fen> {
    let of = MonthOrders {
        paid: totals.payments.amount,
        refunded: totals.refunds_before.amount.checked_add(totals.refunds_after.amount)?,
        fees: fees(&totals.charges)?,
    };
    month_orders(&of).ok()
}

/// What can be invoiced (scenario 4). Less than zero means that it is carried over to the next month.
pub(super) fn invoice(totals: &Totals, stated: &Stated) -> Option<Fen> {
    let of = InvoiceableAmount {
        technical_service_fee: totals.charges.software_fee_1,
        cps_commission: totals.charges.commission,
        platform_commission: totals.charges.software_fee_2,
        platform_rebate: totals.rebates.amount,
        top_up_fee: stated.top_up_fees,
        other: stated.carried,
    };
    invoiceable_amount(&of).ok()
}

/// The account for fees at the end (scenario 5), with movements of unknown kinds. It books the three fees as one sum.
pub(super) fn fee_account(opening: Fen, totals: &Totals) -> Option<Fen> {
    let fees = &totals.fees;
    let balance = second_side(fee_account_balance(&FeeAccountBalance {
        balance: Fen(0),
        former_balance: opening,
        topped_up: fees.top_ups.net()?,
        withdrawn: out(fees.withdrawals.net()?)?,
        payment_fee: out(fees.fees.net()?)?,
        platform_commission: Fen(0),
        cps_commission: Fen(0),
    }));
    balance?.checked_add(fees.others.net()?)
}

/// The console's total, and what its parts make; `None` unless it shows all of them. An account that is not opened holds
/// nothing.
pub(super) fn total(stated: &Stated) -> Option<RuleResult<Identity<Fen>>> {
    Some(funds_in_all_with_accounts(&FundsInAllWithAccounts {
        total: stated.total?,
        withdrawable: stated.withdrawable?,
        in_transit: stated.in_transit?,
        frozen: stated.frozen?,
        fee_account_balance: stated.fee_account.unwrap_or_default(),
        refund_reserve_balance: stated.refund_reserve.unwrap_or_default(),
    }))
}

/// What a take-away order is, by its parts (scenario 6).
pub(super) fn take_away(parts: TakeAway) -> Option<Fen> {
    let TakeAway { goods, delivery } = parts;
    take_away_order_amount(&TakeAwayOrderAmount { goods, delivery }).ok()
}

/// Diamonds paid less system refunds. Forced refunds are taken off the statement by themselves.
pub(super) fn net_diamonds(totals: &DiamondTotals) -> Option<Diamonds> {
    let (spent, refunded) = (totals.payments.amount, totals.system_refunds.amount);
    diamond::net_diamonds(&NetDiamonds { spent, refunded }).ok()
}

/// The day a rebate is confirmed by itself.
pub(super) fn confirmation(pushed: Date) -> Option<Date> {
    rebate_confirmed_on(pushed).ok()
}

/// The first day on which a rebate can be paid that was confirmed on this day or before it.
pub(super) fn payout(confirmed: Date) -> Option<Date> {
    rebate_paid_on(confirmed).ok()
}

/// What went out, of what came in.
pub(super) fn out(net: Fen) -> Option<Fen> {
    net.0.checked_neg().map(Fen)
}
