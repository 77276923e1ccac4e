//! Bills of trade and of funds, read as they are and checked against each other.
//!
//! A [`Mapping`] says which header is which field. [`Rows`] reads a file by it, one typed row at a time. A
//! [`Reconciliation`] takes rows and keeps [`Totals`] and, 32 bytes each, what waits for its partner; [`SecondLook`] reads
//! the files again if something was left, and the [`Report`] says per scenario of the document which sums are alike and
//! which findings explain those that are not. [`reconcile_files`] does all of it.
//!
//! Times are UTC+08:00. Money is whole fen. One merchant number and one payment channel at a time: each has its own accounts.

// As in `runtime`: what could panic in arithmetic on days and times is a warning.
#![warn(clippy::arithmetic_side_effects)]

// Files to rows.
mod unpack;
mod quotes;
mod text;
mod mapping;
mod number;
mod row;
mod error;
mod usual;
mod amount;
mod cell;
mod section;
mod header;
mod reader;

// Rows to sums.
mod window;
mod totals;
mod figures;
mod chain;

// Rows to pairs.
mod key;
mod claim;
mod matcher;
mod orders;
mod finding;

// All of it to a report.
mod setup;
mod reconcile;
mod scenario;
mod report;
mod files;

pub use error::{BillError, BillFault, CellFault, MissingColumn};
pub use files::{BillFile, Progress, ReconcileError, reconcile_files};
pub use finding::{
    Excess, FeeKind, Finding, Found, FoundRow, Identity, InYuan, Note, Pairing, Side, Worth,
};
pub use mapping::*;
pub use number::Number;
pub use reader::Rows;
pub use reconcile::{Reconciliation, SecondLook, Take};
pub use report::{Report, UnknownWord};
pub use row::*;
pub use scenario::{Check, Item, Scenario, Topic};
pub use section::Section;
pub use setup::{BillKind, FeeRate, FeeRates, FeesFrom, KnownOrders, Setup, Stated};
pub use totals::{DiamondTotals, FeeTotals, Flow, FundTotals, Overflow, Sum, Totals};
pub use unpack::PackFault;
pub use window::Window;

/// The examples of README.md compile and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
