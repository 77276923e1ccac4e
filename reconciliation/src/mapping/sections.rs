//! The sections of a mapping: which header is which field of a kind of file, and which word means what.

use super::check;
use super::format::{Format, Layout, RowOrder, Words};
use super::yaml::{self, Faults, FromYaml, Map, Node};

keys! {
    /// The words for the state of a record. Only what has succeeded is summed and matched.
    StateWords {
        /// Done (支付成功, 退款成功, 分账成功, 退分账成功).
        succeeded: Words,
        /// On its way.
        pending: Words [optional],
        /// Refused or given up.
        failed: Words [optional],
    } check check::words
}

keys! {
    /// The words for the direction of money (收支类型).
    DirectionWords {
        /// Into the account (收入).
        inward: Words,
        /// Out of the account (支出).
        outward: Words,
        /// Told by the sign of the amount, as the document has a dash for adjustments.
        by_sign: Words [optional],
    } check check::words
}

trades! {
    /// Of payments: when, which, how much.
    PaymentSection {}
    /// The headers of payments.
    PaymentColumns of "payment" {
        /// The amount of the order (订单金额).
        amount: Amount,
    } optional {
        /// When it was started (支付时间); if left out, `finished`.
        started: Time,
        /// When it was done (完成时间); if left out, `started`.
        finished: Time,
        /// Of a take-away order, what the goods cost (商品金额). Together with `delivery`, or neither.
        goods: Amount,
        /// Of a take-away order, what the delivery costs (配送费).
        delivery: Amount,
    }
}

trades! {
    /// Of refunds.
    RefundSection {
        /// The words for the kind of refund (退款类型).
        timings: TimingWords,
    }
    /// The headers of refunds.
    RefundColumns of "refund" {
        /// The amount (退款金额).
        amount: Amount,
    } optional {
        /// When it was started (退款发起时间).
        started: Time,
        /// When it was done (退款完成时间).
        finished: Time,
        /// Before or after settlement (退款类型); if left out, `timings.always` says it.
        timing: Word,
    }
}

keys! {
    /// The words for the two kinds of refund.
    TimingWords {
        /// Before settlement (分账前退款).
        before_settlement: Words [optional],
        /// After settlement (分账后退款).
        after_settlement: Words [optional],
        /// Instead of words, if no column says it: all refunds of the file are of this kind.
        always: Option<AlwaysTiming> [optional],
    } check check::words
}

trades! {
    /// Of settlements.
    SettlementSection {}
    /// The headers of settlements.
    SettlementColumns of "settlement" {
        /// What was settled of the order, fees included (分账金额).
        amount: Amount,
    } optional {
        /// When it was started (分账发起时间).
        started: Time,
        /// When it was done (分账完成时间).
        finished: Time,
        /// The fee for the payment (软件服务费1); nothing if left out.
        software_fee_1: Amount,
        /// The platform's commission (软件服务费2); nothing if left out.
        software_fee_2: Amount,
        /// The commission for promotion (抽佣金额); nothing if left out.
        commission: Amount,
        /// What other merchants got of it (分账方), if the file has it; nothing otherwise.
        partners: Amount,
    }
}

trades! {
    /// Of settlements taken back.
    ReturnSection {}
    /// The headers of settlements taken back.
    ReturnColumns of "return" {
        /// The amount (退分账金额).
        amount: Amount,
    } optional {
        /// When it was started (退分账发起时间).
        started: Time,
        /// When it was done (退分账完成时间).
        finished: Time,
    }
}

section! {
    /// Of fund flow.
    FundSection {
        /// How rows are sorted.
        order: RowOrder,
        /// The words for the kind of movement (交易类型).
        kinds: MovementWords,
        /// The words for the direction (收支类型). Together with `columns.direction`.
        directions: Option<DirectionWords> [optional],
        /// The words for the account.
        accounts: AccountWords,
    }
    /// The headers of fund flow.
    FundColumns {
        /// The kind of movement (交易类型).
        kind: Word,
        /// The platform's number (交易订单号).
        trade_no: Number,
    } optional {
        /// The number that the merchant gave (关联订单号); empty for adjustments.
        related_no: Number,
        /// When it was started (交易时间); if left out, `moved`.
        traded: Time,
        /// When the money moved (动账时间); if left out, `traded`.
        moved: Time,
        /// The direction (收支类型); if left out, the sign of the amount says it.
        direction: Word,
        /// The amount.
        amount: Amount,
        /// What the account holds after it (账户余额); without it the chain of balances is not checked.
        balance: Amount,
        /// Which account: in transit, or withdrawable; if left out, `accounts.always` says it.
        account: Word,
        /// What came in, if the file has income and expense in two columns; instead of `amount`.
        income: Amount,
        /// What went out, together with `income`.
        expense: Amount,
    }
}

keys! {
    /// The words for the kinds of movement.
    MovementWords {
        /// The merchant's part of a settlement (分账).
        split: Words [optional],
        /// A refund (退款).
        refund: Words [optional],
        /// A settlement taken back (退分账).
        settlement_return: Words [optional],
        /// A withdrawal (提现).
        withdrawal: Words [optional],
        /// An adjustment by the platform (调账).
        adjustment: Words [optional],
    } check check::words
}

