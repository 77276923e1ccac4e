//! The grammar of `#[validate(...)]`.

use syn::parse::ParseStream;
use syn::{Error, ExprPath, Ident, LitStr, Path, Result, Token};

use crate::attr::{parse_name, parse_text, parse_value, read_items, set};
use crate::errors::Errors;
use crate::suggest;

use super::condition::Condition;
use super::limits::{Limits, is_path, parse_lengths, parse_range};
use super::parentheses::{parse_all, parse_items};

const RULES: &[&str] = &[
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
const GROUPS: &[&str] = &["exactly_one_of", "at_least_one_of"];
const CUSTOM: &str = "custom";
const CRATE: &str = "crate";

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

/// `range_if(when, min = N, max = N, unit = fen)`.
pub(crate) struct RangeIf {
    pub(crate) when: Condition,
    pub(crate) limits: Limits,
    /// What the condition makes of an amount in fen or diamonds.
    pub(crate) unit: Option<Ident>,
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

/// `exactly_one_of(a, b)` or `at_least_one_of(a, b)`, as its name says.
pub(crate) struct Group {
    pub(crate) name: Ident,
    pub(crate) fields: Vec<Ident>,
}

/// What is written on the struct or enum.
pub(crate) enum StructItem {
    Crate,
    Group(Group),
    Custom(ExprPath),
}

pub(crate) fn parse_struct_item(input: ParseStream<'_>) -> Result<StructItem> {
    let name = parse_name(input)?;
    match name.to_string().as_str() {
        CRATE => parse_crate(input).map(|_| StructItem::Crate),
        CUSTOM => parse_custom(&name, input).map(StructItem::Custom),
        "exactly_one_of" | "at_least_one_of" => {
            let fields = parse_list(input, &name, "a, b", parse_name)?;
            Ok(StructItem::Group(Group { name, fields }))
        }
        other if RULES.contains(&other) => {
            Err(Error::new(name.span(), format!("`{other}` is a rule of a field, write it there")))
        }
        _ => {
            let known = [GROUPS, &[CUSTOM, CRATE]].concat();
            Err(suggest::unknown("rule of a struct", &name, &known))
        }
    }
}

/// What follows the name in `crate = "path"`.
pub(crate) fn parse_crate(input: ParseStream<'_>) -> Result<Path> {
    input.parse::<Token![=]>()?;
    if !input.peek(LitStr) {
        return Err(input.error("expected a path in quotes, as `\"crate::runtime\"`"));
    }
    input.parse::<LitStr>()?.parse()
}

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
            RuleKind::Length(parse_lengths(name, input, errors)?)
        }
        "range" => RuleKind::Range(parse_range(name, input, errors)?),
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
        _ => return Err(suggest::unknown("rule", name, RULES)),
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

fn parse_custom(name: &Ident, input: ParseStream<'_>) -> Result<ExprPath> {
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
                false => rule.limits.parse_range_end(key, input),
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

fn parse_list<T>(
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
