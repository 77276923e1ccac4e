//! What rules are given, and give.

use crate::diagnostic::Diagnostics;
use crate::expression::Names;
use crate::model::rules::{Expression, Quantity, QuantityType};
use crate::model::{Reported, Resolved};
use crate::source::{Located, is_set};
use crate::spec::rules as spec;
use crate::spelling::advice;

use super::{Book, resolve_expression, units};

pub(super) fn resolve_quantities<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    quantities: &'a [spec::Quantity],
) -> Vec<Quantity<'a>> {
    let quantities = quantities.iter().map(|spec| {
        let (name, optional) = (spec.name.value.0.as_str(), is_set(&spec.optional));
        let ty = resolve_type(diagnostics, book, name, &spec.ty, spec.of.as_ref(), optional);
        let bound = Bound { book, ty };
        Quantity {
            name,
            span: spec.name.span,
            ty,
            written: &spec.ty,
            of: spec.of.as_ref(),
            optional: spec.optional.as_ref(),
            decimals: spec.decimals.as_ref(),
            min: bound.resolve(diagnostics, &spec.min),
            max: bound.resolve(diagnostics, &spec.max),
            provenance: &spec.provenance,
        }
    });
    quantities.collect()
}

/// What comes out of a formula, as something that could be given to one.
pub(super) fn resolve_result<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    name: &'a Located<String>,
    spec: &'a spec::Gives,
) -> Quantity<'a> {
    let ty = resolve_type(diagnostics, book, &name.value, &spec.ty, None, false);
    let bound = Bound { book, ty };
    Quantity {
        name: &name.value,
        span: name.span,
        ty,
        written: &spec.ty,
        of: None,
        optional: None,
        decimals: spec.decimals.as_ref(),
        min: bound.resolve(diagnostics, &spec.min),
        max: bound.resolve(diagnostics, &spec.max),
        provenance: &spec.provenance,
    }
}

/// What the bounds of a quantity are computed by, which are of its type.
struct Bound<'b, 'a> {
    book: &'b Book<'b, 'a>,
    ty: Resolved<QuantityType<'a>>,
}

impl<'a> Bound<'_, 'a> {
    /// Bounds of what is not a number are not looked into.
    fn resolve(
        &self,
        diagnostics: &mut Diagnostics,
        bound: &'a Option<Located<spec::Expression>>,
    ) -> Option<Expression<'a>> {
        let text = bound.as_ref()?;
        Some(match self.ty {
            Ok(QuantityType::Number(_)) => {
                resolve_expression(diagnostics, &Names::new(&self.book.vocabulary), text)
            }
            _ => Expression { text, expr: Err(Reported) },
        })
    }
}

fn resolve_type<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    name: &str,
    word: &Located<String>,
    of: Option<&Located<String>>,
    optional: bool,
) -> Resolved<QuantityType<'a>> {
    let record = |diagnostics: &mut Diagnostics, record: &Located<String>| {
        book.record(record.as_str()).unwrap_or_else(|| report_unknown(diagnostics, book, record))
    };
    Ok(match (word.as_str(), of) {
        ("bool", _) => QuantityType::Bool,
        ("time", _) => QuantityType::Time { optional },
        ("day", _) => QuantityType::Day { optional },
        ("rows", Some(of)) => {
            let (id, name) = record(diagnostics, of)?;
            QuantityType::Rows(id, name)
        }
        ("rows", None) => {
            diagnostics
                .error(word.span, "missing-key", format_args!("the record of `{name}` is missing"))
                .help("add `of: …`, the name of a record");
            return Err(Reported);
        }
        (text, _) => match (units::number(book, text), book.list(text)) {
            (Some(number), _) => QuantityType::Number(number?),
            (None, Some(list)) => QuantityType::Item(list),
            (None, None) => {
                let (id, name) = record(diagnostics, word)?;
                QuantityType::Record(id, name)
            }
        },
    })
}

fn report_unknown<T>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    unknown: &Located<String>,
) -> Resolved<T> {
    if !diagnostics.is_unread(unknown.as_str()) {
        diagnostics
            .error(unknown.span, "unknown-type", format_args!("there is no type named `{unknown}`"))
            .help(advice(unknown.as_str(), words(book)));
    }
    Err(Reported)
}

/// All that a type may be.
fn words<'a>(book: &Book<'_, 'a>) -> impl Iterator<Item = &'a str> {
    let money = units::words(book).filter(|word| !spec::QUANTITY_WORDS.contains(word));
    let money: Vec<&str> = money.collect();
    spec::QUANTITY_WORDS.into_iter().chain(money).chain(types(book))
}

/// The names of lists and records.
pub(super) fn types<'a>(book: &Book<'_, 'a>) -> Vec<&'a str> {
    let sorted = |mut names: Vec<&'a str>| {
        names.sort_unstable();
        names
    };
    let lists = book.spec.lists.iter().map(|(name, _)| name.as_str());
    let records = book.spec.records.iter().map(|(name, _)| name.as_str());
    let (lists, records) = (sorted(lists.collect()), sorted(records.collect()));
    lists.into_iter().chain(records).collect()
}
