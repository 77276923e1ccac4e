//! A rule as the attribute `#[validate(...)]`, and in words.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::doc::{code, describe_scalar, describe_sources, text};
use super::literal::emit_scalar;
use super::ty::emit_shared;
use super::{emit_list, ident};
use crate::ir::{
    Bound, Condition, Field, Group, GroupRule, Integer, Limits, Measure, Money, Rule, Scalar, Test,
    Type,
};

/// One attribute with all of the rules, or none.
pub(super) fn emit_validate(rules: &[Rule]) -> TokenStream {
    emit_list("validate", rules.iter().map(emit_rule).collect())
}

/// One attribute with all of a field's rules; those of a secret say so.
pub(super) fn emit_validate_field(field: &Field) -> TokenStream {
    let secret = (field.ty == Type::Secret).then(|| quote!(secret));
    let rules: Vec<TokenStream> = field.rules.iter().map(emit_rule).chain(secret).collect();
    emit_list("validate", rules)
}

fn emit_rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Required => quote!(required),
        Rule::Bounds { of, limits } => emit_limits(*of, limits),
        Rule::RangeIf { when, limits, unit } => emit_range_if(when, limits, unit.as_ref()),
        Rule::Pattern(pattern) => quote!(pattern = #pattern),
        Rule::Url(schemes) => quote!(url(#(#schemes),*)),
        Rule::Level { of, times } => emit_level(of, times.as_deref()),
        Rule::Documented => quote!(documented),
        Rule::RequiredIf(condition) => emit_conditional(&quote!(required_if), condition),
        Rule::ForbiddenIf(condition) => emit_conditional(&quote!(forbidden_if), condition),
        Rule::EachIf { when, then, wire } => {
            let name = emit_wire_name(&then.field, wire);
            let (when, then) = (emit_condition(when), emit_condition(then));
            quote!(each_if(#when, #then #name))
        }
        Rule::Sum { list, field, wire } => {
            let name = emit_wire_name(field, wire);
            let (list, field) = (ident(list), ident(field));
            quote!(sum(#list.#field #name))
        }
        Rule::Nested => quote!(nested),
        Rule::Each(rules) => emit_each(rules),
    }
}

fn emit_limits(of: Measure, limits: &Limits) -> TokenStream {
    let name = ident(of.word());
    let limits = emit_ends(limits);
    quote!(#name(#(#limits),*))
}

fn emit_range_if(when: &Condition, limits: &Limits, unit: Option<&Money>) -> TokenStream {
    let (when, limits) = (emit_condition(when), emit_ends(limits));
    let unit = unit.map(|unit| emit_shared(&unit.name)).map(|unit| quote!(, unit = #unit));
    quote!(range_if(#when, #(#limits),* #unit))
}

fn emit_ends(limits: &Limits) -> Vec<TokenStream> {
    let min = |min| emit_end("min", min);
    let max = |max| emit_end("max", max);
    match limits {
        Limits::AtLeast(least) => vec![min(least)],
        Limits::AtMost(most) => vec![max(most)],
        Limits::Between { min: least, max: most } => vec![min(least), max(most)],
    }
}

fn emit_end(name: &str, bound: &Bound) -> TokenStream {
    let (name, value) = (ident(name), emit_bound(bound));
    quote!(#name = #value)
}

/// A decimal is in quotes.
fn emit_bound(bound: &Bound) -> TokenStream {
    match bound {
        Bound::Whole(number) => {
            let number = Literal::i128_unsuffixed(*number);
            quote!(#number)
        }
        Bound::Decimal(text) => quote!(#text),
    }
}

fn emit_level(of: &str, times: Option<&str>) -> TokenStream {
    let of = emit_shared(of);
    let times = times.map(emit_shared).map(|times| quote!(, times = #times));
    quote!(level(#of #times))
}

fn emit_each(rules: &[Rule]) -> TokenStream {
    let rules = rules.iter().map(emit_rule);
    quote!(each(#(#rules),*))
}

fn emit_conditional(name: &TokenStream, condition: &Condition) -> TokenStream {
    let condition = emit_condition(condition);
    quote!(#name(#condition))
}

/// `, name = "..."` for a field of an item that is called otherwise on the wire.
fn emit_wire_name(name: &str, wire: &str) -> Option<TokenStream> {
    (name != wire).then(|| quote!(, name = #wire))
}

fn emit_condition(condition: &Condition) -> TokenStream {
    let field = ident(&condition.field);
    match &condition.test {
        Test::Is(values) => emit_values(values, &quote!(#field ==), &quote!(#field in)),
        Test::IsNot(values) => emit_values(values, &quote!(#field !=), &quote!(#field not in)),
        Test::Present => quote!(present(#field)),
        Test::Absent => quote!(absent(#field)),
    }
}

fn emit_values(values: &[Scalar], equals: &TokenStream, within: &TokenStream) -> TokenStream {
    let literals = values.iter().map(emit_scalar);
    match values {
        [_] => quote!(#equals #(#literals)*),
        _ => quote!(#within [#(#literals),*]),
    }
}

/// A rule over several fields.
pub(super) fn emit_group(group: &Group) -> TokenStream {
    let fields = group.fields.iter().map(|field| ident(field));
    match group.rule {
        GroupRule::ExactlyOneOf => quote!(#[validate(exactly_one_of(#(#fields),*))]),
        GroupRule::AtLeastOneOf => quote!(#[validate(at_least_one_of(#(#fields),*))]),
    }
}

/// A rule in a sentence, unless the type of the field says it already.
pub(super) fn describe_rule(rule: &Rule, ty: &Type) -> Option<String> {
    let sentence = match rule {
        Rule::Required | Rule::Documented | Rule::Nested => return None,
        Rule::Bounds { of: Measure::Range, limits } => describe_limits(limits, [&unit(ty); 2]),
        Rule::Bounds { of, limits } => describe_limits(limits, units(*of, ty)),
        Rule::RangeIf { when, limits, unit } => {
            let money = unit.as_ref().map(|unit| format!(" {}", unit.many));
            let unit = money.unwrap_or_else(|| self::unit(ty));
            let sentence = describe_limits(limits, [&unit; 2]);
            let sentence = sentence.trim_end_matches('.');
            format!("{sentence} if {}.", describe_condition(when))
        }
        Rule::Pattern(pattern) => format!("Matches {}.", code(pattern)),
        Rule::Url(schemes) => format!("A URL that begins with {}.", list_schemes(schemes)),
        Rule::Level { of, times } => describe_level(of, times.as_deref()),
        Rule::RequiredIf(condition) => format!("Required if {}.", describe_condition(condition)),
        Rule::ForbiddenIf(condition) => {
            format!("Not allowed if {}.", describe_condition(condition))
        }
        Rule::EachIf { when, then, .. } => {
            let (when, then) = (describe_condition(when), describe_condition(then));
            format!("If {when}, then {then} in each item.")
        }
        Rule::Sum { list, field, .. } => {
            format!("The sum of {}, if that is given.", code(&format!("{list}[].{field}")))
        }
        Rule::Each(rules) => return describe_each(rules, ty),
    };
    Some(sentence)
}

/// `units` for one and for several.
fn describe_limits(limits: &Limits, units: [&str; 2]) -> String {
    let unit = |count: &Bound| units[usize::from(*count != Bound::Whole(1))];
    match limits {
        Limits::Between { min, max } if min == max => format!("Exactly {max}{}.", unit(max)),
        Limits::Between { min, max } => format!("From {min} to {max}{}.", unit(max)),
        Limits::AtLeast(min) => format!("At least {min}{}.", unit(min)),
        Limits::AtMost(max) => format!("At most {max}{}.", unit(max)),
    }
}

/// What one and several are called.
fn units(of: Measure, ty: &Type) -> [&'static str; 2] {
    match of {
        Measure::Bytes if *ty == Type::File => [" byte", " bytes"],
        Measure::Bytes => [" byte of UTF-8", " bytes of UTF-8"],
        Measure::Chars => [" character", " characters"],
        Measure::Utf16 => [" UTF-16 unit", " UTF-16 units"],
        Measure::Items => [" item", " items"],
        Measure::Range => [""; 2],
    }
}

/// What a number is counted in.
fn unit(ty: &Type) -> String {
    match ty {
        Type::Money(money) => format!(" {}", money.many),
        Type::Number(Integer::UnixMillis | Integer::Millis) => " ms".to_owned(),
        Type::Number(Integer::UnixSeconds | Integer::Seconds) => " s".to_owned(),
        _ => String::new(),
    }
}

fn list_schemes(schemes: &[String]) -> String {
    let schemes = schemes.iter().map(|scheme| code(&format!("{scheme}://")));
    schemes.collect::<Vec<_>>().join(" or ")
}

fn describe_level(of: &str, times: Option<&str>) -> String {
    let of = link_constant(of);
    match times.map(link_constant) {
        Some(times) => format!("Its product with {times} is one of {of}."),
        None => format!("One of {of}."),
    }
}

fn link_constant(name: &str) -> String {
    format!("[`{name}`](super::platform::{name})")
}

fn describe_condition(condition: &Condition) -> String {
    let field = code(&condition.field);
    match &condition.test {
        Test::Is(values) => format!("{field} is {}", list_values(values)),
        Test::IsNot(values) => format!("{field} is not {}", list_values(values)),
        Test::Present => format!("{field} is given"),
        Test::Absent => format!("{field} is not given"),
    }
}

fn list_values(values: &[Scalar]) -> String {
    values.iter().map(describe_scalar).collect::<Vec<_>>().join(" or ")
}

fn describe_each(rules: &[Rule], ty: &Type) -> Option<String> {
    let of = match ty {
        Type::List(of) | Type::Map(of) => match &**of {
            Type::Nullable(of) => of,
            of => of,
        },
        other => other,
    };
    let rules: Vec<String> = rules.iter().filter_map(|rule| describe_rule(rule, of)).collect();
    (!rules.is_empty()).then(|| format!("Each: {}", rules.join(" ")))
}

pub(super) fn describe_group(group: &Group) -> String {
    let fields: Vec<String> = group.fields.iter().map(|field| code(field)).collect();
    let rule = match group.rule {
        GroupRule::ExactlyOneOf => "Exactly one of",
        GroupRule::AtLeastOneOf => "At least one of",
    };
    let order = if group.precedence { "; the platform uses the first that is given" } else { "" };
    let rule = format!("{rule} {}{order}.", fields.join(", "));
    let source = describe_sources(&group.doc.sources);
    [Some(rule), text(&group.doc), source].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
