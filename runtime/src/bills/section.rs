//! How a row of each kind of file is read by its section of the mapping.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::cell::{Cells, Vocabulary};
use super::mapping::*;
use super::number::Numeral;
use super::row::*;

/// A section of a [`Mapping`], which reads one kind of file: what its rows are.
///
/// Its methods are for the reader of this crate alone.
pub trait Section: sealed::Read {}

impl<T: sealed::Read> Section for T {}

pub(super) mod sealed {
    use super::{Cells, Format, Numeral, Place, Scope};

    pub trait Read {
        /// What a row is.
        type Row<N>;
        /// The columns of a file by their places, and what its words mean.
        type Plan;
        /// The name of the section.
        const NAME: &'static str;

        fn format(&self) -> Format;
        fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan;
        fn row<'a, N: Numeral<'a>>(
            plan: &Self::Plan,
            cells: &Cells<'a>,
            place: Place,
        ) -> Self::Row<N>;
        /// Its words by what they stand for, in groups of which none may have a word twice.
        fn words(&self, scope: &mut Scope<'_>);
    }
}

use sealed::Read;

/// What is checked of a section: words and headers.
pub struct Scope<'a> {
    section: &'static str,
    fault: &'a mut Option<String>,
}

impl Scope<'_> {
    /// A word has one meaning.
    fn group(&mut self, group: &str, words: &[(&'static str, &Words)]) {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for (meaning, words) in words {
            for word in words.iter() {
                let word = word.trim();
                let before = seen.insert(word, meaning);
                if word.is_empty() {
                    self.complain(format!("{group}.{meaning}: a word is empty"));
                } else if let Some(before) = before {
                    self.complain(format!("{group}: `{word}` stands for {before} and {meaning}"));
                }
            }
        }
    }

    fn states(&mut self, words: &StateWords) {
        let StateWords { succeeded, pending, failed } = words;
        let meanings = [("succeeded", succeeded), ("pending", pending), ("failed", failed)];
        self.group("states", &meanings);
    }

    fn directions(&mut self, words: &DirectionWords) {
        let DirectionWords { inward, outward, by_sign } = words;
        let meanings = [("inward", inward), ("outward", outward), ("by_sign", by_sign)];
        self.group("directions", &meanings);
    }

    fn complain(&mut self, what: String) {
        self.fault.get_or_insert(format!("{}.{what}", self.section));
    }
}

/// Refuses what serde lets pass: empty headers, a header for two fields, a word with two meanings.
pub(super) fn check(mapping: &Mapping) -> Result<(), MappingError> {
    let mut fault = None;
    check_section(&mapping.payments, &mut fault);
    check_section(&mapping.refunds, &mut fault);
    check_section(&mapping.settlements, &mut fault);
    check_section(&mapping.returns, &mut fault);
    check_section(&mapping.funds, &mut fault);
    check_section(&mapping.withdrawals, &mut fault);
    check_section(&mapping.fees, &mut fault);
    check_section(&mapping.rebates, &mut fault);
    check_section(&mapping.diamonds, &mut fault);
    check_section(&mapping.deductions, &mut fault);
    let pair = mapping.payments.as_ref().map(|section| &section.columns);
    if pair.is_some_and(|columns| columns.goods.is_some() != columns.delivery.is_some()) {
        let what = "payments.columns: `goods` and `delivery` go together";
        fault.get_or_insert(what.to_owned());
    }
    fault.map_or(Ok(()), |message| Err(MappingError::new(message)))
}

fn check_section<S: Section>(section: &Option<S>, fault: &mut Option<String>) {
    let Some(section) = section else { return };
    let mut scope = Scope { section: S::NAME, fault };
    let mut seen: BTreeMap<String, &'static str> = BTreeMap::new();
    section.plan(&mut |field, header| {
        let header = header.trim().to_owned();
        if header.is_empty() {
            scope.complain(format!("columns.{field}: the header is empty"));
        } else if let Some(before) = seen.insert(header.clone(), field) {
            scope.complain(format!("columns: `{header}` is the header of {before} and of {field}"));
        }
        0
    });
    section.words(&mut scope);
}

