//! How a row of each kind of file is read by its section of the mapping.

use super::cell::{Cells, Moved, NOWHERE, Times, Vocabulary};
use super::mapping::*;
use super::number::Numeral;
use super::row::*;
use super::scope::BillKind;

/// A section of a [`Mapping`], which reads one kind of file: what its rows are.
///
/// Its methods are for the reader of this crate alone.
pub trait Section: sealed::Read {}

impl<T: sealed::Read> Section for T {}

/// Of what happened: bills of trade, withdrawals, rebates, orders in diamonds.
pub trait TradeSection: Section {}

/// Of what was booked: fund flow, the account for fees, the monthly statement on diamonds.
pub trait BookedSection: Section {}

pub(super) mod sealed {
    use super::{BillKind, Cells, Format, Layout, Numeral, RowPlace};

    pub trait Read {
        /// What a row is.
        type Row<N>;
        /// The columns of a file by their places, and what its words mean.
        type Plan;
        /// The name of the section.
        const NAME: &'static str;
        /// The kind of its files.
        const KIND: BillKind;

        fn format(&self) -> Format;
        fn layout(&self) -> &Layout;
        fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan;
        fn row<'a, N: Numeral<'a>>(
            plan: &Self::Plan,
            cells: &Cells<'a>,
            place: RowPlace,
        ) -> Self::Row<N>;
    }
}

use sealed::Read;

impl TradeSection for PaymentSection {}
impl TradeSection for RefundSection {}
impl TradeSection for SettlementSection {}
impl TradeSection for ReturnSection {}
impl TradeSection for WithdrawalSection {}
impl TradeSection for RebateSection {}
impl TradeSection for DiamondSection {}
impl BookedSection for FundSection {}
impl BookedSection for FeeSection {}
impl BookedSection for DeductionSection {}

fn states(words: Option<&StateWords>) -> Vocabulary<State> {
    let Some(words) = words else { return Vocabulary::default() };
    Vocabulary::new([
        (&words.succeeded, State::Succeeded),
        (&words.pending, State::Pending),
        (&words.failed, State::Failed),
    ])
}

fn directions(words: Option<&DirectionWords>) -> Vocabulary<Option<Direction>> {
    let Some(words) = words else { return Vocabulary::default() };
    Vocabulary::new([
        (&words.inward, Some(Direction::In)),
        (&words.outward, Some(Direction::Out)),
        (&words.by_sign, None),
    ])
}

/// A plan of columns, the two times among them, and one vocabulary, that of states.
pub struct Stated<C, M = ()> {
    columns: C,
    times: Times,
    states: Vocabulary<State>,
    more: M,
}

impl Read for PaymentSection {
    type Row<N> = TradeRow<N>;
    type Plan = Stated<PaymentColumns<usize>>;
    const NAME: &'static str = "payments";
    const KIND: BillKind = BillKind::Payments;

    fn format(&self) -> Format {
        self.format
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        let columns = self.columns.map(find);
        let times = Times::new(columns.started, columns.finished);
        Stated { columns, times, states: states(self.states.as_ref()), more: () }
    }

    fn row<'a, N: Numeral<'a>>(
        plan: &Self::Plan,
        cells: &Cells<'a>,
        place: RowPlace,
    ) -> TradeRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = cells.times(plan.times, &state);
        TradeRow {
            place,
            kind: TradeKind::Payment(take_away(cells, columns)),
            state,
            order_no: cells.number(columns.order_no),
            platform_no: cells.number(columns.platform_no),
            channel_no: cells.number_or_empty(columns.channel_no),
            item_no: cells.number_if(columns.item_no),
            started,
            finished,
            amount: cells.amount(columns.amount),
        }
    }
}

/// The parts of an order; nothing if the file does not tell them, or not of this order.
fn take_away(cells: &Cells<'_>, columns: &PaymentColumns<usize>) -> Option<TakeAway> {
    let (goods, delivery) = (columns.goods?, columns.delivery?);
    if cells.are_none(goods, delivery) {
        return None;
    }
    Some(TakeAway { goods: cells.amount(goods), delivery: cells.amount(delivery) })
}

