//! `model` → `ir`. The spec has been checked, so nothing here fails. Goes from all domains to a single type and its rules.

mod docs;
mod platform;
mod money;
mod schemes;
mod objects;
mod unions;
mod enums;
mod errors;
mod items;
mod delivery;
mod lifecycle;
mod formerly;
mod paging;
mod events;
mod rules;
mod uses;

use crate::ir::{self, Client, Endpoint, JsApi, Measure, Module, Rule, Struct, Type};
use crate::model::{self, Condition, Domain, FieldUse, Limit, Model, Shape, Test, sound};
use crate::names::{constant_name, field_name, type_name};
use crate::source::{Bound, Located, Scalar, is_set};
use crate::spec::{Limits, Lists, Objects, Range};

use self::docs::{lower_provenance, strings};
use self::lifecycle::lower_deprecated;
use self::money::lower_money_type;

pub(crate) fn lower(model: &Model<'_>) -> Client {
    let modules = model.domains.iter().map(|domain| {
        let scope = Scope { domain: domain.name, model };
        lower_module(&scope, domain)
    });
    let mut modules: Vec<Module> = modules.collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    uses::mark_deprecated(&mut modules);
    Client { platform: platform::lower_platform(model, &modules), modules }
}

/// The domain that names are seen from.
struct Scope<'m, 'a> {
    domain: &'a str,
    model: &'m Model<'a>,
}

/// The calls of a module, which structs refer to by their places.
struct Calls<'c> {
    endpoints: &'c [Endpoint],
    js_apis: &'c [JsApi],
}

fn lower_module(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Module {
    let endpoints = items::lower_endpoints(scope, domain);
    let js_apis = items::lower_js_apis(scope, domain);
    let calls = Calls { endpoints: &endpoints, js_apis: &js_apis };
    let structs = lower_structs(scope, &calls, domain);
    let mut module = Module {
        name: field_name(scope.domain),
        formerly: formerly::lower_field_names(&domain.file.formerly),
        doc: docs::lower_text(domain.file.doc.as_ref()),
        lifecycle: lifecycle::lower_own(&domain.file.lifecycle),
        uses: Vec::new(),
        names_deprecated: false,
        texts: lower_texts(scope, domain),
        enums: enums::lower_enums(scope, domain),
        structs,
        responses: items::lower_responses(scope, domain),
        unions: unions::lower_unions(scope, domain),
        errors: errors::lower_errors(scope, domain),
        endpoints,
        callbacks: items::lower_callbacks(scope, domain),
        js_apis,
        aliases: Vec::new(),
        rules: rules::lower_rules(scope, domain),
    };
    module.aliases = formerly::lower_aliases(scope, domain, &module.texts);
    module.uses = uses::other_modules(&module);
    module
}

fn lower_structs(scope: &Scope<'_, '_>, calls: &Calls<'_>, domain: &Domain<'_>) -> Vec<Struct> {
    let structs = domain.objects.iter().map(|id| objects::lower_object(scope, calls, *id));
    let mut structs: Vec<Struct> = structs.collect();
    structs.sort_by(|a, b| a.name.cmp(&b.name));
    structs
}

fn lower_texts(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Vec<ir::Text> {
    let types = domain.types.iter().map(|id| &scope.model[*id]);
    let strings = types.filter(|def| matches!(def.shape.ty, model::Type::String));
    let texts = strings.map(|def| ir::Text {
        name: type_name(&def.name.value),
        wire: def.name.value.clone(),
        doc: lower_provenance(def.provenance),
        secret: is_set(def.shape.secret),
        rules: lower_limits(&def.shape),
        deprecated: lower_deprecated(scope, &def.deprecated),
    });
    let mut texts: Vec<ir::Text> = texts.collect();
    texts.sort_by(|a, b| a.name.cmp(&b.name));
    texts
}

fn lower_type(scope: &Scope<'_, '_>, ty: &model::Type<'_>) -> Type {
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
fn lower_item(scope: &Scope<'_, '_>, of: &Shape<'_>) -> Type {
    let ty = lower_type(scope, &of.ty);
    if of.nullable { Type::Nullable(Box::new(ty)) } else { ty }
}

/// What is called `name` in a domain.
fn lower_path(scope: &Scope<'_, '_>, domain: &str, name: String) -> ir::TypePath {
    let module = (domain != scope.domain).then(|| field_name(domain));
    ir::TypePath { module, name }
}

/// The rules of a value of this shape, wherever it stands.
fn lower_rules(shape: &Shape<'_>) -> Vec<Rule> {
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
fn lower_each(inner: &Shape<'_>) -> Vec<Rule> {
    let rules = lower_rules(inner);
    match rules.as_slice() {
        [] | [Rule::Nested] => rules,
        _ => vec![Rule::Each(rules)],
    }
}

/// The limits written on the shape itself.
fn lower_limits(shape: &Shape<'_>) -> Vec<Rule> {
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

fn lower_bounds(limits: &Located<Limits>) -> ir::Limits {
    let bound = |bound: &Option<Located<i64>>| Some(Bound::from(bound.as_ref()?.value));
    lower_ends(bound(&limits.value.min), bound(&limits.value.max))
}

/// `shape` is what the range is of: all bounds of a decimal are decimals.
fn lower_range(shape: &Shape<'_>, range: &Located<Range>) -> ir::Limits {
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

fn lower_condition(scope: &Scope<'_, '_>, condition: &Condition<'_>) -> ir::Condition {
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
fn lower_spelling(
    lists: &Option<Located<Lists>>,
    objects: &Option<Located<Objects>>,
) -> ir::Spelling {
    ir::Spelling {
        lists: lists.as_ref().map(|lists| lists.value),
        objects: objects.as_ref().map(|objects| objects.value),
    }
}

/// The Rust name of a field.
fn lower_use(scope: &Scope<'_, '_>, used: &FieldUse<'_>) -> String {
    scope.model[*sound(&used.field)].rust.clone()
}

fn lower_uses(scope: &Scope<'_, '_>, uses: &[FieldUse<'_>]) -> Vec<String> {
    uses.iter().map(|used| lower_use(scope, used)).collect()
}

fn lower_scalars(values: &[Located<Scalar>]) -> Vec<Scalar> {
    values.iter().map(|value| value.value.clone()).collect()
}