fn states(words: &StateWords) -> Vocabulary<State> {
    Vocabulary::new([
        (&words.succeeded, State::Succeeded),
        (&words.pending, State::Pending),
        (&words.failed, State::Failed),
    ])
}

fn directions(words: &DirectionWords) -> Vocabulary<Option<Direction>> {
    Vocabulary::new([
        (&words.inward, Some(Direction::In)),
        (&words.outward, Some(Direction::Out)),
        (&words.by_sign, None),
    ])
}

/// When a record was started and done.
fn times(
    cells: &Cells<'_>,
    (started, finished): (usize, usize),
    state: &State,
) -> (DateTime, Option<DateTime>) {
    (cells.time(started), cells.finished(finished, state))
}

/// A plan of columns and one vocabulary, that of states.
pub struct Stated<C, M = ()> {
    columns: C,
    states: Vocabulary<State>,
    more: M,
}

impl Read for PaymentSection {
    type Row<N> = TradeRow<N>;
    type Plan = Stated<PaymentColumns<usize>>;
    const NAME: &'static str = "payments";

    fn format(&self) -> Format {
        self.format
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        Stated { columns: self.columns.map(find), states: states(&self.states), more: () }
    }

    fn row<'a, N: Numeral<'a>>(plan: &Self::Plan, cells: &Cells<'a>, place: Place) -> TradeRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = times(cells, (columns.started, columns.finished), &state);
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

    fn words(&self, scope: &mut Scope<'_>) {
        scope.states(&self.states);
    }
}

/// The parts of an order; nothing if the file does not tell them, or not of this order.
fn take_away(cells: &Cells<'_>, columns: &PaymentColumns<usize>) -> Option<TakeAway> {
    let (goods, delivery) = (columns.goods?, columns.delivery?);
    if cells.text(goods).is_empty() && cells.text(delivery).is_empty() {
        return None;
    }
    Some(TakeAway { goods: cells.amount(goods), delivery: cells.amount(delivery) })
}

impl Read for RefundSection {
    type Row<N> = TradeRow<N>;
    type Plan = Stated<RefundColumns<usize>, Vocabulary<RefundTiming>>;
    const NAME: &'static str = "refunds";

    fn format(&self) -> Format {
        self.format
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        let timings = Vocabulary::new([
            (&self.timings.before_settlement, RefundTiming::BeforeSettlement),
            (&self.timings.after_settlement, RefundTiming::AfterSettlement),
        ]);
        Stated { columns: self.columns.map(find), states: states(&self.states), more: timings }
    }

    fn row<'a, N: Numeral<'a>>(plan: &Self::Plan, cells: &Cells<'a>, place: Place) -> TradeRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = times(cells, (columns.started, columns.finished), &state);
        let timing = cells.word(columns.timing, &plan.more, RefundTiming::Other);
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
            amount: cells.amount(columns.amount),
        }
    }

    fn words(&self, scope: &mut Scope<'_>) {
        scope.states(&self.states);
        let TimingWords { before_settlement, after_settlement } = &self.timings;
        let meanings =
            [("before_settlement", before_settlement), ("after_settlement", after_settlement)];
        scope.group("timings", &meanings);
    }
}

impl Read for SettlementSection {
    type Row<N> = TradeRow<N>;
    type Plan = Stated<SettlementColumns<usize>>;
    const NAME: &'static str = "settlements";

    fn format(&self) -> Format {
        self.format
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        Stated { columns: self.columns.map(find), states: states(&self.states), more: () }
    }