keys! {
    /// The words for the accounts.
    AccountWords {
        /// What is paid and not settled (在途资金账户).
        in_transit: Words [optional],
        /// What is settled (可提现资金账户).
        withdrawable: Words [optional],
        /// Instead of words, if no column says it: all rows of the file are of this account.
        always: Option<AlwaysAccount> [optional],
    } check check::words
}

section! {
    /// Of withdrawals.
    WithdrawalSection {
        /// The words for the state. Together with `columns.state`; without both, every row has succeeded.
        states: Option<StateWords> [optional],
    }
    /// The headers of withdrawals.
    WithdrawalColumns {
        /// The number of the request (提现请求号).
        request_no: Number,
        /// The amount.
        amount: Amount,
    } optional {
        /// The state.
        state: Word,
        /// When it was started (发起时间).
        started: Time,
        /// When it was done (提现成功时间).
        finished: Time,
    }
}

section! {
    /// Of the account for fees.
    FeeSection {
        /// How rows are sorted.
        order: RowOrder,
        /// The words for the kind of movement.
        kinds: FeeWords,
        /// The words for the direction (收支类型). Together with `columns.direction`.
        directions: Option<DirectionWords> [optional],
    }
    /// The headers of the account for fees.
    FeeColumns {
        /// The kind of movement.
        kind: Word,
        /// When the money moved (动账时间).
        moved: Time,
        /// What the account holds after it (账户余额).
        balance: Amount,
    } optional {
        /// The platform's number; for fees that of the settlement.
        trade_no: Number,
        /// The direction (收支类型); if left out, the sign of the amount says it.
        direction: Word,
        /// The amount.
        amount: Amount,
        /// What came in, if the file has income and expense in two columns; instead of `amount`.
        income: Amount,
        /// What went out, together with `income`.
        expense: Amount,
    }
}

keys! {
    /// The words for what moves in the account for fees.
    FeeWords {
        /// Money put in (充值).
        top_up: Words [optional],
        /// Money taken out (提现).
        withdrawal: Words [optional],
        /// The fees of a settlement (分账手续费).
        fees: Words [optional],
    } check check::words
}

section! {
    /// Of rebates.
    RebateSection {
        /// The words for the kind of rebate (返佣类型).
        kinds: RebateWords,
    }
    /// The headers of rebates.
    RebateColumns {
        /// The number of the bill.
        bill_no: Number,
        /// The kind (返佣类型).
        kind: Word,
        /// When the bill was pushed (账单推送时间).
        pushed: Time,
        /// The amount.
        amount: Amount,
    } optional {
        /// When it was confirmed; empty while it is not.
        confirmed: Time,
        /// When it was paid (返佣打款时间); empty while it is not.
        paid: Time,
    }
}

keys! {
    /// The words for the kinds of rebate.
    RebateWords {
        /// 标准返佣.
        standard: Words [optional],
        /// 退佣.
        commission_refund: Words [optional],
        /// 特殊返佣.
        special: Words [optional],
        /// 季度框返佣.
        quarterly: Words [optional],
    } check check::words
}

section! {
    /// Of orders that were paid with diamonds. Their amounts are whole diamonds, whatever `format.unit` says.
    DiamondSection {
        /// The words for payments and refunds.
        kinds: DiamondWords,
        /// The words for the state (交易状态). Together with `columns.state`; without both, every row has succeeded.
        states: Option<StateWords> [optional],
    }
    /// The headers of orders that were paid with diamonds.
    DiamondColumns {
        /// Payment, or which refund.
        kind: Word,
        /// The developer's number of the order (订单号).
        order_no: Number,
        /// The platform's number of the payment or refund (平台单号).
        platform_no: Number,
        /// The amount, in whole diamonds.
        amount: Amount,
    } optional {
        /// The state (交易状态), if the file has it.
        state: Word,
        /// When it was started.
        started: Time,
        /// When it was done.
        finished: Time,
    }
}

keys! {
    /// The words for what happens with diamonds.
    DiamondWords {
        /// A payment.
        payment: Words [optional],
        /// A refund that goes back the way it was paid (系统退款).
        system_refund: Words [optional],
        /// A refund that is taken off the monthly statement (强制退款).
        forced_refund: Words [optional],
    } check check::words
}

section! {
    /// Of what the monthly statement on diamonds takes off. Amounts are whole diamonds, whatever `format.unit` says.
    DeductionSection {}
    /// The headers of what the monthly statement takes off.
    DeductionColumns {
        /// The platform's number of the forced refund.
        platform_no: Number,
        /// The day it was taken off.
        deducted: Time,
        /// The amount, in whole diamonds.
        amount: Amount,
    } optional {
    }
}

choices! {
    /// The kind of all refunds of a file.
    AlwaysTiming {
        /// Before settlement.
        BeforeSettlement = "before_settlement",
        /// After settlement.
        AfterSettlement = "after_settlement",
    }
}

choices! {
    /// The account of all rows of a file.
    AlwaysAccount {
        /// What is paid and not settled.
        InTransit = "in_transit",
        /// What is settled.
        Withdrawable = "withdrawable",
    }
}
