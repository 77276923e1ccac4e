//! Withdrawals of a merchant's balance.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::answer::{Answer, Refusal, refuse_parameter};
use super::fields::Fields;
use super::handle::StandIn;
use super::state::State;

const CHANNELS: [&str; 5] = ["alipay", "wx", "hz", "yeepay", "yzt"];
/// Successes in a day, for a merchant and a channel.
const A_DAY: usize = 5;
/// What every account holds to begin with, in fen.
const BALANCE: i64 = 1_000_000;
const MOST: i64 = 2_147_483_647;
const DAY_MS: u64 = 24 * 3600 * 1000;
/// The platform's day begins at midnight in Beijing.
const BEIJING_MS: u64 = 8 * 3600 * 1000;

impl StandIn {
    /// How many withdrawals took effect, and what they came to in fen.
    pub(crate) fn withdrawn(&self) -> (usize, i64) {
        self.platform.with(|state| {
            let amounts = state.withdrawals.by_number.values().map(|withdrawal| withdrawal.amount);
            (state.withdrawals.by_number.len(), amounts.sum())
        })
    }
}

#[derive(Default)]
pub(super) struct Withdrawals {
    by_number: BTreeMap<String, Withdrawal>,
}

struct Withdrawal {
    order_id: String,
    account: Account,
    amount: i64,
    day: u64,
}

#[derive(Clone, PartialEq, Eq)]
struct Account {
    merchant_uid: String,
    channel: String,
}

impl Account {
    fn read(request: Fields<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            merchant_uid: request.text("merchant_uid", 128)?.to_owned(),
            channel: request.choice("channel_type", &CHANNELS)?.to_owned(),
        })
    }
}

impl Withdrawals {
    fn of<'a>(&'a self, account: &'a Account) -> impl Iterator<Item = &'a Withdrawal> {
        self.by_number.values().filter(move |withdrawal| withdrawal.account == *account)
    }

    fn balance(&self, account: &Account) -> i64 {
        BALANCE - self.of(account).map(|withdrawal| withdrawal.amount).sum::<i64>()
    }
}

/// `query_merchant_balance`
pub(super) fn balance(state: &mut State, request: Fields<'_>) -> Answer {
    let account = Account::read(request)?;
    let balance = state.withdrawals.balance(&account);
    Ok(json!({
        "account_info": {
            "online_balance": balance,
            // Spelt so on the wire.
            "withdrawable_balacne": balance,
            "freeze_balance": 0,
        },
        "settle_info": {
            "settle_type": 1,
            "settle_account": "622202******0001",
            "bankcard_no": "622202******0001",
            "bank_name": "中国工商银行",
        },
        "merchant_entity": entity(request)?,
    }))
}

/// `merchant_withdraw`. The same `out_order_id` again gives the same withdrawal, and no second one.
pub(super) fn create(state: &mut State, request: Fields<'_>) -> Answer {
    let account = Account::read(request)?;
    let number = request.text("out_order_id", 128)?;
    let amount = request.amount("withdraw_amount")?;
    request.notify_url("callback", 1024)?;
    request.optional_text("cp_extra", 2048)?;
    let entity = entity(request)?;
    if let Some(withdrawal) = state.withdrawals.by_number.get(number) {
        return Ok(accepted(withdrawal, entity));
    }
    let day = (state.clock.now_ms() + BEIJING_MS) / DAY_MS;
    let of_today = state.withdrawals.of(&account).filter(|withdrawal| withdrawal.day == day);
    if of_today.count() >= A_DAY {
        return refuse_parameter("five withdrawals of this merchant and channel succeeded today");
    }
    if amount > state.withdrawals.balance(&account).min(MOST) {
        return refuse_parameter("withdraw_amount is more than the balance");
    }
    let withdrawal = Withdrawal { order_id: state.id("70"), account, amount, day };
    let data = accepted(&withdrawal, entity);
    state.withdrawals.by_number.insert(number.to_owned(), withdrawal);
    Ok(data)
}

fn accepted(withdrawal: &Withdrawal, entity: i64) -> Value {
    json!({ "order_id": withdrawal.order_id, "merchant_entity": entity })
}

fn entity(request: Fields<'_>) -> Result<i64, Refusal> {
    Ok(request.optional_whole("merchant_entity")?.unwrap_or(1))
}

/// `query_withdraw_order`
pub(super) fn query(state: &mut State, request: Fields<'_>) -> Answer {
    request.text("app_id", 64)?;
    let account = Account::read(request)?;
    match state.withdrawals.by_number.get(request.text("out_order_id", 128)?) {
        Some(withdrawal) if withdrawal.account == account => {
            Ok(json!({ "status": "SUCCESS", "status_msg": "" }))
        }
        _ => refuse_parameter("withdrawal does not exist"),
    }
}
