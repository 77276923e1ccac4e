//! How a row of each kind of file is read by its section of the mapping.

use super::cell::{Cells, Moved, NOWHERE, Times, Vocabulary};
use super::mapping::*;
use super::number::Numeral;
use super::row::*;

/// A section of a [`Mapping`], which reads one kind of file: what its rows are.
///
/// Its methods are for the reader of this crate alone.
pub trait Section: sealed::Read {}

/// Of what happened: bills of trade, withdrawals, rebates, orders in diamonds.
pub trait TradeSection: Section {}

/// Of what was booked: fund flow, the account for fees, the monthly statement on diamonds.
pub trait BookedSection: Section {}

impl<T: sealed::Read> Section for T {}

macro_rules! sides {
    ($($side:ident: $($section:ident)*;)*) => {$($(impl $side for $section {})*)*};
}

sides! {
    TradeSection: PaymentSection RefundSection SettlementSection ReturnSection;
    TradeSection: WithdrawalSection RebateSection DiamondSection;
    BookedSection: FundSection FeeSection DeductionSection;
}

pub(super) mod sealed {
    use super::{Cells, Numeral, RowPlace};
    use crate::mapping::described::Described;

    pub trait Read: Described {
        /// What a row is.
        type Row<N>;
        /// The columns of a file by their places, and what its words mean.
        type Plan;

        fn plan(&self, find: Find<'_>) -> Self::Plan;
        fn row<'a, N: Numeral<'a>>(
            plan: &Self::Plan,
            cells: &Cells<'a>,
            place: RowPlace,
        ) -> Self::Row<N>;
    }

