//! Names make good identifiers, and no two the same one.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::names::{constant_name, field_name, is_identifier, js_stem, type_name};
use crate::outline;
use crate::source::{Located, Named, Span};
use crate::symbols::{Symbols, Table};

use super::Scope;

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    check_types(diagnostics, scope);
    for object in scope.objects {
        let mut fields = Taken::new("field");
        for field in &object.fields.items {
            fields.take(diagnostics, &field.name, field_name(&field.name.value));
        }
    }
    for (_, table) in scope.file.errors.iter() {
        let mut variants = Taken::new("variant");
        for (name, span) in table.rows.iter().map(|row| named(&row.name)) {
            variants.take_at(diagnostics, name, span, type_name(name));
        }
    }
}

/// What the domains share becomes constants of one module, and the domains become modules beside it.
pub(super) fn check_shared(diagnostics: &mut Diagnostics, symbols: &Symbols<'_>) {
    let mut constants = Taken::new("constant");
    take_constants(diagnostics, &mut constants, &symbols.hosts);
    take_constants(diagnostics, &mut constants, &symbols.auth);
    take_constants(diagnostics, &mut constants, &symbols.envelopes);
    take_constants(diagnostics, &mut constants, &symbols.callback_envelopes);
    take_constants(diagnostics, &mut constants, &symbols.settings);
    take_constants(diagnostics, &mut constants, &symbols.levels);
    let mut modules = Taken::new("module");
    for name in symbols.domains.values().filter_map(|domain| domain.file.domain.as_ref()) {
        let (text, span) = named(name);
        if matches!(field_name(text).as_str(), "platform" | "mod" | "mod_") {
            let message = format_args!("no domain can be named `{text}`");
            diagnostics
                .error(span, "bad-name", message)
                .help("the generated client uses that name");
        }
        modules.take_at(diagnostics, text, span, field_name(text));
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

/// All that becomes a type of the domain's module.
fn check_types(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    let mut types = Taken::new("type");
    for (name, def) in scope.file.types.iter() {
        if def.shape.ty.value != "object" {
            types.take(diagnostics, name, type_name(&name.value));
        }
    }
    take_names(diagnostics, &mut types, &scope.file.enums, type_name);
    for object in scope.objects {
        types.take_at(diagnostics, &object.wire, object.span, object.name.clone());
    }
    take_names(diagnostics, &mut types, &scope.file.callbacks, type_name);
    for (name, ident) in outline::error_enums(scope.file, scope.domain, scope.symbols) {
        types.take(diagnostics, name, ident);
    }
    check_js_names(diagnostics, scope);
}

fn check_js_names(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    for name in scope.file.js_apis.names() {
        if !name.value.split('.').all(crate::source::Name::is_valid) {
            let message = format_args!("`{name}` is not the name of a JS API");
            diagnostics.error(name.span, "bad-name", message).help("write it as tt.requestOrder");
        }
    }
    let mut stems = Taken::new("type");
    for name in scope.file.js_apis.names() {
        stems.take(diagnostics, name, js_stem(&name.value));
    }
}

fn take_names<T>(
    diagnostics: &mut Diagnostics,
    taken: &mut Taken,
    names: &Named<T>,
    convert: fn(&str) -> String,
) {
    for name in names.names() {
        taken.take(diagnostics, name, convert(&name.value));
    }
}

/// The identifiers of one scope of the generated code.
pub(super) struct Taken {
    /// What they name, for complaints.
    kind: &'static str,
    by: BTreeMap<String, (String, Span)>,
}

impl Taken {
    pub(super) fn new(kind: &'static str) -> Taken {
        Taken { kind, by: BTreeMap::new() }
    }

    pub(super) fn take(
        &mut self,
        diagnostics: &mut Diagnostics,
        name: &Located<String>,
        identifier: String,
    ) {
        self.take_at(diagnostics, &name.value, name.span, identifier);
    }

    pub(super) fn take_at(
        &mut self,
        diagnostics: &mut Diagnostics,
        name: &str,
        span: Span,
        identifier: String,
    ) {
        if !is_identifier(&identifier) {
            diagnostics
                .error(span, "bad-name", format_args!("no {} can be named `{name}`", self.kind))
                .help("a name needs a letter, and no signs besides `_`, `-` and spaces");
            return;
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
                .help(format_args!("the other is at {place}; rename one of them"));
            return;
        }
        self.by.insert(identifier, (name.to_owned(), span));
    }
}
