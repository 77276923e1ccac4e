//! `spec` → `model`: each name is looked up once, and one that leads nowhere is reported.

mod names;
mod money;
mod clock;
mod support;
mod shapes;
mod objects;
mod unions;
mod fields;
mod errors;
mod items;
mod lifecycle;
mod paging;
mod template;
mod schemes;
mod rules;
mod reach;
mod circles;

use crate::diagnostic::Diagnostics;
use crate::model::schemes::CallbackEnvelope;
use crate::model::{Domain, Item, Model, Object, ObjectId, TypeDef, TypeId, Union, UnionId};
use crate::source::{List, Named};
use crate::spec::{Field, File};

use self::names::Names;

pub(crate) fn resolve<'a>(diagnostics: &mut Diagnostics, files: &'a [File]) -> Model<'a> {
    let names = names::names(diagnostics, files);
    let time_zone = clock::resolve_clock(diagnostics, files);
    let js_support = support::resolve_support(diagnostics, files);
    let money = money::resolve_money(diagnostics, &names.shared);
    let schemes = schemes::resolve_schemes(diagnostics, &names.shared);
    let callback_schemes = schemes::resolve_callback_schemes(diagnostics, &names.shared);
    let envelopes = schemes::resolve_envelopes(diagnostics, &names.shared);
    let has_clock = time_zone.is_some();
    let mut arena = Arena::of(&names);
    let mut domains = Vec::new();
    for (domain, own) in &names.domains {
        let scope = Scope {
            diagnostics,
            names: &names,
            has_clock,
            envelopes: &envelopes,
            domain,
            arena: &mut arena,
            objects: Vec::new(),
            unions: Vec::new(),
        };
        domains.push(resolve_domain(scope, own.file));
    }
    let Arena { types, objects, unions, fields } = arena;
    let objects: Option<Vec<Object<'_>>> = objects.into_iter().collect();
    let objects = objects.expect("each object that has a number is resolved");
    let unions: Option<Vec<Union<'_>>> = unions.into_iter().collect();
    let unions = unions.expect("each union that has a number is resolved");
    paging::resolve_last_items(diagnostics, &objects, &fields, &mut domains);
    let unused = reach::unused(&domains, &objects, &unions);
    let roots = [reach::sent(&domains), unused.clone()].concat();
    let (sent, sent_unions) = reach::reach(&objects, &unions, roots);
    let roots = [reach::received(&domains), unused].concat();
    let (received, received_unions) = reach::reach(&objects, &unions, roots);
    let boxed = circles::circles(&objects);
    Model {
        files,
        shared: names.shared,
        time_zone,
        js_support,
        money,
        schemes,
        callback_schemes,
        callback_envelopes: envelopes,
        domains,
        types,
        objects,
        unions,
        sent,
        received,
        sent_unions,
        received_unions,
        boxed,
    }
}

/// What has been resolved of all domains.
struct Arena<'a> {
    types: Vec<TypeDef<'a>>,
    /// Named objects have their numbers before they are resolved, so that they can name each other.
    objects: Vec<Option<Object<'a>>>,
    unions: Vec<Option<Union<'a>>>,
    /// The fields of each object as they are written.
    fields: Vec<&'a List<Field>>,
}

impl<'a> Arena<'a> {
    fn of(names: &Names<'a>) -> Arena<'a> {
        let objects = names.objects.iter().map(|_| None).collect();
        let unions = (0..names.unions).map(|_| None).collect();
        Arena { types: Vec::new(), objects, unions, fields: names.objects.clone() }
    }
}

/// The domain that names are looked up from.
struct Scope<'r, 'a> {
    diagnostics: &'r mut Diagnostics,
    names: &'r Names<'a>,
    /// Whether the spec tells by which clock days are counted.
    has_clock: bool,
    envelopes: &'r [CallbackEnvelope<'a>],
    domain: &'a str,
    arena: &'r mut Arena<'a>,
    /// Those of the domain, in the order of the file.
    objects: Vec<ObjectId>,
    unions: Vec<UnionId>,
}

fn resolve_domain<'a>(mut scope: Scope<'_, 'a>, file: &'a File) -> Domain<'a> {
    let first = scope.arena.types.len();
    scope.resolve_types(file);
    let types = (first..scope.arena.types.len()).map(TypeId).collect();
    let enums = file.enums.iter().map(|(name, spec)| scope.resolve_enum(name, spec)).collect();
    let endpoints = file.endpoints.iter();
    let endpoints = endpoints.map(|(name, spec)| scope.resolve_endpoint(name, spec)).collect();
    let callbacks = file.callbacks.iter();
    let callbacks = callbacks.map(|(name, spec)| scope.resolve_callback(name, spec)).collect();
    let js_apis = file.js_apis.iter();
    let js_apis = js_apis.map(|(name, spec)| scope.resolve_js_api(name, spec)).collect();
    let rules = file.rules.as_ref().map(|rules| rules::resolve_rules(&mut scope, rules));
    Domain {
        name: scope.domain,
        file,
        types,
        enums,
        errors: errors::error_tables(file),
        objects: scope.objects,
        unions: scope.unions,
        endpoints,
        callbacks,
        js_apis,
        rules,
    }
}

fn items<T>(named: &Named<T>) -> Vec<Item<'_, T>> {
    named.iter().map(|(name, spec)| Item { name, spec }).collect()
}
