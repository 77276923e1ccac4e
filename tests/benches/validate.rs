//! What `Validate` costs against a check of the same struct by hand: instructions and allocations, for a valid value,
//! for one with 1 violation and for one with 8.
//! Prints figures beside their budgets.

mod figure;
mod rounds;

use std::borrow::Cow;
use std::hint::black_box;

use apiscribe::Validate;

use crate::figure::print;
use crate::rounds::{allocations, instructions, run_or_compare};

const ROUNDS: u32 = 1_000;

fn main() {
    run_or_compare(run, compare_all);
}

#[derive(Clone, Validate)]
struct Settlement {
    #[validate(bytes(max = 64))]
    out_settle_no: String,
    #[validate(bytes(max = 64))]
    out_order_no: String,
    #[validate(bytes(max = 64))]
    app_id: String,
    #[validate(bytes(max = 512))]
    settle_desc: String,
    #[validate(bytes(max = 2048))]
    cp_extra: String,
    #[validate(bytes(max = 256), url("https"))]
    notify_url: String,
    #[validate(nested)]
    receivers: Vec<Receiver>,
}

#[derive(Clone, Validate)]
struct Receiver {
    #[validate(bytes(max = 32))]
    merchant_uid: String,
}

/// What a careful person writes by hand: every violation, with its path, its limit and what was found.
mod by_hand {
    use super::{Cow, Receiver, Settlement};

    #[derive(Debug)]
    #[expect(dead_code, reason = "nobody reads the violations of a benchmark")]
    pub(super) struct Violation {
        path: Cow<'static, str>,
        fault: Fault,
    }

    #[derive(Debug)]
    #[expect(dead_code, reason = "nobody reads the violations of a benchmark")]
    enum Fault {
        TooLong { max: usize, actual: usize },
        NotHttps,
    }

    pub(super) fn check(value: &Settlement) -> Result<(), Vec<Violation>> {
        let mut found = Vec::new();
        check_length(&mut found, "out_settle_no", &value.out_settle_no, 64);
        check_length(&mut found, "out_order_no", &value.out_order_no, 64);
        check_length(&mut found, "app_id", &value.app_id, 64);
        check_length(&mut found, "settle_desc", &value.settle_desc, 512);
        check_length(&mut found, "cp_extra", &value.cp_extra, 2048);
        check_length(&mut found, "notify_url", &value.notify_url, 256);
        if !value.notify_url.starts_with("https://") {
            found.push(Violation { path: Cow::Borrowed("notify_url"), fault: Fault::NotHttps });
        }
        for (index, receiver) in value.receivers.iter().enumerate() {
            check_receiver(&mut found, index, receiver);
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    fn check_length(found: &mut Vec<Violation>, path: &'static str, text: &str, max: usize) {
        if text.len() > max {
            let fault = Fault::TooLong { max, actual: text.len() };
            found.push(Violation { path: Cow::Borrowed(path), fault });
        }
    }

    fn check_receiver(found: &mut Vec<Violation>, index: usize, receiver: &Receiver) {
        let actual = receiver.merchant_uid.len();
        if actual > 32 {
            let path = Cow::Owned(format!("receivers[{index}].merchant_uid"));
            found.push(Violation { path, fault: Fault::TooLong { max: 32, actual } });
        }
    }
}

fn valid() -> Settlement {
    let receiver = Receiver { merchant_uid: "6".repeat(19) };
    Settlement {
        out_settle_no: "s".repeat(20),
        out_order_no: "o".repeat(20),
        app_id: "tt0123456789".to_owned(),
        settle_desc: "分账".repeat(10),
        cp_extra: "x".repeat(100),
        notify_url: "https://example.com/settled".to_owned(),
        receivers: vec![receiver; 4],
    }
}

fn with_1_violation() -> Settlement {
    Settlement { settle_desc: "分账".repeat(100), ..valid() }
}

/// Five of its own fields and three of the receivers.
fn with_8_violations() -> Settlement {
    let receiver = Receiver { merchant_uid: "6".repeat(33) };
    Settlement {
        out_settle_no: "s".repeat(65),
        out_order_no: "o".repeat(65),
        app_id: "t".repeat(65),
        notify_url: "http://example.com/settled".to_owned(),
        receivers: vec![valid().receivers[0].clone(), receiver.clone(), receiver.clone(), receiver],
        ..with_1_violation()
    }
}

struct Case {
    name: &'static str,
    value: fn() -> Settlement,
    violations: usize,
    /// Instructions at most, as a multiple of those by hand.
    instructions: f64,
    /// Allocations at most.
    allocations: u64,
}

const CASES: [Case; 3] = [
    Case { name: "valid", value: valid, violations: 0, instructions: 1.10, allocations: 0 },
    Case {
        name: "1 violation",
        value: with_1_violation,
        violations: 1,
        instructions: 1.20,
        allocations: 2,
    },
    Case {
        name: "8 violations",
        value: with_8_violations,
        violations: 8,
        instructions: 1.20,
        allocations: 10,
    },
];

/// `derive:NAME` or `hand:NAME`.
fn run(case: &str, rounds: usize) {
    let (way, name) = case.split_once(':').expect("a way and a case");
    let case = CASES.iter().find(|case| case.name == name).expect("a known case");
    let value = (case.value)();
    for _ in 0..rounds {
        let violations = match way {
            "hand" => by_hand::check(black_box(&value))
                .map_or_else(|found| black_box(found).len(), |()| 0),
            _ => black_box(&value).validate().map_or_else(|found| black_box(found).len(), |()| 0),
        };
        assert_eq!(violations, case.violations);
    }
}

fn compare_all() {
    for case in &CASES {
        let of = |way: &str| format!("{way}:{}", case.name);
        let derived = instructions(&of("derive"), ROUNDS);
        let by_hand = instructions(&of("hand"), ROUNDS);
        let budget = by_hand * case.instructions;
        let name = format!("validate, {}: instructions, {by_hand} by hand", case.name);
        print(&name, derived, Some(budget));
        let name = format!("validate, {}: allocations", case.name);
        print(&name, allocations(&of("derive"), ROUNDS), Some(case.allocations as f64));
    }
}
