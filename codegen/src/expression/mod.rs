//! The expressions of rules: text → a computation whose names are resolved and whose units fit.
//!
//! The grammar is that of Rust's expressions, of which this takes arithmetic, comparisons, `&&`, `||`, `!`, and calls of
//! the functions in `vocabulary`. Units are carried along: what is added or compared has the same unit, and the unit of
//! a product is that of its factors.

mod parse;
mod vocabulary;
mod infer;
mod functions;

use crate::ir::Expr;

pub(crate) use self::vocabulary::{Names, Row, Vocabulary};

use self::parse::{Fault, parse};

/// The computation that a text describes, and what it gives.
///
/// # Errors
///
/// Everything that is wrong with it.
pub(crate) fn compile(names: &Names<'_, '_>, text: &str) -> Result<Expr, Vec<Fault>> {
    let parsed = parse(text).map_err(|fault| vec![fault])?;
    let mut inference = infer::Inference::new(names, text);
    let typed = inference.expression(&parsed);
    match typed {
        Some(typed) if inference.faults.is_empty() => Ok(typed),
        _ => Err(inference.faults),
    }
}
