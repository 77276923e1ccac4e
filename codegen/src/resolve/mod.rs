//! `spec` → `model`: each name is looked up once, and one that leads nowhere is reported. Goes from all files to a single
//! shape, which is the one place where the name of a type is read.

mod names;
mod money;
mod details;
mod clock;
mod support;
mod parts;
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
use crate::ir::{Decimal, Integer, Measure};
use crate::model::schemes::CallbackEnvelope;
use crate::model::{
    Domain, Item, Level, Limit, Model, Object, ObjectId, Shape, Type, TypeDef, TypeId, Union,
    UnionId,
};
use crate::source::{List, Named, is_set};
use crate::spec::{self, Element, Field, File, LevelRule};

use self::names::{LEVELS, Names, require};
use self::objects::Place;
use self::parts::{check_definition, check_null, check_parts};

pub(crate) fn resolve<'a>(diagnostics: &mut Diagnostics, files: &'a [File]) -> Model<'a> {
    let names = names::names(diagnostics, files);
    let time_zone = clock::resolve_clock(diagnostics, files);
    let js_support = support::resolve_support(diagnostics, files);
    let money = money::resolve_money(diagnostics, &names.shared);
    let schemes = schemes::resolve_schemes(diagnostics, &names.shared);
    let callback_schemes = schemes::resolve_callback_schemes(diagnostics, &names.shared);
    let envelopes = schemes::resolve_envelopes(diagnostics, &names.shared);
    let details = details::resolve_details(diagnostics, &names, files);
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
    paging::resolve_page_paths(diagnostics, &objects, &fields, &mut domains);
    paging::resolve_last_items(diagnostics, &objects, &fields, &mut domains);
    let unused = reach::unused(&domains, &details, &objects, &unions);
    let roots = [reach::sent(&domains), unused.clone()].concat();
    let (sent, sent_unions) = reach::reach(&objects, &unions, roots);
    let roots = [reach::received(&domains, &details), unused].concat();
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
        details,
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