    /// Finds the column of a field by its header.
    pub(crate) type Find<'a> = &'a mut dyn FnMut(&'static str, &str) -> usize;
}

use sealed::{Find, Read};

/// How a file of records is read, which have a state and two times.
pub struct RecordPlan<C, W> {
    columns: C,
    times: Times,
    states: Vocabulary<State>,
    /// What other words mean.
    words: W,
}

/// Declares how records are read: what words there are beside those of the state, and what fields beside state and times.
macro_rules! records {
    ($($section:ident: $columns:ident {
        words: $words:ty = |$own:pat_param, $found:pat_param| $meaning:expr,
        row: $row:ident = |$plan:ident, $cells:ident| { $($field:ident: $value:expr,)* },
    })*) => {$(
        impl Read for $section {
            type Row<N> = $row<N>;
            type Plan = RecordPlan<$columns<usize>, $words>;

            fn plan(&self, find: Find<'_>) -> Self::Plan {
                let columns = self.columns.map(find);
                let ($own, $found) = (self, &columns);
                let words = $meaning;
                let times = Times::new(columns.started, columns.finished);
                RecordPlan { columns, times, states: states(self.states.as_ref()), words }
            }

            fn row<'a, N: Numeral<'a>>(
                $plan: &Self::Plan,
                $cells: &Cells<'a>,
                place: RowPlace,
            ) -> $row<N> {
                let state = $cells.state($plan.columns.state, &$plan.states);
                let (started, finished) = $cells.times($plan.times, &state);
                $row { place, state, started, finished, $($field: $value,)* }
            }
        }
    )*};
}

/// The same for bills of trade, whose numbers are the same in all four.
macro_rules! bills_of_trade {
    ($($section:ident: $columns:ident {
        words: $words:ty = |$own:pat_param, $found:pat_param| $meaning:expr,
        kind: |$plan:ident, $cells:ident| $kind:expr,
        amount: $amount:ident,
    })*) => {
        records! {$(
            $section: $columns {
                words: $words = |$own, $found| $meaning,
                row: TradeRow = |$plan, $cells| {
                    kind: $kind,
                    order_no: $cells.number($plan.columns.order_no),
                    platform_no: $cells.number($plan.columns.platform_no),
                    channel_no: $cells.number_or_empty($plan.columns.channel_no),
                    item_no: $cells.number_if($plan.columns.item_no),
                    amount: $cells.$amount($plan.columns.amount),
                },
            }
        )*}
    };
}

bills_of_trade! {
    PaymentSection: PaymentColumns {
        words: () = |_, _| (),
        kind: |plan, cells| TradeKind::Payment(take_away(cells, &plan.columns)),
        amount: amount,
    }

    RefundSection: RefundColumns {
        words: Worded<RefundTiming> = |section, columns| timings(&section.timings, columns.timing),
        kind: |plan, cells| TradeKind::Refund(plan.words.read(cells, RefundTiming::Other)),
        amount: outward,
    }

    SettlementSection: SettlementColumns {
        words: () = |_, _| (),
        kind: |plan, cells| TradeKind::Settlement(charges(cells, &plan.columns)),
        amount: amount,
    }

    ReturnSection: ReturnColumns {
        words: () = |_, _| (),
        kind: |plan, cells| TradeKind::SettlementReturn,
        amount: outward,
    }
}

records! {
    WithdrawalSection: WithdrawalColumns {
        words: () = |_, _| (),
        row: WithdrawalRow = |plan, cells| {
            request_no: cells.number(plan.columns.request_no),
            amount: cells.outward(plan.columns.amount),
        },
    }

    DiamondSection: DiamondColumns {
        words: Vocabulary<DiamondKind> = |section, _| Vocabulary::new([
            (&section.kinds.payment, DiamondKind::Payment),
            (&section.kinds.system_refund, DiamondKind::SystemRefund),
            (&section.kinds.forced_refund, DiamondKind::ForcedRefund),
        ]),
        row: DiamondRow = |plan, cells| {
            kind: cells.word(plan.columns.kind, &plan.words, DiamondKind::Other),
            order_no: cells.number(plan.columns.order_no),
            platform_no: cells.number(plan.columns.platform_no),
            amount: cells.diamonds(plan.columns.amount),
        },
    }
}

fn states(words: Option<&StateWords>) -> Vocabulary<State> {
    let Some(words) = words else { return Vocabulary::default() };
    Vocabulary::new([
        (&words.succeeded, State::Succeeded),
        (&words.pending, State::Pending),
        (&words.failed, State::Failed),
    ])
}

fn timings(words: &TimingWords, column: Option<usize>) -> Worded<RefundTiming> {
    let always = words.always.map(|always| match always {
        AlwaysTiming::BeforeSettlement => RefundTiming::BeforeSettlement,
        AlwaysTiming::AfterSettlement => RefundTiming::AfterSettlement,
    });
    let words = Vocabulary::new([
        (&words.before_settlement, RefundTiming::BeforeSettlement),
        (&words.after_settlement, RefundTiming::AfterSettlement),
    ]);
    Worded { column, words, always }
}

/// The parts of an order; nothing if the file does not tell them, or not of this order.
fn take_away(cells: &Cells<'_>, columns: &PaymentColumns<usize>) -> Option<TakeAway> {
    let (goods, delivery) = (columns.goods?, columns.delivery?);
    if cells.are_none(goods, delivery) {
        return None;
    }
    Some(TakeAway { goods: cells.amount(goods), delivery: cells.amount(delivery) })
}

#[inline]
fn charges(cells: &Cells<'_>, columns: &SettlementColumns<usize>) -> Charges {
    Charges {
        software_fee_1: cells.amount_or_zero(columns.software_fee_1),
        software_fee_2: cells.amount_or_zero(columns.software_fee_2),
        commission: cells.amount_or_zero(columns.commission),
        partners: cells.amount_or_zero(columns.partners),
    }
}

/// What a column of words says, or the mapping, of all rows.
pub struct Worded<T> {
    column: Option<usize>,
    words: Vocabulary<T>,
    always: Option<T>,
}

impl<T: Clone> Worded<T> {
    #[inline]
    fn read(&self, cells: &Cells<'_>, other: impl FnOnce(Box<str>) -> T) -> T {
        match (self.column, &self.always) {
            (None, Some(always)) => always.clone(),
            (column, _) => cells.word(column.unwrap_or(NOWHERE), &self.words, other),
        }
    }
}

/// How a file of fund flow is read.
pub struct FundPlan {
    columns: FundColumns<usize>,
    times: Times,
    moved: Moved,
    kinds: Vocabulary<Movement>,
    directions: Vocabulary<Option<Direction>>,
    account: Worded<Account>,
}

impl Read for FundSection {
    type Row<N> = FundRow<N>;
    type Plan = FundPlan;

    fn plan(&self, find: Find<'_>) -> FundPlan {
        let kinds = Vocabulary::new([
            (&self.kinds.split, Movement::Split),
            (&self.kinds.refund, Movement::Refund),
            (&self.kinds.settlement_return, Movement::Return),
            (&self.kinds.withdrawal, Movement::Withdrawal),
            (&self.kinds.adjustment, Movement::Adjustment),
        ]);
        let columns = self.columns.map(find);
        FundPlan {
            times: Times::new(columns.traded, columns.moved),
            moved: Moved::new(
                (columns.direction, columns.amount),
                (columns.income, columns.expense),
            ),
            account: accounts(&self.accounts, columns.account),
            directions: directions(self.directions.as_ref()),
            columns,
            kinds,
        }
    }

