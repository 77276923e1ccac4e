//! The grammar of `#[validate(...)]`.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitInt, LitStr, Path, Result, Token, bracketed, parenthesized, token};

use crate::attr::{parse_name, parse_value, read_items, set};
use crate::errors::Errors;
use crate::suggest;

const RULES: &[&str] = &[
    "required",
    "bytes",
    "chars",
    "utf16",
    "items",
    "range",
    "pattern",
    "url",
    "level",
    "documented",
    "required_if",
    "forbidden_if",
    "nested",
    "each",
    "secret",
];
const GROUPS: &[&str] = &["exactly_one_of", "at_least_one_of"];
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
    Pattern(LitStr),
    Url(Vec<LitStr>),
    Level {
        levels: Path,
        times: Option<Path>,
    },
    Documented,
    RequiredIf(Condition),
    ForbiddenIf(Condition),
    Nested,
    Each(Vec<Rule>),
    Secret,
}

/// Both ends included.
#[derive(Default)]
pub(crate) struct Limits {
    pub(crate) min: Option<Limit>,
    pub(crate) max: Option<Limit>,
}

pub(crate) struct Limit {
    minus: Option<Token![-]>,
    digits: LitInt,
    pub(crate) value: i128,
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
    Bool(syn::LitBool),
    Int(Limit),
    Text(LitStr),
}

/// `exactly_one_of(a, b)` or `at_least_one_of(a, b)`, as its name says.
pub(crate) struct Group {
    pub(crate) name: Ident,
    pub(crate) fields: Vec<Ident>,
}

/// What is written on the struct.
pub(crate) enum StructItem {
    Crate,
    Group(Group),
}

pub(crate) fn parse_struct_item(input: ParseStream<'_>) -> Result<StructItem> {
    let name = parse_name(input)?;
    match name.to_string().as_str() {
        CRATE => parse_crate(input).map(|_| StructItem::Crate),
        "exactly_one_of" | "at_least_one_of" => {
            let fields = parse_list(input, &name, "a, b", parse_name)?;
            Ok(StructItem::Group(Group { name, fields }))
        }
        other if RULES.contains(&other) => {
            Err(Error::new(name.span(), format!("`{other}` is a rule of a field, write it there")))
        }
        _ => Err(suggest::unknown("rule of a struct", &name, &[GROUPS, &[CRATE]].concat())),
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
            RuleKind::Length(parse_limits(name, input, errors)?)
        }
        "range" => RuleKind::Range(parse_limits(name, input, errors)?),
        "pattern" => RuleKind::Pattern(parse_pattern(name, input)?),
        "url" => RuleKind::Url(parse_list(input, name, "\"https\"", parse_scheme)?),
        "level" => parse_level(name, input)?,
        "documented" => RuleKind::Documented,
        "required_if" => RuleKind::RequiredIf(parse_condition(name, input)?),
        "forbidden_if" => RuleKind::ForbiddenIf(parse_condition(name, input)?),
        "nested" => RuleKind::Nested,
        "each" => RuleKind::Each(parse_each(name, input, errors)?),
        "secret" => RuleKind::Secret,
        other if GROUPS.contains(&other) => {
            let message = format!("`{other}` is a rule of several fields, write it on the struct");
            return Err(Error::new(name.span(), message));
        }
        _ => return Err(suggest::unknown("rule", name, RULES)),
    })
}

fn parse_limits(name: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<Limits> {
    let mut limits = Limits::default();
    let example = format!("`{name}(min = N, max = N)`, with one or both");
    parse_items(input, name, &example, errors, |input, _| {
        let end = parse_name(input)
            .map_err(|error| Error::new(error.span(), "expected `min = N` or `max = N`"))?;
        match end.to_string().as_str() {
            "min" => set(&mut limits.min, &end, parse_value(input)?),
            "max" => set(&mut limits.max, &end, parse_value(input)?),
            _ => Err(suggest::unknown("limit", &end, &["min", "max"])),
        }
    })?;
    Ok(limits)
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

fn parse_each(name: &Ident, input: ParseStream<'_>, errors: &mut Errors) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    let example = format!("the rules of an item, as `{name}(bytes(max = 64))`");
    parse_items(input, name, &example, errors, |input, errors| {
        rules.push(Rule::parse(input, errors)?);
        Ok(())
    })?;
    Ok(rules)
}

fn parse_condition(name: &Ident, input: ParseStream<'_>) -> Result<Condition> {
    parse_all(input, name, &format!("`{name}(other == VALUE)`"), Condition::parse)
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
            _ => return Err(suggest::unknown("condition", word, &["present", "absent"])),
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
        if input.peek(syn::LitBool) {
            return input.parse().map(Self::Bool);
        }
        Err(input
            .error("expected a value as on the wire: a whole number, a string, `true` or `false`"))
    }
}

impl Parse for Limit {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let minus: Option<Token![-]> = input.parse()?;
        if !input.peek(LitInt) {
            return Err(input.error("expected a whole number"));
        }
        let digits: LitInt = input.parse()?;
        let size: i128 = digits.base10_parse()?;
        let value = if minus.is_some() { -size } else { size };
        Ok(Self { minus, digits, value })
    }
}

impl ToTokens for Limit {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        self.minus.to_tokens(tokens);
        self.digits.to_tokens(tokens);
    }
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        match self {
            Self::Bool(value) => value.to_tokens(tokens),
            Self::Int(value) => value.to_tokens(tokens),
            Self::Text(value) => value.to_tokens(tokens),
        }
    }
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
