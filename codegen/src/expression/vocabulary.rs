//! The names that an expression may use, and what each is.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Unit, ValueType as Type};
use crate::names::field_name;

/// What the rules of a domain define for its expressions.
#[derive(Default)]
pub(crate) struct Vocabulary<'a> {
    /// Whether the spec tells by which clock days are counted.
    pub(super) has_clock: bool,
    pub(super) constants: BTreeMap<&'a str, Unit>,
    /// The items of each list.
    pub(super) lists: BTreeMap<&'a str, Vec<&'a str>>,
    /// Whether it is of single days.
    pub(super) calendars: BTreeMap<&'a str, bool>,
    pub(super) records: BTreeMap<&'a str, Row<'a>>,
    /// Constants that something is wrong with.
    broken: BTreeSet<&'a str>,
}

/// What a row of a record has.
#[derive(Default)]
pub(crate) struct Row<'a> {
    pub(super) fields: BTreeMap<&'a str, Type>,
    pub(super) derived: BTreeMap<&'a str, Type>,
    /// What something is wrong with, which has been reported where it stands.
    pub(super) broken: BTreeSet<&'a str>,
}

impl<'a> Row<'a> {
    /// A field, if its type is known.
    pub(crate) fn add_field(&mut self, name: &'a str, ty: Option<Type>) {
        match ty {
            Some(ty) => drop(self.fields.insert(name, ty)),
            None => drop(self.broken.insert(name)),
        }
    }

    /// What follows from fields, if its type is known.
    pub(crate) fn add_derived(&mut self, name: &'a str, ty: Option<Type>) {
        match ty {
            Some(ty) => drop(self.derived.insert(name, ty)),
            None => drop(self.broken.insert(name)),
        }
    }
}

impl<'a> Vocabulary<'a> {
    /// `has_clock`: the spec tells by which clock days are counted.
    pub(crate) fn new(has_clock: bool) -> Vocabulary<'a> {
        Vocabulary { has_clock, ..Vocabulary::default() }
    }

    /// A constant, if its unit is known.
    pub(crate) fn add_constant(&mut self, name: &'a str, unit: Option<Unit>) {
        match unit {
            Some(unit) => drop(self.constants.insert(name, unit)),
            None => drop(self.broken.insert(name)),
        }
    }

    pub(crate) fn add_list(&mut self, name: &'a str, items: Vec<&'a str>) {
        self.lists.insert(name, items);
    }

    /// `has_days`: it is of single days, not of periods.
    pub(crate) fn add_calendar(&mut self, name: &'a str, has_days: bool) {
        self.calendars.insert(name, has_days);
    }

    pub(crate) fn add_record(&mut self, name: &'a str, row: Row<'a>) {
        self.records.insert(name, row);
    }

    /// The names of the items of a list.
    pub(super) fn list(&self, name: &str) -> Option<&[&'a str]> {
        self.lists.get(name).map(Vec::as_slice)
    }
}

/// The names that one expression may use: those of its domain, and its own.
pub(crate) struct Names<'v, 'a> {
    pub(super) vocabulary: &'v Vocabulary<'a>,
    locals: BTreeMap<&'a str, Type>,
    /// Quantities that something is wrong with.
    broken: BTreeSet<&'a str>,
    /// What follows from the other fields of the record that the expression belongs to.
    derived: BTreeMap<&'a str, Type>,
}

impl<'v, 'a> Names<'v, 'a> {
    pub(crate) fn new(vocabulary: &'v Vocabulary<'a>) -> Names<'v, 'a> {
        Names {
            vocabulary,
            locals: BTreeMap::new(),
            broken: BTreeSet::new(),
            derived: BTreeMap::new(),
        }
    }

    /// A quantity or a value of an earlier step. If no more is known of it, nobody complains of what it is used for.
    pub(crate) fn add(&mut self, name: &'a str, ty: Option<Type>) {
        match ty {
            Some(ty) => drop(self.locals.insert(name, ty)),
            None => drop(self.broken.insert(name)),
        }
    }

    /// What follows from fields of the same record; it is asked for where it is used.
    pub(crate) fn add_derived(&mut self, name: &'a str, ty: Option<Type>) {
        match ty {
            Some(ty) => drop(self.derived.insert(name, ty)),
            None => drop(self.broken.insert(name)),
        }
    }

    pub(super) fn is_broken(&self, name: &str) -> bool {
        self.broken.contains(name) || self.vocabulary.broken.contains(name)
    }

    pub(super) fn derived(&self, name: &str) -> Option<&Type> {
        self.derived.get(name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Type> {
        self.locals.get(name)
    }

    pub(crate) fn locals(&self) -> impl Iterator<Item = &'a str> {
        self.locals.keys().chain(self.derived.keys()).copied()
    }
}

/// The name that generated code has for one of an expression.
pub(super) fn local_name(name: &str) -> String {
    field_name(name)
}

/// The names of the functions, and how each is called.
pub(super) const FUNCTIONS: &[(&str, &str)] = &[
    ("min", "min(a, b)"),
    ("max", "max(a, b)"),
    ("sum", "sum(rows, amount)"),
    ("all", "all(rows, condition)"),
    ("any", "any(rows, condition)"),
    ("count", "count(rows, condition)"),
    ("latest", "latest(rows, time)"),
    ("earliest", "earliest(rows, time)"),
    ("choose", "choose(condition, then, otherwise)"),
    ("given", "given(time)"),
    ("given_if", "given_if(condition, time)"),
    ("day", "day(time)"),
    ("month", "month(day)"),
    ("start", "start(day)"),
    ("first", "first(calendar, day)"),
    ("last", "last(calendar, day)"),
    ("next", "next(calendar, day)"),
];
