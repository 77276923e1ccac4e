//! An expression and what it gives, part by part; everything that is wrong in one go.

use syn::spanned::Spanned;
use syn::{BinOp, Expr as Syntax, Lit, UnOp};

use super::parse::{Fault, range_of};
use super::vocabulary::{FUNCTIONS, Names, local_name};
use crate::ir::{Comparison, Expr, Node, Operator, Owner, Unit, ValueType as Type};
use crate::names::{constant_name, type_name};
use crate::source::Decimal;
use crate::spelling::advice;

/// An expression; `None` if something in it is wrong, which has been reported.
pub(super) type Typed = Option<Expr>;

pub(super) struct Inference<'n, 'v, 'a> {
    pub(super) names: &'n Names<'v, 'a>,
    text: &'n str,
    /// The record whose rows are looked at.
    pub(super) row: Option<String>,
    pub(super) faults: Vec<Fault>,
}

impl<'n, 'v, 'a> Inference<'n, 'v, 'a> {
    pub(super) fn new(names: &'n Names<'v, 'a>, text: &'n str) -> Self {
        Inference { names, text, row: None, faults: Vec::new() }
    }

    pub(super) fn fault<T>(
        &mut self,
        part: &impl Spanned,
        code: &'static str,
        message: String,
        help: impl Into<Option<String>>,
    ) -> Option<T> {
        let (start, end) = range_of(self.text, part);
        self.faults.push(Fault { start, end, code, message, help: help.into() });
        None
    }

    pub(super) fn expression(&mut self, syntax: &Syntax) -> Typed {
        match syntax {
            Syntax::Paren(inner) => self.expression(&inner.expr),
            Syntax::Group(inner) => self.expression(&inner.expr),
            Syntax::Lit(literal) => self.literal(&literal.lit),
            Syntax::Path(path) => self.path(path),
            Syntax::Field(field) => self.field(field),
            Syntax::Unary(unary) => self.unary(unary),
            Syntax::Binary(binary) => self.binary(binary),
            Syntax::Call(call) => self.call(call),
            other => {
                let message = "an expression of a rule cannot contain this".to_owned();
                self.fault(other, "bad-expression", message, Self::grammar())
            }
        }
    }

    fn grammar() -> String {
        let names: Vec<&str> = FUNCTIONS.iter().map(|(name, _)| *name).collect();
        format!(
            "there are numbers, names, `+ - * /`, comparisons, `&& || !`, and {}",
            names.join(", ")
        )
    }

    fn literal(&mut self, literal: &Lit) -> Typed {
        let text = match literal {
            Lit::Bool(value) => return Some(Expr::new(Node::Bool(value.value), Type::Bool)),
            Lit::Int(number) if number.suffix().is_empty() => number.base10_digits().to_owned(),
            Lit::Float(number) if number.suffix().is_empty() => number.base10_digits().to_owned(),
            _ => String::new(),
        };
        match Decimal::parse(&text) {
            Some(Decimal(digits)) => {
                let ty = if digits == "0" { Type::Zero } else { Type::Number(Unit::NONE) };
                Some(Expr::new(Node::Number(digits), ty))
            }
            None => {
                let message = "rules cannot use this number".to_owned();
                self.fault(literal, "bad-expression", message, "write it as 5000 or 0.1".to_owned())
            }
        }
    }

    fn path(&mut self, path: &syn::ExprPath) -> Typed {
        let is_plain = path.qself.is_none() && path.path.leading_colon.is_none();
        if !is_plain || path.path.segments.iter().any(|part| !part.arguments.is_none()) {
            let message = "this is not a name that rules know".to_owned();
            return self.fault(path, "bad-expression", message, None);
        }
        let parts: Vec<String> =
            path.path.segments.iter().map(|part| part.ident.to_string()).collect();
        match parts.as_slice() {
            [name] => self.name(path, name),
            [list, item] => self.item(path, list, item),
            _ => {
                let message = "names in rules do not have that many parts".to_owned();
                self.fault(path, "bad-expression", message, None)
            }
        }
    }

    fn name(&mut self, at: &impl Spanned, name: &str) -> Typed {
        let vocabulary = self.names.vocabulary;
        if let Some(row) =
            self.row.as_ref().and_then(|record| vocabulary.records.get(record.as_str()))
        {
            if let Some(ty) = row.fields.get(name) {
                return Some(part(Owner::Row, name, false, ty));
            }
            if row.broken.contains(name) {
                return None;
            }
            if let Some(ty) = row.derived.get(name) {
                return Some(part(Owner::Row, name, true, ty));
            }
        }
        if let Some(ty) = self.names.get(name) {
            return Some(Expr::new(Node::Local(local_name(name)), ty.clone()));
        }
        if let Some(ty) = self.names.derived(name) {
            return Some(part(Owner::Myself, name, true, ty));
        }
        if self.names.is_broken(name) {
            return None;
        }
        if let Some(unit) = vocabulary.constants.get(name) {
            return Some(Expr::new(
                Node::Constant(constant_name(name)),
                Type::Number(unit.clone()),
            ));
        }
        let known: Vec<&str> =
            self.names.locals().chain(vocabulary.constants.keys().copied()).collect();
        let help = advice(name, known);
        self.fault(
            at,
            "unknown-name",
            format!("there is no quantity or constant named `{name}`"),
            help,
        )
    }

