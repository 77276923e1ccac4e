//! Names make good identifiers, and no two the same one.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::model::{Model, Object, Rest, Role, Table};
use crate::names::{constant_name, field_name, is_identifier, js_stem, required_name, type_name};
use crate::source::{Located, Span};

use super::{Scope, formerly};

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    check_types(diagnostics, scope);
    for object in scope.objects() {
        check_fields(diagnostics, object);
    }
    for table in &scope.domain.errors {
        let mut variants = Taken::new("variant");
        for (name, span) in table.spec.rows.iter().map(|row| named(&row.name)) {
            variants.take_at(diagnostics, name, span, type_name(name));
        }
    }
}

/// Two fields of one name on the wire are one too many; two of one name in Rust can be told apart there.
fn check_fields(diagnostics: &mut Diagnostics, object: &Object<'_>) {
    let mut wire = BTreeMap::new();
    let mut taken = Taken::new("field").advise("add `rust: …` to one of them, its name in Rust");
    for field in &object.fields {
        let name = &field.spec.name;
        if let Some(first) = wire.insert(&name.value, name.span) {
            let first = diagnostics.place(first);
            diagnostics
                .error(name.span, "name-clash", format_args!("the field `{name}` is given twice"))
                .help(format_args!("the other is at {first}; remove one of them"));
            continue;
        }
        if field.spec.constant.is_some() {
            continue;
        }
        let span = field.spec.rust.as_ref().map_or(name.span, |rust| rust.span);
        taken.take_at(diagnostics, &name.value, span, field.rust.clone());
    }
    if let Some(Rest { spec, rust, of }) = &object.rest {
        let span = spec.rust.as_ref().map_or(of.written.span, |rust| rust.span);
        taken.take_at(diagnostics, "rest", span, rust.clone());
    }
}

/// What the domains share becomes constants of one module, and the domains become modules beside it.
pub(super) fn check_shared(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    let mut constants = Taken::new("constant");
    if let Some(zone) = &model.time_zone {
        let offset = &zone.spec.offset;
        constants.take_at(diagnostics, "time_zone", offset.span, "TIME_ZONE".to_owned());
    }
    if let Some(support) = model.js_support {
        let span = support.function.span;
        constants.take_at(diagnostics, "js_support", span, "JS_SUPPORT".to_owned());
    }
    take_constants(diagnostics, &mut constants, &model.shared.hosts);
    take_constants(diagnostics, &mut constants, &model.shared.auth);
    take_constants(diagnostics, &mut constants, &model.shared.envelopes);
    take_constants(diagnostics, &mut constants, &model.shared.callback_envelopes);
    take_constants(diagnostics, &mut constants, &model.shared.schemes);
    take_constants(diagnostics, &mut constants, &model.shared.ciphers);
    take_constants(diagnostics, &mut constants, &model.shared.callback_schemes);
    take_constants(diagnostics, &mut constants, &model.shared.settings);
    take_constants(diagnostics, &mut constants, &model.shared.levels);
    check_shared_types(diagnostics, model);
    let mut modules = Taken::new("module");
    for name in model.domains.iter().filter_map(|domain| domain.file.domain.as_ref()) {
        let (text, span) = named(name);
        if matches!(field_name(text).as_str(), "platform" | "mod" | "mod_") {
            let message = format_args!("no domain can be named `{text}`");
            diagnostics
                .error(span, "bad-name", message)
                .help("the generated client uses that name");
        }
        modules.take_at(diagnostics, text, span, field_name(text));
    }
    formerly::check_domains(diagnostics, model, &modules);
}

/// Units, and the events of each callback envelope, become types of the same module.
fn check_shared_types(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    let mut types = Taken::new("type");
    for (name, _) in model.shared.callback_envelopes.iter() {
        types.take(diagnostics, name, type_name(&name.value) + "Event");
    }
    for (name, _) in model.shared.units.iter() {
        types.take(diagnostics, name, type_name(&name.value));
    }
}

fn take_constants<T>(diagnostics: &mut Diagnostics, taken: &mut Taken, table: &Table<'_, T>) {
    for (name, _) in table.iter() {
        taken.take(diagnostics, name, constant_name(&name.value));
    }
}

fn named(name: &Located<crate::source::Name>) -> (&str, Span) {
    (&name.value.0, name.span)
}

