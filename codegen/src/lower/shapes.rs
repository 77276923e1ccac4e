//! Shapes → types and rules.

use super::Scope;
use super::docs::strings;
use super::money::lower_money_type;
use crate::ir::{self, Measure, Rule, Type};
use crate::model::{self, Condition, FieldUse, Limit, Shape, Test, sound};
use crate::names::{constant_name, field_name, type_name};
use crate::source::{Bound, Located, Scalar};
use crate::spec::{Limits, Lists, Objects, Range};

pub(super) fn lower_type(scope: &Scope<'_, '_>, ty: &model::Type<'_>) -> Type {
    let element = |of: &Shape<'_>| Box::new(lower_item(scope, of));
    match ty {
        model::Type::String | model::Type::PlainText => Type::String,
        model::Type::Binary => Type::Binary,
        model::Type::Bool => Type::Bool,
        model::Type::Number(number) => Type::Number(*number),
        model::Type::Decimal(decimal) => Type::Decimal(*decimal),
        model::Type::Date => Type::Date,
        model::Type::DateTime => Type::DateTime,
        model::Type::Money(unit) => lower_money_type(*unit),
        model::Type::Json | model::Type::Function => Type::Json,
        model::Type::File => Type::File,
        model::Type::Text(text) => {
            let text = &scope.model[*text];
            Type::Named(lower_path(scope, text.domain, type_name(&text.name.value)))
        }
        model::Type::Enum(item) => {
            Type::Named(lower_path(scope, item.domain, type_name(&item.name.value)))
        }
        model::Type::Object(object) => {
            let object = &scope.model[*object];
            Type::Named(lower_path(scope, object.domain, object.name.clone()))
        }
        model::Type::Union(union) => {
            let union = &scope.model[*union];
            Type::Named(lower_path(scope, union.domain, type_name(&union.name.value)))
        }
        model::Type::List(of) => Type::List(element(of)),
        model::Type::Map(of) => Type::Map(element(of)),
        model::Type::JsonText(of) => Type::JsonText(element(of)),
        model::Type::Error => unreachable!("a type that is not known has been reported"),
    }
}

/// What is inside another type.
pub(super) fn lower_item(scope: &Scope<'_, '_>, of: &Shape<'_>) -> Type {
    let ty = lower_type(scope, &of.ty);
    if of.nullable { Type::Nullable(Box::new(ty)) } else { ty }
}

/// What is called `name` in a domain.
pub(super) fn lower_path(scope: &Scope<'_, '_>, domain: &str, name: String) -> ir::TypePath {
    let module = (domain != scope.domain).then(|| field_name(domain));
    ir::TypePath { module, name }
}

/// The rules of a value of this shape, wherever it stands.
pub(super) fn lower_rules(shape: &Shape<'_>) -> Vec<Rule> {
    let mut rules = lower_limits(shape);
    match &shape.ty {
        model::Type::Enum(_) => rules.push(Rule::Documented),
        model::Type::Text(_) | model::Type::Object(_) | model::Type::Union(_) => {
            rules.push(Rule::Nested);
        }
        model::Type::JsonText(inner) => rules.extend(lower_rules(inner)),
        model::Type::List(inner) | model::Type::Map(inner) => rules.extend(lower_each(inner)),
        _ => {}
    }
    rules
}

/// The rules of what is inside. A container of objects hands the check on to them by itself.
pub(super) fn lower_each(inner: &Shape<'_>) -> Vec<Rule> {
    let rules = lower_rules(inner);
    match rules.as_slice() {
        [] | [Rule::Nested] => rules,
        _ => vec![Rule::Each(rules)],
    }
}

/// The limits written on the shape itself.
pub(super) fn lower_limits(shape: &Shape<'_>) -> Vec<Rule> {
    shape.limits.iter().map(|limit| lower_limit(shape, limit)).collect()
}

fn lower_limit(shape: &Shape<'_>, limit: &Limit<'_>) -> Rule {
    match limit {
        Limit::Bounds { of, bounds } => Rule::Bounds { of: *of, limits: lower_bounds(bounds) },
        Limit::Range(range) => {
            Rule::Bounds { of: Measure::Range, limits: lower_range(shape, range) }
        }
        Limit::Pattern(pattern) => Rule::Pattern(pattern.value.clone()),
        Limit::Url(schemes) => Rule::Url(strings(schemes)),
        Limit::Level(level) => Rule::Level {
            of: constant_name(&sound(&level.levels).name.value),
            times: level.times.as_ref().map(|times| constant_name(&sound(times).name.value)),
        },
    }
}

pub(super) fn lower_bounds(limits: &Located<Limits>) -> ir::Limits {
    let bound = |bound: &Option<Located<i64>>| Some(Bound::from(bound.as_ref()?.value));
    lower_ends(bound(&limits.value.min), bound(&limits.value.max))
}

/// `shape` is what the range is of: all bounds of a decimal are decimals.
pub(super) fn lower_range(shape: &Shape<'_>, range: &Located<Range>) -> ir::Limits {
    let bound = |bound: &Option<Located<Bound>>| {
        let bound = &bound.as_ref()?.value;
        Some(match shape.ty {
            model::Type::Decimal(_) => Bound::Decimal(bound.to_string()),
            _ => bound.clone(),
        })
    };
    lower_ends(bound(&range.value.min), bound(&range.value.max))
}

fn lower_ends(min: Option<Bound>, max: Option<Bound>) -> ir::Limits {
    match (min, max) {
        (Some(min), None) => ir::Limits::AtLeast(min),
        (None, Some(max)) => ir::Limits::AtMost(max),
        (Some(min), Some(max)) => ir::Limits::Between { min, max },
        (None, None) => unreachable!("a limit of nothing has been reported"),
    }
}

pub(super) fn lower_condition(scope: &Scope<'_, '_>, condition: &Condition<'_>) -> ir::Condition {
    let test = match &condition.test {
        Test::Is(values) => ir::Test::Is(lower_scalars(values)),
        Test::IsNot(values) => ir::Test::IsNot(lower_scalars(values)),
        Test::Present(_) => ir::Test::Present,
        Test::Absent(_) => ir::Test::Absent,
        Test::Error => unreachable!("a condition that is none has been reported"),
    };
    ir::Condition { field: lower_use(scope, &condition.on), test }
}

/// How lists and objects are written, as far as it is said.
pub(super) fn lower_spelling(
    lists: &Option<Located<Lists>>,
    objects: &Option<Located<Objects>>,
) -> ir::Spelling {
    ir::Spelling {
        lists: lists.as_ref().map(|lists| lists.value),
        objects: objects.as_ref().map(|objects| objects.value),
    }
}

/// The Rust name of a field.
pub(super) fn lower_use(scope: &Scope<'_, '_>, used: &FieldUse<'_>) -> String {
    scope.model[*sound(&used.field)].rust.clone()
}

pub(super) fn lower_uses(scope: &Scope<'_, '_>, uses: &[FieldUse<'_>]) -> Vec<String> {
    uses.iter().map(|used| lower_use(scope, used)).collect()
}

pub(super) fn lower_scalars(values: &[Located<Scalar>]) -> Vec<Scalar> {
    values.iter().map(|value| value.value.clone()).collect()
}