/// The types of the format itself that stand by themselves.
const PLAIN: &[(&str, Type<'static>)] = &[
    ("string", Type::String),
    ("bool", Type::Bool),
    ("int", Type::Number(Integer::Int)),
    ("u64", Type::Number(Integer::Unsigned)),
    ("decimal", Type::Decimal(Decimal::Text)),
    ("decimal_number", Type::Decimal(Decimal::Number)),
    ("date", Type::Date),
    ("date_time", Type::DateTime),
    ("unix_ms", Type::Number(Integer::UnixMillis)),
    ("unix_s", Type::Number(Integer::UnixSeconds)),
    ("ms", Type::Number(Integer::Millis)),
    ("s", Type::Number(Integer::Seconds)),
    ("json", Type::Json),
    ("file", Type::File),
    ("function", Type::Function),
    ("text", Type::PlainText),
    ("binary", Type::Binary),
];

/// Those that are made of fields, or of another shape.
const MADE: &[&str] = &["object", "union", "list", "map", "json_text"];

/// The names of all types of the format itself.
fn builtin<'a>() -> impl Iterator<Item = &'a str> {
    PLAIN.iter().map(|(name, _)| *name).chain(MADE.iter().copied())
}

impl<'a> Scope<'_, 'a> {
    fn resolve_types(&mut self, file: &'a File) {
        for (name, def) in file.types.iter() {
            let shape = match self.names.domains[self.domain].types.get(name.as_str()) {
                Some(Type::Object(id)) => {
                    self.resolve_shape(&def.shape, Place::of_type(name, *id, &def.provenance))
                }
                Some(Type::Union(id)) => {
                    let ty = self.resolve_union(name, def, *id);
                    check_parts(self.diagnostics, &def.shape, &ty);
                    self.shape_of(&def.shape, ty)
                }
                _ => self.resolve_shape(&def.shape, Place::in_type(name)),
            };
            check_definition(self.diagnostics, name, &shape);
            if self.names.shared.units.contains(name.as_str()) {
                let message = format_args!("`{name}` is the name of a unit of money");
                self.diagnostics.error(name.span, "bad-name", message).help("rename one of them");
            }
            let domain = self.domain;
            let deprecated = self.resolve_deprecated_type(name, &def.deprecated);
            let provenance = &def.provenance;
            self.arena.types.push(TypeDef { domain, name, shape, provenance, deprecated });
        }
    }

    /// A shape and those inside it. `place` says what an object in it becomes.
    fn resolve_shape(&mut self, shape: &'a spec::Shape, place: Place<'a>) -> Shape<'a> {
        let ty = self.resolve_type(shape, place);
        self.shape_of(shape, ty)
    }

    /// What is inside another shape.
    fn resolve_item(&mut self, Element(item): &'a Element, place: Place<'a>) -> Shape<'a> {
        let shape = self.resolve_shape(&item.shape, place);
        Shape { nullable: is_set(&item.nullable), ..shape }
    }

    fn shape_of(&mut self, shape: &'a spec::Shape, ty: Type<'a>) -> Shape<'a> {
        Shape {
            ty,
            written: &shape.ty,
            limits: self.resolve_limits(shape),
            secret: &shape.secret,
            nullable: false,
        }
    }

    fn resolve_type(&mut self, shape: &'a spec::Shape, place: Place<'a>) -> Type<'a> {
        let word = shape.ty.as_str();
        let of = shape.of.as_ref().map(|item| {
            check_null(self.diagnostics, item, &shape.ty);
            Box::new(self.resolve_item(item, place.inside(word)))
        });
        let made_of = |of: Option<_>, make: fn(_) -> _| of.map_or(Type::Error, make);
        let ty = match (word, PLAIN.iter().find(|(name, _)| *name == word)) {
            (_, Some((_, plain))) => plain.clone(),
            ("list", _) => made_of(of, Type::List),
            ("map", _) => made_of(of, Type::Map),
            ("json_text", _) => made_of(of, Type::JsonText),
            ("object", _) => {
                let place = place.named_by(shape);
                Type::Object(self.resolve_object(
                    &shape.fields,
                    &shape.groups,
                    shape.rest.as_ref(),
                    place,
                ))
            }
            ("union", _) => {
                self.diagnostics
                    .error(shape.ty.span, "bad-type", "a `union` that has no name")
                    .help("define it in `types`, and write its name here");
                Type::Error
            }
            _ if self.names.shared.units.contains(word) => {
                self.names.shared.units.get(word).map_or(Type::Error, Type::Money)
            }
            _ => {
                let known = builtin().chain(self.names.shared.units.names());
                self.names.require_type(self.diagnostics, self.domain, &shape.ty, known)
            }
        };
        check_parts(self.diagnostics, shape, &ty);
        ty
    }

    /// In the order in which they are reported.
    fn resolve_limits(&mut self, shape: &'a spec::Shape) -> Vec<Limit<'a>> {
        let bounds = [
            (Measure::Bytes, &shape.bytes),
            (Measure::Chars, &shape.chars),
            (Measure::Utf16, &shape.utf16),
            (Measure::Items, &shape.items),
        ];
        let bounds = bounds.into_iter();
        let bounds =
            bounds.filter_map(|(of, bounds)| Some(Limit::Bounds { of, bounds: bounds.as_ref()? }));
        let url = Some(Limit::Url(&shape.url)).filter(|_| !shape.url.is_empty());
        let level = shape.level.as_ref().map(|spec| Limit::Level(self.resolve_level(spec)));
        let range = shape.range.as_ref().map(Limit::Range);
        let pattern = shape.pattern.as_ref().map(Limit::Pattern);
        bounds.chain(range).chain(pattern).chain(url).chain(level).collect()
    }

    fn resolve_level(&mut self, spec: &'a LevelRule) -> Level<'a> {
        let shared = &self.names.shared;
        let levels = require(self.diagnostics, &shared.levels, LEVELS, &spec.of);
        let times = spec.times.as_ref();
        let times = times.map(|name| require(self.diagnostics, &shared.settings, "setting", name));
        Level { spec, levels, times }
    }
}

fn items<T>(named: &Named<T>) -> Vec<Item<'_, T>> {
    named.iter().map(|(name, spec)| Item { name, spec }).collect()
}
