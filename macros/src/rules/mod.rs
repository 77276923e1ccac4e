//! The rules that a value can be held to, `#[validate(...)]` on a field or on a text: what `Validate` and `WireText`
//! share. Each is read, checked and written out as a line that calls the runtime.

mod limits;
mod decimal;
mod condition;
mod pattern;
mod tokens;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Error, ExprPath, Ident, LitStr, Path, Result, Token};

use self::condition::{check_range_if, parse_condition, parse_each_if, parse_range_if, parse_sum};
use self::limits::{Kind, check_length, check_range, expand_lengths, is_path, parse_limits};
use self::pattern::{Engine, engine};
use crate::attr::{parse_all, parse_items, parse_list, parse_name, parse_value};
use crate::errors::{Errors, unknown_name};

pub(crate) use self::condition::{
    Condition, EachIf, Literal, RangeIf, Sum, Test, check_test, expand_data, expand_holds,
};
pub(crate) use self::limits::{Bound, Limits, expand_bounds};
pub(crate) use self::tokens::{Tokens, respan};

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

fn parse_scheme(input: ParseStream<'_>) -> Result<LitStr> {
    if !input.peek(LitStr) {
        return Err(input.error("expected the scheme of a URL in quotes, as `\"https\"`"));
    }
    input.parse()
}

/// What can be told of rules without their struct.
pub(crate) fn check_rules(rules: &[Rule], errors: &mut Errors) {
    for (index, rule) in rules.iter().enumerate() {
        let may_repeat =
            matches!(rule.kind, RuleKind::EachIf(_) | RuleKind::RangeIf(_) | RuleKind::Custom(_));
        if !may_repeat && rules[..index].iter().any(|earlier| earlier.name == rule.name) {
            let message = format_args!("`{}` is given twice, leave one out", rule.name);
            errors.at(&rule.name, message);
        }
        check_rule(rule, errors);
    }
}

fn check_rule(rule: &Rule, errors: &mut Errors) {
    match &rule.kind {
        RuleKind::Length(limits) => check_length(limits, errors),
        RuleKind::Range(limits) => check_range(limits, errors),
        RuleKind::RangeIf(range) => check_range_if(range, &rule.name, errors),
        RuleKind::Pattern(pattern) => check_pattern(pattern, errors),
        RuleKind::Url(schemes) => check_url(schemes, errors),
        RuleKind::Each(rules) | RuleKind::Keys(rules) => check_each(&rule.name, rules, errors),
        RuleKind::EachIf(rule) => check_test(&rule.then.test, errors),
        _ => {}
    }
}

fn check_pattern(pattern: &LitStr, errors: &mut Errors) {
    if let Err(message) = engine(&pattern.value()) {
        errors.at(pattern, message);
    }
}

fn check_url(schemes: &[LitStr], errors: &mut Errors) {
    for scheme in schemes.iter().filter(|scheme| !is_scheme(&scheme.value())) {
        errors.at(scheme, "not the scheme of a URL, expected letters only, as `\"https\"`");
    }
}

/// RFC 3986, 3.1.
fn is_scheme(text: &str) -> bool {
    let is_inner = |char: char| char.is_ascii_alphanumeric() || "+-.".contains(char);
    text.starts_with(|char: char| char.is_ascii_alphabetic()) && text.chars().all(is_inner)
}

fn check_each(name: &Ident, rules: &[Rule], errors: &mut Errors) {
    for rule in rules.iter().filter(|rule| rule.is_of_field()) {
        let message =
            format_args!("`{}` is a rule of the field, write it outside `{name}`", rule.name);
        errors.at(&rule.name, message);
    }
    check_rules(rules, errors);
}

/// A rule of one value. What the compiler finds wrong with it is at the name of the rule.
pub(crate) fn expand_rule(rule: &Rule, wire: &str, value: &Tokens, runtime: &Path) -> TokenStream {
    let span = rule.name.span().resolved_at(Span::call_site());
    let mut name = rule.name.clone();
    name.set_span(span);
    let value = respan(value, span);
    let arguments = match &rule.kind {
        RuleKind::Length(limits) => Some(expand_lengths(limits)),
        RuleKind::Range(limits) => {
            let [min, max] = expand_bounds(limits, &value, runtime);
            Some(quote!(, #min, #max))
        }
        RuleKind::Pattern(pattern) => {
            let new = match engine(&pattern.value()) {
                Ok(Engine::Unicode) => quote!(unicode),
                _ => quote!(new),
            };
            Some(quote! {, {
                static PATTERN: #runtime::validate::field::Pattern = #runtime::validate::field::Pattern::#new(#pattern);
                &PATTERN
            }})
        }
        RuleKind::Url(schemes) => {
            let starts = schemes.iter().map(|scheme| format!("{}://", scheme.value()));
            Some(quote!(, &[#(#schemes),*], &[#(#starts),*]))
        }
        RuleKind::Level { levels, times } => {
            return expand_level(levels, times.as_ref(), wire, &value, span);
        }
        RuleKind::Custom(check) => {
            let call = expand_call(check, &value);
            return quote_spanned!(span=> report.#name(#wire, |report| { #call }););
        }
        RuleKind::Each(rules) | RuleKind::Keys(rules) => {
            let item = Ident::new("item", Span::call_site()).into();
            let rules = rules.iter().map(|rule| expand_rule(rule, "", &item, runtime));
            Some(quote!(, |report, item| { #(#rules)* }))
        }
        RuleKind::Secret
        | RuleKind::RequiredIf(_)
        | RuleKind::ForbiddenIf(_)
        | RuleKind::RangeIf(_)
        | RuleKind::EachIf(_)
        | RuleKind::SameAs(_)
        | RuleKind::Sum(_) => return TokenStream::new(),
        RuleKind::Required | RuleKind::Documented | RuleKind::Nested => None,
    };
    quote_spanned!(span=> report.#name(#wire, #value #arguments);)
}

fn expand_level(
    levels: &Path,
    times: Option<&Path>,
    wire: &str,
    value: &Tokens,
    span: Span,
) -> TokenStream {
    match times {
        Some(price) => quote_spanned!(span=> report.level_times(#wire, #value, &#levels, #price);),
        None => quote_spanned!(span=> report.level(#wire, #value, &#levels);),
    }
}

/// The call of a function of the user. What the compiler finds wrong with it is at its path.
pub(crate) fn expand_call(check: &ExprPath, value: &Tokens) -> TokenStream {
    let span = check.span().resolved_at(Span::call_site());
    let value = respan(value, span);
    let arguments = quote_spanned!(span=> (#value, report));
    quote!(#check #arguments;)
}
