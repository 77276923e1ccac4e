//! A month as it happens: orders paid, refunded, settled, and what is booked of it. Nothing is wrong in it yet.

use douyin_reconciliation::FeeRate;

use super::random::Random;
use generated_client::platform::Fen;

/// Seconds since 13 February 2026, 00:00.
pub(crate) type Time = i64;

pub(crate) const DAY: Time = 86_400;
/// 20 February, on which the settlement month of diamonds begins, and the first orders of the bills are paid.
pub(crate) const FEBRUARY_20: Time = 7 * DAY;
pub(crate) const MARCH: Time = 16 * DAY;
pub(crate) const MARCH_20: Time = 35 * DAY;
pub(crate) const APRIL: Time = 47 * DAY;

/// The bills have a day more at either end.
pub(crate) const LISTED: std::ops::Range<Time> = MARCH - DAY..APRIL + DAY;

const ORDERS: u64 = 128_000;
const DIAMOND_ORDERS: u64 = 15_000;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Payment { goods: i64 },
    Refund { is_after: bool },
    Settlement { fee_1: i64, fee_2: i64, commission: i64 },
    Return,
}

/// A row of trade. Amounts are in fen.
#[derive(Clone)]
pub(crate) struct Trade {
    pub(crate) kind: Kind,
    pub(crate) order: String,
    pub(crate) number: String,
    pub(crate) item: String,
    pub(crate) started: Time,
    /// Nothing for what is not done.
    pub(crate) finished: Option<Time>,
    pub(crate) amount: i64,
    /// A word for the state, if it is not the usual one.
    pub(crate) state: Option<&'static str>,
}

/// A row of fund flow.
#[derive(Clone)]
pub(crate) struct Fund {
    pub(crate) kind: &'static str,
    pub(crate) related: String,
    pub(crate) number: String,
    pub(crate) started: Time,
    pub(crate) moved: Time,
    /// What the account changes by.
    pub(crate) change: i64,
    pub(crate) is_in_transit: bool,
    pub(crate) balance: i64,
}

/// A row of the account for fees.
#[derive(Clone)]
pub(crate) struct Fee {
    pub(crate) kind: &'static str,
    pub(crate) number: String,
    pub(crate) moved: Time,
    pub(crate) change: i64,
    pub(crate) balance: i64,
}

pub(crate) struct Withdrawal {
    pub(crate) request: String,
    pub(crate) is_done: bool,
    pub(crate) started: Time,
    pub(crate) finished: Time,
    pub(crate) amount: i64,
}

pub(crate) struct Diamond {
    pub(crate) kind: &'static str,
    pub(crate) order: String,
    pub(crate) number: String,
    pub(crate) at: Time,
    pub(crate) amount: i64,
}

/// Number, kind, and three days: pushed, confirmed, paid.
pub(crate) struct Rebate {
    pub(crate) number: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) days: [&'static str; 3],
    pub(crate) amount: i64,
}

#[derive(Default)]
pub(crate) struct Month {
    pub(crate) payments: Vec<Trade>,
    pub(crate) refunds: Vec<Trade>,
    pub(crate) settlements: Vec<Trade>,
    pub(crate) returns: Vec<Trade>,
    pub(crate) funds: Vec<Fund>,
    pub(crate) fees: Vec<Fee>,
    pub(crate) withdrawals: Vec<Withdrawal>,
    pub(crate) rebates: Vec<Rebate>,
    pub(crate) diamonds: Vec<Diamond>,
    pub(crate) deductions: Vec<(String, i64)>,
}

impl Month {
    pub(crate) fn generate(random: &mut Random) -> Self {
        let mut month = Self::default();
        for order in 0..ORDERS {
            month.order(order, random);
        }
        month.across_the_end();
        month.withdraw();
        month.adjust();
        month.fill_fee_account();
        month.rebates = rebates();
        for order in 0..DIAMOND_ORDERS {
            month.diamond_order(order, random);
        }
        month
    }

