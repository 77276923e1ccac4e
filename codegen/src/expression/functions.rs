//! The functions that an expression may call.

use syn::Expr as Syntax;

use super::infer::{Inference, Typed, is_optional, present};
use super::vocabulary::FUNCTIONS;
use crate::ir::{Ask, Expr, Fold, Node, Unit, ValueType as Type};
use crate::names::constant_name;
use crate::spelling::advice;

const CLOCK: &str =
    "add `time_zone: { offset: UTC+08:00, … }` to the file of what the domains share";

impl Inference<'_, '_, '_> {
    pub(super) fn call(&mut self, call: &syn::ExprCall) -> Typed {
        let name = match &*call.func {
            Syntax::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        };
        let name = name.unwrap_or_default();
        let Some((_, usage)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
            let help = advice(&name, FUNCTIONS.iter().map(|(name, _)| *name));
            return self.fault(
                &call.func,
                "unknown-name",
                format!("there is no function `{name}`"),
                help,
            );
        };
        let arguments: Vec<&Syntax> = call.args.iter().collect();
        let made = match (name.as_str(), arguments.as_slice()) {
            ("min" | "max", [_, _, ..]) => Some(self.extreme(call, name == "max", &arguments)),
            ("sum" | "all" | "any" | "count" | "latest" | "earliest", [rows, each]) => {
                Some(self.over(fold(&name), rows, each))
            }
            ("choose", [condition, then, otherwise]) => {
                Some(self.choose(call, condition, then, otherwise))
            }
            ("given", [value]) => Some(self.given(value)),
            ("given_if", [condition, value]) => Some(self.given_if(condition, value)),
            ("day", [time]) => Some(self.day(time)),
            ("month", [day]) => Some(self.month(day)),
            ("start", [day]) => Some(self.start(day)),
            ("first" | "last" | "next", [calendar, day]) => {
                Some(self.on_calendar(ask(&name), calendar, day))
            }
            _ => None,
        };
        made.unwrap_or_else(|| {
            let message = format!("`{name}` is not called with that many arguments");
            self.fault(call, "bad-expression", message, format!("write `{usage}`"))
        })
    }

    fn extreme(&mut self, at: &syn::ExprCall, highest: bool, arguments: &[&Syntax]) -> Typed {
        let typed: Vec<Typed> = arguments.iter().map(|part| self.expression(part)).collect();
        let typed: Vec<Expr> = typed.into_iter().collect::<Option<_>>()?;
        let (of, ty) = self.alike(at, typed)?;
        let optional = is_optional(&ty);
        match ty {
            Type::Bool | Type::Item(_) | Type::Record(_) | Type::Rows(_) => {
                self.mismatch(at, "numbers, times and days have a highest and a lowest", &ty)
            }
            _ if optional && !highest => self.mismatch(at, "`min` needs all of its values", &ty),
            _ => Some(Expr::new(Node::Extreme { highest, of }, ty)),
        }
    }

    fn over(&mut self, fold: Fold, rows: &Syntax, each: &Syntax) -> Typed {
        let Expr { node, ty } = self.expression(rows)?;
        let (Node::Local(name), Type::Rows(record)) = (node, ty.clone()) else {
            return self.mismatch(rows, "the first argument names rows", &ty);
        };
        let outer = self.row.replace(record);
        let typed = self.expression(each);
        self.row = outer;
        let each_expr = typed?;
        let each_ty = each_expr.ty.clone();
        let is_extreme = matches!(fold, Fold::Latest | Fold::Earliest);
        let ty = match (fold, &each_ty) {
            (Fold::Sum, Type::Number(_)) => each_ty.clone(),
            (Fold::All | Fold::Any, Type::Bool) => Type::Bool,
            (Fold::Count, Type::Bool) => Type::Number(Unit::NONE),
            (_, Type::Time { .. }) if is_extreme => Type::Time { optional: true },
            (_, Type::Day { .. }) if is_extreme => Type::Day { optional: true },
            (Fold::Sum, _) => return self.mismatch(each, "numbers are added up", &each_ty),
            (Fold::Latest, _) => {
                return self.mismatch(each, "times and days have a latest", &each_ty);
            }
            (Fold::Earliest, _) => {
                return self.mismatch(each, "times and days have an earliest", &each_ty);
            }
            _ => return self.mismatch(each, "a condition is needed here", &each_ty),
        };
        let is_plain = is_extreme && !is_optional(&each_ty);
        let each = if is_plain { present(each_expr, ty.clone()) } else { each_expr };
        Some(Expr::new(Node::Over { fold, rows: name, each: Box::new(each) }, ty))
    }

    fn choose(
        &mut self,
        at: &syn::ExprCall,
        condition: &Syntax,
        then: &Syntax,
        otherwise: &Syntax,
    ) -> Typed {
        let parts = [condition, then, otherwise].map(|part| self.expression(part));
        let [Some(test), Some(one), Some(other)] = parts else { return None };
        if test.ty != Type::Bool {
            return self.mismatch(condition, "a condition is needed here", &test.ty);
        }
        let (both, ty) = self.alike(at, vec![one, other])?;
        let [then, otherwise] = <[Expr; 2]>::try_from(both).ok()?.map(Box::new);
        Some(Expr::new(Node::Choose { condition: Box::new(test), then, otherwise }, ty))
    }

    fn given(&mut self, value: &Syntax) -> Typed {
        let expr = self.expression(value)?;
        match expr.ty.clone() {
            Type::Time { optional: true } | Type::Day { optional: true } => {
                Some(Expr::new(Node::Given(Box::new(expr)), Type::Bool))
            }
            other => self.mismatch(value, "`given` asks for a value that may be missing", &other),
        }
    }

    fn given_if(&mut self, condition: &Syntax, value: &Syntax) -> Typed {
        let parts = [condition, value].map(|part| self.expression(part));
        let [Some(test), Some(then)] = parts else { return None };
        if test.ty != Type::Bool {
            return self.mismatch(condition, "a condition is needed here", &test.ty);
        }
        let then = match then.ty.clone() {
            Type::Time { optional: false } => present(then, Type::Time { optional: true }),
            Type::Day { optional: false } => present(then, Type::Day { optional: true }),
            Type::Time { .. } | Type::Day { .. } => then,
            other => return self.mismatch(value, "a time or a day may be missing", &other),
        };
        let ty = then.ty.clone();
        let missing = Expr::new(Node::Missing, ty.clone());
        let [condition, then, otherwise] = [test, then, missing].map(Box::new);
        Some(Expr::new(Node::Choose { condition, then, otherwise }, ty))
    }

    /// Days begin and end by a clock.
    fn require_clock(&mut self, at: &Syntax) -> Option<()> {
        if self.names.vocabulary.has_clock {
            return Some(());
        }
        let message = "the spec does not say by which clock days begin".to_owned();
        self.fault(at, "missing-key", message, CLOCK.to_owned())
    }

    fn day(&mut self, time: &Syntax) -> Typed {
        let expr = self.expression(time)?;
        self.require_clock(time)?;
        match expr.ty.clone() {
            Type::Time { optional: false } => {
                Some(Expr::new(Node::DayOf(Box::new(expr)), Type::Day { optional: false }))
            }
            other => self.mismatch(time, "a time has a day", &other),
        }
    }

    fn month(&mut self, day: &Syntax) -> Typed {
        let expr = self.expression(day)?;
        match expr.ty.clone() {
            Type::Day { optional: false } => {
                Some(Expr::new(Node::MonthOf(Box::new(expr)), Type::Number(Unit::NONE)))
            }
            other => self.mismatch(day, "a day has a month", &other),
        }
    }

    fn start(&mut self, day: &Syntax) -> Typed {
        let expr = self.expression(day)?;
        self.require_clock(day)?;
        match expr.ty.clone() {
            Type::Day { optional: false } => {
                Some(Expr::new(Node::StartOf(Box::new(expr)), Type::Time { optional: false }))
            }
            other => self.mismatch(day, "a day has a start", &other),
        }
    }

    fn on_calendar(&mut self, ask: Ask, calendar: &Syntax, day: &Syntax) -> Typed {
        let name = match calendar {
            Syntax::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        };
        let name = name.unwrap_or_default();
        let calendars = &self.names.vocabulary.calendars;
        let Some(has_days) = calendars.get(name.as_str()).copied() else {
            let help = advice(&name, calendars.keys().copied());
            let message = format!("there is no calendar named `{name}`");
            return self.fault(calendar, "unknown-name", message, help);
        };
        if has_days != (ask == Ask::Next) {
            let message = match has_days {
                true => format!("`{name}` is of single days, which have no first and last"),
                false => format!("`{name}` is of periods, of which `next` is not asked"),
            };
            return self.fault(calendar, "bad-expression", message, None);
        }
        let expr = self.expression(day)?;
        match expr.ty.clone() {
            Type::Day { optional: false } => {
                let calendar = constant_name(&name);
                let node = Node::OnCalendar { ask, calendar, day: Box::new(expr) };
                Some(Expr::new(node, Type::Day { optional: false }))
            }
            other => self.mismatch(day, "a calendar is asked about a day", &other),
        }
    }
}

fn fold(name: &str) -> Fold {
    match name {
        "sum" => Fold::Sum,
        "all" => Fold::All,
        "any" => Fold::Any,
        "count" => Fold::Count,
        "earliest" => Fold::Earliest,
        _ => Fold::Latest,
    }
}

fn ask(name: &str) -> Ask {
    match name {
        "first" => Ask::First,
        "last" => Ask::Last,
        _ => Ask::Next,
    }
}
