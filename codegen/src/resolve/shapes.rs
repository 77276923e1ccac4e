//! Shapes: the one place where the name of a type is read.

use crate::diagnostic::Diagnostics;
use crate::ir::{Measure, Number};
use crate::model::{Level, Limit, Shape, Type, TypeDef};
use crate::source::Located;
use crate::spec::{self, Element, File, LevelRule};

use super::Scope;
use super::names::{LEVELS, require};
use super::objects::Place;

/// The types of the format itself that stand by themselves.
const PLAIN: &[(&str, Type<'static>)] = &[
    ("string", Type::String),
    ("bool", Type::Bool),
    ("int", Type::Number(Number::Int)),
    ("unix_ms", Type::Number(Number::UnixMillis)),
    ("unix_s", Type::Number(Number::UnixSeconds)),
    ("ms", Type::Number(Number::Millis)),
    ("s", Type::Number(Number::Seconds)),
    ("json", Type::Json),
    ("file", Type::File),
    ("function", Type::Function),
    ("text", Type::PlainText),
    ("binary", Type::Binary),
];

/// Those that are made of fields, or of another shape.
const MADE: &[&str] = &["object", "list", "map", "json_text"];

/// The names of all types of the format itself.
pub(super) fn builtin<'a>() -> impl Iterator<Item = &'a str> {
    PLAIN.iter().map(|(name, _)| *name).chain(MADE.iter().copied())
}

impl<'a> Scope<'_, 'a> {
    pub(super) fn resolve_types(&mut self, file: &'a File) {
        for (name, def) in file.types.iter() {
            let place = match self.names.domains[self.domain].types.get(name.as_str()) {
                Some(Type::Object(id)) => Place::of_type(name, *id, &def.provenance),
                _ => Place::in_type(name),
            };
            let shape = self.resolve_shape(&def.shape, place);
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
    pub(super) fn resolve_shape(&mut self, shape: &'a spec::Shape, place: Place<'a>) -> Shape<'a> {
        let ty = self.resolve_type(shape, place);
        Shape { ty, written: &shape.ty, limits: self.resolve_limits(shape), secret: &shape.secret }
    }

    fn resolve_type(&mut self, shape: &'a spec::Shape, place: Place<'a>) -> Type<'a> {
        let word = shape.ty.as_str();
        let of = shape.of.as_ref().map(|Element(inner)| {
            let place = place.inside(word);
            Box::new(self.resolve_shape(inner, place))
        });
        let made_of = |of: Option<_>, make: fn(_) -> _| of.map_or(Type::Error, make);
        let ty = match (word, PLAIN.iter().find(|(name, _)| *name == word)) {
            (_, Some((_, plain))) => plain.clone(),
            ("list", _) => made_of(of, Type::List),
            ("map", _) => made_of(of, Type::Map),
            ("json_text", _) => made_of(of, Type::JsonText),
            ("object", _) => {
                let place = place.named_by(shape);
                Type::Object(self.resolve_object(&shape.fields, &shape.groups, place))
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

    /// In the order in which they are told.
    fn resolve_limits(&mut self, shape: &'a spec::Shape) -> Vec<Limit<'a>> {
        let bounds = [
            (Measure::Bytes, &shape.bytes),
            (Measure::Chars, &shape.chars),
            (Measure::Utf16, &shape.utf16),
            (Measure::Items, &shape.items),
            (Measure::Range, &shape.range),
        ];
        let bounds = bounds.into_iter();
        let bounds =
            bounds.filter_map(|(of, bounds)| Some(Limit::Bounds { of, bounds: bounds.as_ref()? }));
        let url = Some(Limit::Url(&shape.url)).filter(|_| !shape.url.is_empty());
        let level = shape.level.as_ref().map(|spec| Limit::Level(self.resolve_level(spec)));
        bounds.chain(shape.pattern.as_ref().map(Limit::Pattern)).chain(url).chain(level).collect()
    }

    fn resolve_level(&mut self, spec: &'a LevelRule) -> Level<'a> {
        let shared = &self.names.shared;
        let levels = require(self.diagnostics, &shared.levels, LEVELS, &spec.of);
        let times = spec.times.as_ref();
        let times = times.map(|name| require(self.diagnostics, &shared.settings, "setting", name));
        Level { spec, levels, times }
    }
}

fn check_definition(diagnostics: &mut Diagnostics, name: &Located<String>, shape: &Shape<'_>) {
    if !matches!(shape.ty, Type::Object(_) | Type::String | Type::Error) {
        let message = format_args!("the type `{name}` is a `{}`", shape.written);
        diagnostics.error(shape.written.span, "bad-type", message).help(
            "a named type is an `object` or a `string`; use other types where they are needed",
        );
    }
    if builtin().any(|builtin| builtin == name.value) {
        let message = format_args!("`{name}` is the name of a type of the format itself");
        diagnostics.error(name.span, "bad-name", message).help("call it otherwise");
    }
}

/// `of`, `fields`, `groups` and `struct` stand where they have a meaning, and are there where they must be.
fn check_parts(diagnostics: &mut Diagnostics, shape: &spec::Shape, ty: &Type<'_>) {
    let written = &shape.ty;
    match (&shape.of, ty) {
        (None, Type::Error) if MADE.contains(&written.as_str()) => {
            diagnostics
                .error(written.span, "missing-key", format_args!("`{written}` needs `of`"))
                .help("add `of: string`, or whatever is inside");
        }
        (Some(Element(inner)), ty) if ty.element().is_none() && !matches!(ty, Type::Error) => {
            let message =
                format_args!("`{written}` is not made of something, so `of` has no meaning");
            diagnostics
                .error(inner.ty.span, "misplaced-key", message)
                .help("a `list`, `map` or `json_text` has it");
        }
        _ => {}
    }
    // What an unknown type has and has not cannot be said.
    if matches!(ty, Type::Error) || written.value == "object" {
        return;
    }
    if let Some(field) = shape.fields.first() {
        let message = format_args!("`{written}` has no fields");
        diagnostics.error(field.name.span, "misplaced-key", message).help("write `type: object`");
    }
    if let Some(name) = &shape.struct_name {
        let message = format_args!("`{written}` becomes no struct");
        diagnostics
            .error(name.span, "misplaced-key", message)
            .help("`struct` names what becomes of an `object` written in place");
    }
    if let Some(group) = shape.groups.first() {
        diagnostics
            .error(group.span, "misplaced-key", format_args!("`{written}` has no fields to group"))
            .help("write `type: object`");
    }
}
