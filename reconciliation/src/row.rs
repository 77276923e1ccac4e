//! The rows of bills, typed: the document's dictionary of fields (`reconciliation`, part 四).
//!
//! `N` is what numbers are kept as; rows that leave this crate have [`RecordNumber`]s.

use jiff::civil::{Date, DateTime};

use super::number::RecordNumber;
use generated_client::platform::{Diamonds, Fen};

/// Where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RowPlace {
    /// Which of the files that are read together, counted from 0 by who reads them.
    pub file: u16,
    /// The line that the row begins on, from 1. The header is usually line 1.
    pub line: u32,
}

/// How far a record has come. Only what has succeeded is summed and matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Done.
    Succeeded,
    /// On its way.
    Pending,
    /// Refused or given up.
    Failed,
    /// A word that the mapping does not have, as it is.
    Other(Box<str>),
}

/// A row of the bills of trade (交易流账单): a payment, refund, settlement, or settlement taken back.
///
/// Source: `reconciliation`, bills of trade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TradeRow<N = RecordNumber> {
    /// Where it is.
    pub place: RowPlace,
    /// What it is.
    pub kind: TradeKind,
    /// How far it has come.
    pub state: State,
    /// The developer's number of the order, the one given when it was paid; the same in all four kinds (订单号).
    pub order_no: N,
    /// The platform's number of this payment, refund, settlement or return (平台单号).
    pub platform_no: N,
    /// The payment channel's number (渠道单号); empty if there is none.
    pub channel_no: N,
    /// The number of the coupon or item, if the file tells it.
    pub item_no: Option<N>,
    /// When it was started, UTC+08:00.
    pub started: DateTime,
    /// When it was done, UTC+08:00. There whenever `state` is `Succeeded`.
    pub finished: Option<DateTime>,
    /// The amount of the order, refund, settlement (its fees included) or return. Not negative.
    pub amount: Fen,
}

/// What a row of the bills of trade is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TradeKind {
    /// A payment (支付单); of a take-away order with its two parts, if the file tells them.
    Payment(Option<TakeAway>),
    /// A refund (退款单).
    Refund(RefundTiming),
    /// A settlement (分账单).
    Settlement(Charges),
    /// A settlement taken back (退分账单).
    SettlementReturn,
}

/// What a take-away order is made of. Source: `reconciliation`, scenario 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakeAway {
    /// What the goods cost (商品金额).
    pub goods: Fen,
    /// What the delivery costs (配送费).
    pub delivery: Fen,
}

/// Whether a refund came before or after the settlement, which decides the account that pays it.
///
/// Source: `reconciliation`, bills of trade and bills of funds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundTiming {
    /// Paid out of what is in transit (分账前退款).
    BeforeSettlement,
    /// Paid out of what is withdrawable (分账后退款).
    AfterSettlement,
    /// A word that the mapping does not have, as it is.
    Other(Box<str>),
}

/// What goes off a settlement before the merchant has it.
///
/// Source: `reconciliation`, bills of trade; which fee is which: scenario 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Charges {
    /// The fee for the payment (软件服务费1).
    pub software_fee_1: Fen,
    /// The platform's commission (软件服务费2).
    pub software_fee_2: Fen,
    /// The commission for promotion (抽佣金额).
    pub commission: Fen,
    /// What other merchants get (分账方); no fee.
    pub partners: Fen,
}

/// A row of fund flow (收支明细): money that moved into or out of an account.
///
/// Source: `reconciliation`, bills of funds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundRow<N = RecordNumber> {
    /// Where it is.
    pub place: RowPlace,
    /// Why the money moved.
    pub movement: Movement,
    /// The account.
    pub account: Account,
    /// The number that the merchant gave (关联订单号); empty for adjustments.
    pub related_no: N,
    /// The platform's number of the settlement, refund, return, withdrawal or adjustment (交易订单号).
    pub trade_no: N,
    /// When it was started, UTC+08:00 (交易时间).
    pub traded: DateTime,
    /// When the money moved, UTC+08:00 (动账时间).
    pub moved: DateTime,
    /// Which way (收支类型).
    pub direction: Direction,
    /// How much. Not negative.
    pub amount: Fen,
    /// What the account holds after it (账户余额), if the file has it. Then it is there unless the account is another than
    /// `Withdrawable`.
    pub balance: Option<Fen>,
}

/// Why money moved. Source: `reconciliation`, bills of funds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Movement {
    /// The merchant's part of a settlement (分账), into the account.
    Split,
    /// A refund (退款), out of it.
    Refund,
    /// A settlement taken back (退分账), out of it.
    Return,
    /// A withdrawal (提现), out of it; back into it if the bank returned the money.
    Withdrawal,
    /// An adjustment by the platform (调账), either way.
    Adjustment,
    /// A word that the mapping does not have, as it is.
    Other(Box<str>),
}

/// Which of the merchant's accounts. Source: `reconciliation`, accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Account {
    /// Paid and not settled (在途资金).
    InTransit,
    /// Settled (可提现资金).
    Withdrawable,
    /// A word that the mapping does not have, as it is.
    Other(Box<str>),
}

