//! What documents say beside tables of fields, with every name resolved and every expression compiled.

use crate::ir::{Base, Expr, Unit, ValueType};
use crate::source::{Decimal, Located, Span};
use crate::spec::Provenance;
use crate::spec::rules as spec;

use super::{EndpointId, Item, Reported, Resolved};

/// The rules of a domain, in the order of the file.
pub(crate) struct Rules<'a> {
    pub(crate) spec: &'a spec::Rules,
    pub(crate) constants: Vec<Constant<'a>>,
    pub(crate) lists: Vec<Item<'a, spec::RuleList>>,
    pub(crate) tables: Vec<RuleTable<'a>>,
    pub(crate) calendars: Vec<Calendar<'a>>,
    pub(crate) records: Vec<RuleRecord<'a>>,
    pub(crate) checklists: Vec<Checklist<'a>>,
    pub(crate) formulas: Vec<Formula<'a>>,
    pub(crate) identities: Vec<Identity<'a>>,
    pub(crate) decisions: Vec<Decision<'a>>,
}

/// A record of a domain, by its place among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RecordId(pub(crate) usize);

/// What a number is of.
#[derive(Clone, Copy)]
pub(crate) enum Dimension<'a> {
    Ratio,
    Count,
    Days,
    Money(Item<'a, crate::spec::Unit>),
}

impl Dimension<'_> {
    pub(crate) fn unit(self) -> Unit {
        match self {
            Dimension::Ratio | Dimension::Count => Unit::NONE,
            Dimension::Days => Unit::days(),
            Dimension::Money(unit) => Unit::from(Base::Money(unit.name.value.clone())),
        }
    }

    /// Whether it is not whole by what it is.
    pub(crate) fn may_have_decimals(self) -> bool {
        !matches!(self, Dimension::Count | Dimension::Days)
    }
}

/// What a constant is of.
#[derive(Clone, Copy)]
pub(crate) enum Figure<'a> {
    Number(Dimension<'a>),
    /// One unit by another.
    Rate {
        above: Dimension<'a>,
        below: Dimension<'a>,
    },
}

impl Figure<'_> {
    pub(crate) fn unit(self) -> Unit {
        match self {
            Figure::Number(number) => number.unit(),
            Figure::Rate { above, below } => above.unit().over(&below.unit()),
        }
    }
}

/// A figure.
pub(crate) struct Constant<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::Constant,
    pub(crate) figure: Resolved<Figure<'a>>,
}

/// Rows of facts.
pub(crate) struct RuleTable<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::RuleTable,
    pub(crate) columns: Vec<Column<'a>>,
    /// A cell for each column, if it is there.
    pub(crate) rows: Vec<Vec<Option<Value<'a>>>>,
}

/// What each row of a table says in one place.
pub(crate) struct Column<'a> {
    pub(crate) spec: &'a spec::Column,
    pub(crate) ty: Resolved<ColumnType<'a>>,
}

/// What is in a column.
#[derive(Clone, Copy)]
pub(crate) enum ColumnType<'a> {
    Text,
    Number(Dimension<'a>),
    Item(Item<'a, spec::RuleList>),
}

/// Days that come again each month.
pub(crate) struct Calendar<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::Calendar,
    pub(crate) days: Resolved<CalendarDays<'a>>,
}

/// Which days a calendar is about.
pub(crate) enum CalendarDays<'a> {
    Period { starts_on: &'a Located<i64> },
    Days(&'a [Located<i64>]),
    Window(&'a spec::Window),
}

/// What several quantities are together.
pub(crate) struct RuleRecord<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::RuleRecord,
    pub(crate) fields: Vec<Quantity<'a>>,
    pub(crate) requires: Vec<Required<'a>>,
    pub(crate) derived: Vec<Derived<'a>>,
}

/// Something that a rule is given, or gives.
pub(crate) struct Quantity<'a> {
    pub(crate) name: &'a str,
    pub(crate) span: Span,
    pub(crate) ty: Resolved<QuantityType<'a>>,
    /// The name of the type as it is written.
    pub(crate) written: &'a Located<String>,
    /// Of rows: the name of their record.
    pub(crate) of: Option<&'a Located<String>>,
    pub(crate) optional: Option<&'a Located<bool>>,
    pub(crate) decimals: Option<&'a Located<i64>>,
    pub(crate) min: Option<Expression<'a>>,
    pub(crate) max: Option<Expression<'a>>,
    pub(crate) provenance: &'a Provenance,
}

/// What a quantity is.
#[derive(Clone, Copy)]
pub(crate) enum QuantityType<'a> {
    Bool,
    Time { optional: bool },
    Day { optional: bool },
    Number(Dimension<'a>),
    Item(Item<'a, spec::RuleList>),
    Record(RecordId, &'a str),
    Rows(RecordId, &'a str),
}

impl QuantityType<'_> {
    /// What it is in an expression.
    pub(crate) fn value_type(&self) -> ValueType {
        match self {
            QuantityType::Bool => ValueType::Bool,
            QuantityType::Time { optional } => ValueType::Time { optional: *optional },
            QuantityType::Day { optional } => ValueType::Day { optional: *optional },
            QuantityType::Number(number) => ValueType::Number(number.unit()),
            QuantityType::Item(list) => ValueType::Item(list.name.value.clone()),
            QuantityType::Record(_, name) => ValueType::Record((*name).to_owned()),
            QuantityType::Rows(_, name) => ValueType::Rows((*name).to_owned()),
        }
    }

    pub(crate) fn is_optional(&self) -> bool {
        matches!(self, QuantityType::Time { optional: true } | QuantityType::Day { optional: true })
    }
}

/// A computation and its text.
pub(crate) struct Expression<'a> {
    pub(crate) text: &'a Located<spec::Expression>,
    pub(crate) expr: Resolved<Expr>,
}

impl Expression<'_> {
    /// What it gives, if that is known.
    pub(crate) fn ty(&self) -> Resolved<&ValueType> {
        self.expr.as_ref().map(|expr| &expr.ty).map_err(|Reported| Reported)
    }
}

