//! The grammar of rules.

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{
    Error, ExprPath, Ident, LitBool, LitFloat, LitInt, LitStr, Path, Result, Token, bracketed,
    parenthesized, token,
};

use super::{
    Bound, Condition, EachIf, End, Limit, Limits, Literal, RangeIf, Rule, RuleKind, Sum, Test,
};
use crate::attr::{parse_name, parse_text, parse_value, read_items, set};
use crate::errors::{Errors, unknown_name};

pub(crate) const RULES: &[&str] = &[
    "required",
    "bytes",
    "chars",
    "utf16",
    "items",
    "range",
    "range_if",
    "pattern",
    "url",
    "level",
    "documented",
    "required_if",
    "forbidden_if",
    "same_as",
    "nested",
    "each",
    "keys",
    "each_if",
    "sum",
    "custom",
    "secret",
];

/// Rules of several fields, which go on their struct.
pub(crate) const GROUPS: &[&str] = &["exactly_one_of", "at_least_one_of"];

impl Rule {
    pub(crate) fn parse(input: ParseStream<'_>, errors: &mut Errors) -> Result<Self> {
        let name = parse_name(input)?;
        let kind = parse_kind(&name, input, errors)?;
        Ok(Self { name, kind })
    }
}

fn parse_kind(name: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<RuleKind> {
    Ok(match name.to_string().as_str() {
        "required" => RuleKind::Required,
        "bytes" | "chars" | "utf16" | "items" => {
            RuleKind::Length(parse_limits(Kind::Length, name, input, errors)?)
        }
        "range" => RuleKind::Range(parse_limits(Kind::Range, name, input, errors)?),
        "range_if" => RuleKind::RangeIf(Box::new(parse_range_if(name, input, errors)?)),
        "pattern" => RuleKind::Pattern(parse_pattern(name, input)?),
        "url" => RuleKind::Url(parse_list(input, name, "\"https\"", parse_scheme)?),
        "level" => parse_level(name, input)?,
        "documented" => RuleKind::Documented,
        "required_if" => RuleKind::RequiredIf(parse_condition(name, input)?),
        "forbidden_if" => RuleKind::ForbiddenIf(parse_condition(name, input)?),
        "same_as" => RuleKind::SameAs(parse_all(input, name, "`same_as(other)`", parse_name)?),
        "nested" => RuleKind::Nested,
        "keys" => RuleKind::Keys(parse_each(name, input, errors)?),
        "custom" => RuleKind::Custom(parse_custom(name, input)?),
        "each" => RuleKind::Each(parse_each(name, input, errors)?),
        "each_if" => RuleKind::EachIf(Box::new(parse_each_if(name, input)?)),
        "sum" => RuleKind::Sum(parse_sum(name, input)?),
        "secret" => RuleKind::Secret,
        other if GROUPS.contains(&other) => {
            let message = format!("`{other}` is a rule of several fields, write it on the struct");
            return Err(Error::new(name.span(), message));
        }
        _ => return Err(unknown_name("rule", name, RULES)),
    })
}

fn parse_pattern(name: &Ident, input: ParseStream<'_>) -> Result<LitStr> {
    if !input.peek(Token![=]) {
        let message = format!("expected `{name} = \"regular expression\"`");
        return Err(Error::new(name.span(), message));
    }
    parse_value(input)
}

fn parse_level(name: &Ident, input: ParseStream<'_>) -> Result<RuleKind> {
    parse_all(input, name, &format!("`{name}(LEVELS)`, with the path of a `Levels`"), |input| {
        let levels = input.parse()?;
        let comma: Option<Token![,]> = input.parse()?;
        let times = match comma {
            Some(_) if !input.is_empty() => Some(parse_times(input)?),
            _ => None,
        };
        Ok(RuleKind::Level { levels, times })
    })
}

fn parse_times(input: ParseStream<'_>) -> Result<Path> {
    let key = parse_name(input)?;
    if key != "times" {
        return Err(Error::new(key.span(), "expected `times = SETTING`"));
    }
    parse_value(input)
}

pub(crate) fn parse_custom(name: &Ident, input: ParseStream<'_>) -> Result<ExprPath> {
    let example = format!("`{name}(path)`, of a function that is given the value and a `Report`");
    parse_all(input, name, &example, |input| {
        if !is_path(input) {
            return Err(input.error("expected the path of a function"));
        }
        input.parse()
    })
}

fn parse_each(name: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    let item = if name == "keys" { "a key" } else { "an item" };
    let example = format!("the rules of {item}, as `{name}(bytes(max = 64))`");
    parse_items(input, name, &example, errors, |input, errors| {
        rules.push(Rule::parse(input, errors)?);
        Ok(())
    })?;
    Ok(rules)
}

fn parse_range_if(name: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<RangeIf> {
    let example = format!("`{name}(other == VALUE, min = N, max = N)`, with one or both");
    parse_all(input, name, &example, |input| {
        let when = Condition::parse(input)?;
        let mut rule = RangeIf { when, limits: Limits::default(), unit: None };
        let comma: Option<Token![,]> = input.parse()?;
        if comma.is_none() || input.is_empty() {
            return Err(Error::new(name.span(), format!("expected {example}")));
        }
        read_items(input, errors, &mut |input, _| {
            let key = parse_name(input)?;
            match key == "unit" {
                true => set(&mut rule.unit, &key, parse_value(input)?),
                false => rule.limits.parse_end(Kind::Range, key, input),
            }
        });
        Ok(rule)
    })
}

fn parse_each_if(name: &Ident, input: ParseStream<'_>) -> Result<EachIf> {
    let example =
        format!("`{name}(other == VALUE, field == VALUE)`, with a field of each item last");
    parse_all(input, name, &example, |input| {
        let when = Condition::parse(input)?;
        input.parse::<Token![,]>()?;
        Ok(EachIf { when, then: Condition::parse(input)?, wire: parse_wire(input)? })
    })
}

fn parse_sum(name: &Ident, input: ParseStream<'_>) -> Result<Sum> {
    parse_all(input, name, &format!("`{name}(list.field)`"), |input| {
        let list = parse_name(input)?;
        input.parse::<Token![.]>()?;
        Ok(Sum { list, field: parse_name(input)?, wire: parse_wire(input)? })
    })
}

/// `, name = "key"` behind a field of an item, whose attributes a macro does not see.
fn parse_wire(input: ParseStream<'_>) -> Result<Option<LitStr>> {
    let comma: Option<Token![,]> = input.parse()?;
    if comma.is_none() || input.is_empty() {
        return Ok(None);
    }
    let key = parse_name(input)?;
    if key != "name" {
        return Err(Error::new(key.span(), "expected `name = \"key\"`, the field's on the wire"));
    }
    parse_text(input, "goodType").map(Some)
}

fn parse_condition(name: &Ident, input: ParseStream<'_>) -> Result<Condition> {
    parse_all(input, name, &format!("`{name}(other == VALUE)`"), Condition::parse)
}

fn parse_scheme(input: ParseStream<'_>) -> Result<LitStr> {
    if !input.peek(LitStr) {
        return Err(input.error("expected the scheme of a URL in quotes, as `\"https\"`"));
    }
    input.parse()
}

pub(crate) fn parse_list<T>(
    input: ParseStream<'_>,
    name: &Ident,
    example: &str,
    parse: fn(ParseStream<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let list = parse_all(input, name, &format!("`{name}({example})`"), |input| {
        input.parse_terminated(parse, Token![,])
    })?;
    Ok(list.into_iter().collect())
}

/// What follows the name in `crate = "path"`.
pub(crate) fn parse_crate(input: ParseStream<'_>) -> Result<Path> {
    input.parse::<Token![=]>()?;
    if !input.peek(LitStr) {
        return Err(input.error("expected a path in quotes, as `\"crate::apiscribe\"`"));
    }
    input.parse::<LitStr>()?.parse()
}

/// Calls `item` for each of `(item, item, ...)`, of which there must be one at least.
fn parse_items(
    input: ParseStream<'_>,
    name: &Ident,
    example: &str,
    errors: &mut Errors,
    mut item: impl FnMut(ParseStream<'_>, &mut Errors) -> Result<()>,
) -> Result<()> {
    parse_all(input, name, example, |input| {
        read_items(input, errors, &mut item);
        Ok(())
    })
}

/// What `parse` makes of all that is in the parentheses, which must not be empty.
fn parse_all<T>(
    input: ParseStream<'_>,
    name: &Ident,
    example: &str,
    parse: impl FnOnce(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let expected = || Error::new(name.span(), format!("expected {example}"));
    if !input.peek(token::Paren) {
        return Err(expected());
    }
    let content;
    parenthesized!(content in input);
    if content.is_empty() {
        return Err(expected());
    }
    to_the_end(&content, parse)
}

/// What `parse` makes of the whole of `input`. Leaves nothing behind, which syn would report a second time.
fn to_the_end<T>(
    input: ParseStream<'_>,
    parse: impl FnOnce(ParseStream<'_>) -> Result<T>,
) -> Result<T> {
    let parsed = parse(input).and_then(|parsed| match input.is_empty() {
        true => Ok(parsed),
        false => Err(input.error("unexpected token, expected the end of this rule here")),
    });
    while input.parse::<TokenTree>().is_ok() {}
    parsed
}

impl Condition {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let field = parse_name(input)?;
        if input.peek(token::Paren) {
            return Self::parse_presence(&field, input);
        }
        let test = Test::parse(input)?;
        Ok(Self { field, test })
    }

    fn parse_presence(word: &Ident, input: ParseStream<'_>) -> Result<Self> {
        let content;
        parenthesized!(content in input);
        let field = to_the_end(&content, parse_name);
        let test = match word.to_string().as_str() {
            "present" => Test::Present,
            "absent" => Test::Absent,
            _ => return Err(unknown_name("condition", word, &["present", "absent"])),
        };
        Ok(Self { field: field?, test })
    }
}

impl Test {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(Token![==]) {
            input.parse::<Token![==]>()?;
            return Ok(Self::Is(vec![input.parse()?]));
        }
        if input.peek(Token![!=]) {
            input.parse::<Token![!=]>()?;
            return Ok(Self::IsNot(vec![input.parse()?]));
        }
        if input.peek(Token![in]) {
            return parse_choice(input).map(Self::Is);
        }
        if input.peek(Ident) && input.peek2(Token![in]) && input.parse::<Ident>()? == "not" {
            return parse_choice(input).map(Self::IsNot);
        }
        Err(input
            .error("expected `== VALUE`, `!= VALUE`, `in [VALUE, ..]` or `not in [VALUE, ..]`"))
    }
}

fn parse_choice(input: ParseStream<'_>) -> Result<Vec<Literal>> {
    input.parse::<Token![in]>()?;
    if !input.peek(token::Bracket) {
        return Err(input.error("expected `[VALUE, ..]`"));
    }
    let content;
    let bracket = bracketed!(content in input);
    let values = to_the_end(&content, |input| input.parse_terminated(Literal::parse, Token![,]))?;
    if values.is_empty() {
        return Err(Error::new(bracket.span.join(), "expected a value at least, as `[1, 2]`"));
    }
    Ok(values.into_iter().collect())
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(Token![-]) || input.peek(LitInt) {
            return input.parse().map(Self::Int);
        }
        if input.peek(LitStr) {
            return input.parse().map(Self::Text);
        }
        if input.peek(LitBool) {
            return input.parse().map(Self::Bool);
        }
        Err(input
            .error("expected a value as on the wire: a whole number, a string, `true` or `false`"))
    }
}

/// Which limits a rule can have.
#[derive(Clone, Copy)]
enum Kind {
    Length,
    Range,
}

fn parse_limits(
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
    fn parse_end(&mut self, kind: Kind, name: Ident, input: ParseStream<'_>) -> Result<()> {
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
fn is_path(input: ParseStream<'_>) -> bool {
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