/// Which way money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Into the account (收入).
    In,
    /// Out of the account (支出).
    Out,
}

/// A withdrawal as the console lists it (提现记录). Source: `reconciliation`, bills of funds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalRow<N = RecordNumber> {
    /// Where it is.
    pub place: RowPlace,
    /// How far it has come.
    pub state: State,
    /// The number of the request (提现请求号), which fund flow has as related number.
    pub request_no: N,
    /// When it was started, UTC+08:00.
    pub started: DateTime,
    /// When it was done, UTC+08:00. There whenever `state` is `Succeeded`.
    pub finished: Option<DateTime>,
    /// How much. Not negative.
    pub amount: Fen,
}

/// A row of the account that fees are taken from (运营账户). Source: `reconciliation`, scenario 5.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeRow<N = RecordNumber> {
    /// Where it is.
    pub place: RowPlace,
    /// Why the money moved.
    pub movement: FeeMovement,
    /// The platform's number; for fees that of the settlement. Empty if there is none.
    pub trade_no: N,
    /// When the money moved, UTC+08:00.
    pub moved: DateTime,
    /// Which way.
    pub direction: Direction,
    /// How much. Not negative.
    pub amount: Fen,
    /// What the account holds after it.
    pub balance: Fen,
}

/// Why money moved in the account for fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeMovement {
    /// Put in (充值).
    TopUp,
    /// Taken out (提现).
    Withdrawal,
    /// The fees of a settlement: software fees 1 and 2, commission (分账手续费).
    Fees,
    /// A word that the mapping does not have, as it is.
    Other(Box<str>),
}

/// A bill of rebates (返佣账单). Source: `reconciliation`, bills of rebates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebateRow<N = RecordNumber> {
    /// Where it is.
    pub place: RowPlace,
    /// Which rebate.
    pub kind: RebateKind,
    /// The number of the bill.
    pub bill_no: N,
    /// The day the bill was pushed (账单推送时间).
    pub pushed: Date,
    /// The day it was confirmed, if it is.
    pub confirmed: Option<Date>,
    /// The day it was paid, if it is.
    pub paid: Option<Date>,
    /// How much. Not negative.
    pub amount: Fen,
}

/// Which rebate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RebateKind {
    /// 标准返佣, of a month.
    Standard,
    /// 退佣: the platform's commission on what was refunded whole.
    CommissionRefund,
    /// 特殊返佣, of a campaign.
    Special,
    /// 季度框返佣, by an agreement on a quarter.
    Quarterly,
    /// A word that the mapping does not have, as it is.
    Other(Box<str>),
}

/// An order that was paid with diamonds, or its refund. Source: `diamond-faq`, questions on refunds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiamondRow<N = RecordNumber> {
    /// Where it is.
    pub place: RowPlace,
    /// What it is.
    pub kind: DiamondKind,
    /// How far it has come.
    pub state: State,
    /// The developer's number of the order.
    pub order_no: N,
    /// The platform's number of the payment or refund.
    pub platform_no: N,
    /// When it was started, UTC+08:00.
    pub started: DateTime,
    /// When it was done, UTC+08:00. There whenever `state` is `Succeeded`.
    pub finished: Option<DateTime>,
    /// How many. Not negative.
    pub amount: Diamonds,
}

/// What happened with diamonds. Refunds are of another kind than those of money: there is no settlement to be before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiamondKind {
    /// A payment.
    Payment,
    /// A refund that went back the way it was paid (系统退款).
    SystemRefund,
    /// A refund that the monthly statement takes off (强制退款).
    ForcedRefund,
    /// A word that the mapping does not have, as it is.
    Other(Box<str>),
}

/// What the monthly statement on diamonds took off for a forced refund. Source: `diamond-faq`, questions on refunds 15.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeductionRow<N = RecordNumber> {
    /// Where it is.
    pub place: RowPlace,
    /// The platform's number of the refund.
    pub platform_no: N,
    /// The day it was taken off.
    pub deducted: Date,
    /// How many. Not negative.
    pub amount: Diamonds,
}

impl<N> TradeRow<N> {
    /// Whether it counts: it has succeeded.
    pub fn is_done(&self) -> bool {
        self.state == State::Succeeded
    }
}

impl Charges {
    /// Both software fees and the commission, without what goes to partners, as `fees_of_settlement` of the spec; `None` if
    /// 64 bits cannot hold it. Of each row, so computed without decimals.
    pub const fn fees(&self) -> Option<Fen> {
        match self.software_fee_1.checked_add(self.software_fee_2) {
            Some(fees) => fees.checked_add(self.commission),
            None => None,
        }
    }
}

impl<N> FundRow<N> {
    /// What the balance changes by: less than zero for money that left.
    pub const fn change(&self) -> Fen {
        self.direction.sign(self.amount)
    }
}

impl Direction {
    /// The amount, less than zero for money that left. Exact, as amounts are not negative.
    pub const fn sign(self, amount: Fen) -> Fen {
        match self {
            Self::In => amount,
            Self::Out => Fen(amount.0.wrapping_neg()),
        }
    }
}
