//! The names that an expression may use, and what each is.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Money, QuantityType};
use crate::names::{field_name, type_name};
use crate::source::is_set;
use crate::spec::rules::{Quantity, RuleList, RuleRecord, Rules};

use super::{Type, Unit, compile};

/// What the rules of a domain define for its expressions.
#[derive(Default)]
pub(crate) struct Vocabulary<'a> {
    pub(super) constants: BTreeMap<&'a str, Unit>,
    pub(super) lists: BTreeMap<&'a str, &'a RuleList>,
    pub(super) calendars: BTreeMap<&'a str, bool>,
    pub(super) records: BTreeMap<&'a str, Row<'a>>,
    /// The names of all records, those not looked into yet among them.
    record_names: BTreeSet<&'a str>,
    /// Constants that something is wrong with.
    broken: BTreeSet<&'a str>,
}

/// What a row of a record has.
#[derive(Default)]
pub(super) struct Row<'a> {
    pub(super) fields: BTreeMap<&'a str, Type>,
    pub(super) derived: BTreeMap<&'a str, Type>,
    /// What something is wrong with, which `check` reports where it stands.
    pub(super) broken: BTreeSet<&'a str>,
}

impl<'a> Vocabulary<'a> {
    /// Whatever is wrong with a definition is left out; `check` reports it.
    pub(crate) fn of(rules: &'a Rules) -> Vocabulary<'a> {
        let mut vocabulary = Vocabulary::default();
        for (name, constant) in &rules.constants.entries {
            let unit = constant.as_ref().and_then(|constant| Unit::parse(constant.ty.as_str()));
            match unit {
                Some(unit) => drop(vocabulary.constants.insert(name.as_str(), unit)),
                None => drop(vocabulary.broken.insert(name.as_str())),
            }
        }
        vocabulary.lists = rules.lists.iter().map(|(name, list)| (name.as_str(), list)).collect();
        let calendars = rules.calendars.iter();
        vocabulary.calendars =
            calendars.map(|(name, item)| (name.as_str(), !item.days.is_empty())).collect();
        vocabulary.record_names = rules.records.names().map(|name| name.as_str()).collect();
        for (name, record) in rules.records.iter() {
            let row = vocabulary.row(record);
            vocabulary.records.insert(name.as_str(), row);
        }
        vocabulary
    }

    fn row(&self, record: &'a RuleRecord) -> Row<'a> {
        let typed = |field: &'a Quantity| (field.name.value.0.as_str(), self.type_of(field));
        let fields = record.fields.iter().map(typed);
        let (known, broken): (Vec<_>, Vec<_>) = fields.partition(|(_, ty)| ty.is_some());
        let fields = known.into_iter().filter_map(|(name, ty)| Some((name, ty?)));
        let broken = broken.into_iter().map(|(name, _)| name);
        let mut row = Row { fields: fields.collect(), broken: broken.collect(), ..Row::default() };
        let mut names = Names::new(self);
        names.add_all(&record.fields);
        for derived in record.derived.iter() {
            let name = derived.name.value.0.as_str();
            match compile(&names, &derived.is.value.0) {
                Ok((_, ty)) => {
                    names.add_derived(name, ty.clone());
                    row.derived.insert(name, ty);
                }
                Err(_) => {
                    names.add_broken(name);
                    row.broken.insert(name);
                }
            }
        }
        row
    }

    pub(crate) fn list(&self, name: &str) -> Option<&'a RuleList> {
        self.lists.get(name).copied()
    }

    /// What a quantity is in an expression, if its type is known.
    pub(crate) fn type_of(&self, quantity: &Quantity) -> Option<Type> {
        let optional = is_optional(quantity);
        let record = |name: &str| self.record_names.contains(name).then(|| name.to_owned());
        Some(match quantity.ty.as_str() {
            "bool" => Type::Bool,
            "time" => Type::Time { optional },
            "day" => Type::Day { optional },
            "rows" => Type::Rows(record(quantity.of.as_ref()?.as_str())?),
            word => match Unit::parse(word) {
                Some(unit) if !word.contains('/') => Type::Number(unit),
                Some(_) => return None,
                None if self.lists.contains_key(word) => Type::Item(word.to_owned()),
                None => Type::Record(record(word)?),
            },
        })
    }

    /// The type of a quantity in generated code.
    pub(crate) fn quantity_type(&self, quantity: &Quantity) -> QuantityType {
        let decimals = quantity.decimals.as_ref().is_some_and(|decimals| decimals.value > 0);
        match self.type_of(quantity) {
            Some(Type::Time { optional }) => QuantityType::Time { optional },
            Some(Type::Day { optional }) => QuantityType::Day { optional },
            Some(Type::Rows(record)) => QuantityType::Rows(type_name(&record)),
            Some(Type::Record(record)) => QuantityType::Record(type_name(&record)),
            Some(Type::Item(list)) => QuantityType::Item(type_name(&list)),
            _ => builtin_type(quantity.ty.as_str(), decimals).unwrap_or(QuantityType::Ratio),
        }
    }

    /// The names of lists and records.
    pub(crate) fn types(&self) -> impl Iterator<Item = &'a str> {
        self.lists.keys().chain(self.records.keys()).copied()
    }
}

