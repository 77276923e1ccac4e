//! Which header is which field, and which word means what: the part of a bill that no document tells, told in YAML.

use std::fmt;

use serde::Deserialize;

/// Declares the columns of a kind of file: which header each field has, or, once a file is open, which column.
macro_rules! columns {
    (
        $(#[$doc:meta])* $name:ident {
            $($(#[$field_doc:meta])* $field:ident,)*
        } optional {
            $($(#[$extra_doc:meta])* $extra:ident,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name<T = String> {
            $($(#[$field_doc])* pub $field: T,)*
            $($(#[$extra_doc])* pub $extra: Option<T>,)*
        }

        impl $name {
            /// The same with what `find` makes of each field's name and header.
            pub(super) fn map<T>(&self, mut find: impl FnMut(&'static str, &str) -> T) -> $name<T> {
                $name {
                    $($field: find(stringify!($field), &self.$field),)*
                    $($extra: self.$extra.as_deref().map(|header| find(stringify!($extra), header)),)*
                }
            }
        }
    };
}

/// How the files of bills are to be read, one section for each kind of file. A kind without a section cannot be read.
///
/// Written in YAML; [`Mapping::EXAMPLE`] has every key. Unknown keys are refused, and so is a section that leaves out a
/// field which is not optional. Headers and words are compared to the letter, without blanks around them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Mapping {
    /// Payments (支付单).
    pub payments: Option<PaymentSection>,
    /// Refunds (退款单), before and after settlement.
    pub refunds: Option<RefundSection>,
    /// Settlements (分账单).
    pub settlements: Option<SettlementSection>,
    /// Settlements taken back (退分账单).
    pub returns: Option<ReturnSection>,
    /// What the accounts took in and paid out (收支明细).
    pub funds: Option<FundSection>,
    /// Withdrawals (提现记录).
    pub withdrawals: Option<WithdrawalSection>,
    /// What the account for fees took in and paid out (运营账户, 动账明细).
    pub fees: Option<FeeSection>,
    /// Rebates (返佣记录).
    pub rebates: Option<RebateSection>,
    /// Orders that were paid with diamonds, and their refunds.
    pub diamonds: Option<DiamondSection>,
    /// What the monthly statement on diamonds takes off for forced refunds.
    pub deductions: Option<DeductionSection>,
}

/// How the cells of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// The encoding of the file.
    pub encoding: Encoding,
    /// The unit of its amounts.
    pub unit: Unit,
    /// Whether amounts may be written as `1,234.56`.
    pub thousands_separators: Separators,
}

/// How characters are written in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// GBK, and GB 18030 which has it inside. A file with the byte order mark of UTF-8 is read as UTF-8 all the same.
    Gbk,
    /// UTF-8, with a hint when that is wrong. Nothing is guessed.
    Auto,
}

/// The unit of the amounts of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Whole fen.
    Fen,
    /// Yuan, with at most two decimals.
    Yuan,
}

/// Whether amounts have thousands separators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Separators {
    /// `1,234.56` is refused.
    Refused,
    /// `1,234.56` is read; `12,34.56` is refused all the same.
    Allowed,
}

/// How the rows of an account are sorted, which the chain of its balances depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOrder {
    /// The first row is the oldest.
    OldestFirst,
    /// The first row is the newest.
    NewestFirst,
}

/// A list of words that mean the same.
pub type Words = Vec<String>;

/// The words for the state of a record. Only what has succeeded is summed and matched.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateWords {
    /// Done (支付成功, 退款成功, 分账成功, 退分账成功).
    pub succeeded: Words,
    /// On its way.
    #[serde(default)]
    pub pending: Words,
    /// Refused or given up.
    #[serde(default)]
    pub failed: Words,
}

/// The words for the direction of money (收支类型).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectionWords {
    /// Into the account (收入).
    pub inward: Words,
    /// Out of the account (支出).
    pub outward: Words,
    /// Told by the sign of the amount, as the document has a dash for adjustments.
    #[serde(default)]
    pub by_sign: Words,
}

/// Of payments: when, which, how much.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentSection {
    /// How cells are written.
    pub format: Format,
    /// Which header is which field.
    pub columns: PaymentColumns,
    /// The words for the state (交易状态).
    pub states: StateWords,
}

columns! {
    /// The headers of payments.
    PaymentColumns {
        /// The developer's number of the order (订单号).
        order_no,
        /// The platform's number of the payment (平台单号).
        platform_no,
        /// The payment channel's number (渠道单号).
        channel_no,
        /// The state (交易状态).
        state,
        /// When it was started (支付时间).
        started,
        /// When it was done (完成时间).
        finished,
        /// The amount of the order (订单金额).
        amount,
    } optional {
        /// The number of the coupon or item, if the file has it.
        item_no,
        /// Of a take-away order, what the goods cost (商品金额). Together with `delivery`, or neither.
        goods,
        /// Of a take-away order, what the delivery costs (配送费).
        delivery,
    }
}