    fn row<'a, N: Numeral<'a>>(plan: &FundPlan, cells: &Cells<'a>, place: RowPlace) -> FundRow<N> {
        let columns = &plan.columns;
        let account = plan.account.read(cells, Account::Other);
        let balance = match (columns.balance, &account) {
            (None, _) => None,
            (Some(balance), Account::Withdrawable) => Some(cells.signed(balance)),
            (Some(balance), _) => cells.signed_if(balance),
        };
        let (direction, amount) = cells.movement(plan.moved, &plan.directions);
        let (traded, moved) = cells.both_times(plan.times);
        FundRow {
            place,
            movement: cells.word(columns.kind, &plan.kinds, Movement::Other),
            account,
            related_no: cells.number_or_empty(columns.related_no),
            trade_no: cells.number_or_empty(Some(columns.trade_no)),
            traded,
            moved,
            direction,
            amount,
            balance,
        }
    }
}

/// How a file of the account for fees is read.
pub struct FeePlan {
    columns: FeeColumns<usize>,
    moved: Moved,
    kinds: Vocabulary<FeeMovement>,
    directions: Vocabulary<Option<Direction>>,
}

impl Read for FeeSection {
    type Row<N> = FeeRow<N>;
    type Plan = FeePlan;

    fn plan(&self, find: Find<'_>) -> FeePlan {
        let kinds = Vocabulary::new([
            (&self.kinds.top_up, FeeMovement::TopUp),
            (&self.kinds.withdrawal, FeeMovement::Withdrawal),
            (&self.kinds.fees, FeeMovement::Fees),
        ]);
        let columns = self.columns.map(find);
        let moved =
            Moved::new((columns.direction, columns.amount), (columns.income, columns.expense));
        FeePlan { columns, moved, kinds, directions: directions(self.directions.as_ref()) }
    }

    fn row<'a, N: Numeral<'a>>(plan: &FeePlan, cells: &Cells<'a>, place: RowPlace) -> FeeRow<N> {
        let columns = &plan.columns;
        let (direction, amount) = cells.movement(plan.moved, &plan.directions);
        FeeRow {
            place,
            movement: cells.word(columns.kind, &plan.kinds, FeeMovement::Other),
            trade_no: cells.number_or_empty(columns.trade_no),
            moved: cells.time(columns.moved),
            direction,
            amount,
            balance: cells.signed(columns.balance),
        }
    }
}

/// How a file of rebates is read.
pub struct RebatePlan {
    columns: RebateColumns<usize>,
    kinds: Vocabulary<RebateKind>,
}

impl Read for RebateSection {
    type Row<N> = RebateRow<N>;
    type Plan = RebatePlan;

    fn plan(&self, find: Find<'_>) -> RebatePlan {
        let kinds = Vocabulary::new([
            (&self.kinds.standard, RebateKind::Standard),
            (&self.kinds.commission_refund, RebateKind::CommissionRefund),
            (&self.kinds.special, RebateKind::Special),
            (&self.kinds.quarterly, RebateKind::Quarterly),
        ]);
        RebatePlan { columns: self.columns.map(find), kinds }
    }

    fn row<'a, N: Numeral<'a>>(
        plan: &RebatePlan,
        cells: &Cells<'a>,
        place: RowPlace,
    ) -> RebateRow<N> {
        let columns = &plan.columns;
        RebateRow {
            place,
            kind: cells.word(columns.kind, &plan.kinds, RebateKind::Other),
            bill_no: cells.number(columns.bill_no),
            pushed: cells.date(columns.pushed),
            confirmed: cells.date_if(columns.confirmed),
            paid: cells.date_if(columns.paid),
            amount: cells.amount(columns.amount),
        }
    }
}

impl Read for DeductionSection {
    type Row<N> = DeductionRow<N>;
    type Plan = DeductionColumns<usize>;

    fn plan(&self, find: Find<'_>) -> Self::Plan {
        self.columns.map(find)
    }

    fn row<'a, N: Numeral<'a>>(
        columns: &Self::Plan,
        cells: &Cells<'a>,
        place: RowPlace,
    ) -> DeductionRow<N> {
        DeductionRow {
            place,
            platform_no: cells.number(columns.platform_no),
            deducted: cells.date(columns.deducted),
            amount: cells.diamonds(columns.amount),
        }
    }
}

fn accounts(words: &AccountWords, column: Option<usize>) -> Worded<Account> {
    let always = words.always.map(|always| match always {
        AlwaysAccount::InTransit => Account::InTransit,
        AlwaysAccount::Withdrawable => Account::Withdrawable,
    });
    let words = Vocabulary::new([
        (&words.in_transit, Account::InTransit),
        (&words.withdrawable, Account::Withdrawable),
    ]);
    Worded { column, words, always }
}

fn directions(words: Option<&DirectionWords>) -> Vocabulary<Option<Direction>> {
    let Some(words) = words else { return Vocabulary::default() };
    Vocabulary::new([
        (&words.inward, Some(Direction::In)),
        (&words.outward, Some(Direction::Out)),
        (&words.by_sign, None),
    ])
}
