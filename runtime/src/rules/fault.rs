//! Why a rule gives no answer.

use std::fmt;

/// Why a rule gives no answer to what it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleFault {
    /// A number does not fit into 28 digits, or a day or time is out of the calendar's range.
    Overflow,
    /// Something was divided by 0.
    DivisionByZero,
    /// The quantity of this name is lower than it can be.
    TooLow(&'static str),
    /// The quantity of this name is higher than it can be.
    TooHigh(&'static str),
    /// Quantities contradict each other: what must hold of them under this name does not.
    Contradiction(&'static str),
    /// The quantity of this name has more than so many decimals.
    Decimals {
        /// Its name.
        quantity: &'static str,
        /// The most that it can have.
        most: u32,
    },
}

/// What a rule gives, or why it gives none.
pub type RuleResult<T> = Result<T, RuleFault>;

impl fmt::Display for RuleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RuleFault::Overflow => {
                f.write_str("a number, day or time is too large to compute with")
            }
            RuleFault::DivisionByZero => f.write_str("division by a quantity that is 0"),
            RuleFault::TooLow(name) => write!(f, "`{name}` is lower than it can be"),
            RuleFault::TooHigh(name) => write!(f, "`{name}` is higher than it can be"),
            RuleFault::Contradiction(name) => {
                write!(f, "quantities contradict each other: `{name}` does not hold")
            }
            RuleFault::Decimals { quantity, most: 0 } => {
                write!(f, "`{quantity}` is not a whole number")
            }
            RuleFault::Decimals { quantity, most } => {
                write!(f, "`{quantity}` has more than {most} decimals")
            }
        }
    }
}

impl std::error::Error for RuleFault {}
