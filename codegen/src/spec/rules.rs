//! What documents say beside tables of fields, as written: figures, lists, and what follows from what.

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::Diagnostics;
use crate::record::{Read, record};
use crate::source::{Code, Decimal, List, Located, Name, Named, Text};
use crate::yaml::{Kind, Node};

use super::Provenance;
pub(crate) use crate::terms::Rounding;

record! {
    /// What a document says beside tables of fields.
    pub(crate) struct Rules {
        /// Single figures, by name.
        constants: Named<Constant>,
        /// Closed lists of things, by name; each becomes an enum.
        lists: Named<RuleList>,
        /// Rows of facts, by name.
        tables: Named<RuleTable>,
        /// Days that come again each month, by name.
        calendars: Named<Calendar>,
        /// What several quantities are together, by name; each becomes a struct.
        records: Named<RuleRecord>,
        /// Requirements that must all be met, by name.
        checklists: Named<Checklist>,
        /// What a quantity is computed by, by name.
        formulas: Named<Formula>,
        /// Two computations that must give the same, by name.
        identities: Named<Identity>,
        /// What is decided in which case, by name.
        decisions: Named<Decision>,
    }
}

impl Rules {
    /// The names of all of them.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Located<String>> {
        let data = self.constants.names().chain(self.lists.names()).chain(self.tables.names());
        let data = data.chain(self.calendars.names()).chain(self.records.names());
        let functions = self.checklists.names().chain(self.formulas.names());
        data.chain(functions).chain(self.identities.names()).chain(self.decisions.names())
    }

    /// Where the facts inside the rules come from.
    pub(crate) fn parts(&self) -> Vec<&Provenance> {
        let mut parts: Vec<&Provenance> = Vec::new();
        for (_, list) in self.lists.iter() {
            parts.extend(list.items.iter().map(|item| &item.provenance));
        }
        for (_, table) in self.tables.iter() {
            parts.extend(table.columns.iter().map(|column| &column.provenance));
        }
        for (_, record) in self.records.iter() {
            parts.extend(record.fields.iter().map(|field| &field.provenance));
            parts.extend(record.derived.iter().map(|derived| &derived.provenance));
        }
        for (_, item) in self.checklists.iter() {
            parts.extend(item.requirements.iter().map(|requirement| &requirement.provenance));
        }
        for (_, item) in self.decisions.iter() {
            parts.extend(item.outcomes.iter().map(|outcome| &outcome.provenance));
            let fields = item.outcomes.iter().flat_map(|outcome| outcome.fields.iter());
            parts.extend(fields.map(|field| &field.provenance));
            parts.extend(item.steps.iter().map(|step| &step.provenance));
        }
        parts.extend(self.formulas.iter().map(|(_, item)| &item.gives.provenance));
        let requires = self.requires().into_iter().flat_map(|(_, requires)| requires.iter());
        parts.extend(requires.map(|required| &required.provenance));
        let takes = self.takes().into_iter().flat_map(|(_, takes)| takes.iter());
        parts.extend(takes.map(|quantity| &quantity.provenance));
        let examples = self.functions().into_iter().flat_map(|(_, examples)| examples.iter());
        parts.extend(examples.map(|example| &example.provenance));
        parts
    }

    /// What each function is given, by its name.
    pub(crate) fn takes(&self) -> Vec<(&Located<String>, &List<Quantity>)> {
        let mut takes: Vec<(&Located<String>, &List<Quantity>)> = Vec::new();
        takes.extend(self.checklists.iter().map(|(name, item)| (name, &item.takes)));
        takes.extend(self.formulas.iter().map(|(name, item)| (name, &item.takes)));
        takes.extend(self.identities.iter().map(|(name, item)| (name, &item.takes)));
        takes.extend(self.decisions.iter().map(|(name, item)| (name, &item.takes)));
        takes
    }

    /// What must hold of what each record or function is given, by its name.
    pub(crate) fn requires(&self) -> Vec<(&Located<String>, &List<Required>)> {
        let mut requires: Vec<(&Located<String>, &List<Required>)> = Vec::new();
        requires.extend(self.records.iter().map(|(name, item)| (name, &item.requires)));
        requires.extend(self.formulas.iter().map(|(name, item)| (name, &item.requires)));
        requires.extend(self.identities.iter().map(|(name, item)| (name, &item.requires)));
        requires.extend(self.decisions.iter().map(|(name, item)| (name, &item.requires)));
        requires
    }

    /// The examples of each function, by its name.
    pub(crate) fn functions(&self) -> Vec<(&Located<String>, &List<Example>)> {
        let mut functions: Vec<(&Located<String>, &List<Example>)> = Vec::new();
        functions.extend(self.checklists.iter().map(|(name, item)| (name, &item.examples)));
        functions.extend(self.formulas.iter().map(|(name, item)| (name, &item.examples)));
        functions.extend(self.identities.iter().map(|(name, item)| (name, &item.examples)));
        functions.extend(self.decisions.iter().map(|(name, item)| (name, &item.examples)));
        functions
    }
}

