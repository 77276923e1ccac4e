//! Computations.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ident;
use crate::emit::literal::emit_int;
use crate::emit::ty::emit_clock;
use crate::ir::{Ask, Comparison, Expr, Fold, Node, Operator, Owner};

/// A value. A number is a `Calc`.
pub(super) fn emit_value(expr: &Expr) -> TokenStream {
    match &expr.node {
        Node::Number(digits) => emit_literal(digits),
        Node::Bool(value) => quote!(#value),
        Node::Local(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Node::Part { of, name, derived } => {
            let part = emit_part(of, name, *derived);
            if expr.ty.is_number() { quote!(rules::calc(#part)) } else { part }
        }
        Node::Constant(name) => {
            let name = ident(name);
            quote!(rules::calc(#name))
        }
        Node::Item { list, item } => {
            let (list, item) = (ident(list), ident(item));
            quote!(#list::#item)
        }
        Node::Not(inner) if matches!(inner.node, Node::Given(_)) => emit_missing(inner),
        Node::Not(inner) => {
            let inner = grouped(inner, emit_value(inner));
            quote!(!#inner)
        }
        Node::Negate(inner) => {
            let inner = grouped(inner, emit_value(inner));
            quote!(-#inner)
        }
        Node::Compute { operator, left, right } => emit_compute(*operator, left, right),
        Node::Compare { comparison, left, right } if left.ty.is_number() => {
            emit_compare_numbers(*comparison, left, right)
        }
        Node::Compare { comparison, left, right } => emit_compare(*comparison, left, right),
        Node::Logic { and, left, right } => emit_logic(*and, left, right),
        Node::Extreme { highest, of } => emit_extreme(*highest, of),
        Node::Present(inner) => {
            let inner = emit_value(inner);
            quote!(Some(#inner))
        }
        Node::Given(inner) => {
            let inner = grouped(inner, emit_value(inner));
            quote!(#inner.is_some())
        }
        Node::DayOf(time) => {
            let time = emit_value(time);
            let clock = emit_clock();
            quote!(rules::day(#time, #clock))
        }
        Node::MonthOf(day) => {
            let day = emit_value(day);
            quote!(rules::month(#day))
        }
        Node::Missing => quote!(None),
        Node::Over { .. }
        | Node::Choose { .. }
        | Node::StartOf(_)
        | Node::DaysAfter { .. }
        | Node::OnCalendar { .. } => {
            let call = emit_call(expr);
            quote!(#call?)
        }
    }
}

/// Whether an optional value is missing.
fn emit_missing(given: &Expr) -> TokenStream {
    let value = given.parts().into_iter().map(|inner| grouped(inner, emit_value(inner)));
    quote!(#(#value)*.is_none())
}

/// A value as a `Result`.
pub(super) fn emit_fallible(expr: &Expr) -> TokenStream {
    match &expr.node {
        Node::Part { of: Owner::Row, name, derived: true } if !expr.ty.is_number() => {
            let name = ident(name);
            quote!(row.#name())
        }
        Node::Over { .. }
        | Node::Choose { .. }
        | Node::StartOf(_)
        | Node::DaysAfter { .. }
        | Node::OnCalendar { .. } => emit_call(expr),
        Node::Compare { comparison, left, right } if left.ty.is_number() => {
            emit_compare_call(*comparison, left, right)
        }
        _ => {
            let value = emit_value(expr);
            quote!(Ok(#value))
        }
    }
}

/// A call that may fail.
fn emit_call(expr: &Expr) -> TokenStream {
    match &expr.node {
        Node::Over { fold, rows, each } => emit_over(*fold, rows, each),
        Node::Choose { condition, then, otherwise } => {
            let condition = emit_value(condition);
            let [then, otherwise] = [then, otherwise].map(|part| emit_fallible(part));
            quote!(rules::choose(#condition, || #then, || #otherwise))
        }
        Node::StartOf(day) => {
            let day = emit_value(day);
            let clock = emit_clock();
            quote!(rules::start(#day, #clock))
        }
        Node::DaysAfter { day, days } => {
            let (day, days) = (emit_value(day), emit_right(days));
            quote!(rules::days_after(#day, #days))
        }
        Node::OnCalendar { ask, calendar, day } => {
            let (calendar, day) = (ident(calendar), emit_value(day));
            let ask = match ask {
                Ask::First => quote!(first),
                Ask::Last => quote!(last),
                Ask::Next => quote!(next),
            };
            quote!(#calendar.#ask(#day))
        }
        _ => emit_value(expr),
    }
}

fn emit_over(fold: Fold, rows: &str, each: &Expr) -> TokenStream {
    let rows = ident(rows);
    let looks_at_row = each.looks_at_row();
    let each = emit_fallible(each);
    let fold = match fold {
        Fold::Sum => quote!(sum),
        Fold::All => quote!(all),
        Fold::Any => quote!(any),
        Fold::Count => quote!(count),
        Fold::Latest => quote!(latest),
        Fold::Earliest => quote!(earliest),
    };
    let row = match looks_at_row {
        true => ident("row"),
        false => ident("_row"),
    };
    quote!(rules::#fold(#rows, |#row| #each))
}

fn emit_part(of: &Owner, name: &str, derived: bool) -> TokenStream {
    let name = ident(name);
    let of = match of {
        Owner::Row => ident("row"),
        Owner::Myself => ident("self"),
        Owner::Local(local) => ident(local),
    };
    let call = derived.then(|| quote!(()?));
    quote!(#of.#name #call)
}

/// A number as a literal to compute with.
fn emit_literal(digits: &str) -> TokenStream {
    let literal = emit_digits(digits);
    match digits.parse::<i64>() {
        Ok(_) => quote!(rules::number(#literal)),
        Err(_) => quote!(rules::calc(#literal)),
    }
}

fn emit_digits(digits: &str) -> TokenStream {
    match digits.parse::<i64>() {
        Ok(number) => emit_int(number),
        Err(_) => quote!(rules::decimal(#digits)),
    }
}

/// A number where whatever becomes one will do.
pub(super) fn emit_right(expr: &Expr) -> TokenStream {
    match &expr.node {
        Node::Number(digits) => emit_digits(digits),
        Node::Constant(name) => {
            let name = ident(name);
            quote!(#name)
        }
        _ => emit_value(expr),
    }
}

fn emit_compute(operator: Operator, left: &Expr, right: &Expr) -> TokenStream {
    let binds = rank(operator);
    let (one, other) = (emit_value(left), emit_right(right));
    let one = if is_below(left, binds) { quote!((#one)) } else { one };
    let other = if is_below(right, binds + 1) { quote!((#other)) } else { other };
    match operator {
        Operator::Add => quote!(#one + #other),
        Operator::Subtract => quote!(#one - #other),
        Operator::Multiply => quote!(#one * #other),
        Operator::Divide => quote!(#one / #other),
    }
}

fn rank(operator: Operator) -> u8 {
    match operator {
        Operator::Add | Operator::Subtract => 1,
        Operator::Multiply | Operator::Divide => 2,
    }
}

/// Whether an expression binds its parts less than an operator of that rank does.
fn is_below(expr: &Expr, binds: u8) -> bool {
    match &expr.node {
        Node::Compute { operator, .. } => rank(*operator) < binds,
        Node::Compare { .. } | Node::Logic { .. } => true,
        _ => false,
    }
}

/// In parentheses, if something is to be done with all of it.
pub(super) fn grouped(expr: &Expr, value: TokenStream) -> TokenStream {
    match &expr.node {
        Node::Compute { .. } | Node::Logic { .. } | Node::Negate(_) => quote!((#value)),
        Node::Compare { left, .. } if !left.ty.is_number() => quote!((#value)),
        _ => value,
    }
}

fn emit_compare_numbers(comparison: Comparison, left: &Expr, right: &Expr) -> TokenStream {
    let call = emit_compare_call(comparison, left, right);
    quote!(#call?)
}

fn emit_compare_call(comparison: Comparison, left: &Expr, right: &Expr) -> TokenStream {
    let (left, right) = (emit_right(left), emit_right(right));
    let name = match comparison {
        Comparison::Equal => quote!(equal),
        Comparison::NotEqual => quote!(unequal),
        Comparison::Below => quote!(below),
        Comparison::AtMost => quote!(at_most),
        Comparison::Above => quote!(above),
        Comparison::AtLeast => quote!(at_least),
    };
    quote!(rules::#name(#left, #right))
}

fn emit_compare(comparison: Comparison, left: &Expr, right: &Expr) -> TokenStream {
    let (one, other) = (emit_value(left), emit_value(right));
    let (one, other) = (grouped(left, one), grouped(right, other));
    match comparison {
        Comparison::Equal => quote!(#one == #other),
        Comparison::NotEqual => quote!(#one != #other),
        Comparison::Below => quote!(rules::is_before(#one, #other)),
        Comparison::AtMost => quote!(rules::is_by(#one, #other)),
        Comparison::Above => quote!(rules::is_after(#one, #other)),
        Comparison::AtLeast => quote!(rules::is_from(#one, #other)),
    }
}

fn emit_logic(and: bool, left: &Expr, right: &Expr) -> TokenStream {
    let side = |part: &Expr| {
        let value = emit_value(part);
        match &part.node {
            Node::Logic { and: inner, .. } if *inner != and => quote!((#value)),
            _ => value,
        }
    };
    let (left, right) = (side(left), side(right));
    match and {
        true => quote!(#left && #right),
        false => quote!(#left || #right),
    }
}

fn emit_extreme(highest: bool, of: &[Expr]) -> TokenStream {
    let mut values = of.iter().map(|part| (part, emit_value(part)));
    let first = values.next().map(|(part, value)| grouped(part, value)).unwrap_or_default();
    values.fold(first, |made, (_, value)| match highest {
        true => quote!(#made.max(#value)),
        false => quote!(#made.min(#value)),
    })
}