/// What must hold of several quantities together.
pub(crate) struct Required<'a> {
    pub(crate) spec: &'a spec::Required,
    pub(crate) holds: Expression<'a>,
}

/// Something that follows from what a record is given.
pub(crate) struct Derived<'a> {
    pub(crate) spec: &'a spec::Derived,
    pub(crate) is: Expression<'a>,
}

/// Requirements that must all be met.
pub(crate) struct Checklist<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::Checklist,
    pub(crate) takes: Vec<Quantity<'a>>,
    pub(crate) requirements: Vec<Requirement<'a>>,
    /// Each with the places of the requirements that are not met.
    pub(crate) examples: Vec<Example<'a, Vec<usize>>>,
}

/// One requirement.
pub(crate) struct Requirement<'a> {
    pub(crate) spec: &'a spec::Requirement,
    pub(crate) needs: Expression<'a>,
}

/// How a quantity is computed.
pub(crate) struct Formula<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::Formula,
    pub(crate) takes: Vec<Quantity<'a>>,
    pub(crate) requires: Vec<Required<'a>>,
    pub(crate) gives: Quantity<'a>,
    pub(crate) is: Expression<'a>,
    pub(crate) examples: Vec<Example<'a, Value<'a>>>,
}

/// Two computations that must give the same amount of money.
pub(crate) struct Identity<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::Identity,
    pub(crate) takes: Vec<Quantity<'a>>,
    pub(crate) requires: Vec<Required<'a>>,
    pub(crate) left: Expression<'a>,
    pub(crate) right: Expression<'a>,
    /// Each with the left side less the right one.
    pub(crate) examples: Vec<Example<'a, Decimal>>,
}

impl Identity<'_> {
    /// The unit of money of its sides, by name, if they are of one.
    pub(crate) fn money(&self) -> Option<&str> {
        let sides = [&self.left, &self.right].into_iter();
        sides.filter_map(|side| side.ty().ok()).find_map(|ty| match ty {
            ValueType::Number(unit) => unit.money(),
            _ => None,
        })
    }
}

/// What is decided in which case.
pub(crate) struct Decision<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::Decision,
    pub(crate) takes: Vec<Quantity<'a>>,
    pub(crate) requires: Vec<Required<'a>>,
    pub(crate) outcomes: Vec<Outcome<'a>>,
    /// The endpoint whose errors the outcomes' codes are.
    pub(crate) endpoint: Option<Resolved<EndpointId>>,
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) examples: Vec<Example<'a, Decided<'a>>>,
}

/// What may be decided.
pub(crate) struct Outcome<'a> {
    pub(crate) spec: &'a spec::Outcome,
    pub(crate) fields: Vec<Quantity<'a>>,
}

/// A step of a decision.
pub(crate) struct Step<'a> {
    pub(crate) spec: &'a spec::Step,
    pub(crate) rule: StepRule<'a>,
}

/// What a step does.
pub(crate) enum StepRule<'a> {
    /// A value that later steps need.
    Let { name: &'a str, is: Expression<'a> },
    /// Decides if the condition holds.
    When { condition: Expression<'a>, gives: Given<'a> },
    /// Decides if the optional value is missing; later steps have it.
    Without { name: &'a Located<String>, ty: ValueType, gives: Given<'a> },
    /// Decides.
    Gives(Given<'a>),
    /// Something that has been reported.
    Error,
}

impl<'a> StepRule<'a> {
    /// What it decides.
    pub(crate) fn gives(&self) -> Option<&Given<'a>> {
        match self {
            StepRule::When { gives, .. }
            | StepRule::Without { gives, .. }
            | StepRule::Gives(gives) => Some(gives),
            StepRule::Let { .. } | StepRule::Error => None,
        }
    }
}

/// An outcome and what it gives.
pub(crate) struct Given<'a> {
    pub(crate) name: &'a Located<String>,
    /// Its place among the outcomes.
    pub(crate) outcome: Resolved<usize>,
    /// For each field of the outcome.
    pub(crate) with: Vec<Resolved<Expression<'a>>>,
}

/// A case and what comes of it.
pub(crate) struct Example<'a, T> {
    pub(crate) spec: &'a spec::Example,
    /// For each quantity that is given, if it is.
    pub(crate) given: Vec<Option<Value<'a>>>,
    pub(crate) gives: Resolved<T>,
}

/// An outcome of an example, by its place among the outcomes, and its fields.
pub(crate) struct Decided<'a> {
    pub(crate) outcome: usize,
    pub(crate) fields: Vec<Option<Value<'a>>>,
}

/// A value, read by the type of what it is for.
#[derive(Clone)]
pub(crate) enum Value<'a> {
    Text(&'a str),
    Bool(bool),
    Number(Decimal),
    /// As `2026-03-31T23:45`.
    Time(&'a str),
    /// As `2026-03-31`.
    Day(&'a str),
    Item {
        list: Item<'a, spec::RuleList>,
        item: &'a str,
    },
    /// For each field, if it is there.
    Record(RecordId, Vec<Option<Value<'a>>>),
    Rows(RecordId, Vec<Vec<Option<Value<'a>>>>),
    /// Something that has been reported.
    Error,
}