record! {
    /// A figure.
    pub(crate) struct Constant {
        /// The figure, as `5000`, `0.1` or `1 %`.
        value: Located<Decimal>,
        /// Its unit: `ratio`, `count`, `days`, a unit of money, or one by another, as `points/dollars`.
        ty "type": Located<String>,
        ..provenance: Provenance,
    }
}

record! {
    /// A closed list.
    pub(crate) struct RuleList {
        /// Whether what comes first goes first.
        ordered: Option<Located<bool>>,
        /// What is in it, in the order of the document.
        items: List<ListItem>,
        ..provenance: Provenance,
    }
}

record! {
    /// One thing of a list.
    pub(crate) struct ListItem {
        /// Its name.
        name: Located<Name>,
        /// What the platform calls it.
        title: Option<Text>,
        ..provenance: Provenance,
    }
}

record! {
    /// Rows of facts.
    pub(crate) struct RuleTable {
        /// What one row is called.
        row: Located<Name>,
        /// What each row says.
        columns: List<Column>,
        /// The rows, in the order of the document; each has a cell for each column that is not optional.
        rows: List<Row>,
        ..provenance: Provenance,
    }
}

record! {
    /// What each row of a table says in one place.
    pub(crate) struct Column {
        /// Its name.
        name: Located<Name>,
        /// `text`, the name of a list, or a unit.
        ty "type": Located<String>,
        /// Whether a row may lack it.
        optional: Option<Located<bool>>,
        ..provenance: Provenance,
    }
}

/// A row of a table: its cells by the names of their columns.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) cells: Located<Given>,
}

impl Read for Row {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        Some(Row { cells: Located::read(diagnostics, node)? })
    }

    fn schema(_: &mut Map<String, Json>) -> Json {
        json!({ "type": "object" })
    }
}

record! {
    /// Days that come again each month. Exactly one of `starts_on`, `days`, `window`.
    pub(crate) struct Calendar {
        /// The day on which a period begins that ends before the same day of the next month.
        starts_on: Option<Located<i64>>,
        /// The days of a month.
        days: Vec<Located<i64>>,
        /// Days of a later month.
        window: Option<Window>,
        ..provenance: Provenance,
    }
}

record! {
    /// Days of a month that follows the one that it is about.
    pub(crate) struct Window {
        /// How many months later.
        months_later: Located<i64>,
        /// Its first day.
        from: Located<i64>,
        /// Its last day; the month's last if the month is shorter.
        to: Located<i64>,
    }
}

record! {
    /// What several quantities are together.
    pub(crate) struct RuleRecord {
        /// What is given.
        fields: List<Quantity>,
        /// What must hold of the fields together.
        requires: List<Required>,
        /// What follows from the fields.
        derived: List<Derived>,
        ..provenance: Provenance,
    }
}

/// The words that the type of a quantity may be, beside the names of units of money, lists and records.
pub(crate) const QUANTITY_WORDS: [&str; 7] =
    ["bool", "time", "day", "ratio", "count", "days", "rows"];

record! {
    /// Something that a rule is given.
    pub(crate) struct Quantity {
        /// Its name.
        name: Located<Name>,
        /// `bool`, `time`, `day`; a unit; the name of a list; `rows` with `of`.
        ty "type": Located<String>,
        /// Of `rows`: the record that each is.
        of: Option<Located<String>>,
        /// Of a `time` or `day`: whether it may be that there is none.
        optional: Option<Located<bool>>,
        /// How many decimals it may have; none if left out, any number for a ratio.
        decimals: Option<Located<i64>>,
        /// The lowest value that it can have, as an expression.
        min: Option<Located<Expression>>,
        /// The highest value that it can have, as an expression.
        max: Option<Located<Expression>>,
        ..provenance: Provenance,
    }
}

record! {
    /// What must hold of several quantities together; what they are contradicts itself otherwise.
    pub(crate) struct Required {
        /// Its name, which the fault bears.
        name: Located<Name>,
        /// What must hold, as an expression.
        holds: Located<Expression>,
        ..provenance: Provenance,
    }
}

record! {
    /// Something that follows from what a record is given.
    pub(crate) struct Derived {
        /// Its name.
        name: Located<Name>,
        /// What it is, as an expression over the fields and what stands before.
        is: Located<Expression>,
        ..provenance: Provenance,
    }
}

record! {
    /// Requirements that must all be met.
    pub(crate) struct Checklist {
        /// The facts that they are about.
        takes: List<Quantity>,
        /// The requirements, in the order of the document.
        requirements: List<Requirement>,
        /// Cases, each of which becomes a test.
        examples: List<Example>,
        ..provenance: Provenance,
    }
}

record! {
    /// One requirement.
    pub(crate) struct Requirement {
        /// Its name.
        name: Located<Name>,
        /// What the platform calls it.
        title: Option<Text>,
        /// What must hold, as an expression.
        needs: Located<Expression>,
        /// Where it can be looked up whether it is met.
        look_up: Option<Text>,
        ..provenance: Provenance,
    }
}

