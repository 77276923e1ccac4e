//! Computations: trees whose names are resolved, and each part of which knows what it gives.

use serde::Serialize;

use super::Unit;

/// A computation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Expr {
    pub node: Node,
    /// What it gives.
    pub ty: ValueType,
}

/// What a computation gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    Number(Unit),
    /// The number 0, which has any unit.
    Zero,
    Bool,
    Time {
        optional: bool,
    },
    Day {
        optional: bool,
    },
    /// One of a list, by its name in the spec.
    Item(String),
    /// One of a record, by its name in the spec.
    Record(String),
    /// Any number of a record, by its name in the spec.
    Rows(String),
}

impl ValueType {
    pub fn is_number(&self) -> bool {
        matches!(self, ValueType::Number(_) | ValueType::Zero)
    }

    /// In a complaint.
    pub fn describe(&self) -> String {
        let maybe = |optional: &bool, what: &str| match optional {
            true => format!("{what} that may be missing"),
            false => what.to_owned(),
        };
        match self {
            ValueType::Number(unit) => unit.describe(),
            ValueType::Zero => "a number".to_owned(),
            ValueType::Bool => "a condition".to_owned(),
            ValueType::Time { optional } => maybe(optional, "a time"),
            ValueType::Day { optional } => maybe(optional, "a day"),
            ValueType::Item(list) => format!("one of `{list}`"),
            ValueType::Record(record) => format!("a `{record}`"),
            ValueType::Rows(record) => format!("rows of `{record}`"),
        }
    }

    /// Whether a value of `found` can stand where this is wanted.
    pub fn takes(&self, found: &ValueType) -> bool {
        match (self, found) {
            (ValueType::Number(_), ValueType::Zero) | (ValueType::Zero, ValueType::Number(_)) => {
                true
            }
            _ => self == found,
        }
    }
}

/// How something is computed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// In decimal digits.
    Number(String),
    Bool(bool),
    /// A quantity that the function is given, or a value of an earlier step.
    Local(String),
    /// A field of a record, or what follows from its fields.
    Part {
        of: Owner,
        name: String,
        /// It follows from fields, and so has to be computed.
        derived: bool,
    },
    Constant(String),
    Item {
        list: String,
        item: String,
    },
    Not(Box<Expr>),
    Negate(Box<Expr>),
    Compute {
        operator: Operator,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Compare {
        comparison: Comparison,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Logic {
        and: bool,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// The highest or the lowest of several.
    Extreme {
        highest: bool,
        of: Vec<Expr>,
    },
    /// One of two.
    Choose {
        condition: Box<Expr>,
        then: Box<Expr>,
        otherwise: Box<Expr>,
    },
    /// A value that is there, where one may be missing.
    Present(Box<Expr>),
    /// A computation over the rows of a quantity.
    Over {
        fold: Fold,
        rows: String,
        each: Box<Expr>,
    },
    /// An optional value that is not there.
    Missing,
    /// Whether an optional value is there.
    Given(Box<Expr>),
    /// The day of a moment.
    DayOf(Box<Expr>),
    /// The month of a day, from 1 to 12.
    MonthOf(Box<Expr>),
    /// The first moment of a day.
    StartOf(Box<Expr>),
    /// A number of natural days after a day.
    DaysAfter {
        day: Box<Expr>,
        days: Box<Expr>,
    },
    /// A day by a calendar.
    OnCalendar {
        ask: Ask,
        calendar: String,
        day: Box<Expr>,
    },
}

/// The record that something is part of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The row that is looked at.
    Row,
    /// The record that the computation belongs to.
    Myself,
    /// A quantity that the function is given.
    Local(String),
}

impl Expr {
    pub(crate) fn new(node: Node, ty: ValueType) -> Expr {
        Expr { node, ty }
    }

    /// Whether a quantity of this name, or a value of an earlier step, is used in it.
    pub fn uses(&self, name: &str) -> bool {
        let is_named = match &self.node {
            Node::Local(local) | Node::Part { of: Owner::Local(local), .. } => local == name,
            Node::Over { rows, .. } => rows == name,
            _ => false,
        };
        is_named || self.parts().into_iter().any(|part| part.uses(name))
    }

    /// Whether the row that is looked at is used in it.
    pub fn looks_at_row(&self) -> bool {
        match &self.node {
            Node::Part { of, .. } => *of == Owner::Row,
            // Its rows are others.
            Node::Over { .. } => false,
            _ => self.parts().into_iter().any(Expr::looks_at_row),
        }
    }

    /// The expressions that it is made of.
    pub fn parts(&self) -> Vec<&Expr> {
        match &self.node {
            Node::Number(_)
            | Node::Bool(_)
            | Node::Local(_)
            | Node::Part { .. }
            | Node::Constant(_)
            | Node::Item { .. }
            | Node::Missing => Vec::new(),
            Node::Not(inner)
            | Node::Negate(inner)
            | Node::Present(inner)
            | Node::Given(inner)
            | Node::DayOf(inner)
            | Node::MonthOf(inner)
            | Node::StartOf(inner)
            | Node::Over { each: inner, .. }
            | Node::OnCalendar { day: inner, .. } => vec![inner],
            Node::Compute { left, right, .. }
            | Node::Compare { left, right, .. }
            | Node::Logic { left, right, .. }
            | Node::DaysAfter { day: left, days: right } => vec![left, right],
            Node::Extreme { of, .. } => of.iter().collect(),
            Node::Choose { condition, then, otherwise } => vec![condition, then, otherwise],
        }
    }
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    Equal,
    NotEqual,
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// What is made of the rows of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fold {
    Sum,
    All,
    Any,
    Count,
    /// The latest moment or day, none if there is no row or none has one.
    Latest,
    /// The earliest one.
    Earliest,
}

/// What a calendar is asked about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// The first day of the period or window.
    First,
    /// Its last day.
    Last,
    /// The first of the days on or after it.
    Next,
}
