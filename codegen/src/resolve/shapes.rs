//! Shapes: the one place where the name of a type is read.

use crate::diagnostic::Diagnostics;
use crate::ir::{Decimal, Integer, Measure};
use crate::model::{Level, Limit, Shape, Type, TypeDef};
use crate::source::{Located, is_set};
use crate::spec::{self, Element, File, LevelRule};

use super::Scope;
use super::names::{LEVELS, require};
use super::objects::Place;

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
pub(super) fn builtin<'a>() -> impl Iterator<Item = &'a str> {
    PLAIN.iter().map(|(name, _)| *name).chain(MADE.iter().copied())
}

impl<'a> Scope<'_, 'a> {
    pub(super) fn resolve_types(&mut self, file: &'a File) {
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
    pub(super) fn resolve_shape(&mut self, shape: &'a spec::Shape, place: Place<'a>) -> Shape<'a> {
        let ty = self.resolve_type(shape, place);
        self.shape_of(shape, ty)
    }

    /// What is inside another shape.
    pub(super) fn resolve_item(
        &mut self,
        Element(item): &'a Element,
        place: Place<'a>,
    ) -> Shape<'a> {
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

    /// In the order in which they are told.
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

/// What is in a list or map may be `null`; JSON text with nothing in it is no text, and a kind of objects is one.
pub(super) fn check_null(
    diagnostics: &mut Diagnostics,
    Element(item): &Element,
    outer: &Located<String>,
) {
    if let Some(nullable) =
        item.nullable.as_ref().filter(|_| outer.value == "json_text" || outer.value == "union")
    {
        let message = format_args!("what is in a `{outer}` cannot be `null`");
        diagnostics
            .error(nullable.span, "misplaced-key", message)
            .help("remove `nullable`; a field, an item of a `list` and a value of a `map` have it");
    }
}

fn check_definition(diagnostics: &mut Diagnostics, name: &Located<String>, shape: &Shape<'_>) {
    if !matches!(shape.ty, Type::Object(_) | Type::Union(_) | Type::String | Type::Error) {
        let message = format_args!("the type `{name}` is a `{}`", shape.written);
        diagnostics.error(shape.written.span, "bad-type", message).help(
            "a named type is an `object`, a `union` or a `string`; use other types where they are needed",
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
        (None, Type::Error) if MADE.contains(&written.as_str()) && written.value != "union" => {
            diagnostics
                .error(written.span, "missing-key", format_args!("`{written}` needs `of`"))
                .help("add `of: string`, or whatever is inside");
        }
        (Some(Element(item)), ty) if ty.element().is_none() && !matches!(ty, Type::Error) => {
            let message =
                format_args!("`{written}` is not made of something, so `of` has no meaning");
            diagnostics
                .error(item.shape.ty.span, "misplaced-key", message)
                .help("a `list`, `map` or `json_text` has it");
        }
        _ => {}
    }
    // What an unknown type has and has not cannot be said.
    if matches!(ty, Type::Error) {
        return;
    }
    let tag = shape.discriminator.as_ref().map(|tag| tag.span);
    let kind = shape.variants.first().map(|variant| variant.value.span);
    if let Some(span) = tag.or(kind).filter(|_| written.value != "union") {
        let message = format_args!("`{written}` has no variants");
        diagnostics.error(span, "misplaced-key", message).help("write `type: union`");
    }
    if written.value == "object" {
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
    if let Some(rest) = &shape.rest {
        let message = format_args!("`{written}` has no keys besides its fields");
        diagnostics
            .error(rest.of.0.shape.ty.span, "misplaced-key", message)
            .help("write `type: object`");
    }
    if let Some(group) = shape.groups.first() {
        diagnostics
            .error(group.span, "misplaced-key", format_args!("`{written}` has no fields to group"))
            .help("write `type: object`");
    }
}