/// Of refunds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundSection {
    /// How cells are written.
    pub format: Format,
    /// Which header is which field.
    pub columns: RefundColumns,
    /// The words for the state (交易状态).
    pub states: StateWords,
    /// The words for the kind of refund (退款类型).
    pub timings: TimingWords,
}

columns! {
    /// The headers of refunds.
    RefundColumns {
        /// The developer's number of the order (订单号).
        order_no,
        /// The platform's number of the refund (平台单号).
        platform_no,
        /// The payment channel's number (渠道单号).
        channel_no,
        /// The state (交易状态).
        state,
        /// When it was started (退款发起时间).
        started,
        /// When it was done (退款完成时间).
        finished,
        /// The amount (退款金额).
        amount,
        /// Before or after settlement (退款类型).
        timing,
    } optional {
        /// The number of the coupon or item, if the file has it.
        item_no,
    }
}

/// The words for the two kinds of refund.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimingWords {
    /// Before settlement (分账前退款).
    pub before_settlement: Words,
    /// After settlement (分账后退款).
    pub after_settlement: Words,
}

/// Of settlements.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettlementSection {
    /// How cells are written.
    pub format: Format,
    /// Which header is which field.
    pub columns: SettlementColumns,
    /// The words for the state (交易状态).
    pub states: StateWords,
}

columns! {
    /// The headers of settlements.
    SettlementColumns {
        /// The developer's number of the order (订单号).
        order_no,
        /// The platform's number of the settlement (平台单号).
        platform_no,
        /// The payment channel's number (渠道单号).
        channel_no,
        /// The state (交易状态).
        state,
        /// When it was started (分账发起时间).
        started,
        /// When it was done (分账完成时间).
        finished,
        /// What was settled of the order, fees included (分账金额).
        amount,
        /// The fee for the payment (软件服务费1).
        software_fee_1,
        /// The platform's commission (软件服务费2).
        software_fee_2,
        /// The commission for promotion (抽佣金额).
        commission,
    } optional {
        /// What other merchants got of it (分账方), if the file has it; nothing otherwise.
        partners,
        /// The number of the coupon or item, if the file has it.
        item_no,
    }
}

/// Of settlements taken back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnSection {
    /// How cells are written.
    pub format: Format,
    /// Which header is which field.
    pub columns: ReturnColumns,
    /// The words for the state (交易状态).
    pub states: StateWords,
}

columns! {
    /// The headers of settlements taken back.
    ReturnColumns {
        /// The developer's number of the order (订单号).
        order_no,
        /// The platform's number of the return (平台单号).
        platform_no,
        /// The payment channel's number (渠道单号).
        channel_no,
        /// The state (交易状态).
        state,
        /// When it was started (退分账发起时间).
        started,
        /// When it was done (退分账完成时间).
        finished,
        /// The amount (退分账金额).
        amount,
    } optional {
        /// The number of the coupon or item, if the file has it.
        item_no,
    }
}

/// Of fund flow.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundSection {
    /// How cells are written.
    pub format: Format,
    /// How rows are sorted.
    pub order: RowOrder,
    /// Which header is which field.
    pub columns: FundColumns,
    /// The words for the kind of movement (交易类型).
    pub kinds: MovementWords,
    /// The words for the direction (收支类型).
    pub directions: DirectionWords,
    /// The words for the account.
    pub accounts: AccountWords,
}

columns! {
    /// The headers of fund flow.
    FundColumns {
        /// The kind of movement (交易类型).
        kind,
        /// The number that the merchant gave (关联订单号); empty for adjustments.
        related_no,
        /// The platform's number (交易订单号).
        trade_no,
        /// When it was started (交易时间).
        traded,
        /// When the money moved (动账时间).
        moved,
        /// The direction (收支类型).
        direction,
        /// The amount.
        amount,
        /// What the account holds after it (账户余额).
        balance,
        /// Which account: in transit, or withdrawable.
        account,
    } optional {
    }
}

/// The words for the kinds of movement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovementWords {
    /// The merchant's part of a settlement (分账).
    pub split: Words,
    /// A refund (退款).
    pub refund: Words,
    /// A settlement taken back (退分账).
    pub settlement_return: Words,
    /// A withdrawal (提现).
    pub withdrawal: Words,
    /// An adjustment by the platform (调账).
    pub adjustment: Words,
}

/// The words for the accounts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountWords {
    /// What is paid and not settled (在途资金账户).
    pub in_transit: Words,
    /// What is settled (可提现资金账户).
    pub withdrawable: Words,
}

/// Of withdrawals.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalSection {
    /// How cells are written.
    pub format: Format,
    /// Which header is which field.
    pub columns: WithdrawalColumns,
    /// The words for the state.
    pub states: StateWords,
}

columns! {
    /// The headers of withdrawals.
    WithdrawalColumns {
        /// The number of the request (提现请求号).
        request_no,
        /// The state.
        state,
        /// When it was started (发起时间).
        started,
        /// When it was done (提现成功时间).
        finished,
        /// The amount.
        amount,
    } optional {
    }
}

