//! The rules of the real spec: what contradicts itself is a fault, units are in the types, and the examples show all that
//! may be decided.

mod settlement;

use std::collections::BTreeSet;

use apiscribe::rules::{Decimal, Exact, RuleFault, RuleResult, decimal, examples};
use apiscribe_codegen::ir::{Decision, Value};
use apiscribe_codegen::source::Sources;
use generated_client::diamond::{
    Income, PaymentAccountNeedOutcome, income, income_in_fen, last_refund_day,
};
use generated_client::platform::{Diamonds, Fen, TIME_ZONE, Yuan};
use generated_client::reconciliation::{
    PaidOrder, orders_in_transit, rebate_push_first_day, rebate_push_last_day,
};

/// What an example comes to, as `SettleCardOutcome::TooEarly`.
fn outcome(value: &Value) -> &str {
    let Value::Struct { name, .. } = value else { panic!("{value:?} is no outcome") };
    name
}

fn shown(decision: &Decision) -> BTreeSet<&str> {
    decision.examples.iter().map(|example| outcome(&example.gives)).collect()
}

#[test]
fn every_outcome_of_a_decision_is_shown_by_an_example() {
    let client = apiscribe_codegen::ir(&Sources::new(douyin_spec::files())).unwrap();
    for decision in client.modules.iter().flat_map(|module| &module.rules.decisions) {
        let names = decision.outcomes.iter();
        let names: Vec<String> =
            names.map(|outcome| format!("{}::{}", decision.outcome, outcome.name)).collect();
        let outcomes: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(shown(decision), outcomes, "{}", decision.function);
    }
}

#[test]
fn every_requirement_of_a_checklist_is_shown_unmet_by_an_example() {
    let client = apiscribe_codegen::ir(&Sources::new(douyin_spec::files())).unwrap();
    for checklist in client.modules.iter().flat_map(|module| &module.rules.checklists) {
        let unmet = checklist.examples.iter().flat_map(|example| match &example.gives {
            Value::Unmet { items, .. } => items.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        });
        let unmet: BTreeSet<&str> = unmet.collect();
        let requirements = checklist.requirements.iter().map(|item| item.name.as_str());
        assert_eq!(unmet, requirements.collect(), "{}", checklist.function);
    }
}

#[test]
fn every_formula_has_an_example() {
    let client = apiscribe_codegen::ir(&Sources::new(douyin_spec::files())).unwrap();
    for module in &client.modules {
        let formulas = module.rules.formulas.iter().map(|item| (&item.function, &item.examples));
        let identities =
            module.rules.identities.iter().map(|item| (&item.function, &item.examples));
        for (function, examples) in formulas.chain(identities) {
            assert!(!examples.is_empty(), "{function}");
        }
    }
}

fn of_299() -> Income {
    Income {
        net: Diamonds(299),
        bad_debt: Exact::default(),
        service_fees: Yuan(12).into(),
        matching_commission: Yuan(30).into(),
        industry_commission: Yuan(20).into(),
        vat_rate: decimal("0.03"),
    }
}

/// As a number of diamonds.
fn income_of(of: &Income) -> RuleResult<Decimal> {
    income(of).map(|income| income.amount())
}

/// The document has 12 元, 30元 and 20元.
#[test]
fn income_takes_yuan_where_the_document_has_yuan() {
    assert_eq!(income_of(&of_299()), Ok(decimal("225.97")));
    assert_eq!(income(&of_299()).and_then(income_in_fen), Ok(Fen(2259)));
    let free = Income {
        service_fees: Exact::default(),
        matching_commission: Exact::default(),
        industry_commission: Exact::default(),
        ..of_299()
    };
    let with_debt = Income { bad_debt: Yuan(1).into(), vat_rate: decimal("0.06"), ..free };
    assert_eq!(income_of(&with_debt), Ok(decimal("286.01")));
}

#[test]
fn a_rate_of_vat_is_a_share() {
    let with = |rate: &str| income(&Income { vat_rate: decimal(rate), ..of_299() }).map(drop);
    for percent in ["1", "3", "6", "13"] {
        assert_eq!(with(percent), Err(RuleFault::TooHigh("vat_rate")), "{percent}");
    }
    assert_eq!(with("-0.01"), Err(RuleFault::TooLow("vat_rate")));
    for share in ["0", "0.01", "0.03", "0.06", "0.13"] {
        assert_eq!(with(share), Ok(()), "{share}");
    }
}

#[test]
fn what_is_taken_off_an_income_is_never_below_zero() {
    let below = Yuan(-1).into();
    let faults = [
        ("bad_debt", Income { bad_debt: below, ..of_299() }),
        ("service_fees", Income { service_fees: below, ..of_299() }),
        ("matching_commission", Income { matching_commission: below, ..of_299() }),
        ("industry_commission", Income { industry_commission: below, ..of_299() }),
    ];
    for (name, of) in faults {
        assert_eq!(income(&of), Err(RuleFault::TooLow(name)));
    }
}

fn paid(paid: i64, refunded: i64, settled: i64) -> PaidOrder {
    let [paid, refunded_before_settlement, settled] = [paid, refunded, settled].map(Fen);
    PaidOrder { paid, refunded_before_settlement, settled }
}

#[test]
fn orders_that_are_settled_in_part_are_in_transit_in_part() {
    let orders = [paid(10_000, 2_000, 4_000), paid(8_000, 0, 8_000), paid(500, 0, 0)];
    assert_eq!(orders_in_transit(&orders), Ok(Fen(4_500)));
    for order in [paid(100, 60, 41), paid(100, 0, 101), paid(100, 101, 0)] {
        assert_eq!(orders_in_transit(&[order]), Err(RuleFault::Contradiction("within_paid")));
    }
    assert_eq!(orders_in_transit(&[paid(-1, 0, 0)]), Err(RuleFault::TooLow("paid")));
}

#[test]
fn rebates_of_the_last_month_of_a_quarter_are_pushed_later() {
    for month in 1..=12 {
        let date = examples::date(&format!("2026-{month:02}-28"));
        let days = [rebate_push_first_day(date), rebate_push_last_day(date)];
        let days = days.map(|day| day.unwrap().day());
        let expected = if month % 3 == 0 { [20, 30] } else { [15, 20] };
        assert_eq!(days, expected, "{month}");
    }
}

/// Neither is said to stop a settlement.
#[test]
fn the_documents_are_not_outdone() {
    let text = |name: &str| douyin_spec::files().find(|(file, _)| *file == name).unwrap().1;
    let diamond = text("diamond.yaml");
    assert!(!diamond.contains("nothing is settled") && !diamond.contains("Settlement fails"));
    assert_eq!(diamond.matches("影响正常结算").count(), 2);
    assert!(!text("settle.yaml").contains("Settle after the order has been redeemed"));
    assert_ne!(PaymentAccountNeedOutcome::MustBeOpened, PaymentAccountNeedOutcome::Ready);
    assert!(last_refund_day(examples::time("2026-03-01T23:59", TIME_ZONE)).is_ok());
}