    fn row<'a, N: Numeral<'a>>(plan: &Self::Plan, cells: &Cells<'a>, place: Place) -> TradeRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = times(cells, (columns.started, columns.finished), &state);
        let charges = Charges {
            software_fee_1: cells.amount_or_zero(Some(columns.software_fee_1)),
            software_fee_2: cells.amount_or_zero(Some(columns.software_fee_2)),
            commission: cells.amount_or_zero(Some(columns.commission)),
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

    fn words(&self, scope: &mut Scope<'_>) {
        scope.states(&self.states);
    }
}

impl Read for ReturnSection {
    type Row<N> = TradeRow<N>;
    type Plan = Stated<ReturnColumns<usize>>;
    const NAME: &'static str = "returns";

    fn format(&self) -> Format {
        self.format
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        Stated { columns: self.columns.map(find), states: states(&self.states), more: () }
    }

    fn row<'a, N: Numeral<'a>>(plan: &Self::Plan, cells: &Cells<'a>, place: Place) -> TradeRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = times(cells, (columns.started, columns.finished), &state);
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
            amount: cells.amount(columns.amount),
        }
    }

    fn words(&self, scope: &mut Scope<'_>) {
        scope.states(&self.states);
    }
}

/// How a file of fund flow is read.
pub struct FundPlan {
    columns: FundColumns<usize>,
    kinds: Vocabulary<Movement>,
    directions: Vocabulary<Option<Direction>>,
    accounts: Vocabulary<Account>,
}

impl Read for FundSection {
    type Row<N> = FundRow<N>;
    type Plan = FundPlan;
    const NAME: &'static str = "funds";

    fn format(&self) -> Format {
        self.format
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
        let directions = directions(&self.directions);
        FundPlan { columns: self.columns.map(find), kinds, directions, accounts }
    }

    fn row<'a, N: Numeral<'a>>(plan: &FundPlan, cells: &Cells<'a>, place: Place) -> FundRow<N> {
        let columns = &plan.columns;
        let account = cells.word(columns.account, &plan.accounts, Account::Other);
        let balance = match account {
            Account::Withdrawable => Some(cells.signed(columns.balance)),
            _ => cells.signed_if(columns.balance),
        };
        let (direction, amount) =
            cells.movement(columns.direction, columns.amount, &plan.directions);
        FundRow {
            place,
            movement: cells.word(columns.kind, &plan.kinds, Movement::Other),
            account,
            related_no: cells.number_or_empty(columns.related_no),
            trade_no: cells.number_or_empty(columns.trade_no),
            traded: cells.time(columns.traded),
            moved: cells.time(columns.moved),
            direction,
            amount,
            balance,
        }
    }

    fn words(&self, scope: &mut Scope<'_>) {
        let MovementWords { split, refund, settlement_return, withdrawal, adjustment } =
            &self.kinds;
        scope.group(
            "kinds",
            &[
                ("split", split),
                ("refund", refund),
                ("settlement_return", settlement_return),
                ("withdrawal", withdrawal),
                ("adjustment", adjustment),
            ],
        );
        scope.directions(&self.directions);
        let AccountWords { in_transit, withdrawable } = &self.accounts;
        let meanings = [("in_transit", in_transit), ("withdrawable", withdrawable)];
        scope.group("accounts", &meanings);
    }
}

impl Read for WithdrawalSection {
    type Row<N> = WithdrawalRow<N>;
    type Plan = Stated<WithdrawalColumns<usize>>;
    const NAME: &'static str = "withdrawals";

    fn format(&self) -> Format {
        self.format
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        Stated { columns: self.columns.map(find), states: states(&self.states), more: () }
    }

    fn row<'a, N: Numeral<'a>>(
        plan: &Self::Plan,
        cells: &Cells<'a>,
        place: Place,
    ) -> WithdrawalRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = times(cells, (columns.started, columns.finished), &state);
        WithdrawalRow {
            place,
            state,
            request_no: cells.number(columns.request_no),
            started,
            finished,
            amount: cells.amount(columns.amount),
        }
    }

    fn words(&self, scope: &mut Scope<'_>) {
        scope.states(&self.states);
    }
}

