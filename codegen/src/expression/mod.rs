//! The expressions of rules: text → a computation whose names are resolved and whose units fit.
//!
//! The grammar is that of Rust's expressions, of which this takes arithmetic, comparisons, `&&`, `||`, `!`, and calls of
//! the functions in `vocabulary`. Units are carried along: what is added or compared has the same unit, and the unit of
//! a product is that of its factors.
//!
//! syn parses, a whitelist restricts. `resolve` compiles each expression once, reports errors at their place in the
//! text, and keeps the computation in the `model`: a tree of `Expr`, each part of which knows its type and its unit,
//! which goes into the `ir` unchanged. What is generated is a plain function that a reader can compare with the
//! document: a struct of named quantities in; an amount with its unit, an enum of outcomes, or both sides of an
//! identity out. Quantities that are out of bounds or contradict each other (`requires`) are an error. The documents'
//! worked examples become tests beside the functions.

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
