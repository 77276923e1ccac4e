//! The document's scenarios: which sums must be alike, by how much they are not, and which findings explain it
//! (`reconciliation`, part 五).

use std::collections::BTreeSet;
use std::fmt;

use super::figures::{self, out};
use super::finding::{ControlTotal, Findings};
use super::mapping::BillKind;
use super::scope::{FeesFrom, Scope};
use super::totals::Totals;
use generated_client::platform::Fen;

/// One of the questions that a reconciliation answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Which.
    pub topic: Topic,
    /// The figures that it rests on.
    pub items: Vec<Item>,
    /// What must hold.
    pub checks: Vec<Check>,
}

/// Which question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Topic {
    /// Scenario 1: the total of the accounts and the details of trade.
    AccountTotal,
    /// Scenario 2: the month's balance and the month's orders.
    MonthBalance,
    /// Scenario 3: one balance after the other.
    BalanceChain,
    /// Scenario 4: the invoice.
    Invoice,
    /// Scenario 5: the account for fees.
    FeeAccount,
    /// Scenario 6: take-away.
    TakeAway,
    /// Orders in diamonds (`diamond-faq`, questions on refunds 15).
    Diamonds,
    /// Rebates (`reconciliation`, bills of rebates).
    Rebates,
}

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub label: &'static str,
    /// The console's word for it.
    pub chinese: &'static str,
    /// In fen, or in diamonds for [`Topic::Diamonds`].
    pub amount: i64,
    /// Of how many records it is the sum, if it is one.
    pub count: Option<u64>,
}

/// Two sums that must be alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub control: ControlTotal,
    /// The first sum, in fen or diamonds.
    pub left: i64,
    /// The second.
    pub right: i64,
    /// The first less the second.
    pub gap: i64,
    /// What of the gap the findings explain.
    pub explained: i64,
    /// The findings that explain it, by their places in the report.
    pub findings: Vec<usize>,
}

impl Check {
    /// Whether the sums of the rows that were read are alike. Whether all is well is another question:
    /// [`ReconciliationReport::is_clean`](super::ReconciliationReport::is_clean).
    pub const fn holds(&self) -> bool {
        self.gap == 0
    }

    /// What of the gap nothing explains.
    pub const fn unexplained(&self) -> i128 {
        self.gap as i128 - self.explained as i128
    }
}

/// What scenarios are made of.
pub(super) struct Known<'a> {
    pub(super) totals: &'a Totals,
    pub(super) scope: &'a Scope,
    pub(super) kinds: &'a BTreeSet<BillKind>,
    /// Before and after the window.
    pub(super) withdrawable: (Option<Fen>, Option<Fen>),
    pub(super) fee_account: (Option<Fen>, Option<Fen>),
    pub(super) findings: &'a Findings,
}

/// All scenarios for which files were read; `None` if a sum does not fit into 64 bits.
pub(super) fn scenarios(known: &Known<'_>) -> Option<Vec<Scenario>> {
    let all = [
        account_total(known)?,
        month_balance(known)?,
        balance_chain(known)?,
        invoice(known)?,
        fee_account(known)?,
        take_away(known)?,
        diamonds(known)?,
        rebates(known),
    ];
    Some(all.into_iter().flatten().collect())
}

type Made = Option<Option<Scenario>>;

