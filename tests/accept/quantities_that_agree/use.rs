//! Quantities that contradict each other are refused; an outcome says whether the endpoint accepts the request.

use apiscribe::rules::{Refusal, RuleFault, decimal, examples};

use super::api::demo::*;
use super::api::platform::{Fen, TIME_ZONE};

fn used(amount: i64, settled: i64) -> Use {
    Use {
        amount: Fen(amount),
        settled: Fen(settled),
        used_at: examples::time("2026-03-01T10:00", TIME_ZONE),
    }
}

fn settling_of(settled: i64, uses: Vec<Use>) -> Settling {
    let now = examples::time("2026-03-04T00:00", TIME_ZONE);
    Settling { now, settled: Fen(settled), is_blocked: false, uses }
}

#[test]
fn a_record_that_contradicts_itself_is_refused_wherever_it_is_given() {
    let fault = RuleFault::Contradiction("settled_within_amount");
    assert_eq!(used(5, 5).check_bounds(), Ok(()));
    assert_eq!(used(5, 6).check_bounds(), Err(fault));
    assert_eq!(settling(&settling_of(6, vec![used(5, 6)])), Err(fault));
    let told = "quantities contradict each other: `settled_within_amount` does not hold";
    assert_eq!(fault.to_string(), told);
}

#[test]
fn bounds_come_before_contradictions() {
    assert_eq!(used(-1, 0).check_bounds(), Err(RuleFault::TooLow("amount")));
}

#[test]
fn functions_refuse_quantities_that_contradict_each_other() {
    let half = Share { part: Fen(1), whole: Fen(2) };
    assert_eq!(share(&half), Ok(decimal("0.5")));
    let more = Share { part: Fen(3), whole: Fen(2) };
    assert_eq!(share(&more), Err(RuleFault::Contradiction("part_of_the_whole")));
    let both = Total { left: Fen(1), right: Fen(1), sum: Fen(2) };
    assert_eq!(total(&both), Err(RuleFault::Contradiction("one_of_both")));
    let unlike = settling_of(1, vec![used(5, 0)]);
    assert_eq!(settling(&unlike), Err(RuleFault::Contradiction("settled_in_all")));
}

#[test]
fn an_outcome_tells_accepted_from_refused_without_a_code() {
    let outcome = |settled, uses| settling(&settling_of(settled, uses)).unwrap();
    assert_eq!(outcome(0, vec![used(5, 0)]).refusal(), None);
    let nothing = outcome(5, vec![used(5, 5)]).refusal().unwrap();
    assert_eq!(nothing, Refusal::Error(SettleError::NothingLeft));
    assert_eq!(nothing.error(), Some(SettleError::NothingLeft));
    let blocked = Settling { is_blocked: true, ..settling_of(0, vec![used(5, 0)]) };
    let blocked = settling(&blocked).unwrap().refusal().unwrap();
    assert_eq!(blocked, Refusal::Undocumented);
    assert_eq!(blocked.error(), None);
    let early = Settling { now: examples::time("2026-03-03T23:59", TIME_ZONE), ..settling_of(0, vec![used(5, 0)]) };
    assert_eq!(settling(&early).unwrap().refusal(), Some(Refusal::Undocumented));
}