record! {
    /// How a quantity is computed.
    pub(crate) struct Formula {
        /// The quantities that it is computed from.
        takes: List<Quantity>,
        /// What must hold of them together.
        requires: List<Required>,
        /// What comes out.
        gives: Gives,
        /// The computation, as an expression.
        is: Located<Expression>,
        /// The document's worked examples, each of which becomes a test.
        examples: List<Example>,
        ..provenance: Provenance,
    }
}

record! {
    /// What comes out of a formula.
    pub(crate) struct Gives {
        /// As of a quantity.
        ty "type": Located<String>,
        /// How many decimals it has; none if left out.
        decimals: Option<Located<i64>>,
        /// How it is brought to them; if left out, it must come out with no more.
        rounding: Option<Located<Rounding>>,
        /// The lowest value that may come out, as an expression.
        min: Option<Located<Expression>>,
        /// The highest value that may come out, as an expression.
        max: Option<Located<Expression>>,
        ..provenance: Provenance,
    }
}

record! {
    /// Two computations that must give the same amount of money.
    pub(crate) struct Identity {
        /// The quantities that they are computed from.
        takes: List<Quantity>,
        /// What must hold of them together.
        requires: List<Required>,
        /// One side, as an expression.
        left: Located<Expression>,
        /// The other side, as an expression.
        right: Located<Expression>,
        /// Cases, each of which becomes a test; what they give is the left side less the right one.
        examples: List<Example>,
        ..provenance: Provenance,
    }
}

record! {
    /// What is decided in which case.
    pub(crate) struct Decision {
        /// What it is decided by.
        takes: List<Quantity>,
        /// What must hold of that together.
        requires: List<Required>,
        /// What may be decided.
        outcomes: List<Outcome>,
        /// The endpoint whose errors the outcomes' codes are.
        endpoint: Option<Located<String>>,
        /// From the first to the last, the first that decides; the last one decides whatever is left.
        steps: List<Step>,
        /// Cases, each of which becomes a test.
        examples: List<Example>,
        ..provenance: Provenance,
    }
}

record! {
    /// What may be decided.
    pub(crate) struct Outcome {
        /// Its name.
        name: Located<Name>,
        /// What it gives.
        fields: List<Quantity>,
        /// The code of the error that the endpoint answers with.
        code: Option<Located<Code>>,
        /// Whether the endpoint accepts the request. One that it refuses with a code that no source gives has
        /// `unknown: [errors]`.
        accepted: Option<Located<bool>>,
        ..provenance: Provenance,
    }
}

record! {
    /// A step of a decision: `name` and `is` for a value that later steps need; or `gives`, always, or only `when` an
    /// expression holds, or `without` an optional value that later steps then have.
    pub(crate) struct Step {
        /// Name of the value.
        name: Option<Located<Name>>,
        /// The value, as an expression.
        is: Option<Located<Expression>>,
        /// The condition on which it decides.
        when: Option<Located<Expression>>,
        /// The optional value whose absence decides.
        without: Option<Located<String>>,
        /// The outcome.
        gives: Option<Located<String>>,
        /// What it gives, each as an expression.
        with: Named<Located<Expression>>,
        ..provenance: Provenance,
    }
}

impl Step {
    /// The expressions in it.
    pub(crate) fn expressions(&self) -> Vec<&Located<Expression>> {
        let told = self.with.iter().map(|(_, told)| told);
        self.is.iter().chain(&self.when).chain(told).collect()
    }
}

record! {
    /// A case and what comes of it.
    pub(crate) struct Example {
        /// Its name, which the test bears.
        name: Located<Name>,
        /// The quantities, by name.
        given: Located<Given>,
        /// What comes out.
        gives: Located<Given>,
        ..provenance: Provenance,
    }
}

/// A value that is read by the type of what it is given for.
#[derive(Debug, Clone)]
pub(crate) enum Given {
    Scalar(String),
    List(Vec<Located<Given>>),
    Map(Vec<(Located<String>, Located<Given>)>),
}

impl Read for Given {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } => Some(Given::Scalar(text.clone())),
            Kind::List(items) => {
                let items = items.iter().map(|item| Located::read(diagnostics, item));
                Some(Given::List(items.collect::<Option<_>>()?))
            }
            Kind::Map { entries, .. } => {
                let entries = entries.iter();
                let entries = entries
                    .map(|(name, item)| Some((name.clone(), Located::read(diagnostics, item)?)));
                Some(Given::Map(entries.collect::<Option<_>>()?))
            }
            Kind::Broken => None,
        }
    }

    fn schema(_: &mut Map<String, Json>) -> Json {
        json!({})
    }
}

/// A computation or a condition, in the grammar of Rust's expressions.
#[derive(Debug, Clone)]
pub(crate) struct Expression(pub(crate) String);

impl Read for Expression {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } if !text.is_empty() => Some(Expression(text.clone())),
            _ => String::read(diagnostics, node).map(Expression),
        }
    }

    fn schema(_: &mut Map<String, Json>) -> Json {
        json!({ "type": ["string", "number", "boolean"] })
    }
}