/// The names that one expression may use: those of its domain, and its own.
pub(crate) struct Names<'v, 'a> {
    pub(super) vocabulary: &'v Vocabulary<'a>,
    locals: BTreeMap<String, Type>,
    /// Quantities that something is wrong with.
    broken: BTreeSet<String>,
    /// What follows from the other fields of the record that the expression belongs to.
    derived: BTreeMap<String, Type>,
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

    pub(crate) fn add(&mut self, name: &str, ty: Type) {
        self.locals.insert(name.to_owned(), ty);
    }

    /// A name of which no more is known; nobody complains of what it is used for.
    pub(crate) fn add_broken(&mut self, name: &str) {
        self.broken.insert(name.to_owned());
    }

    pub(super) fn is_broken(&self, name: &str) -> bool {
        self.broken.contains(name) || self.vocabulary.broken.contains(name)
    }

    /// A name for what follows from fields of the same record; it is asked for where it is used.
    pub(crate) fn add_derived(&mut self, name: &str, ty: Type) {
        self.derived.insert(name.to_owned(), ty);
    }

    pub(super) fn derived(&self, name: &str) -> Option<&Type> {
        self.derived.get(name)
    }

    pub(crate) fn add_all(&mut self, quantities: &[Quantity]) {
        for quantity in quantities {
            match self.vocabulary.type_of(quantity) {
                Some(ty) => self.add(&quantity.name.value.0, ty),
                None => self.add_broken(&quantity.name.value.0),
            }
        }
    }

    /// What a quantity is, if its type is known.
    pub(crate) fn type_of(&self, quantity: &Quantity) -> Option<Type> {
        self.vocabulary.type_of(quantity)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Type> {
        self.locals.get(name)
    }

    pub(crate) fn locals(&self) -> impl Iterator<Item = &str> {
        self.locals.keys().chain(self.derived.keys()).map(String::as_str)
    }
}

pub(crate) fn is_optional(quantity: &Quantity) -> bool {
    is_set(&quantity.optional)
}

/// The words that a quantity's type may be.
pub(crate) fn known_types<'a>() -> impl Iterator<Item = &'a str> {
    ["bool", "time", "day", "ratio", "count", "days", "fen", "yuan", "diamonds", "rows"].into_iter()
}

/// The type in generated code that a word of the format stands for.
pub(crate) fn builtin_type(ty: &str, decimals: bool) -> Option<QuantityType> {
    let money = |money| match decimals {
        true => QuantityType::ExactMoney(money),
        false => QuantityType::Money(money),
    };
    Some(match ty {
        "bool" => QuantityType::Bool,
        "time" => QuantityType::Time { optional: false },
        "day" => QuantityType::Day { optional: false },
        "ratio" => QuantityType::Ratio,
        "count" => QuantityType::Count,
        "days" => QuantityType::Days,
        "fen" => money(Money::Fen),
        "yuan" => money(Money::Yuan),
        "diamonds" => money(Money::Diamonds),
        _ => return None,
    })
}

/// The name that generated code has for one of an expression.
pub(super) fn local_name(name: &str) -> String {
    field_name(name)
}