impl Read for RefundSection {
    type Row<N> = TradeRow<N>;
    type Plan = Stated<RefundColumns<usize>, Worded<RefundTiming>>;
    const NAME: &'static str = "refunds";
    const KIND: BillKind = BillKind::Refunds;

    fn format(&self) -> Format {
        self.format
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        let words = Vocabulary::new([
            (&self.timings.before_settlement, RefundTiming::BeforeSettlement),
            (&self.timings.after_settlement, RefundTiming::AfterSettlement),
        ]);
        let always = self.timings.always.map(|always| match always {
            AlwaysTiming::BeforeSettlement => RefundTiming::BeforeSettlement,
            AlwaysTiming::AfterSettlement => RefundTiming::AfterSettlement,
        });
        let columns = self.columns.map(find);
        let times = Times::new(columns.started, columns.finished);
        let timings = Worded::new(columns.timing, words, always);
        Stated { columns, times, states: states(self.states.as_ref()), more: timings }
    }

    fn row<'a, N: Numeral<'a>>(
        plan: &Self::Plan,
        cells: &Cells<'a>,
        place: RowPlace,
    ) -> TradeRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = cells.times(plan.times, &state);
        let timing = plan.more.read(cells, RefundTiming::Other);
        TradeRow {
            place,
            kind: TradeKind::Refund(timing),
            state,
            order_no: cells.number(columns.order_no),
            platform_no: cells.number(columns.platform_no),
            channel_no: cells.number_or_empty(columns.channel_no),
            item_no: cells.number_if(columns.item_no),
            started,
            finished,
            amount: cells.outward(columns.amount),
        }
    }
}

impl Read for SettlementSection {
    type Row<N> = TradeRow<N>;
    type Plan = Stated<SettlementColumns<usize>>;
    const NAME: &'static str = "settlements";
    const KIND: BillKind = BillKind::Settlements;

    fn format(&self) -> Format {
        self.format
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        let columns = self.columns.map(find);
        let times = Times::new(columns.started, columns.finished);
        Stated { columns, times, states: states(self.states.as_ref()), more: () }
    }

    fn row<'a, N: Numeral<'a>>(
        plan: &Self::Plan,
        cells: &Cells<'a>,
        place: RowPlace,
    ) -> TradeRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = cells.times(plan.times, &state);
        let charges = Charges {
            software_fee_1: cells.amount_or_zero(columns.software_fee_1),
            software_fee_2: cells.amount_or_zero(columns.software_fee_2),
            commission: cells.amount_or_zero(columns.commission),
            partners: cells.amount_or_zero(columns.partners),
        };
        TradeRow {
            place,
            kind: TradeKind::Settlement(charges),
            state,
            order_no: cells.number(columns.order_no),
            platform_no: cells.number(columns.platform_no),
            channel_no: cells.number_or_empty(columns.channel_no),
            item_no: cells.number_if(columns.item_no),
            started,
            finished,
            amount: cells.amount(columns.amount),
        }
    }
}

impl Read for ReturnSection {
    type Row<N> = TradeRow<N>;
    type Plan = Stated<ReturnColumns<usize>>;
    const NAME: &'static str = "returns";
    const KIND: BillKind = BillKind::Returns;

    fn format(&self) -> Format {
        self.format
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        let columns = self.columns.map(find);
        let times = Times::new(columns.started, columns.finished);
        Stated { columns, times, states: states(self.states.as_ref()), more: () }
    }

    fn row<'a, N: Numeral<'a>>(
        plan: &Self::Plan,
        cells: &Cells<'a>,
        place: RowPlace,
    ) -> TradeRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = cells.times(plan.times, &state);
        TradeRow {
            place,
            kind: TradeKind::SettlementReturn,
            state,
            order_no: cells.number(columns.order_no),
            platform_no: cells.number(columns.platform_no),
            channel_no: cells.number_or_empty(columns.channel_no),
            item_no: cells.number_if(columns.item_no),
            started,
            finished,
            amount: cells.outward(columns.amount),
        }
    }
}

/// What a column of words says, or the mapping, of all rows.
pub struct Worded<T> {
    column: Option<usize>,
    words: Vocabulary<T>,
    always: Option<T>,
}