    /// A part of a record, as `app.wait`.
    fn field(&mut self, field: &syn::ExprField) -> Typed {
        let Expr { node, ty } = self.expression(&field.base)?;
        let (Node::Local(local), Type::Record(record)) = (node, &ty) else {
            return self.mismatch(&field.base, "only a record has parts", &ty);
        };
        let name = match &field.member {
            syn::Member::Named(name) => name.to_string(),
            syn::Member::Unnamed(index) => index.index.to_string(),
        };
        let row = self.names.vocabulary.records.get(record.as_str())?;
        if row.broken.contains(name.as_str()) {
            return None;
        }
        let found = row.fields.get(name.as_str()).map(|ty| (ty, false));
        let found = found.or_else(|| row.derived.get(name.as_str()).map(|ty| (ty, true)));
        let Some((ty, derived)) = found else {
            let help = advice(&name, row.fields.keys().chain(row.derived.keys()).copied());
            return self.fault(field, "unknown-name", format!("`{record}` has no `{name}`"), help);
        };
        Some(part(Owner::Local(local), &name, derived, ty))
    }

    fn item(&mut self, at: &impl Spanned, list: &str, item: &str) -> Typed {
        let Some(known) = self.names.vocabulary.list(list) else {
            let lists: Vec<&str> = self.names.vocabulary.lists.keys().copied().collect();
            let help = advice(list, lists);
            return self.fault(
                at,
                "unknown-name",
                format!("there is no list named `{list}`"),
                help,
            );
        };
        if !known.contains(&item) {
            let help = advice(item, known.iter().copied());
            return self.fault(at, "unknown-name", format!("`{list}` has no `{item}`"), help);
        }
        let node = Node::Item { list: type_name(list), item: type_name(item) };
        Some(Expr::new(node, Type::Item(list.to_owned())))
    }

    fn unary(&mut self, unary: &syn::ExprUnary) -> Typed {
        let inner = self.expression(&unary.expr)?;
        let ty = inner.ty.clone();
        match (&unary.op, &ty) {
            (UnOp::Not(_), Type::Bool) => Some(Expr::new(Node::Not(Box::new(inner)), ty)),
            (UnOp::Neg(_), Type::Number(_)) => Some(Expr::new(Node::Negate(Box::new(inner)), ty)),
            (UnOp::Not(_), _) => self.mismatch(&unary.expr, "`!` is for a condition", &ty),
            _ => self.mismatch(&unary.expr, "`-` is for a number", &ty),
        }
    }

    /// Says what was wanted and what is there.
    pub(super) fn mismatch<T>(
        &mut self,
        at: &impl Spanned,
        wanted: &str,
        found: &Type,
    ) -> Option<T> {
        let message = format!("{wanted}, and this is {}", found.describe());
        let help = match found {
            Type::Time { optional: true } | Type::Day { optional: true } => {
                Some("ask `given(…)` first, or decide `without` it in a step before".to_owned())
            }
            _ => None,
        };
        self.fault(at, "bad-unit", message, help)
    }

    fn binary(&mut self, binary: &syn::ExprBinary) -> Typed {
        // Both are looked through, so that every fault is reported.
        let (left, right) = (self.expression(&binary.left), self.expression(&binary.right));
        let (left, right) = (left?, right?);
        match binary.op {
            BinOp::Add(_) | BinOp::Sub(_) => self.sum(binary, left, right),
            BinOp::Mul(_) | BinOp::Div(_) => self.product(binary, left, right),
            BinOp::And(_) | BinOp::Or(_) => self.logic(binary, left, right),
            _ => match comparison(&binary.op) {
                Some(comparison) => self.compare(binary, comparison, left, right),
                None => {
                    let message = "an expression of a rule cannot contain this operator".to_owned();
                    self.fault(&binary.op, "bad-expression", message, Self::grammar())
                }
            },
        }
    }

    fn sum(&mut self, binary: &syn::ExprBinary, left: Expr, right: Expr) -> Typed {
        let add = matches!(binary.op, BinOp::Add(_));
        let days = Type::Number(Unit::days());
        if add && left.ty == (Type::Day { optional: false }) && days.takes(&right.ty) {
            let ty = left.ty.clone();
            let node = Node::DaysAfter { day: Box::new(left), days: Box::new(right) };
            return Some(Expr::new(node, ty));
        }
        let ty = self.same(binary, &left.ty, &right.ty)?;
        if !matches!(ty, Type::Number(_) | Type::Zero) {
            return self.mismatch(binary, "only numbers are added up", &ty);
        }
        let operator = if add { Operator::Add } else { Operator::Subtract };
        Some(Expr::new(compute(operator, left, right), ty))
    }