/// Of the account for fees.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeSection {
    /// How cells are written.
    pub format: Format,
    /// How rows are sorted.
    pub order: RowOrder,
    /// Which header is which field.
    pub columns: FeeColumns,
    /// The words for the kind of movement.
    pub kinds: FeeWords,
    /// The words for the direction (收支类型).
    pub directions: DirectionWords,
}

columns! {
    /// The headers of the account for fees.
    FeeColumns {
        /// The kind of movement.
        kind,
        /// The platform's number; for fees that of the settlement.
        trade_no,
        /// When the money moved (动账时间).
        moved,
        /// The direction (收支类型).
        direction,
        /// The amount.
        amount,
        /// What the account holds after it (账户余额).
        balance,
    } optional {
    }
}

/// The words for what moves in the account for fees.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeWords {
    /// Money put in (充值).
    pub top_up: Words,
    /// Money taken out (提现).
    pub withdrawal: Words,
    /// The fees of a settlement (分账手续费).
    pub fees: Words,
}

/// Of rebates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RebateSection {
    /// How cells are written.
    pub format: Format,
    /// Which header is which field.
    pub columns: RebateColumns,
    /// The words for the kind of rebate (返佣类型).
    pub kinds: RebateWords,
}

columns! {
    /// The headers of rebates.
    RebateColumns {
        /// The number of the bill.
        bill_no,
        /// The kind (返佣类型).
        kind,
        /// When the bill was pushed (账单推送时间).
        pushed,
        /// When it was confirmed; empty while it is not.
        confirmed,
        /// When it was paid (返佣打款时间); empty while it is not.
        paid,
        /// The amount.
        amount,
    } optional {
    }
}

/// The words for the kinds of rebate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RebateWords {
    /// 标准返佣.
    pub standard: Words,
    /// 退佣.
    pub commission_refund: Words,
    /// 特殊返佣.
    pub special: Words,
    /// 季度框返佣.
    pub quarterly: Words,
}

/// Of orders that were paid with diamonds. Their amounts are whole diamonds, whatever `format.unit` says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiamondSection {
    /// How cells are written.
    pub format: Format,
    /// Which header is which field.
    pub columns: DiamondColumns,
    /// The words for payments and refunds.
    pub kinds: DiamondWords,
    /// The words for the state (交易状态).
    pub states: StateWords,
}

columns! {
    /// The headers of orders that were paid with diamonds.
    DiamondColumns {
        /// Payment, or which refund.
        kind,
        /// The developer's number of the order (订单号).
        order_no,
        /// The platform's number of the payment or refund (平台单号).
        platform_no,
        /// The state (交易状态).
        state,
        /// When it was started.
        started,
        /// When it was done.
        finished,
        /// The amount, in whole diamonds.
        amount,
    } optional {
    }
}

/// The words for what happens with diamonds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiamondWords {
    /// A payment.
    pub payment: Words,
    /// A refund that goes back the way it was paid (系统退款).
    pub system_refund: Words,
    /// A refund that is taken off the monthly statement (强制退款).
    pub forced_refund: Words,
}

/// Of what the monthly statement on diamonds takes off. Amounts are whole diamonds, whatever `format.unit` says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeductionSection {
    /// How cells are written.
    pub format: Format,
    /// Which header is which field.
    pub columns: DeductionColumns,
}

columns! {
    /// The headers of what the monthly statement takes off.
    DeductionColumns {
        /// The platform's number of the forced refund.
        platform_no,
        /// The day it was taken off.
        deducted,
        /// The amount, in whole diamonds.
        amount,
    } optional {
    }
}

impl Mapping {
    /// A mapping with every section and every key. Its headers are the document's terms (`reconciliation`, parts 四 and
    /// 五), not the platform's own headers, which no document tells.
    pub const EXAMPLE: &'static str = include_str!("example.yaml");

    /// Reads a mapping.
    ///
    /// # Errors
    ///
    /// What is no YAML or no mapping, with its place: an unknown key, a field left out, an empty header, a header for
    /// two fields, a word with two meanings.
    pub fn from_yaml(text: &str) -> Result<Self, MappingError> {
        let mapping: Self = serde_yaml::from_str(text).map_err(|error| MappingError::of(&error))?;
        super::section::check(&mapping)?;
        Ok(mapping)
    }
}

/// What is wrong with a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingError {
    /// What is wrong, with the path of the section.
    pub message: String,
    /// Line and column, both from 1, where the YAML reader knows them.
    pub place: Option<(usize, usize)>,
}

impl MappingError {
    fn of(error: &serde_yaml::Error) -> Self {
        let place = error.location().map(|place| (place.line(), place.column()));
        let message = error.to_string();
        let message = match place {
            Some((line, column)) => {
                message.replace(&format!(" at line {line} column {column}"), "")
            }
            None => message,
        };
        Self { message, place }
    }

    pub(super) fn new(message: String) -> Self {
        Self { message, place: None }
    }
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, column)) => write!(f, "mapping:{line}:{column}: {}", self.message),
            None => write!(f, "mapping: {}", self.message),
        }
    }
}

impl std::error::Error for MappingError {}
