//! The rules that a value can be held to, `#[validate(...)]` on a field or on a text: what `Validate` and `WireText`
//! share.

mod attr;
mod pattern;
mod decimal;
mod check;
mod expand;

use std::cmp::Ordering;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{ExprPath, Ident, LitBool, LitFloat, LitInt, LitStr, Path, Token};

use self::decimal::Decimal;

pub(crate) use self::attr::{GROUPS, RULES, parse_crate, parse_custom, parse_list};
pub(crate) use self::check::{check_rules, check_test};
pub(crate) use self::expand::{
    expand_bounds, expand_call, expand_data, expand_holds, expand_rule, respan,
};

/// One rule, and the name it was written with.
pub(crate) struct Rule {
    pub(crate) name: Ident,
    pub(crate) kind: RuleKind,
}

pub(crate) enum RuleKind {
    Required,
    /// `bytes`, `chars`, `utf16` or `items`, as the name of the rule says.
    Length(Limits),
    Range(Limits),
    RangeIf(Box<RangeIf>),
    Pattern(LitStr),
    Url(Vec<LitStr>),
    Level {
        levels: Path,
        times: Option<Path>,
    },
    Documented,
    RequiredIf(Condition),
    ForbiddenIf(Condition),
    SameAs(Ident),
    Nested,
    Each(Vec<Rule>),
    Keys(Vec<Rule>),
    EachIf(Box<EachIf>),
    Sum(Sum),
    /// The path of a function.
    Custom(ExprPath),
    Secret,
}

/// `range_if(when, min = N, max = N, unit = TYPE)`.
pub(crate) struct RangeIf {
    pub(crate) when: Condition,
    pub(crate) limits: Limits,
    /// What the condition makes of an amount that is in one of several units.
    pub(crate) unit: Option<Path>,
}

/// `each_if(when, then)`.
pub(crate) struct EachIf {
    /// On the struct.
    pub(crate) when: Condition,
    /// On an item of the list.
    pub(crate) then: Condition,
    /// What the item's field is called on the wire, if not as in Rust.
    pub(crate) wire: Option<LitStr>,
}

/// `sum(list.field)`.
pub(crate) struct Sum {
    pub(crate) list: Ident,
    pub(crate) field: Ident,
    /// What the item's field is called on the wire, if not as in Rust.
    pub(crate) wire: Option<LitStr>,
}

pub(crate) struct Condition {
    pub(crate) field: Ident,
    pub(crate) test: Test,
}

pub(crate) enum Test {
    Is(Vec<Literal>),
    IsNot(Vec<Literal>),
    Present,
    Absent,
}

pub(crate) enum Literal {
    Bool(LitBool),
    Int(Limit),
    Text(LitStr),
}

#[derive(Default)]
pub(crate) struct Limits {
    pub(crate) min: Option<End>,
    pub(crate) max: Option<End>,
}

/// One end, and the name it was written with: `min` and `max` are in the range, `above` and `below` are not.
pub(crate) struct End {
    pub(crate) name: Ident,
    pub(crate) bound: Bound,
}

pub(crate) enum Bound {
    Int(Limit),
    Float(Option<Token![-]>, LitFloat),
    /// A decimal, in quotes.
    Decimal(Decimal),
    /// A constant.
    Path(ExprPath),
}

/// A whole number.
pub(crate) struct Limit {
    minus: Option<Token![-]>,
    digits: LitInt,
    /// If 128 bits cannot hold it, what comes next to it.
    pub(crate) value: i128,
}

impl Rule {
    pub(crate) fn condition(&self) -> Option<&Condition> {
        match &self.kind {
            RuleKind::RequiredIf(condition) | RuleKind::ForbiddenIf(condition) => Some(condition),
            RuleKind::EachIf(rule) => Some(&rule.when),
            RuleKind::RangeIf(rule) => Some(&rule.when),
            _ => None,
        }
    }

    /// The list that the field is the sum of.
    pub(crate) fn summed(&self) -> Option<&Ident> {
        match &self.kind {
            RuleKind::Sum(sum) => Some(&sum.list),
            _ => None,
        }
    }

    /// The field that this one is the same as.
    pub(crate) fn twin(&self) -> Option<&Ident> {
        match &self.kind {
            RuleKind::SameAs(other) => Some(other),
            _ => None,
        }
    }

    /// Whether the rule is about the field, and not about what it holds.
    fn is_of_field(&self) -> bool {
        self.condition().is_some()
            || matches!(self.kind, RuleKind::Sum(_) | RuleKind::SameAs(_) | RuleKind::Secret)
    }
}

impl Limits {
    pub(crate) fn ends(&self) -> impl Iterator<Item = &End> {
        self.min.iter().chain(&self.max)
    }
}

impl End {
    /// Whether the number itself is out of range.
    pub(crate) fn is_exclusive(&self) -> bool {
        self.name == "above" || self.name == "below"
    }
}

impl Bound {
    /// How the two compare, if that can be seen without the value of a constant.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(one), Self::Int(other)) => Some(one.value.cmp(&other.value)),
            (Self::Decimal(one), Self::Decimal(other)) => Some(one.size().cmp(&other.size())),
            (Self::Float(..), Self::Float(..)) => self.float()?.partial_cmp(&other.float()?),
            _ => None,
        }
    }

    fn float(&self) -> Option<f64> {
        match self {
            Self::Float(minus, digits) => {
                let size: f64 = digits.base10_parse().ok()?;
                Some(if minus.is_some() { -size } else { size })
            }
            _ => None,
        }
    }
}

impl Literal {
    fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "a bool",
            Self::Int(_) => "a number",
            Self::Text(_) => "a string",
        }
    }

    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bool(one), Self::Bool(two)) => one.value == two.value,
            (Self::Int(one), Self::Int(two)) => one.value == two.value,
            (Self::Text(one), Self::Text(two)) => one.value() == two.value(),
            _ => false,
        }
    }
}

impl ToTokens for Limit {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.minus.to_tokens(tokens);
        self.digits.to_tokens(tokens);
    }
}

impl ToTokens for Bound {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Int(limit) => limit.to_tokens(tokens),
            Self::Float(minus, digits) => {
                minus.to_tokens(tokens);
                digits.to_tokens(tokens);
            }
            Self::Decimal(decimal) => decimal.to_tokens(tokens),
            Self::Path(path) => path.to_tokens(tokens),
        }
    }
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Bool(value) => value.to_tokens(tokens),
            Self::Int(value) => value.to_tokens(tokens),
            Self::Text(value) => value.to_tokens(tokens),
        }
    }
}
