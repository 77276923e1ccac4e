//! Withdrawals of a merchant's balance.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::clock::beijing_day;
use crate::context::Context;
use crate::envelope::{Outcome, Refusal, refuse_parameter};
use crate::fields::Fields;

const CHANNELS: [&str; 5] = ["alipay", "wx", "hz", "yeepay", "yzt"];
/// Successes in a day, for a merchant and a channel.
const A_DAY: usize = 5;
/// What every account holds to begin with, in fen.
const BALANCE: i64 = 1_000_000;
const MOST: i64 = 2_147_483_647;

#[derive(Default)]
pub(crate) struct Withdrawals {
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
    /// `query_merchant_balance`
    pub(crate) fn balance(&self, request: Fields<'_>) -> Outcome {
        let account = Account::read(request)?;
        let balance = self.left(&account);
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
    pub(crate) fn create(&mut self, context: &mut Context, request: Fields<'_>) -> Outcome {
        let account = Account::read(request)?;
        let number = request.text("out_order_id", 128)?;
        let amount = request.amount("withdraw_amount")?;
        request.notify_url("callback", 1024)?;
        request.optional_text("cp_extra", 2048)?;
        let entity = entity(request)?;
        if let Some(withdrawal) = self.by_number.get(number) {
            return Ok(accepted(withdrawal, entity));
        }
        let day = beijing_day(context.clock.now_ms());
        let of_today = self.of(&account).filter(|withdrawal| withdrawal.day == day);
        if of_today.count() >= A_DAY {
            return refuse_parameter(
                "five withdrawals of this merchant and channel succeeded today",
            );
        }
        if amount > self.left(&account).min(MOST) {
            return refuse_parameter("withdraw_amount is more than the balance");
        }
        let withdrawal = Withdrawal { order_id: context.id("70"), account, amount, day };
        let data = accepted(&withdrawal, entity);
        self.by_number.insert(number.to_owned(), withdrawal);
        Ok(data)
    }

    /// `query_withdraw_order`
    pub(crate) fn query(&self, request: Fields<'_>) -> Outcome {
        request.text("app_id", 64)?;
        let account = Account::read(request)?;
        match self.by_number.get(request.text("out_order_id", 128)?) {
            Some(withdrawal) if withdrawal.account == account => {
                Ok(json!({ "status": "SUCCESS", "status_msg": "" }))
            }
            _ => refuse_parameter("withdrawal does not exist"),
        }
    }

    /// How many there were, and what they came to in fen.
    pub(crate) fn sum(&self) -> (usize, i64) {
        let amounts = self.by_number.values().map(|withdrawal| withdrawal.amount);
        (self.by_number.len(), amounts.sum())
    }

    fn of<'a>(&'a self, account: &'a Account) -> impl Iterator<Item = &'a Withdrawal> {
        self.by_number.values().filter(move |withdrawal| withdrawal.account == *account)
    }

    fn left(&self, account: &Account) -> i64 {
        BALANCE - self.of(account).map(|withdrawal| withdrawal.amount).sum::<i64>()
    }
}

fn accepted(withdrawal: &Withdrawal, entity: i64) -> Value {
    json!({ "order_id": withdrawal.order_id, "merchant_entity": entity })
}

fn entity(request: Fields<'_>) -> Result<i64, Refusal> {
    Ok(request.optional_whole("merchant_entity")?.unwrap_or(1))
}