/// How a file of the account for fees is read.
pub struct FeePlan {
    columns: FeeColumns<usize>,
    kinds: Vocabulary<FeeMovement>,
    directions: Vocabulary<Option<Direction>>,
}

impl Read for FeeSection {
    type Row<N> = FeeRow<N>;
    type Plan = FeePlan;
    const NAME: &'static str = "fees";

    fn format(&self) -> Format {
        self.format
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> FeePlan {
        let kinds = Vocabulary::new([
            (&self.kinds.top_up, FeeMovement::TopUp),
            (&self.kinds.withdrawal, FeeMovement::Withdrawal),
            (&self.kinds.fees, FeeMovement::Fees),
        ]);
        FeePlan { columns: self.columns.map(find), kinds, directions: directions(&self.directions) }
    }

    fn row<'a, N: Numeral<'a>>(plan: &FeePlan, cells: &Cells<'a>, place: Place) -> FeeRow<N> {
        let columns = &plan.columns;
        let (direction, amount) =
            cells.movement(columns.direction, columns.amount, &plan.directions);
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

    fn words(&self, scope: &mut Scope<'_>) {
        let FeeWords { top_up, withdrawal, fees } = &self.kinds;
        scope.group("kinds", &[("top_up", top_up), ("withdrawal", withdrawal), ("fees", fees)]);
        scope.directions(&self.directions);
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

    fn format(&self) -> Format {
        self.format
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

    fn row<'a, N: Numeral<'a>>(plan: &RebatePlan, cells: &Cells<'a>, place: Place) -> RebateRow<N> {
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

    fn words(&self, scope: &mut Scope<'_>) {
        let RebateWords { standard, commission_refund, special, quarterly } = &self.kinds;
        scope.group(
            "kinds",
            &[
                ("standard", standard),
                ("commission_refund", commission_refund),
                ("special", special),
                ("quarterly", quarterly),
            ],
        );
    }
}

impl Read for DiamondSection {
    type Row<N> = DiamondRow<N>;
    type Plan = Stated<DiamondColumns<usize>, Vocabulary<DiamondKind>>;
    const NAME: &'static str = "diamonds";

    fn format(&self) -> Format {
        self.format
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        let kinds = Vocabulary::new([
            (&self.kinds.payment, DiamondKind::Payment),
            (&self.kinds.system_refund, DiamondKind::SystemRefund),
            (&self.kinds.forced_refund, DiamondKind::ForcedRefund),
        ]);
        Stated { columns: self.columns.map(find), states: states(&self.states), more: kinds }
    }

    fn row<'a, N: Numeral<'a>>(
        plan: &Self::Plan,
        cells: &Cells<'a>,
        place: Place,
    ) -> DiamondRow<N> {
        let columns = &plan.columns;
        let state = cells.state(columns.state, &plan.states);
        let (started, finished) = times(cells, (columns.started, columns.finished), &state);
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

    fn words(&self, scope: &mut Scope<'_>) {
        scope.states(&self.states);
        let DiamondWords { payment, system_refund, forced_refund } = &self.kinds;
        scope.group(
            "kinds",
            &[
                ("payment", payment),
                ("system_refund", system_refund),
                ("forced_refund", forced_refund),
            ],
        );
    }
}

impl Read for DeductionSection {
    type Row<N> = DeductionRow<N>;
    type Plan = DeductionColumns<usize>;
    const NAME: &'static str = "deductions";

    fn format(&self) -> Format {
        self.format
    }

    fn plan(&self, find: &mut dyn FnMut(&'static str, &str) -> usize) -> Self::Plan {
        self.columns.map(find)
    }

    fn row<'a, N: Numeral<'a>>(
        columns: &Self::Plan,
        cells: &Cells<'a>,
        place: Place,
    ) -> DeductionRow<N> {
        DeductionRow {
            place,
            platform_no: cells.number(columns.platform_no),
            deducted: cells.date(columns.deducted),
            amount: cells.diamonds(columns.amount),
        }
    }

    fn words(&self, _: &mut Scope<'_>) {}
}
