//! What documents say beside tables of fields, in client terms: figures, lists, and functions of quantities.

use serde::Serialize;

use super::{Doc, Expr, Rounding, TypePath};

/// The rules of a domain. All lists are sorted by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Rules {
    pub constants: Vec<Constant>,
    pub lists: Vec<RuleList>,
    pub tables: Vec<RuleTable>,
    pub calendars: Vec<Calendar>,
    pub records: Vec<RuleRecord>,
    pub checklists: Vec<Checklist>,
    pub formulas: Vec<Formula>,
    pub identities: Vec<Identity>,
    pub decisions: Vec<Decision>,
}

impl Rules {
    /// How many there are.
    pub fn count(&self) -> usize {
        let data = self.constants.len() + self.lists.len() + self.tables.len();
        let data = data + self.calendars.len() + self.records.len() + self.checklists.len();
        data + self.formulas.len() + self.identities.len() + self.decisions.len()
    }

    /// The worked examples of all of them.
    pub fn examples(&self) -> impl Iterator<Item = &Example> {
        let checklists = self.checklists.iter().flat_map(|item| &item.examples);
        let formulas = self.formulas.iter().flat_map(|item| &item.examples);
        let identities = self.identities.iter().flat_map(|item| &item.examples);
        let decisions = self.decisions.iter().flat_map(|item| &item.examples);
        checklists.chain(formulas).chain(identities).chain(decisions)
    }
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Constant {
    /// Name of the constant, as `SERVICE_FEE_RATE`.
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub value: Figure,
    /// Its unit as the spec writes it, as `points/dollars`; none of a plain number.
    pub unit: Option<String>,
}

/// A figure, in the type of its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Whole, of a unit of money by the name of its type.
    Money(String, i64),
    /// A number of natural days.
    Days(i64),
    /// A whole number without a unit.
    Count(i64),
    /// Of any other unit, in decimal digits.
    Decimal(String),
}

/// A closed list: an enum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleList {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    /// What comes first goes first.
    pub ordered: bool,
    pub items: Vec<ListItem>,
}

/// One thing of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListItem {
    pub name: String,
    /// What the platform calls it.
    pub title: Option<String>,
    pub doc: Doc,
}

/// Rows of facts: a struct and a constant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleTable {
    /// Name of the struct of a row.
    pub row: String,
    /// Name of the constant that has the rows.
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub columns: Vec<Column>,
    /// A cell for each column, if it is there.
    pub rows: Vec<Vec<Option<Cell>>>,
}

/// What each row says in one place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    pub name: String,
    pub doc: Doc,
    pub ty: ColumnType,
    pub optional: bool,
}

/// What is in a column.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    Text,
    /// A number or one of a list.
    Value(QuantityType),
}

/// What a row says in one place.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    Text(String),
    Value(Value),
}

/// Days that come again each month: a constant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calendar {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub days: CalendarDays,
}

/// Which days a calendar is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarDays {
    /// A period begins on this day and ends before it in the next month.
    Period { starts_on: i64 },
    /// These days of each month.
    Days(Vec<i64>),
    /// From one day to another of a later month.
    Window { months_later: i64, from: i64, to: i64 },
}

/// What several quantities are together: a struct, and a method for each that follows from them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleRecord {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub fields: Vec<Quantity>,
    pub requires: Vec<Required>,
    pub derived: Vec<Derived>,
}

/// What must hold of several quantities together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Required {
    pub wire: String,
    pub doc: Doc,
    pub holds: Expr,
    /// The condition as the spec writes it.
    pub text: String,
}

/// Something that a rule is given, or tells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quantity {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    pub ty: QuantityType,
    /// The most decimals that it can have; any number if `None`.
    pub decimals: Option<u32>,
    pub min: Option<Expr>,
    pub max: Option<Expr>,
    /// It is a record, or rows of one, whose fields have bounds or must agree.
    pub bounded: bool,
}

/// The type of a quantity in generated code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuantityType {
    Bool,
    /// A moment; an optional one may be missing.
    Time {
        optional: bool,
    },
    /// A day of the calendar; an optional one may be missing.
    Day {
        optional: bool,
    },
    /// A number without a unit.
    Ratio,
    /// A whole number without a unit.
    Count,
    /// A number of natural days.
    Days,
    /// A whole amount, by the name of its type.
    Money(String),
    /// An amount with decimals, by the name of the type of whole ones.
    ExactMoney(String),
    /// One of a list, by the name of its enum.
    Item(String),
    /// A record, by the name of its struct.
    Record(String),
    /// Any number of a record, by the name of its struct.
    Rows(String),
}

impl Quantity {
    /// Whether there is something to check about it before it is used.
    pub fn has_bounds(&self) -> bool {
        self.min.is_some() || self.max.is_some() || self.has_decimals() || self.bounded
    }

    /// Whether its type has more decimals than it may have.
    pub fn has_decimals(&self) -> bool {
        let open = matches!(self.ty, QuantityType::ExactMoney(_) | QuantityType::Ratio);
        open && self.decimals.is_some()
    }

    /// One of any size and with any decimals.
    pub fn any(wire: &str, ty: &QuantityType) -> Quantity {
        Quantity {
            name: String::new(),
            wire: wire.to_owned(),
            doc: Doc::default(),
            ty: ty.clone(),
            decimals: None,
            min: None,
            max: None,
            bounded: false,
        }
    }
}

