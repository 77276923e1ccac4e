//! What the functions stand on that are generated from the rules of documents: exact decimals, natural days, calendars.
//!
//! Numbers are [`Decimal`]s of 28 digits, and fractions of them while they are computed with; what comes out is brought to a
//! stated number of decimals in a stated way, and what would lose a digit on the way is an error. Days are those of a clock with a fixed distance
//! from UTC.
//!
//! What only generated functions call is not documented: a rule is a function of the client, not of this module.

mod fault;
mod decimal;
mod exact;
mod calc;
mod days;
mod calendar;
mod rows;
mod compare;
mod identity;
mod refusal;
#[doc(hidden)]
pub mod examples;

pub use jiff::Timestamp;
pub use jiff::civil::Date;
pub use rust_decimal::Decimal;

pub use calc::{Calc, Rounding};
pub use calendar::{MonthDays, MonthWindow, MonthlyPeriod};
pub use days::{Days, day, start};
pub use exact::Exact;
pub use fault::{RuleFault, RuleResult};
pub use identity::Identity;
pub use refusal::Refusal;

#[doc(hidden)]
pub use calc::{calc, choose, number};
#[doc(hidden)]
pub use compare::*;
#[doc(hidden)]
pub use days::{days_after, month};
#[doc(hidden)]
pub use decimal::decimal;
#[doc(hidden)]
pub use rows::{all, any, count, earliest, latest, sum, unmet};
