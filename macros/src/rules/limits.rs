//! Limits, as `min = 1` and `max = 64`: of a length, or of a number.

use std::cmp::Ordering;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Error, ExprPath, Ident, LitFloat, LitInt, LitStr, Path, Result, Token};

use super::decimal::Decimal;
use super::{Tokens, respan};
use crate::attr::{parse_items, parse_name, parse_value};
use crate::errors::{Errors, unknown_name};

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
    fn compare(&self, other: &Self) -> Option<Ordering> {
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

/// Which limits a rule can have.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Length,
    Range,
}

pub(super) fn parse_limits(
    kind: Kind,
    name: &Ident,
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> Result<Limits> {
    let mut limits = Limits::default();
    let example = format!("`{name}(min = N, max = N)`, with one or both");
    parse_items(input, name, &example, errors, |input, _| {
        let key = parse_name(input)
            .map_err(|error| Error::new(error.span(), "expected `min = N` or `max = N`"))?;
        limits.parse_end(kind, key, input)
    })?;
    Ok(limits)
}

impl Limits {
    pub(super) fn parse_end(
        &mut self,
        kind: Kind,
        name: Ident,
        input: ParseStream<'_>,
    ) -> Result<()> {
        let place = match (kind, name.to_string().as_str()) {
            (_, "min") | (Kind::Range, "above") => &mut self.min,
            (_, "max") | (Kind::Range, "below") => &mut self.max,
            _ => return Err(unknown_name("limit", &name, kind.keys())),
        };
        if let Some(earlier) = place {
            let message = match earlier.name == name {
                true => format!("`{name}` is given twice, leave one out"),
                false => format!("`{}` is given as well, leave one out", earlier.name),
            };
            return Err(Error::new(name.span(), message));
        }
        let bound = match kind {
            Kind::Length => parse_value::<Length>(input)?.0,
            Kind::Range => parse_value(input)?,
        };
        *place = Some(End { name, bound });
        Ok(())
    }
}

impl Kind {
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Length => &["min", "max"],
            Self::Range => &["min", "max", "above", "below"],
        }
    }
}

/// A bound that counts.
struct Length(Bound);

impl Parse for Length {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if is_path(input) {
            return input.parse().map(Bound::Path).map(Self);
        }
        input.parse().map(Bound::Int).map(Self)
    }
}

impl Parse for Bound {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if is_path(input) {
            return input.parse().map(Self::Path);
        }
        if input.peek(LitFloat) || input.peek(Token![-]) && input.peek2(LitFloat) {
            return Ok(Self::Float(input.parse()?, input.parse()?));
        }
        if input.peek(LitInt) || input.peek(Token![-]) {
            return input.parse().map(Self::Int);
        }
        if input.peek(LitStr) {
            return input.parse().map(Self::Decimal);
        }
        Err(input.error("expected a number or the path of a constant"))
    }
}

/// Whether a path comes next.
pub(super) fn is_path(input: ParseStream<'_>) -> bool {
    // `Self` and `crate` are names too.
    input.peek(Ident::peek_any) || input.peek(Token![::]) || input.peek(Token![<])
}

impl Parse for Limit {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let minus: Option<Token![-]> = input.parse()?;
        if !input.peek(LitInt) {
            return Err(input.error("expected a whole number"));
        }
        let digits: LitInt = input.parse()?;
        let size = digits.base10_parse::<u128>()?;
        let size = i128::try_from(size).unwrap_or(i128::MAX);
        let value = if minus.is_some() { -size } else { size };
        Ok(Self { minus, digits, value })
    }
}

pub(super) fn check_length(limits: &Limits, errors: &mut Errors) {
    for end in limits.ends() {
        if let Bound::Int(limit) = &end.bound {
            check_64_bits(limit, errors);
            if limit.value < 0 {
                errors.at(limit, "a length is never negative");
            }
        }
    }
    check_range(limits, errors);
}

/// That a number fits its type the compiler finds, which knows it.
pub(super) fn check_range(limits: &Limits, errors: &mut Errors) {
    let (Some(min), Some(max)) = (&limits.min, &limits.max) else { return };
    let (low, high) = (&min.bound, &max.bound);
    let is_exclusive = min.is_exclusive() || max.is_exclusive();
    match low.compare(high) {
        Some(Ordering::Greater) => {
            let high = high.to_token_stream().to_string().replace(' ', "");
            let message = format_args!("`{}` is over `{}`, which is {high}", min.name, max.name);
            errors.at(low, message);
        }
        Some(Ordering::Equal) if is_exclusive => errors.at(low, "no number is in this range"),
        _ if is_between_neighbours(min, max) => errors.at(low, "no number is in this range"),
        _ => {}
    }
}

/// Whole numbers are bounds of whole numbers, and between two neighbours there is none.
fn is_between_neighbours(min: &End, max: &End) -> bool {
    let (Bound::Int(low), Bound::Int(high)) = (&min.bound, &max.bound) else { return false };
    let is_open = min.is_exclusive() && max.is_exclusive();
    is_open && low.value.checked_add(1) == Some(high.value)
}

pub(super) fn check_64_bits(limit: &Limit, errors: &mut Errors) {
    if i64::try_from(limit.value).is_err() {
        errors.at(limit, "more than 64 bits hold");
    }
}

pub(super) fn expand_lengths(limits: &Limits) -> TokenStream {
    let (min, max) = (limits.min.as_ref(), limits.max.as_ref());
    let none = min.is_none().then(|| quote!(0));
    let all = max.is_none().then(|| quote!(::core::primitive::usize::MAX));
    let [min, max] = [min, max].map(|end| end.map(|end| &end.bound));
    quote!(, #min #none, #max #all)
}

/// `value`: what is limited.
pub(crate) fn expand_bounds(limits: &Limits, value: &Tokens, runtime: &Path) -> [TokenStream; 2] {
    [&limits.min, &limits.max].map(|end| match end {
        Some(end) => end.expand(value, runtime),
        None => quote!(::core::ops::Bound::Unbounded),
    })
}

impl End {
    /// As `core::ops::Bound`; `value` is what has it.
    pub(crate) fn expand(&self, value: &Tokens, runtime: &Path) -> TokenStream {
        match (&self.bound, self.is_exclusive()) {
            (Bound::Decimal(decimal), is_exclusive) => {
                let decimal = decimal.expand(runtime);
                match is_exclusive {
                    true => quote!(::core::ops::Bound::Excluded(#decimal)),
                    false => quote!(::core::ops::Bound::Included(#decimal)),
                }
            }
            (Bound::Path(path), is_exclusive) => {
                expand_constant(path, is_exclusive, value, runtime)
            }
            (number, false) => quote!(::core::ops::Bound::Included(#number)),
            (number, true) => quote!(::core::ops::Bound::Excluded(#number)),
        }
    }
}

/// What the compiler finds wrong with it is at the path.
fn expand_constant(
    path: &ExprPath,
    is_exclusive: bool,
    value: &Tokens,
    runtime: &Path,
) -> TokenStream {
    let span = path.span().resolved_at(Span::call_site());
    let (value, runtime) = (respan(value, span), respan(&quote!(#runtime).into(), span));
    match is_exclusive {
        true => quote_spanned!(span=> #runtime::validate::field::excluded(#value, &#path)),
        false => quote_spanned!(span=> #runtime::validate::field::included(#value, &#path)),
    }
}