impl Known<'_> {
    fn has<const N: usize>(&self, kinds: [BillKind; N]) -> bool {
        kinds.iter().all(|kind| self.kinds.contains(kind))
    }

    /// A check that is explained by the findings with effects on these control totals, each taken once or negated.
    fn check(
        &self,
        control: ControlTotal,
        (left, right): (Fen, Fen),
        parts: &[(ControlTotal, i64)],
    ) -> Option<Check> {
        self.check_numbers(control, (left.0, right.0), parts)
    }

    fn check_numbers(
        &self,
        control: ControlTotal,
        (left, right): (i64, i64),
        parts: &[(ControlTotal, i64)],
    ) -> Option<Check> {
        let mut explained: i64 = 0;
        for (part, sign) in parts {
            let effect = self.findings.effects.get(part).copied().unwrap_or(0);
            explained = explained.checked_add(effect.checked_mul(*sign)?)?;
        }
        let has_effect = |effect: &(ControlTotal, i64)| parts.iter().any(|part| part.0 == effect.0);
        let findings = self.findings.list.iter().enumerate();
        let findings = findings.filter(|(_, found)| found.effects.iter().any(has_effect));
        Some(Check {
            control,
            left,
            right,
            gap: left.checked_sub(right)?,
            explained,
            findings: findings.map(|(at, _)| at).collect(),
        })
    }

    /// Two sums of pairs.
    fn pairs(&self, control: ControlTotal, left: Fen, right: Fen) -> Option<Check> {
        self.check(control, (left, right), &[(control, 1)])
    }

    /// The totals, with what fund flow says of kinds that no other file was read for.
    fn completed(&self) -> Option<Totals> {
        let mut totals = *self.totals;
        if !self.has([BillKind::Withdrawals]) {
            totals.withdrawals.amount = out(self.totals.funds.withdrawals.net()?)?;
        }
        if !self.has([BillKind::Returns]) {
            totals.returns.amount = out(self.totals.funds.returns.net()?)?;
        }
        Some(totals)
    }
}

/// What explains a gap in what is withdrawable: the pairs it is made of, and breaks of the chain.
const WITHDRAWABLE: &[(ControlTotal, i64)] = &[
    (ControlTotal::Splits, 1),
    (ControlTotal::RefundsAfter, -1),
    (ControlTotal::Returns, -1),
    (ControlTotal::Withdrawals, -1),
    (ControlTotal::BalanceChain, 1),
];

fn item(label: &'static str, chinese: &'static str, amount: Fen) -> Item {
    Item { label, chinese, amount: amount.0, count: None }
}

fn sum(label: &'static str, chinese: &'static str, sum: super::totals::Sum) -> Item {
    Item { label, chinese, amount: sum.amount.0, count: Some(sum.count) }
}

fn account_total(known: &Known<'_>) -> Made {
    let (totals, scope) = (known.totals, known.scope);
    if known.kinds.is_disjoint(&BTreeSet::from([
        BillKind::Payments,
        BillKind::Refunds,
        BillKind::Settlements,
    ])) {
        return Some(None);
    }
    let mut items = vec![
        sum("paid", "支付成功", totals.payments),
        sum("refunded before settlement", "分账前退款", totals.refunds_before),
        sum("refunded after settlement", "分账后退款", totals.refunds_after),
        sum("settled", "分账成功", totals.settlements),
        item("software fee 1", "软件服务费1", totals.charges.software_fee_1),
        item("software fee 2", "软件服务费2", totals.charges.software_fee_2),
        item("commission", "抽佣金额", totals.charges.commission),
        item("to partners", "其他分账方", totals.charges.partners),
        sum("taken back", "退分账", totals.returns),
        sum("withdrawn", "提现", totals.withdrawals),
    ];
    let mut checks = pairs(known)?;
    if known.has([BillKind::Payments, BillKind::Refunds, BillKind::Settlements]) {
        let in_transit = figures::in_transit(scope.opening_in_transit, totals)?;
        items.push(item("in transit at the end", "在途总资金", in_transit));
        if let Some(stated) = scope.stated.in_transit {
            let sums = (in_transit, stated);
            checks.push(known.check(
                ControlTotal::InTransit,
                sums,
                &[(ControlTotal::InTransit, 1)],
            )?);
        }
    }
    checks.extend(withdrawable(known, &mut items)?);
    checks.extend(stated_total(known)?);
    Some(Some(Scenario { topic: Topic::AccountTotal, items, checks }))
}