impl<T: Clone> Worded<T> {
    fn new(column: Option<usize>, words: Vocabulary<T>, always: Option<T>) -> Self {
        Self { column, words, always }
    }

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
    const NAME: &'static str = "funds";
    const KIND: BillKind = BillKind::Funds;

    fn format(&self) -> Format {
        self.format
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> FundPlan {
        let kinds = Vocabulary::new([
            (&self.kinds.split, Movement::Split),
            (&self.kinds.refund, Movement::Refund),
            (&self.kinds.settlement_return, Movement::Return),
            (&self.kinds.withdrawal, Movement::Withdrawal),
            (&self.kinds.adjustment, Movement::Adjustment),
        ]);
        let accounts = Vocabulary::new([
            (&self.accounts.in_transit, Account::InTransit),
            (&self.accounts.withdrawable, Account::Withdrawable),
        ]);
        let always = self.accounts.always.map(|always| match always {
            AlwaysAccount::InTransit => Account::InTransit,
            AlwaysAccount::Withdrawable => Account::Withdrawable,
        });
        let columns = self.columns.map(find);
        FundPlan {
            times: Times::new(columns.traded, columns.moved),
            moved: Moved::new(
                (columns.direction, columns.amount),
                (columns.income, columns.expense),
            ),
            account: Worded::new(columns.account, accounts, always),
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

impl Read for WithdrawalSection {
    type Row<N> = WithdrawalRow<N>;
    type Plan = Stated<WithdrawalColumns<usize>>;
    const NAME: &'static str = "withdrawals";
    const KIND: BillKind = BillKind::Withdrawals;

    fn format(&self) -> Format {
        self.format
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        let columns = self.columns.map(find);
        let times = Times::new(columns.started, columns.finished);
        Stated { columns, times, states: states(self.states.as_ref()), more: () }
    }

    fn row<'a, N: Numeral<'a>>(
        plan: &Self::Plan,
        cells: &Cells<'a>,
        place: RowPlace,
    ) -> WithdrawalRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = cells.times(plan.times, &state);
        WithdrawalRow {
            place,
            state,
            request_no: cells.number(columns.request_no),
            started,
            finished,
            amount: cells.outward(columns.amount),
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
    const NAME: &'static str = "fees";
    const KIND: BillKind = BillKind::Fees;

    fn format(&self) -> Format {
        self.format
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> FeePlan {
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
    const NAME: &'static str = "rebates";
    const KIND: BillKind = BillKind::Rebates;

    fn format(&self) -> Format {
        self.format
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> RebatePlan {
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

impl Read for DiamondSection {
    type Row<N> = DiamondRow<N>;
    type Plan = Stated<DiamondColumns<usize>, Vocabulary<DiamondKind>>;
    const NAME: &'static str = "diamonds";
    const KIND: BillKind = BillKind::Diamonds;

    fn format(&self) -> Format {
        self.format
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        let kinds = Vocabulary::new([
            (&self.kinds.payment, DiamondKind::Payment),
            (&self.kinds.system_refund, DiamondKind::SystemRefund),
            (&self.kinds.forced_refund, DiamondKind::ForcedRefund),
        ]);
        let columns = self.columns.map(find);
        let times = Times::new(columns.started, columns.finished);
        Stated { columns, times, states: states(self.states.as_ref()), more: kinds }
    }

    fn row<'a, N: Numeral<'a>>(
        plan: &Self::Plan,
        cells: &Cells<'a>,
        place: RowPlace,
    ) -> DiamondRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = cells.times(plan.times, &state);
        DiamondRow {
            place,
            kind: cells.word(columns.kind, &plan.more, DiamondKind::Other),
            state,
            order_no: cells.number(columns.order_no),
            platform_no: cells.number(columns.platform_no),
            started,
            finished,
            amount: cells.diamonds(columns.amount),
        }
    }
}

impl Read for DeductionSection {
    type Row<N> = DeductionRow<N>;
    type Plan = DeductionColumns<usize>;
    const NAME: &'static str = "deductions";
    const KIND: BillKind = BillKind::Deductions;

    fn format(&self) -> Format {
        self.format
    }

    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
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