    /// Paid, refunded or settled some days later, sometimes refunded again.
    fn order(&mut self, order: u64, random: &mut Random) {
        let name = format!("ORD2026{order:08}");
        let paid = random.between(FEBRUARY_20, APRIL + DAY);
        let (goods, delivery) = (random.between(500, 20_000), random.between(0, 7) * 100);
        let amount = goods + delivery;
        self.pay(&name, paid, goods, amount);
        match random.between(0, 1000) {
            0..10 => self.payments.last_mut().into_iter().for_each(|payment| {
                payment.finished = None;
                payment.state = Some("已关闭");
            }),
            10..40 => self.refund(&name, paid + random.between(600, 2 * DAY), amount, false),
            40..60 => {
                let refunded = amount / 4;
                self.refund(&name, paid + random.between(600, 2 * DAY), refunded, false);
                self.settle(&name, "", paid + 3 * DAY, amount - refunded, random);
            }
            60..110 => self.settle_coupons(&name, paid, amount, random),
            110..125 => {
                self.settle(&name, "", paid + 3 * DAY, amount, random);
                self.refund(&name, paid + random.between(4 * DAY, 7 * DAY), amount / 2, true);
            }
            125..130 => {
                self.settle(&name, "", paid + 3 * DAY, amount, random);
                self.take_back(&name, paid + random.between(4 * DAY, 7 * DAY), amount / 5);
            }
            _ => self.settle(&name, "", paid + 3 * DAY + random.between(0, 3600), amount, random),
        }
    }

    fn pay(&mut self, order: &str, at: Time, goods: i64, amount: i64) {
        let number = format!("motb72918{:012}", self.payments.len());
        self.payments.push(Trade {
            kind: Kind::Payment { goods },
            order: order.to_owned(),
            number,
            item: String::new(),
            started: at - 20,
            finished: Some(at),
            amount,
            state: None,
        });
    }

    /// Three coupons of an order, each settled when it was used.
    fn settle_coupons(&mut self, order: &str, paid: Time, amount: i64, random: &mut Random) {
        let third = amount / 3;
        for (coupon, part) in [third, third, amount - 2 * third].into_iter().enumerate() {
            let item = format!("CPN{}{}", &order[7..], coupon + 1);
            self.settle(order, &item, paid + random.between(DAY, 5 * DAY), part, random);
        }
    }

    fn settle(&mut self, order: &str, item: &str, at: Time, amount: i64, random: &mut Random) {
        let commission = if random.per_mille(100) { amount / 20 } else { 0 };
        self.settle_at(order, item, (at, at + random.between(1, 9)), amount, commission);
    }

    fn settle_at(
        &mut self,
        order: &str,
        item: &str,
        (started, finished): (Time, Time),
        amount: i64,
        commission: i64,
    ) {
        let fee = |rate| FeeRate(rate).fee(Fen(amount)).unwrap_or_default().0;
        let (fee_1, fee_2) = (fee(60), fee(190));
        let number = format!("mots72918{:012}", self.settlements.len());
        self.book("分账", &number, (started, finished), amount, false);
        self.fee("分账手续费", &number, finished, -(fee_1 + fee_2 + commission));
        self.settlements.push(Trade {
            kind: Kind::Settlement { fee_1, fee_2, commission },
            order: order.to_owned(),
            number,
            item: item.to_owned(),
            started,
            finished: Some(finished),
            amount,
            state: None,
        });
    }

    pub(crate) fn refund(&mut self, order: &str, at: Time, amount: i64, is_after: bool) {
        let number = format!("motr72918{:012}", self.refunds.len());
        self.book("退款", &number, (at, at + 5), -amount, !is_after);
        let kind = Kind::Refund { is_after };
        self.refunds.push(done(kind, order, number, at, amount));
    }

    fn take_back(&mut self, order: &str, at: Time, amount: i64) {
        let number = format!("motk72918{:012}", self.returns.len());
        self.book("退分账", &number, (at, at + 5), -amount, false);
        self.returns.push(done(Kind::Return, order, number, at, amount));
    }

    /// Started on 31 March at 23:45, done on 1 April at 00:01.
    fn across_the_end(&mut self) {
        self.pay("ORD-ACROSS", APRIL - 3 * DAY, 8_000, 8_000);
        self.settle_at("ORD-ACROSS", "", (APRIL - 900, APRIL + 60), 8_000, 0);
    }

    fn withdraw(&mut self) {
        for week in 0..5 {
            let (at, amount) = (MARCH + 3 * DAY + week * 7 * DAY + 36_000, 20_000_000);
            let request = format!("WD202603{week:02}");
            // The bank returns the third one a day later.
            let is_done = week != 2;
            self.book("提现", &request, (at, at + 7_200), -amount, false);
            if !is_done {
                self.book("提现", &request, (at, at + DAY), amount, false);
            }
            let finished = at + 7_200;
            self.withdrawals.push(Withdrawal { request, is_done, started: at, finished, amount });
        }
    }

