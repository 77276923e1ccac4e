//! Bills of trade and of funds, read as they are and checked against each other.
//!
//! A [`Mapping`] says which header is which field. [`Rows`] reads a file by it, one typed row at a time. A
//! [`Reconciliation`] takes rows of what happened, then [`Bookings`] those of what was booked; they keep [`Totals`] and, 32
//! bytes each, what waits for its partner. [`SecondLook`] reads the files again if something was left, and the
//! [`ReconciliationReport`] says per scenario of the document which sums are alike and which findings explain those that
//! are not. [`reconcile_files`] does all of it.
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
mod spreadsheet;
mod usual;
mod amount;
mod moment;
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
mod scope;
mod reconcile;
mod scenario;
mod report;
mod files;

pub use error::{BillError, BillFault, CellFault, MissingColumn};
pub use files::{BillFile, Progress, ReconcileError, reconcile_files};
pub use finding::{
    ControlTotal, Excess, FeeKind, Finding, Found, FoundRow, InYuan, Note, Pairing, Side, Worth,
};
pub use mapping::*;
pub use number::RecordNumber;
pub use reader::Rows;
pub use reconcile::{Bookings, Reconciliation, SecondLook, Take, TooManyFiles};
pub use report::{ReconciliationReport, UnknownWord};
pub use row::*;
pub use scenario::{Check, Item, Scenario, Topic};
pub use scope::{FeeRate, FeeRates, FeesFrom, KnownOrders, Scope, Stated};
pub use section::{BookedSection, Section, TradeSection};
pub use totals::{DiamondTotals, FeeTotals, Flow, FundTotals, Overflow, Sum, Totals};
pub use unpack::PackFault;
pub use window::Window;

/// The examples of README.md compile and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
