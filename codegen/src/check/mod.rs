//! The rules that a well-formed spec must still obey. One module per subject, one function per rule.

mod provenance;
mod platform;
mod addresses;
mod names;
mod shapes;
mod levels;
mod presence;
mod essentials;
mod limits;
mod pattern;
mod cycles;
mod values;
mod defaults;
mod conditions;
mod ranges;
mod across;
mod groups;
mod enums;
mod errors;
mod choices;
mod endpoints;
mod paths;
mod bodies;
mod rates;
mod tokens;
mod callbacks;
mod apis;
mod rules;

mod inside;

use crate::diagnostic::Diagnostics;
use crate::outline::{self, Object};
use crate::source::Located;
use crate::spec::File;
use crate::symbols::{self, Domain, Symbols};

pub(crate) fn check(diagnostics: &mut Diagnostics, files: &[File], symbols: &Symbols<'_>) {
    for file in files {
        provenance::check_file(diagnostics, file, symbols);
        platform::check_file(diagnostics, file);
    }
    names::check_shared(diagnostics, symbols);
    endpoints::check_names(diagnostics, symbols);
    callbacks::check_events(diagnostics, symbols);
    cycles::check(diagnostics, symbols);
    essentials::check(diagnostics, symbols);
    for (name, domain) in &symbols.domains {
        let objects = outline::objects(domain.file);
        let scope = Scope { domain: name, file: domain.file, objects: &objects, symbols };
        check_domain(diagnostics, &scope);
    }
}

/// One domain and all that its names may refer to.
struct Scope<'a> {
    domain: &'a str,
    file: &'a File,
    objects: &'a [Object<'a>],
    symbols: &'a Symbols<'a>,
}

impl<'a> Scope<'a> {
    /// The same names, seen from a domain.
    fn at(&self, domain: &'a str) -> Scope<'a> {
        Scope { domain, ..*self }
    }

    /// The domain that a reference, `name` or `other.name`, is to; one that is not there is reported.
    fn domain_of(
        &self,
        diagnostics: &mut Diagnostics,
        reference: &Located<String>,
    ) -> Option<&'a Domain<'a>> {
        let (domain, _) = symbols::split(self.domain, reference.as_str());
        let found = self.symbols.domains.get(domain);
        if found.is_none() {
            let span = diagnostics.part(reference, domain);
            let domain = Located { value: domain.to_owned(), span };
            let known = self.symbols.domains.keys().copied();
            symbols::report_unknown(diagnostics, "domain", &domain, known);
        }
        found
    }
}

fn check_domain(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    names::check(diagnostics, scope);
    shapes::check(diagnostics, scope);
    enums::check(diagnostics, scope);
    errors::check(diagnostics, scope);
    choices::check(diagnostics, scope);
    endpoints::check(diagnostics, scope);
    callbacks::check(diagnostics, scope);
    apis::check(diagnostics, scope);
    rules::check(diagnostics, scope);
    for object in scope.objects {
        for field in &object.fields.items {
            defaults::check(diagnostics, scope, field);
            conditions::check(diagnostics, scope, object, field);
            ranges::check(diagnostics, scope, object, field);
            across::check(diagnostics, scope, object, field);
        }
        groups::check(diagnostics, scope, object);
    }
}