    fn adjust(&mut self) {
        self.book("调账", "ADJ1", (MARCH + 9 * DAY, MARCH + 9 * DAY), 12_345, false);
        self.book("调账", "ADJ2", (MARCH + 19 * DAY, MARCH + 19 * DAY), -678, false);
    }

    fn fill_fee_account(&mut self) {
        for week in 0..5 {
            let at = MARCH + week * 7 * DAY + 30_000;
            self.fee("充值", &format!("TOPUP{week}"), at, 10_000_000);
        }
        self.fee("提现", "FEEOUT1", MARCH + 20 * DAY, -100_000);
    }

    pub(crate) fn book(
        &mut self,
        kind: &'static str,
        number: &str,
        (started, moved): (Time, Time),
        change: i64,
        is_in_transit: bool,
    ) {
        let related = match kind {
            "调账" => String::new(),
            "提现" => number.to_owned(),
            _ => format!("OUT{}", &number[4..]),
        };
        let number = number.to_owned();
        self.funds.push(Fund {
            kind,
            related,
            number,
            started,
            moved,
            change,
            is_in_transit,
            balance: 0,
        });
    }

    fn fee(&mut self, kind: &'static str, number: &str, moved: Time, change: i64) {
        self.fees.push(Fee { kind, number: number.to_owned(), moved, change, balance: 0 });
    }

    /// Refunds come within 7 days, so that the bills begin 7 days before the settlement month.
    fn diamond_order(&mut self, order: u64, random: &mut Random) {
        let (paid, amount) = (random.between(0, MARCH_20 + 7 * DAY), random.between(10, 300));
        let name = format!("DIA2026{order:07}");
        let mut row = |kind, letter: char, at, amount| {
            let number = format!("mot{letter}83018{:012}", self.diamonds.len());
            self.diamonds.push(Diamond {
                kind,
                order: name.clone(),
                number: number.clone(),
                at,
                amount,
            });
            number
        };
        row("支付", 'b', paid, amount);
        let later = paid + random.between(60, 7 * DAY);
        match random.between(0, 1000) {
            0..30 => drop(row("系统退款", 'r', later, amount)),
            30..40 => {
                let number = row("强制退款", 'f', later, amount / 2);
                if (FEBRUARY_20..MARCH_20).contains(&later) {
                    self.deductions.push((number, amount / 2));
                }
            }
            _ => {}
        }
    }

    /// Sorts what is booked, and computes the balances from these on.
    pub(crate) fn balance(&mut self, mut withdrawable: i64, mut fees: i64) {
        self.funds.sort_by_key(|row| row.moved);
        for row in self.funds.iter_mut().filter(|row| !row.is_in_transit) {
            withdrawable += row.change;
            row.balance = withdrawable;
        }
        self.fees.sort_by_key(|row| row.moved);
        for row in &mut self.fees {
            fees += row.change;
            row.balance = fees;
        }
    }

    /// What is in transit at a time.
    pub(crate) fn in_transit(&self, at: Time) -> i64 {
        let sum = |rows: &[Trade], counts: fn(&Kind) -> bool| -> i64 {
            let done =
                |row: &&Trade| row.finished.is_some_and(|time| time < at) && counts(&row.kind);
            rows.iter().filter(done).map(|row| row.amount).sum()
        };
        let before = |kind: &Kind| *kind == Kind::Refund { is_after: false };
        sum(&self.payments, |_| true)
            - sum(&self.refunds, before)
            - sum(&self.settlements, |_| true)
    }
}

fn done(kind: Kind, order: &str, number: String, at: Time, amount: i64) -> Trade {
    Trade {
        kind,
        order: order.to_owned(),
        number,
        item: String::new(),
        started: at,
        finished: Some(at + 5),
        amount,
        state: None,
    }
}

/// Pushed, confirmed by itself 7 days later or by hand before, paid on the next 1st, 10th or 20th.
fn rebates() -> Vec<Rebate> {
    let rebate = |number, kind, days, amount| Rebate { number, kind, days, amount };
    vec![
        rebate("RB1", "标准返佣", ["2026-02-15", "2026-02-22", "2026-03-01"], 152_000),
        rebate("RB2", "退佣", ["2026-02-26", "2026-03-02", "2026-03-10"], 4_310),
        rebate("RB3", "特殊返佣", ["2026-03-05", "2026-03-12", "2026-03-20"], 30_000),
        rebate("RB4", "季度框返佣", ["2026-03-04", "2026-03-11", "2026-03-20"], 88_000),
        rebate("RB5", "标准返佣", ["2026-03-16", "2026-03-23", ""], 149_000),
    ]
}