/// The bills of trade, kind by kind, against fund flow.
fn pairs(known: &Known<'_>) -> Option<Vec<Check>> {
    let (totals, funds) = (known.totals, &known.totals.funds);
    let mut checks = Vec::new();
    if known.has([BillKind::Settlements, BillKind::Funds]) {
        let net = figures::settled_net(known.scope.fees, totals)?;
        checks.push(known.pairs(ControlTotal::Splits, net, funds.splits.net()?)?);
    }
    if known.has([BillKind::Refunds, BillKind::Funds]) {
        let (before, after) = (totals.refunds_before.amount, totals.refunds_after.amount);
        let booked = out(funds.refunds_in_transit.net()?)?;
        checks.push(known.pairs(ControlTotal::RefundsBefore, before, booked)?);
        let booked = out(funds.refunds_withdrawable.net()?)?;
        checks.push(known.pairs(ControlTotal::RefundsAfter, after, booked)?);
    }
    if known.has([BillKind::Returns, BillKind::Funds]) {
        let booked = out(funds.returns.net()?)?;
        checks.push(known.pairs(ControlTotal::Returns, totals.returns.amount, booked)?);
    }
    if known.has([BillKind::Withdrawals, BillKind::Funds]) {
        let booked = out(funds.withdrawals.net()?)?;
        checks.push(known.pairs(ControlTotal::Withdrawals, totals.withdrawals.amount, booked)?);
    }
    Some(checks)
}

/// What is withdrawable by the bills of trade, by fund flow, and by the console.
fn withdrawable(known: &Known<'_>, items: &mut Vec<Item>) -> Option<Vec<Check>> {
    let (Some(opening), Some(closing)) = known.withdrawable else { return Some(Vec::new()) };
    let mut checks = Vec::new();
    items.push(item("withdrawable at the end", "可提现总资金", closing));
    if known.has([BillKind::Settlements, BillKind::Refunds]) {
        let trade = figures::withdrawable(opening, known.scope.fees, &known.completed()?)?;
        checks.push(known.check(ControlTotal::Withdrawable, (trade, closing), WITHDRAWABLE)?);
    }
    if let Some(stated) = known.scope.stated.withdrawable {
        checks.push(known.check(ControlTotal::StatedWithdrawable, (closing, stated), &[])?);
    }
    Some(checks)
}

/// The console's figures among each other.
fn stated_total(known: &Known<'_>) -> Option<Option<Check>> {
    let stated = known.scope.stated;
    let (Some(total), Some(control)) = (stated.total, figures::total(&stated)) else {
        return Some(None);
    };
    let parts = control.ok()?.right.to_whole()?;
    known.check(ControlTotal::Total, (parts, total), &[]).map(Some)
}

fn month_balance(known: &Known<'_>) -> Made {
    let needed = [BillKind::Payments, BillKind::Refunds, BillKind::Settlements, BillKind::Funds];
    let (Some(opening), Some(closing), true) =
        (known.withdrawable.0, known.withdrawable.1, known.has(needed))
    else {
        return Some(None);
    };
    let totals = known.completed()?;
    let orders = figures::order_total(&totals)?;
    let in_transit = figures::in_transit(Fen(0), &totals)?;
    // The balance by trade, from nothing on, is what the orders make but for what is not orders.
    let change = figures::withdrawable(Fen(0), known.scope.fees, &totals)?;
    let found = closing.checked_sub(opening)?;
    let told = figures::adjusted(&totals.funds)?;
    let items = vec![
        item("total of the month's orders", "月度订单总金额", orders),
        item("less what more is in transit", "在途资金变动", in_transit),
        item("less what went to partners", "其他分账方", totals.charges.partners),
        item("less what was taken back", "退分账", totals.returns.amount),
        item("less what was withdrawn", "提现", totals.withdrawals.amount),
        item("with adjustments", "调账", told),
        item("balance before the first row", "月初账户余额", opening),
        item("balance after the last row", "月末账户余额", closing),
    ];
    let check = known.check(ControlTotal::MonthBalance, (change, found), WITHDRAWABLE)?;
    Some(Some(Scenario { topic: Topic::MonthBalance, items, checks: vec![check] }))
}