/// All that becomes a type of the domain's module. What is part of an item whose own name clashes is left out.
fn check_types(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    let file = scope.domain.file;
    let mut types = Taken::new("type")
        .advise(
            "rename one of them: a type, an enum or an endpoint by its key, which is not on the wire; an object written in place by \
             `struct`; a JS API by `rust`",
        );
    let mut endpoints = Taken::new("endpoint");
    let mut clashing = Vec::new();
    for name in file.types.names().chain(file.enums.names()) {
        clashing.extend(take_item(diagnostics, &mut types, name, type_name));
    }
    for name in file.callbacks.names() {
        clashing.extend(take_item(diagnostics, &mut types, name, field_name));
    }
    for name in file.endpoints.names() {
        clashing.extend(take_item(diagnostics, &mut endpoints, name, field_name));
    }
    file.errors.names().for_each(|name| check_plain(diagnostics, name, field_name));
    clashing.extend(check_js_names(diagnostics, scope));
    let clashes = |item: &Located<String>| clashing.contains(&item.span);
    for (name, api) in file.js_apis.iter().filter(|(name, _)| !clashes(name)) {
        // One without options becomes a type itself.
        if api.options.is_none() {
            types.take(diagnostics, name, js_stem(api.label(name)));
        }
    }
    for id in &scope.domain.objects {
        let object = &scope.model[*id];
        let mut take = |name| types.take_at(diagnostics, &object.wire, object.span, name);
        let is_free = !clashes(object.item) && (has_own_name(object) || take(object.name.clone()));
        if is_free && scope.model.sent.contains(id) && object.must_be_given() {
            take(required_name(&object.name));
        }
    }
    for union in scope.domain.unions.iter().map(|id| &scope.model[*id]) {
        if union.fields.is_some() && !clashes(union.name) {
            types.take(diagnostics, union.name, union.kinds.clone());
        }
    }
    for endpoint in scope.domain.endpoints.iter().filter(|item| !clashes(item.name)) {
        if !endpoint.responses.is_empty() {
            types.take(diagnostics, endpoint.name, endpoint.responses_name.clone());
        }
    }
    for error_enum in scope.model.error_enums(scope.domain) {
        if !clashes(error_enum.item) {
            types.take(diagnostics, error_enum.item, error_enum.name.to_owned());
        }
    }
    formerly::check_types(diagnostics, scope, &types);
}

/// Whether it is named as the type that it is, which has been taken as such.
fn has_own_name(object: &Object<'_>) -> bool {
    matches!(object.role, Role::Type) && object.name == type_name(&object.item.value)
}

/// Takes the name of an item; gives its place if it clashes.
fn take_item(
    diagnostics: &mut Diagnostics,
    taken: &mut Taken,
    name: &Located<String>,
    plain: fn(&str) -> String,
) -> Option<Span> {
    check_plain(diagnostics, name, plain);
    let free = taken.take(diagnostics, name, type_name(&name.value));
    (!free).then_some(name.span)
}

/// A dot in a reference ends the name of another domain. `plain` makes a name of the item's kind.
fn check_plain(diagnostics: &mut Diagnostics, name: &Located<String>, plain: fn(&str) -> String) {
    if name.value.contains('.') {
        let plain = plain(&name.value);
        let written = match is_identifier(&plain) {
            true => format!(": write `{plain}`"),
            false => String::new(),
        };
        diagnostics.error(name.span, "bad-name", format_args!("`{name}` has a `.` in it")).help(
            format_args!("what stands before a `.` would be read as the name of a domain{written}"),
        );
    }
}

/// JS APIs are told by what stands after the last dot. Gives the places of names that clash.
fn check_js_names(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) -> Vec<Span> {
    let mut clashing = Vec::new();
    let mut stems = Taken::new("JS API").advise("add `rust: …` to one of them, its name in Rust");
    for (name, api) in &scope.domain.file.js_apis.entries {
        let (label, span) = match api.as_ref().and_then(|api| api.rust.as_ref()) {
            Some(rust) => (&rust.value.0, rust.span),
            None => (&name.value, name.span),
        };
        if !name.value.split('.').all(crate::source::Name::is_valid) {
            let message = format_args!("`{name}` is not the name of a JS API");
            diagnostics.error(name.span, "bad-name", message).help("write it as shop.pay");
            clashing.push(name.span);
        } else if !stems.take_at(diagnostics, &name.value, span, js_stem(label)) {
            clashing.push(name.span);
        }
    }
    clashing
}

/// The identifiers of one scope of the generated code.
pub(super) struct Taken {
    /// What they name, for complaints.
    kind: &'static str,
    /// What to do about two of one name.
    advice: &'static str,
    by: BTreeMap<String, (String, Span)>,
}

impl Taken {
    pub(super) fn new(kind: &'static str) -> Taken {
        Taken { kind, advice: "rename one of them", by: BTreeMap::new() }
    }

    pub(super) fn advise(self, advice: &'static str) -> Taken {
        Taken { advice, ..self }
    }

    /// Takes an identifier; false if it was not free.
    pub(super) fn take(
        &mut self,
        diagnostics: &mut Diagnostics,
        name: &Located<String>,
        identifier: String,
    ) -> bool {
        self.take_at(diagnostics, &name.value, name.span, identifier)
    }

    pub(super) fn take_at(
        &mut self,
        diagnostics: &mut Diagnostics,
        name: &str,
        span: Span,
        identifier: String,
    ) -> bool {
        if !is_identifier(&identifier) {
            diagnostics
                .error(span, "bad-name", format_args!("no {} can be named `{name}`", self.kind))
                .help(match self.kind {
                    "field" => "a name needs a letter; add `rust: …`, its name in Rust",
                    _ => "a name needs a letter",
                });
            return false;
        }
        if let Some((other, place)) = self.by.get(&identifier) {
            let place = diagnostics.place(*place);
            let message = if other == name {
                format!("the {} `{name}` is given twice", self.kind)
            } else {
                format!("`{name}` and `{other}` both become the {} `{identifier}`", self.kind)
            };
            diagnostics
                .error(span, "name-clash", message)
                .help(format_args!("the other is at {place}; {}", self.advice));
            return false;
        }
        self.by.insert(identifier, (name.to_owned(), span));
        true
    }

    pub(super) fn holds(&self, identifier: &str) -> bool {
        self.by.contains_key(identifier)
    }
}