    fn product(&mut self, binary: &syn::ExprBinary, left: Expr, right: Expr) -> Typed {
        let unit = |this: &mut Self, part: &Syntax, ty: &Type| match ty {
            Type::Number(unit) => Some(unit.clone()),
            Type::Zero => Some(Unit::NONE),
            other => this.mismatch(part, "only numbers are multiplied and divided", other),
        };
        let (of_left, of_right) =
            (unit(self, &binary.left, &left.ty), unit(self, &binary.right, &right.ty));
        let (of_left, of_right) = (of_left?, of_right?);
        let (operator, unit) = match binary.op {
            BinOp::Mul(_) => (Operator::Multiply, of_left.times(&of_right)),
            _ => (Operator::Divide, of_left.over(&of_right)),
        };
        Some(Expr::new(compute(operator, left, right), Type::Number(unit)))
    }

    fn logic(&mut self, binary: &syn::ExprBinary, left: Expr, right: Expr) -> Typed {
        let sides = [(&binary.left, &left.ty), (&binary.right, &right.ty)];
        let wrong: Vec<_> = sides.into_iter().filter(|(_, ty)| **ty != Type::Bool).collect();
        for (part, ty) in &wrong {
            self.mismatch::<()>(part, "a condition is needed here", ty);
        }
        let and = matches!(binary.op, BinOp::And(_));
        let is_right = wrong.is_empty();
        let node = Node::Logic { and, left: Box::new(left), right: Box::new(right) };
        is_right.then_some(Expr::new(node, Type::Bool))
    }

    fn compare(
        &mut self,
        binary: &syn::ExprBinary,
        comparison: Comparison,
        left: Expr,
        right: Expr,
    ) -> Typed {
        let ty = self.same(binary, &left.ty, &right.ty)?;
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        match ty {
            Type::Number(_) | Type::Zero => {}
            Type::Time { optional: false } | Type::Day { optional: false } => {}
            Type::Bool | Type::Item(_) if equality => {}
            other => {
                return self.mismatch(binary, "only numbers, times and days have an order", &other);
            }
        }
        let (left, right) = (Box::new(left), Box::new(right));
        Some(Expr::new(Node::Compare { comparison, left, right }, Type::Bool))
    }

    /// Several values of one type; where one may be missing, all may.
    pub(super) fn alike(
        &mut self,
        at: &impl Spanned,
        values: Vec<Expr>,
    ) -> Option<(Vec<Expr>, Type)> {
        let may_miss = |ty: &Type| match ty {
            Type::Time { .. } => Type::Time { optional: true },
            Type::Day { .. } => Type::Day { optional: true },
            other => other.clone(),
        };
        let optional = values.iter().any(|value| is_optional(&value.ty));
        let mut ty: Option<Type> = None;
        let mut exprs = Vec::new();
        for expr in values {
            let is_plain = optional && !is_optional(&expr.ty);
            let found = if optional { may_miss(&expr.ty) } else { expr.ty.clone() };
            exprs.push(if is_plain { present(expr, found.clone()) } else { expr });
            ty = Some(match ty {
                Some(ty) => self.same(at, &ty, &found)?,
                None => found,
            });
        }
        ty.map(|ty| (exprs, ty))
    }

    /// The type that both have.
    pub(super) fn same(&mut self, at: &impl Spanned, left: &Type, right: &Type) -> Option<Type> {
        if left.takes(right) {
            return Some(if *left == Type::Zero { right.clone() } else { left.clone() });
        }
        let message = format!("{} and {} do not go together", left.describe(), right.describe());
        let help = match (left, right) {
            (Type::Day { .. } | Type::Time { .. }, Type::Number(_)) => {
                Some("add a constant of the unit `days` to a day".to_owned())
            }
            (Type::Number(left), Type::Number(right)) => Some(format!(
                "multiply or divide by a constant of the unit `{}`",
                left.over(right).describe()
            )),
            _ => None,
        };
        self.fault(at, "bad-unit", message, help)
    }
}

pub(super) fn is_optional(ty: &Type) -> bool {
    matches!(ty, Type::Time { optional: true } | Type::Day { optional: true })
}

/// A value that is there, where one may be missing.
pub(super) fn present(value: Expr, ty: Type) -> Expr {
    Expr::new(Node::Present(Box::new(value)), ty)
}

/// A part of a record.
fn part(of: Owner, name: &str, derived: bool, ty: &Type) -> Expr {
    Expr::new(Node::Part { of, name: local_name(name), derived }, ty.clone())
}

fn compute(operator: Operator, left: Expr, right: Expr) -> Node {
    Node::Compute { operator, left: Box::new(left), right: Box::new(right) }
}

fn comparison(operator: &BinOp) -> Option<Comparison> {
    Some(match operator {
        BinOp::Eq(_) => Comparison::Equal,
        BinOp::Ne(_) => Comparison::NotEqual,
        BinOp::Lt(_) => Comparison::Below,
        BinOp::Le(_) => Comparison::AtMost,
        BinOp::Gt(_) => Comparison::Above,
        BinOp::Ge(_) => Comparison::AtLeast,
        _ => return None,
    })
}