impl QuantityType {
    /// Whether it is computed with.
    pub fn is_number(&self) -> bool {
        matches!(
            self,
            QuantityType::Ratio
                | QuantityType::Count
                | QuantityType::Days
                | QuantityType::Money(_)
                | QuantityType::ExactMoney(_)
        )
    }
}

/// What follows from the fields of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Derived {
    pub name: String,
    pub wire: String,
    pub doc: Doc,
    /// A number has the type of its unit, with any decimals.
    pub ty: QuantityType,
    pub is: Expr,
}

/// Requirements that must all be met.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checklist {
    /// Name of the function.
    pub function: String,
    /// Name of the struct of facts, and of the enum of requirements.
    pub facts: String,
    pub requirement: String,
    pub wire: String,
    pub doc: Doc,
    pub takes: Vec<Quantity>,
    pub requirements: Vec<Requirement>,
    pub examples: Vec<Example>,
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Requirement {
    pub name: String,
    pub title: Option<String>,
    pub doc: Doc,
    pub needs: Expr,
    pub look_up: Option<String>,
}

/// How a quantity is computed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Formula {
    pub function: String,
    pub wire: String,
    pub doc: Doc,
    pub takes: Takes,
    pub requires: Vec<Required>,
    pub gives: Quantity,
    pub rounding: Option<Rounded>,
    pub is: Expr,
    /// The computation as the spec writes it.
    pub text: String,
    pub examples: Vec<Example>,
}

/// How what has too many decimals is brought to so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rounded {
    pub how: Rounding,
    pub decimals: u32,
}

/// The arguments of a function.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Takes {
    /// One quantity.
    One(Box<Quantity>),
    /// A struct of them.
    Struct { name: String, fields: Vec<Quantity> },
}

impl Takes {
    /// The quantities.
    pub fn quantities(&self) -> &[Quantity] {
        match self {
            Takes::One(quantity) => std::slice::from_ref(&**quantity),
            Takes::Struct { fields, .. } => fields,
        }
    }
}

/// Two computations that must give the same amount.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Identity {
    pub function: String,
    pub wire: String,
    pub doc: Doc,
    pub takes: Takes,
    pub requires: Vec<Required>,
    /// Name of the type of its unit of money.
    pub unit: String,
    pub left: Expr,
    pub right: Expr,
    /// Both sides as the spec writes them.
    pub text: String,
    pub examples: Vec<Example>,
}

/// What is decided in which case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    pub function: String,
    pub wire: String,
    pub doc: Doc,
    pub takes: Takes,
    pub requires: Vec<Required>,
    /// Name of the enum of outcomes.
    pub outcome: String,
    pub outcomes: Vec<Outcome>,
    /// The error enum that the codes of outcomes are of.
    pub error: Option<TypePath>,
    pub steps: Vec<Step>,
    /// What each step does and why, in the order of the steps.
    pub reasons: Vec<Reason>,
    pub examples: Vec<Example>,
}

/// What a step of a decision does, as the spec writes it, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// The value that the step gives a name to, or the outcome.
    pub name: String,
    pub rule: ReasonRule,
    pub doc: Doc,
}

/// How a step comes to its value or outcome, as the spec writes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonRule {
    Is(String),
    When(String),
    Without(String),
    Else,
}

/// What may be decided.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    pub name: String,
    pub doc: Doc,
    pub fields: Vec<Quantity>,
    /// What the endpoint does, if there is one.
    pub answer: Option<Answer>,
}

/// What an endpoint does with a request of which an outcome is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Accepted,
    /// Refused with this variant of the error enum.
    Error(String),
    /// Refused with a code that no document gives.
    Undocumented,
}

/// A step of a decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A value that later steps need.
    Let { name: String, is: Expr },
    /// Decides if the condition holds.
    When { condition: Expr, gives: Given },
    /// Decides if the optional value is missing; later steps have it.
    Without { name: String, gives: Given },
    /// Decides.
    Gives(Given),
}

impl Step {
    /// Whether it decides by the absence of a value of this name.
    pub fn asks(&self, value: &str) -> bool {
        matches!(self, Step::Without { name, .. } if name == value)
    }

    /// The expressions in it.
    pub fn exprs(&self) -> Vec<&Expr> {
        let (first, gives) = match self {
            Step::Let { is, .. } => return vec![is],
            Step::When { condition, gives } => (Some(condition), gives),
            Step::Without { gives, .. } | Step::Gives(gives) => (None, gives),
        };
        first.into_iter().chain(gives.with.iter().map(|(_, told)| told)).collect()
    }
}

/// An outcome and what it gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Given {
    pub outcome: String,
    /// Fields in the order of the outcome's.
    pub with: Vec<(Quantity, Expr)>,
}

/// A case and what comes of it: a test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    pub name: String,
    pub doc: Doc,
    /// A value for each quantity.
    pub given: Vec<(String, Value)>,
    pub gives: Value,
}

/// A value of an example.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Bool(bool),
    /// A number in decimal digits, in the type of a quantity.
    Number {
        ty: QuantityType,
        digits: String,
    },
    /// A moment by the platform's clock, as `2026-03-31T23:45`.
    Time(String),
    /// A day, as `2026-03-31`.
    Day(String),
    /// A quantity that may be missing, and whether it is there.
    Optional(Option<Box<Value>>),
    Item {
        list: String,
        item: String,
    },
    /// Rows of a record.
    Rows(Vec<Value>),
    /// A struct, or an outcome with its fields.
    Struct {
        name: String,
        fields: Vec<(String, Value)>,
    },
    /// Requirements that are not met.
    Unmet {
        requirement: String,
        items: Vec<String>,
    },
}
