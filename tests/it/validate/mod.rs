//! `Validate` and `WireText`, derived by hand-written types: what is refused, where it is said to be, and what it costs.

mod limits;
mod values;
mod numbers;
mod custom;
mod shapes;
mod urls;
mod places;
mod conditions;
mod secrets;
mod enums;
mod hygiene;

use apiscribe::Validate;
use apiscribe::validate::Rule;

/// Path and message of each violation, one a line; empty if there is none.
fn complaints(value: &impl Validate) -> String {
    value.validate().err().map_or_else(String::new, |violations| violations.to_string())
}

/// The broken rules.
fn rules(value: &impl Validate) -> Vec<Rule> {
    let violations = value.validate().err().into_iter().flatten();
    violations.map(|violation| violation.rule).collect()
}
