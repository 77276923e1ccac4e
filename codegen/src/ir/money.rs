//! Units of money, each of which becomes a type.

use serde::Serialize;

use super::Doc;

/// A unit of money where it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Money {
    /// Name of the type, in the module `platform`.
    pub name: String,
    /// What several are called, in words.
    pub many: String,
}

/// A unit of money, or an amount in one of several.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MoneyUnit {
    /// Name of the type.
    pub name: String,
    /// Name in the spec.
    pub wire: String,
    pub doc: Doc,
    /// What violations call it, in data: the name in the spec, or those of several.
    pub label: String,
    /// What one is called, in words.
    pub one: String,
    /// What several are called.
    pub many: String,
    pub kind: MoneyKind,
}

/// What a unit of money is beside its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyKind {
    Plain,
    /// One is worth so many of another type.
    Worth {
        amount: i64,
        of: String,
    },
    /// An amount in one of several units, by the names of their types.
    Either(Vec<String>),
}
