//! What is made of rows.

use super::{Calc, RuleFault, number};

/// The sum of a number of each row.
///
/// # Errors
///
/// What went wrong with the number of a row.
pub fn sum<R>(rows: &[R], each: impl Fn(&R) -> Result<Calc, RuleFault>) -> Result<Calc, RuleFault> {
    rows.iter().try_fold(number(0), |sum, row| Ok(sum + each(row)?))
}

/// Whether a condition holds of every row; true if there is none.
///
/// # Errors
///
/// What went wrong with a row up to the first of which it does not hold.
pub fn all<R>(
    rows: &[R],
    holds: impl Fn(&R) -> Result<bool, RuleFault>,
) -> Result<bool, RuleFault> {
    any(rows, |row| Ok(!holds(row)?)).map(|any| !any)
}

/// Whether a condition holds of one row at least.
///
/// # Errors
///
/// What went wrong with a row up to the first of which it holds.
pub fn any<R>(
    rows: &[R],
    holds: impl Fn(&R) -> Result<bool, RuleFault>,
) -> Result<bool, RuleFault> {
    for row in rows {
        if holds(row)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Of how many rows a condition holds.
///
/// # Errors
///
/// What went wrong with a row.
pub fn count<R>(
    rows: &[R],
    holds: impl Fn(&R) -> Result<bool, RuleFault>,
) -> Result<Calc, RuleFault> {
    sum(rows, |row| Ok(number(i64::from(holds(row)?))))
}

/// The latest time or day of all rows that have one.
///
/// # Errors
///
/// What went wrong with a row.
pub fn latest<R, T: Ord>(
    rows: &[R],
    each: impl Fn(&R) -> Result<Option<T>, RuleFault>,
) -> Result<Option<T>, RuleFault> {
    rows.iter().try_fold(None, |latest, row| Ok(each(row)?.max(latest)))
}

/// The earliest time or day of all rows that have one.
///
/// # Errors
///
/// What went wrong with a row.
pub fn earliest<R, T: Ord>(
    rows: &[R],
    each: impl Fn(&R) -> Result<Option<T>, RuleFault>,
) -> Result<Option<T>, RuleFault> {
    rows.iter()
        .try_fold(None, |earliest: Option<T>, row| Ok(each(row)?.into_iter().chain(earliest).min()))
}

/// Those of several requirements that are not met.
pub fn unmet<R: Copy>(requirements: &[(R, bool)]) -> Vec<R> {
    let unmet = requirements.iter().filter(|(_, met)| !met);
    unmet.map(|(requirement, _)| *requirement).collect()
}