fn balance_chain(known: &Known<'_>) -> Made {
    let (Some(opening), Some(closing)) = known.withdrawable else { return Some(None) };
    let after = figures::withdrawable_by_flow(opening, &known.totals.funds)?;
    let change = after.checked_sub(opening)?;
    let sums = (after, closing);
    let items = vec![
        item("balance before the first row", "上期余额", opening),
        item("all movements", "本期发生", change),
        item("balance after the last row", "账户余额", closing),
    ];
    let check =
        known.check(ControlTotal::BalanceChain, sums, &[(ControlTotal::BalanceChain, 1)])?;
    Some(Some(Scenario { topic: Topic::BalanceChain, items, checks: vec![check] }))
}

fn invoice(known: &Known<'_>) -> Made {
    if !known.has([BillKind::Settlements]) {
        return Some(None);
    }
    let (totals, stated) = (known.totals, known.scope.stated);
    let sum = figures::invoice(totals, &stated)?;
    let items = vec![
        item("technical service fees", "技术服务费 (软件服务费1)", totals.charges.software_fee_1),
        item("promotion commission", "CPS佣金 (抽佣金额)", totals.charges.commission),
        item("platform commission", "平台佣金 (软件服务费2)", totals.charges.software_fee_2),
        item("less rebates", "平台返佣", totals.rebates.amount),
        item("with fees for top-ups", "充值手续费", stated.top_up_fees),
        item("less what was carried over", "其他", stated.carried),
        item("to invoice", "可开票金额", sum),
    ];
    let check = stated.invoice.map(|stated| known.pairs(ControlTotal::Invoice, sum, stated));
    let checks = check.map_or(Some(Vec::new()), |check| check.map(|check| vec![check]))?;
    Some(Some(Scenario { topic: Topic::Invoice, items, checks }))
}

fn fee_account(known: &Known<'_>) -> Made {
    let (Some(opening), Some(closing)) = known.fee_account else { return Some(None) };
    let fees = &known.totals.fees;
    let items = vec![
        item("balance before the first row", "上期余额", opening),
        item("put in", "充值", fees.top_ups.net()?),
        item("taken out", "提现", out(fees.withdrawals.net()?)?),
        item("fees of settlements", "分账手续费", out(fees.fees.net()?)?),
        item("balance after the last row", "账户余额", closing),
    ];
    let sums = (figures::fee_account(opening, known.totals)?, closing);
    let mut checks =
        vec![known.check(ControlTotal::FeeChain, sums, &[(ControlTotal::FeeChain, 1)])?];
    if known.scope.fees == FeesFrom::FeeAccount && known.has([BillKind::Settlements]) {
        let (trade, booked) = (figures::fees(&known.totals.charges)?, out(fees.fees.net()?)?);
        checks.push(known.pairs(ControlTotal::FeesBooked, trade, booked)?);
    }
    Some(Some(Scenario { topic: Topic::FeeAccount, items, checks }))
}

fn take_away(known: &Known<'_>) -> Made {
    let (totals, parts) = (known.totals, known.totals.take_away_parts);
    if totals.take_away.count == 0 && known.scope.rates.is_none() {
        return Some(None);
    }
    let made = figures::take_away(parts)?;
    let items = vec![
        sum("take-away orders", "外卖订单", totals.take_away),
        item("goods", "商品金额", parts.goods),
        item("delivery", "配送费", parts.delivery),
        item("software fee 1", "软件服务费1", totals.charges.software_fee_1),
        item("software fee 2", "软件服务费2", totals.charges.software_fee_2),
    ];
    let orders = totals.take_away.amount;
    let mut checks = vec![known.pairs(ControlTotal::TakeAwayParts, orders, made)?];
    if known.scope.rates.is_some() {
        // Fees are rounded row by row, so that the rows tell which are wrong, and their sum what is right.
        let charges = totals.charges;
        let fees = charges.software_fee_1.checked_add(charges.software_fee_2)?;
        let wrong = known.findings.effects.get(&ControlTotal::TakeAwayFees).copied().unwrap_or(0);
        let right = fees.checked_sub(Fen(wrong))?;
        checks.push(known.pairs(ControlTotal::TakeAwayFees, fees, right)?);
    }
    Some(Some(Scenario { topic: Topic::TakeAway, items, checks }))
}

