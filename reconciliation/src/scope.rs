//! What is reconciled: the time, the accounts, the kinds of files, and what the console says.

use apiscribe::rules::Decimal;
use generated_client::platform::Fen;
use generated_client::reconciliation::{TAKE_AWAY_PAYMENT_FEE_RATE, TAKE_AWAY_RATE};

use super::mapping::RowOrder;
use super::window::Window;

/// What is reconciled, and what else is known.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The time.
    pub window: Window,
    /// The time for diamonds, whose month is another.
    pub diamond_window: Window,
    /// Which account fees are taken from.
    pub fees: FeesFrom,
    /// Whether the bills have all payments whose refunds and settlements they have.
    pub orders: KnownOrders,
    /// How the rows of fund flow are sorted; `reconcile_files` takes it from the mapping.
    pub fund_order: RowOrder,
    /// How the rows of the account for fees are sorted; `reconcile_files` takes it from the mapping.
    pub fee_order: RowOrder,
    /// What was in transit before the window.
    pub opening_in_transit: Fen,
    /// What the console shows at the end of the window.
    pub stated: Stated,
    /// The rates of the fees, if all settlements have the same.
    pub rates: Option<FeeRates>,
    /// So many findings are kept whole; of more only the sums.
    pub limit: usize,
}

/// Which account the fees of settlements are taken from. Source: `reconciliation`, accounts and part 二.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeesFrom {
    /// Off the settlement, before it comes into the account: there is no account for fees (未开通手续费账户).
    Splits,
    /// From the account for fees (已开通手续费账户).
    FeeAccount,
}

/// Whether an order without payment is a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownOrders {
    /// The bills have all payments, also those from before the window that are refunded or settled in it.
    Complete,
    /// Some may have been paid before the first bill.
    Partial,
}

/// Figures that the console shows, to compare with. What is `None` is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stated {
    /// 总资金.
    pub total: Option<Fen>,
    /// 可提现总资金.
    pub withdrawable: Option<Fen>,
    /// 在途总资金.
    pub in_transit: Option<Fen>,
    /// 冻结总资金.
    pub frozen: Option<Fen>,
    /// 手续费账户余额; only with the account for fees.
    pub fee_account: Option<Fen>,
    /// 退款备用金账户余额; only if there is one.
    pub refund_reserve: Option<Fen>,
    /// 可开票金额.
    pub invoice: Option<Fen>,
    /// 充值手续费, which goes into the invoice.
    pub top_up_fees: Fen,
    /// 其他: what of the month before was less than zero, as an amount to take off.
    pub carried: Fen,
    /// The net diamonds of the monthly statement.
    pub diamonds_net: Option<generated_client::platform::Diamonds>,
}

/// The rates of both fees. Source: `reconciliation`, scenario 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeRates {
    /// Of software fee 1.
    pub software_fee_1: FeeRate,
    /// Of software fee 2.
    pub software_fee_2: FeeRate,
}

/// A rate in hundredths of a per cent: 60 is 0.6 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeRate(pub u16);

impl FeeRates {
    /// Of take-away mini-apps: 2.5 %, of which 0.6 % are for the payment. The document calls them examples.
    pub const TAKE_AWAY: Self = Self {
        software_fee_1: FeeRate::of(TAKE_AWAY_PAYMENT_FEE_RATE),
        software_fee_2: FeeRate(
            FeeRate::of(TAKE_AWAY_RATE).0 - FeeRate::of(TAKE_AWAY_PAYMENT_FEE_RATE).0,
        ),
    };
}

impl FeeRate {
    /// Of a share of 1, at compile time.
    const fn of(share: Decimal) -> Self {
        let rate = share.mantissa() * 10_i128.pow(4 - share.scale());
        assert!(0 <= rate && rate <= 10_000, "a rate is a share of 1");
        Self(rate as u16)
    }

    /// The fee of an amount, rounded to the nearest fen, a half up; `None` if 64 bits cannot hold it.
    pub fn fee(self, amount: Fen) -> Option<Fen> {
        i64::try_from((self.exact(amount) + 5_000).div_euclid(10_000)).ok().map(Fen)
    }

    /// Whether a fee is that of an amount, rounded up or down to whole fen: the document does not say which.
    pub fn makes(self, fee: Fen, amount: Fen) -> bool {
        (i128::from(fee.0) * 10_000 - self.exact(amount)).abs() < 10_000
    }

    /// In ten thousandths of a fen.
    fn exact(self, amount: Fen) -> i128 {
        i128::from(amount.0) * i128::from(self.0)
    }
}

impl Scope {
    /// A window with nothing else known: fees off the settlements, all orders known, rows sorted from the oldest.
    pub fn new(window: Window, diamond_window: Window) -> Self {
        Self {
            window,
            diamond_window,
            fees: FeesFrom::Splits,
            orders: KnownOrders::Complete,
            fund_order: RowOrder::OldestFirst,
            fee_order: RowOrder::OldestFirst,
            opening_in_transit: Fen(0),
            stated: Stated::default(),
            rates: None,
            limit: 10_000,
        }
    }
}
