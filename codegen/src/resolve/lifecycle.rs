//! What replaces what is deprecated.

use crate::diagnostic::Diagnostics;
use crate::model::lifecycle::{Deprecated, Replacement, Successor};
use crate::model::{DomainItem, ObjectId, Reported, Resolved};
use crate::source::{Located, Named, Scalar};
use crate::spec::lifecycle as spec;
use crate::spec::{Enum, File, Value};

use super::Scope;
use super::names::{report_unknown, split};

type Written<T> = Option<Located<T>>;

impl<'a> Scope<'_, 'a> {
    pub(super) fn resolve_deprecated_endpoint(
        &mut self,
        own: &'a Located<String>,
        deprecated: &'a Written<spec::Deprecated>,
    ) -> Option<Deprecated<'a>> {
        self.resolve_deprecated(own, deprecated, |scope, name| {
            let item = scope.require_item("endpoint", name, |file| &file.endpoints);
            item.map(Successor::Endpoint)
        })
    }

    pub(super) fn resolve_deprecated_callback(
        &mut self,
        own: &'a Located<String>,
        deprecated: &'a Written<spec::Deprecated>,
    ) -> Option<Deprecated<'a>> {
        self.resolve_deprecated(own, deprecated, |scope, name| {
            let item = scope.require_item("callback", name, |file| &file.callbacks);
            item.map(Successor::Callback)
        })
    }

    /// The dot in the name of a JS API divides no domain from it, so that all domains are asked.
    pub(super) fn resolve_deprecated_js_api(
        &mut self,
        own: &'a Located<String>,
        deprecated: &'a Written<spec::Deprecated>,
    ) -> Option<Deprecated<'a>> {
        self.resolve_deprecated(own, deprecated, |scope, name| {
            let mut domains: Vec<(&'a str, &'a File)> =
                scope.names.domains.iter().map(|(domain, own)| (*domain, own.file)).collect();
            domains.sort_by_key(|(domain, _)| *domain != scope.domain);
            for (domain, file) in &domains {
                if let Some(found) = find(domain, &file.js_apis, name.as_str()) {
                    return found.map(Successor::JsApi);
                }
            }
            let known = domains.iter().flat_map(|(_, file)| file.js_apis.names());
            report_unknown(scope.diagnostics, "JS API", name, known.map(|name| name.as_str()));
            Err(Reported)
        })
    }

    /// A string or object is replaced by another, or by an enum; and so is an enum.
    pub(super) fn resolve_deprecated_type(
        &mut self,
        own: &'a Located<String>,
        deprecated: &'a Written<spec::Deprecated>,
    ) -> Option<Deprecated<'a>> {
        self.resolve_deprecated(own, deprecated, |scope, name| {
            let (domain, names) =
                scope.names.require_domain(scope.diagnostics, scope.domain, name)?;
            let (_, last) = split(domain, name.as_str());
            let (types, enums) = (&names.file.types, &names.file.enums);
            if let Some(found) = find(domain, types, last) {
                return found.map(Successor::Type);
            }
            if let Some(found) = find(domain, enums, last) {
                return found.map(Successor::Enum);
            }
            let known = types.names().chain(enums.names()).map(|name| name.as_str());
            report_unknown(scope.diagnostics, "type", name, known);
            Err(Reported)
        })
    }

    pub(super) fn resolve_deprecated_field(
        &mut self,
        object: ObjectId,
        own: &'a Located<String>,
        deprecated: &'a Written<spec::Deprecated>,
    ) -> Option<Deprecated<'a>> {
        self.resolve_deprecated(own, deprecated, |scope, name| {
            scope.resolve_use(Ok(object), name).field.map(Successor::Field)
        })
    }

    pub(super) fn resolve_deprecated_value(
        &mut self,
        of: &'a Enum,
        own: &'a Value,
    ) -> Option<Deprecated<'a>> {
        let Located { value: spec, span } = own.deprecated.as_ref()?;
        let instead = spec.instead.as_ref().map(|given| Replacement {
            name: plain(&given.value),
            span: given.span,
            to: self.require_value(of, own, given),
        });
        let (why, source) = (spec.why.as_ref(), spec.source.as_slice());
        Some(Deprecated { span: *span, instead, why, source })
    }

    fn require_value(
        &mut self,
        of: &'a Enum,
        own: &'a Value,
        given: &Located<Scalar>,
    ) -> Resolved<Successor<'a>> {
        let mut values = of.values.iter();
        match values.find(|value| value.value.value == given.value) {
            Some(found) if std::ptr::eq(found, own) => {
                let name = Located { value: plain(&given.value), span: given.span };
                Err(report_itself(self.diagnostics, &name))
            }
            Some(found) => Ok(Successor::Value(found)),
            None => {
                if of.values.whole {
                    let message = format_args!("the enum has no value `{}`", plain(&given.value));
                    self.diagnostics
                        .error(given.span, "unknown-reference", message)
                        .help("name the value that replaces it as it is on the wire");
                }
                Err(Reported)
            }
        }
    }

    fn resolve_deprecated(
        &mut self,
        own: &'a Located<String>,
        deprecated: &'a Written<spec::Deprecated>,
        require: impl FnOnce(&mut Self, &'a Located<String>) -> Resolved<Successor<'a>>,
    ) -> Option<Deprecated<'a>> {
        let Located { value: spec, span } = deprecated.as_ref()?;
        let instead = spec.instead.as_ref().map(|name| {
            let is_itself =
                name.value == own.value || name.value == format!("{}.{own}", self.domain);
            let to = match is_itself {
                true => Err(report_itself(self.diagnostics, name)),
                false => require(self, name),
            };
            Replacement { name: name.value.clone(), span: name.span, to }
        });
        let (why, source) = (spec.why.as_ref(), spec.source.as_slice());
        Some(Deprecated { span: *span, instead, why, source })
    }

    /// The item of this kind and name, of this domain or another; one that is not there is reported.
    fn require_item<T>(
        &mut self,
        kind: &str,
        name: &'a Located<String>,
        items: fn(&'a File) -> &'a Named<T>,
    ) -> Resolved<DomainItem<'a, T>> {
        let (domain, names) = self.names.require_domain(self.diagnostics, self.domain, name)?;
        let items = items(names.file);
        let (_, last) = split(domain, name.as_str());
        find(domain, items, last).unwrap_or_else(|| {
            let known = items.names().map(|name| name.as_str());
            report_unknown(self.diagnostics, kind, name, known);
            Err(Reported)
        })
    }
}

/// The item of this name; one that could not be read has been reported.
fn find<'a, T>(
    domain: &'a str,
    items: &'a Named<T>,
    name: &str,
) -> Option<Resolved<DomainItem<'a, T>>> {
    let (name, spec) = items.entries.iter().find(|(known, _)| known.value == name)?;
    let item = spec.as_ref().map(|spec| DomainItem { domain, name, spec });
    Some(item.ok_or(Reported))
}

fn report_itself(diagnostics: &mut Diagnostics, name: &Located<String>) -> Reported {
    diagnostics
        .error(name.span, "bad-deprecation", format_args!("`{name}` replaces itself"))
        .help("name what replaces it, or remove `instead`");
    Reported
}

/// Without quotes.
fn plain(value: &Scalar) -> String {
    match value {
        Scalar::String(text) => text.clone(),
        other => other.to_string(),
    }
}
