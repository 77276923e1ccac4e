//! What rules are given: of known types, with bounds of their own unit.

use crate::diagnostic::Diagnostics;
use crate::expression::{Names, Type, known_types};
use crate::source::{Located, Name};
use crate::spec::rules::{Expression, Gives, Quantity};
use crate::spelling::advice;

use super::{Book, check_gives};

/// More than the numbers of the generated code can hold beside an amount.
const MOST_DECIMALS: i64 = 12;

/// The names of quantities; what is wrong with one is reported.
pub(super) fn check<'b, 'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'b, 'a>,
    quantities: &[Quantity],
) -> Names<'b, 'a> {
    let mut names = Names::new(book.vocabulary);
    names.add_all(quantities);
    for quantity in quantities {
        check_quantity(diagnostics, book, quantity);
    }
    names
}

/// The fields of a record; a record holds no other.
pub(super) fn check_fields<'b, 'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'b, 'a>,
    fields: &[Quantity],
) -> Names<'b, 'a> {
    for field in fields {
        if let Some(Type::Rows(_) | Type::Record(_)) = book.vocabulary.type_of(field) {
            diagnostics
                .error(field.ty.span, "bad-type", "a record holds no other records")
                .help("give both to the rule that needs them");
        }
    }
    check(diagnostics, book, fields)
}

/// What comes out of a formula, as something that could be given to one.
pub(super) fn check_result(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    name: &Located<String>,
    gives: &Gives,
) -> Option<Type> {
    let quantity = gives.as_quantity(name);
    check_quantity(diagnostics, book, &quantity);
    let ty = book.vocabulary.type_of(&quantity)?;
    if let Type::Rows(_) | Type::Record(_) = ty {
        diagnostics
            .error(gives.ty.span, "bad-type", "a formula gives a single value")
            .help("give what is computed, as `sum(rows, amount)`");
        return None;
    }
    if let Some(rounding) = &gives.rounding
        && !matches!(ty, Type::Number(_))
    {
        diagnostics
            .error(rounding.span, "bad-unit", "only a number is rounded")
            .help("remove `rounding`");
    }
    Some(ty)
}

/// Reports what a rule asks for and has no use for.
pub(super) fn check_uses(
    diagnostics: &mut Diagnostics,
    names: &[&Located<Name>],
    expressions: &[&Located<Expression>],
    asked: &[&Located<String>],
) {
    let is_sign = |c: char| !c.is_alphanumeric() && c != '_';
    let words = expressions.iter().flat_map(|text| text.value.0.split(is_sign));
    let words: Vec<&str> = words.chain(asked.iter().map(|name| name.as_str())).collect();
    for name in names {
        if !words.contains(&name.value.0.as_str()) {
            diagnostics
                .error(name.span, "unused-name", format_args!("nothing uses `{name}`"))
                .help("remove it, or say in the expression what it is for");
        }
    }
}

fn check_quantity(diagnostics: &mut Diagnostics, book: &Book<'_, '_>, quantity: &Quantity) {
    let Some(ty) = book.vocabulary.type_of(quantity) else {
        return report_type(diagnostics, book, quantity);
    };
    if let Some(optional) = quantity.optional.as_ref().filter(|optional| optional.value)
        && !matches!(ty, Type::Time { .. } | Type::Day { .. })
    {
        diagnostics
            .error(optional.span, "bad-type", "only a time or a day may be missing")
            .help("remove `optional`; say 0 or false where there is nothing");
    }
    if let Some(of) = quantity.of.as_ref().filter(|_| quantity.ty.value != "rows") {
        diagnostics
            .error(of.span, "bad-type", "only `rows` are of a record")
            .help("remove `of`, or write `type: rows`");
    }
    let is_number = matches!(ty, Type::Number(_));
    let has_decimals = is_number && may_have_decimals(quantity.ty.as_str());
    if let Some(decimals) = &quantity.decimals
        && (!has_decimals || !(0..=MOST_DECIMALS).contains(&decimals.value))
    {
        diagnostics
            .error(decimals.span, "bad-type", format_args!("it cannot have {decimals} decimals"))
            .help(format_args!(
                "a ratio or an amount of money has 0 to {MOST_DECIMALS}, and nothing else has any"
            ));
    }
    for bound in [&quantity.min, &quantity.max].into_iter().flatten() {
        if is_number {
            check_gives(diagnostics, &Names::new(book.vocabulary), bound, &ty);
        } else {
            diagnostics.error(bound.span, "bad-type", "only a number has bounds").help("remove it");
        }
    }
}

/// Whether numbers of the type are not whole by what they are.
pub(super) fn may_have_decimals(ty: &str) -> bool {
    !matches!(ty, "count" | "days")
}

fn report_type(diagnostics: &mut Diagnostics, book: &Book<'_, '_>, quantity: &Quantity) {
    let Quantity { name, ty, of, .. } = quantity;
    let unknown = match (ty.as_str(), of) {
        ("rows", None) => {
            diagnostics
                .error(ty.span, "missing-key", format_args!("the record of `{name}` is missing"))
                .help("add `of: …`, the name of a record");
            return;
        }
        ("rows", Some(of)) => of,
        _ => ty,
    };
    if !diagnostics.is_unread(unknown.as_str()) {
        let known = known_types().chain(book.vocabulary.types());
        diagnostics
            .error(unknown.span, "unknown-type", format_args!("there is no type named `{unknown}`"))
            .help(advice(unknown.as_str(), known));
    }
}