fn diamonds(known: &Known<'_>) -> Made {
    if !known.has([BillKind::Diamonds]) {
        return Some(None);
    }
    let sums = known.totals.diamonds;
    let net = figures::net_diamonds(&sums)?;
    let item = |label, chinese, sum: super::totals::Sum<generated_client::platform::Diamonds>| {
        Item { label, chinese, amount: sum.amount.0, count: Some(sum.count) }
    };
    let items = vec![
        item("paid", "支付", sums.payments),
        item("refunded by the system", "系统退款", sums.system_refunds),
        item("refunded by force", "强制退款", sums.forced_refunds),
        item("taken off the statement", "结算单扣减", sums.deductions),
        Item { label: "net", chinese: "订单净额", amount: net.0, count: None },
    ];
    let mut checks = Vec::new();
    if known.has([BillKind::Deductions]) {
        let pair = (sums.forced_refunds.amount.0, sums.deductions.amount.0);
        let parts = [(ControlTotal::Deductions, 1)];
        checks.push(known.check_numbers(ControlTotal::Deductions, pair, &parts)?);
    }
    if let Some(stated) = known.scope.stated.diamonds_net {
        let parts = [(ControlTotal::DiamondsNet, 1)];
        checks.push(known.check_numbers(ControlTotal::DiamondsNet, (net.0, stated.0), &parts)?);
    }
    Some(Some(Scenario { topic: Topic::Diamonds, items, checks }))
}

fn rebates(known: &Known<'_>) -> Option<Scenario> {
    let items = vec![sum("rebates paid", "返佣打款", known.totals.rebates)];
    let scenario = Scenario { topic: Topic::Rebates, items, checks: Vec::new() };
    known.has([BillKind::Rebates]).then_some(scenario)
}

impl Topic {
    /// The number of the document's scenario.
    pub const fn number(self) -> Option<u8> {
        match self {
            Self::AccountTotal => Some(1),
            Self::MonthBalance => Some(2),
            Self::BalanceChain => Some(3),
            Self::Invoice => Some(4),
            Self::FeeAccount => Some(5),
            Self::TakeAway => Some(6),
            Self::Diamonds | Self::Rebates => None,
        }
    }

    /// The console's word.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::AccountTotal => "账户总金额与交易明细",
            Self::MonthBalance => "月度余额与月度订单金额",
            Self::BalanceChain => "上期余额与本期发生",
            Self::Invoice => "发票金额",
            Self::FeeAccount => "手续费账户",
            Self::TakeAway => "外卖类小程序",
            Self::Diamonds => "钻石订单",
            Self::Rebates => "返佣账单",
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AccountTotal => "the total of the accounts and the details of trade",
            Self::MonthBalance => "the month's balance and the month's orders",
            Self::BalanceChain => "one balance after the other",
            Self::Invoice => "the invoice",
            Self::FeeAccount => "the account for fees",
            Self::TakeAway => "take-away",
            Self::Diamonds => "orders in diamonds",
            Self::Rebates => "rebates",
        })
    }
}

impl fmt::Display for ControlTotal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Splits => "settlements without charges = fund flow",
            Self::RefundsBefore => "refunds before settlement = fund flow, in transit",
            Self::RefundsAfter => "refunds after settlement = fund flow, withdrawable",
            Self::Returns => "settlements taken back = fund flow",
            Self::Withdrawals => "withdrawals = fund flow",
            Self::InTransit => "in transit by trade = the console",
            Self::Withdrawable => "withdrawable by trade = the last balance",
            Self::StatedWithdrawable => "the last balance = the console",
            Self::Total => "withdrawable + in transit + frozen + fees + reserve = the total",
            Self::MonthBalance => "change of the balance by orders = by the account",
            Self::BalanceChain => "balance before + movements = balance after",
            Self::Invoice => "to invoice by the bills = the console",
            Self::FeesBooked => "fees of settlements = the account for fees",
            Self::FeeChain => "balance before + movements = balance after",
            Self::TakeAwayParts => "orders = goods + delivery",
            Self::TakeAwayFees => "fees = what the rates make",
            Self::Deductions => "forced refunds = taken off the statement",
            Self::DiamondsNet => "net diamonds = the statement",
        })
    }
}
