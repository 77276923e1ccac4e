//! A trial of each limit of each field that the real spec's client sends: how the field is set, and what the limit is.
//!
//! `tests/it/limits.rs` reads the table and holds each field to its limits. What is tried follows from the ir alone, so that a limit
//! which the documents change changes no test.

use std::fmt::Write as _;

use apiscribe_codegen::ir::{
    Client, Condition, Enum, Field, GroupRule, Initial, Integer, Limits, Measure, Module, Presence,
    Rule, Scalar, Struct, Test, Text, Type, TypePath, Union,
};

/// The trials of a client, and a sample of each struct that it sends.
pub(crate) fn limits(client: &Client) -> String {
    let mut made = Made { client, samples: String::new(), trials: String::new() };
    for module in &client.modules {
        for item in module.structs.iter().filter(|item| item.written) {
            made.struct_(At { module, item });
        }
    }
    format!("{}const TRIALS: &[Trial] = &[\n{}];\n", made.samples, made.trials)
}

struct Made<'a> {
    client: &'a Client,
    samples: String,
    trials: String,
}

/// A struct and where it is.
#[derive(Clone, Copy)]
struct At<'a> {
    module: &'a Module,
    item: &'a Struct,
}

/// What a name leads to.
enum Named<'a> {
    Text(&'a Text),
    Enum(&'a Enum),
    Struct,
    Union(&'a Union),
}

/// A field that is held to its limits, and how a value of its type becomes what the limits are on.
struct Trial<'a> {
    at: At<'a>,
    field: &'a Field,
    /// Behind the field's name in the path of a violation, as `[0]`.
    path: &'static str,
    /// What is set before the field is.
    before: String,
}

impl<'a> Made<'a> {
    fn struct_(&mut self, at: At<'_>) {
        self.sample_of(at);
        for field in &at.item.fields {
            self.field(&Trial { at, field, path: "", before: String::new() });
        }
    }

    /// A function that makes the struct with what it must have.
    fn sample_of(&mut self, At { module, item }: At<'_>) {
        let ty = path(&module.name, &item.name);
        let given = item.fields.iter().filter(|field| field.initial == Initial::Argument);
        let given = given.map(|field| {
            let value = self.sample(&module.name, &field.ty);
            let value = if field.presence == Presence::Nullable { some(&value) } else { value };
            format!("{}: {value}, ", field.name)
        });
        let given: String = given.collect();
        let new = match &item.required {
            Some(required) => format!("{ty}::new({} {{ {given}}})", path(&module.name, required)),
            None => format!("{ty}::new()"),
        };
        let first = item.groups.iter().filter_map(|group| match group.rule {
            GroupRule::ExactlyOneOf | GroupRule::AtLeastOneOf => group.fields.first(),
        });
        let first = first.map(|name| self.set(At { module, item }, name, None));
        let first: String = first.collect();
        writeln!(
            self.samples,
            "#[allow(dead_code)]\nfn {}() -> {ty} {{\n    #[allow(unused_mut)]\n    let mut it = {new};\n    {first}it\n}}",
            sample_name(&module.name, &item.name)
        )
        .expect("text");
    }

    /// A statement that sets a field, to a sample or to a value.
    fn set(&self, At { module, item }: At<'_>, name: &str, value: Option<String>) -> String {
        let field = item.fields.iter().find(|field| field.name == name).expect("a field of it");
        let value = value.unwrap_or_else(|| self.sample(&module.name, &field.ty));
        format!("it.{name} = {}; ", present(field, &value))
    }

    /// The rules of a field, and those of the named text that it is or lists.
    fn field(&mut self, trial: &Trial<'_>) {
        let field = trial.field;
        self.rules(trial, &field.ty, &field.rules);
        match &field.ty {
            Type::Named(name) => self.rules_of_text(trial, &field.ty, name),
            Type::List(of) => {
                if let Type::Named(name) = &**of {
                    let trial = Trial { path: "[0]", before: String::new(), ..*trial };
                    self.rules_of_text(&trial, of, name);
                }
            }
            _ => {}
        }
    }

    fn rules_of_text(&mut self, trial: &Trial<'_>, ty: &Type, name: &TypePath) {
        if let (_, Named::Text(text)) = self.named(&trial.at.module.name, name) {
            self.rules(trial, ty, &text.rules);
        }
    }

    fn rules(&mut self, trial: &Trial<'_>, ty: &Type, rules: &[Rule]) {
        for rule in rules {
            self.rule(trial, ty, rule, rules);
        }
    }

    fn rule(&mut self, trial: &Trial<'_>, ty: &Type, rule: &Rule, all: &[Rule]) {
        let At { module, .. } = trial.at;
        match rule {
            Rule::Bounds { of: Measure::Range, limits } => self.range(trial, ty, limits),
            Rule::RangeIf { when, limits, .. } => {
                let before = self.hold(trial.at, when);
                self.range(&Trial { before, ..*trial }, ty, limits);
            }
            Rule::Bounds { of: Measure::Items, limits } => {
                let Type::List(of) = ty else { panic!("items of {ty:?}") };
                let item = self.sample(&module.name, of);
                self.push(trial, "Items", limits, "count: usize", &format!("vec![{item}; count]"));
            }
            Rule::Bounds { of, limits } => self.length(trial, ty, *of, limits, all),
            Rule::Pattern(pattern) => {
                self.case(
                    trial,
                    &format!(
                        "Case::Pattern({pattern:?}, |text| {{ {} }})",
                        self.checked(trial, of_text(ty))
                    ),
                );
            }
            Rule::Url(schemes) => {
                self.case(
                    trial,
                    &format!(
                        "Case::Url(&{schemes:?}, |text| {{ {} }})",
                        self.checked(trial, of_text(ty))
                    ),
                );
            }
            Rule::Documented => {
                if let Some(unknown) = self.unknown(&module.name, ty) {
                    self.case(
                        trial,
                        &format!("Case::Refused(|| {{ {} }})", self.checked(trial, &unknown)),
                    );
                }
            }
            Rule::Each(rules) => {
                let Type::List(of) = ty else { return };
                let trial = Trial { path: "[0]", before: trial.before.clone(), ..*trial };
                for rule in rules {
                    self.rule(&trial, of, rule, rules);
                }
            }
            Rule::Required if is_text(ty) || self.is_named_text(&module.name, ty) => {
                self.case(
                    trial,
                    &format!("Case::Refused(|| {{ {} }})", self.checked(trial, "\"\".into()")),
                );
            }
            Rule::RequiredIf(when) => {
                let before = self.hold(trial.at, when);
                let name = sample_name(&module.name, &trial.at.item.name);
                let field = &trial.field.name;
                self.case(trial, &format!("Case::Refused(|| {{ let mut it = {name}(); it.{field} = None; {before}it.validate() }})"));
            }
            Rule::ForbiddenIf(when) => {
                let before = self.hold(trial.at, when);
                let sample = self.sample(&module.name, ty);
                let trial = Trial { before, ..*trial };
                self.case(
                    &trial,
                    &format!("Case::Refused(|| {{ {} }})", self.checked(&trial, &sample)),
                );
            }
            // What is inside has trials of its own; levels and sums are tried by hand.
            Rule::Required
            | Rule::Nested
            | Rule::Level { .. }
            | Rule::EachIf { .. }
            | Rule::Sum { .. } => {}
        }
    }

    fn range(&mut self, trial: &Trial<'_>, ty: &Type, limits: &Limits) {
        let value = match ty {
            Type::Number(number) => number_of(*number, "number"),
            Type::Money(money) => format!("{}(number)", path("platform", &money.name)),
            Type::Amount(name) => format!("{}(number)", path("platform", name)),
            other => panic!("a range of {other:?} has no trial yet: add it here"),
        };
        self.push(trial, "Range", limits, "number: i64", &value);
    }

    fn length(&mut self, trial: &Trial<'_>, ty: &Type, of: Measure, limits: &Limits, all: &[Rule]) {
        let unit = match of {
            Measure::Chars => "characters",
            Measure::Utf16 => "UTF-16 units",
            _ => "bytes",
        };
        match ty {
            Type::File => {
                let file = "::apiscribe::endpoint::File { name: \"a.png\".to_owned(), content_type: String::new(), \
                            content: vec![0; count] }";
                self.push(trial, "Content", limits, "count: usize", file);
            }
            Type::JsonText(inside) => {
                let value = format!("::apiscribe::wire::JsonText({})", self.filled(trial, inside));
                self.push(
                    trial,
                    &format!("JsonText({unit:?})"),
                    limits,
                    "texts: &[String]",
                    &value,
                );
            }
            _ => {
                let is_url = all.iter().find_map(|rule| match rule {
                    Rule::Url(schemes) => Some(format!("{}://example.com/", schemes[0])),
                    _ => None,
                });
                let has_pattern = all.iter().any(|rule| matches!(rule, Rule::Pattern(_)));
                let shape =
                    format!("Length({unit:?}, {:?}, {has_pattern})", is_url.unwrap_or_default());
                self.push(trial, &shape, limits, "text: String", of_text(ty));
            }
        }
    }

    /// A value with all of the texts in it, one in each item.
    fn filled(&self, trial: &Trial<'_>, inside: &Type) -> String {
        let module = &trial.at.module.name;
        match inside {
            Type::Map(of) if **of == Type::Json => {
                "texts.iter().enumerate().map(|(at, text)| (format!(\"k{at}\"), text.clone().into())).collect()".to_owned()
            }
            Type::List(of) => {
                let Type::Named(name) = &**of else { panic!("JSON text of {inside:?} has no trial yet: add it here") };
                let (home, Named::Struct) = self.named(module, name) else {
                    panic!("JSON text of {inside:?} has no trial yet: add it here")
                };
                let item = home.structs.iter().find(|item| item.name == name.name).expect("a struct");
                let text = item.fields.iter().find(|field| self.is_named_text(&home.name, &field.ty) || is_text(&field.ty));
                let text = text.expect("an item with a text");
                format!(
                    "texts.iter().map(|text| {{ let mut item = {}(); item.{} = {}; item }}).collect()",
                    sample_name(&home.name, &name.name),
                    text.name,
                    present(text, "text.as_str().into()"),
                )
            }
            other => panic!("JSON text of {other:?} has no trial yet: add it here"),
        }
    }

    fn push(
        &mut self,
        trial: &Trial<'_>,
        shape: &str,
        limits: &Limits,
        argument: &str,
        value: &str,
    ) {
        let (min, max) = match limits {
            Limits::AtLeast(min) => (Some(min), None),
            Limits::AtMost(max) => (None, Some(max)),
            Limits::Between { min, max } => (Some(min), Some(max)),
        };
        let end = |bound: Option<&apiscribe_codegen::ir::Bound>| match bound {
            Some(bound) => format!("Some({})", serde_json::to_string(bound).expect("a number")),
            None => "None".to_owned(),
        };
        let (shape, more) =
            shape.split_once('(').map_or((shape, String::new()), |(shape, more)| {
                (shape, format!("{}, ", more.trim_end_matches(')')))
            });
        let checked = self.checked(trial, value);
        self.case(
            trial,
            &format!(
                "Case::{shape}({more}({}, {}), |{argument}| {{ {checked} }})",
                end(min),
                end(max)
            ),
        );
    }

    fn case(&mut self, trial: &Trial<'_>, case: &str) {
        let At { module, item } = trial.at;
        let (struct_, field, path) = (&item.name, &trial.field.wire, trial.path);
        writeln!(
            self.trials,
            "    Trial {{ at: \"{}.{struct_}\", path: \"{field}{path}\", case: {case} }},",
            module.name
        )
        .expect("text");
    }

    /// The sample with a value in the field, checked.
    fn checked(&self, trial: &Trial<'_>, value: &str) -> String {
        let At { module, item } = trial.at;
        let value = if trial.path.is_empty() { value.to_owned() } else { format!("vec![{value}]") };
        let alone = item.groups.iter().filter(|group| {
            group.rule == GroupRule::ExactlyOneOf && group.fields.contains(&trial.field.name)
        });
        let alone = alone.flat_map(|group| &group.fields).map(|name| format!("it.{name} = None; "));
        format!(
            "let mut it = {}(); {}{}it.{} = {}; it.validate()",
            sample_name(&module.name, &item.name),
            alone.collect::<String>(),
            trial.before,
            trial.field.name,
            present(trial.field, &value),
        )
    }

    /// Statements after which a condition holds.
    fn hold(&self, at: At<'_>, Condition { field, test }: &Condition) -> String {
        let module = &at.module.name;
        let of = at.item.fields.iter().find(|known| known.name == *field).expect("a field of it");
        match test {
            Test::Is(values) => self.set(at, field, Some(self.scalar(module, &of.ty, &values[0]))),
            Test::IsNot(values) => self.set(at, field, Some(self.other(module, &of.ty, values))),
            Test::Present => self.set(at, field, None),
            Test::Absent => format!("it.{field} = None; "),
        }
    }

    fn scalar(&self, module: &str, ty: &Type, value: &Scalar) -> String {
        match (ty, value) {
            (Type::Named(name), value) => {
                let (home, Named::Enum(item)) = self.named(module, name) else {
                    panic!("{name:?} has no values")
                };
                let variant = item
                    .variants
                    .iter()
                    .find(|variant| variant.value == *value)
                    .expect("a value of it");
                format!("{}::{}", path(&home.name, &item.name), variant.name)
            }
            (_, Scalar::Bool(flag)) => flag.to_string(),
            (Type::Number(number), Scalar::Int(value)) => number_of(*number, &value.to_string()),
            (_, Scalar::Int(value)) => value.to_string(),
            (_, Scalar::String(text)) => format!("{text:?}.into()"),
        }
    }

    /// A value that is none of these.
    fn other(&self, module: &str, ty: &Type, values: &[Scalar]) -> String {
        match (ty, &values[0]) {
            (Type::Named(name), _) => {
                let (home, Named::Enum(item)) = self.named(module, name) else {
                    panic!("{name:?} has no values")
                };
                let variant = item
                    .variants
                    .iter()
                    .find(|variant| !values.contains(&variant.value))
                    .expect("another value");
                format!("{}::{}", path(&home.name, &item.name), variant.name)
            }
            (_, Scalar::Bool(flag)) => (!flag).to_string(),
            other => panic!("a value other than {other:?} has no trial yet: add it here"),
        }
    }

    /// A value that the documents do not have.
    fn unknown(&self, module: &str, ty: &Type) -> Option<String> {
        let Type::Named(name) = ty else { return None };
        let (home, Named::Enum(item)) = self.named(module, name) else { return None };
        let value = match item.variants[0].value {
            Scalar::String(_) => "\"not documented\".into()",
            _ => "-987_654",
        };
        Some(format!("{}::{}({value})", path(&home.name, &item.name), item.unknown))
    }

    /// A value that keeps all rules on its type.
    fn sample(&self, module: &str, ty: &Type) -> String {
        match ty {
            Type::String | Type::Secret => "\"x\".into()".to_owned(),
            Type::Bool => "true".to_owned(),
            Type::Number(number) => number_of(*number, "1"),
            Type::Money(money) => format!("{}(10)", path("platform", &money.name)),
            Type::Amount(name) => format!("{}(10)", path("platform", name)),
            Type::Json => "\"x\".into()".to_owned(),
            Type::File => "::apiscribe::endpoint::File { name: \"a.png\".to_owned(), content_type: String::new(), content: vec![0] }".to_owned(),
            Type::List(of) => format!("vec![{}]", self.sample(module, of)),
            Type::Map(of) => format!("::std::collections::BTreeMap::from([(\"k\".to_owned(), {})])", self.sample(module, of)),
            Type::JsonText(of) => format!("::apiscribe::wire::JsonText({})", self.sample(module, of)),
            Type::Boxed(of) => format!("Box::new({})", self.sample(module, of)),
            Type::Nullable(of) => some(&self.sample(module, of)),
            Type::Named(name) => match self.named(module, name) {
                (_, Named::Text(_)) => "\"x\".into()".to_owned(),
                (home, Named::Enum(item)) => format!("{}::{}", path(&home.name, &item.name), item.variants[0].name),
                (home, Named::Struct) => format!("{}()", sample_name(&home.name, &name.name)),
                (_, Named::Union(item)) => panic!("a sample of {} is not made yet: add it here", item.name),
            },
            Type::Decimal(_) | Type::Date | Type::DateTime | Type::Binary => {
                panic!("a sample of {ty:?} is not made yet: add it here")
            }
        }
    }

    fn is_named_text(&self, module: &str, ty: &Type) -> bool {
        matches!(ty, Type::Named(name) if matches!(self.named(module, name), (_, Named::Text(_))))
    }

    /// Where a name leads, and the module that it is in.
    fn named(&self, module: &str, name: &TypePath) -> (&'a Module, Named<'a>) {
        let module = name.module.as_deref().unwrap_or(module);
        let module =
            self.client.modules.iter().find(|known| known.name == module).expect("a module");
        let text = module.texts.iter().find(|item| item.name == name.name).map(Named::Text);
        let enum_ = module.enums.iter().find(|item| item.name == name.name).map(Named::Enum);
        let union = module.unions.iter().find(|item| item.name == name.name).map(Named::Union);
        (module, text.or(enum_).or(union).unwrap_or(Named::Struct))
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Secret)
}

/// The argument `text` as a value of this type.
fn of_text(ty: &Type) -> &'static str {
    match ty {
        Type::String => "text",
        _ => "text.into()",
    }
}

fn number_of(number: Integer, value: &str) -> String {
    match number {
        Integer::Int => value.to_owned(),
        Integer::Unsigned => format!("u64::try_from({value}).expect(\"no sign\")"),
        Integer::UnixMillis => format!("::apiscribe::time::UnixMillis({value})"),
        Integer::UnixSeconds => format!("::apiscribe::time::UnixSeconds({value})"),
        Integer::Millis => format!("::apiscribe::time::Millis({value})"),
        Integer::Seconds => format!("::apiscribe::time::Seconds({value})"),
    }
}

/// A value as the field has it.
fn present(field: &Field, value: &str) -> String {
    match field.presence {
        Presence::Required => value.to_owned(),
        Presence::Expected | Presence::Optional | Presence::Nullable => some(value),
        Presence::OptionalNullable => some(&some(value)),
    }
}

fn some(value: &str) -> String {
    format!("Some({value})")
}

fn path(module: &str, name: &str) -> String {
    format!("generated_client::{module}::{name}")
}

fn sample_name(module: &str, name: &str) -> String {
    format!("sample_{module}_{}", name.to_lowercase())
}
