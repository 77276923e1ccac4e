//! The names that a spec defines, and what each reference to one leads to.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::model::{
    DomainItem, Item, ObjectId, Reported, Resolved, Shared, Table, Type, TypeId, UnionId,
};
use crate::source::{List, Located, Name, Named};
use crate::spec::rules::Rules;
use crate::spec::{ErrorTable, Field, File};
use crate::spelling::advice;

/// What the domains share, and what each defines.
pub(super) struct Names<'a> {
    pub(super) shared: Shared<'a>,
    pub(super) domains: BTreeMap<&'a str, DomainNames<'a>>,
    /// The fields of all named objects.
    pub(super) objects: Vec<&'a List<Field>>,
    /// How many unions there are.
    pub(super) unions: usize,
}

/// What one domain defines for its own fields and for others.
pub(super) struct DomainNames<'a> {
    pub(super) file: &'a File,
    name: &'a Located<Name>,
    pub(super) types: BTreeMap<&'a str, Type<'a>>,
    enums: BTreeMap<&'a str, Type<'a>>,
    errors: Table<'a, ErrorTable>,
}

impl<'a> DomainNames<'a> {
    /// What the name of a type leads to.
    fn ty(&self, name: &str) -> Option<&Type<'a>> {
        self.types.get(name).or_else(|| self.enums.get(name))
    }
}

/// Collects the names of all files; a name defined twice is reported.
pub(super) fn names<'a>(diagnostics: &mut Diagnostics, files: &'a [File]) -> Names<'a> {
    let shared = Shared {
        sources: table(diagnostics, "source", files.iter().map(|file| &file.sources)),
        hosts: table(diagnostics, "host", files.iter().map(|file| &file.hosts)),
        auth: table(diagnostics, AUTH, files.iter().map(|file| &file.auth)),
        envelopes: table(diagnostics, "envelope", files.iter().map(|file| &file.envelopes)),
        callback_envelopes: table(
            diagnostics,
            "callback envelope",
            files.iter().map(|file| &file.callback_envelopes),
        ),
        units: table(diagnostics, UNIT, files.iter().map(|file| &file.units)),
        schemes: table(diagnostics, "scheme", files.iter().map(|file| &file.schemes)),
        ciphers: table(diagnostics, "cipher", files.iter().map(|file| &file.ciphers)),
        callback_schemes: table(
            diagnostics,
            "callback scheme",
            files.iter().map(|file| &file.callback_schemes),
        ),
        settings: table(diagnostics, "setting", files.iter().map(|file| &file.settings)),
        levels: table(diagnostics, LEVELS, files.iter().map(|file| &file.levels)),
    };
    let mut names = Names { shared, domains: BTreeMap::new(), objects: Vec::new(), unions: 0 };
    for file in files {
        add_domain(diagnostics, &mut names, file);
    }
    names.number_types();
    names
}

pub(super) const AUTH: &str = "way to authenticate";
pub(super) const LEVELS: &str = "list of levels";
pub(super) const UNIT: &str = "unit of money";

/// `kind` is what an item is called in a complaint, as `host`.
fn table<'a, T: 'a>(
    diagnostics: &mut Diagnostics,
    kind: &str,
    files: impl Iterator<Item = &'a Named<T>>,
) -> Table<'a, T> {
    let mut items = BTreeMap::new();
    for (name, item) in files.flat_map(|named| &named.entries) {
        let known: &mut (&Located<String>, _) =
            items.entry(name.as_str()).or_insert((name, item.as_ref()));
        if known.0.span != name.span {
            let first = diagnostics.place(known.0.span);
            diagnostics
                .error(name.span, "duplicate-name", format_args!("a second {kind} named `{name}`"))
                .help(format_args!("the first is at {first}"));
        }
    }
    Table { items }
}

fn add_domain<'a>(diagnostics: &mut Diagnostics, names: &mut Names<'a>, file: &'a File) {
    let Some(name) = &file.domain else {
        return require_domain(diagnostics, file);
    };
    if let Some(first) = names.domains.get(name.value.0.as_str()) {
        let first = diagnostics.place(first.name.span);
        diagnostics
            .error(name.span, "duplicate-name", format_args!("a second domain named `{name}`"))
            .help(format_args!("the first is at {first}"));
        return diagnostics.leave_file_unread(name.span);
    }
    let domain = name.value.0.as_str();
    let enums = file.enums.entries.iter().map(|(name, spec)| {
        let item = spec.as_ref().map(|spec| Type::Enum(DomainItem { domain, name, spec }));
        (name.as_str(), item.unwrap_or(Type::Error))
    });
    let enums = enums.collect();
    let errors = table(diagnostics, "error table", [&file.errors].into_iter());
    let types = BTreeMap::new();
    names.domains.insert(domain, DomainNames { file, name, types, enums, errors });
}

/// What is to be done about an item in a file without a domain.
const SHARED: &str = "add `domain: name` at the top of the file; one without holds `sources`, `hosts`, `auth`, `envelopes`, \
                      `callback_envelopes`, `time_zone`, `units`, `schemes`, `ciphers`, `callback_schemes`, `settings`, `levels` \
                      and `js_support` only";

/// A file without a domain may only hold what the domains share.
fn require_domain(diagnostics: &mut Diagnostics, file: &File) {
    let names = file.types.names().chain(file.enums.names()).chain(file.errors.names());
    let names = names.chain(file.endpoints.names()).chain(file.callbacks.names());
    let rules = file.rules.iter().flat_map(Rules::names);
    if let Some(first) = names.chain(file.js_apis.names()).chain(rules).min_by_key(|name| name.span)
    {
        let message = format_args!("`{first}` belongs to no domain");
        diagnostics.error(first.span, "missing-key", message).help(SHARED);
        // So nobody knows by which name others would name its items.
        diagnostics.leave_file_unread(first.span);
    }
}

impl<'a> Names<'a> {
    /// Gives each named type its number, so that types can name each other before they are looked into.
    fn number_types(&mut self) {
        let mut number = 0;
        for domain in self.domains.values_mut() {
            for (name, def) in &domain.file.types.entries {
                let ty = match def.as_ref().map(|def| (def.shape.ty.as_str(), &def.shape.fields)) {
                    Some(("object", fields)) => {
                        self.objects.push(fields);
                        Type::Object(ObjectId(self.objects.len() - 1))
                    }
                    Some(("union", _)) => {
                        self.unions += 1;
                        Type::Union(UnionId(self.unions - 1))
                    }
                    Some(("string", _)) => Type::Text(TypeId(number)),
                    _ => Type::Error,
                };
                number += usize::from(def.is_some());
                domain.types.insert(name.as_str(), ty);
            }
        }
    }

    /// The type of this name; one that is not there is reported. `builtin` are the names of the format itself and of units.
    pub(super) fn require_type(
        &self,
        diagnostics: &mut Diagnostics,
        from: &'a str,
        reference: &Located<String>,
        builtin: impl Iterator<Item = &'a str>,
    ) -> Type<'a> {
        let Ok((_, domain)) = self.require_domain(diagnostics, from, reference) else {
            return Type::Error;
        };
        if let Some(ty) = domain.ty(split(from, reference.as_str()).1) {
            return ty.clone();
        }
        let known = domain.types.keys().chain(domain.enums.keys());
        let known = known.map(|known| written_as(reference.as_str(), known));
        let known: Vec<String> = known.chain(builtin.map(str::to_owned)).collect();
        report_unknown(diagnostics, "type", reference, known.iter().map(String::as_str));
        Type::Error
    }

    /// The error table of this name; one that is not there is reported.
    pub(super) fn require_errors(
        &self,
        diagnostics: &mut Diagnostics,
        from: &'a str,
        reference: &Located<String>,
    ) -> Resolved<DomainItem<'a, ErrorTable>> {
        let (domain, names) = self.require_domain(diagnostics, from, reference)?;
        let (_, name) = split(from, reference.as_str());
        if !names.errors.contains(name) {
            let known = names.errors.names().map(|known| written_as(reference.as_str(), known));
            let known: Vec<String> = known.collect();
            let known = known.iter().map(String::as_str);
            report_unknown(diagnostics, "error table", reference, known);
        }
        let Item { name, spec } = names.errors.get(name).ok_or(Reported)?;
        Ok(DomainItem { domain, name, spec })
    }

    /// The domain that a reference, `name` or `other.name`, is to; one that is not there is reported.
    pub(super) fn require_domain(
        &self,
        diagnostics: &mut Diagnostics,
        from: &str,
        reference: &Located<String>,
    ) -> Resolved<(&'a str, &DomainNames<'a>)> {
        let (domain, _) = split(from, reference.as_str());
        if let Some((name, names)) = self.domains.get_key_value(domain) {
            return Ok((name, names));
        }
        // It may be of a file that does not say its domain.
        if diagnostics.is_unread(split(from, reference.as_str()).1) {
            return Err(Reported);
        }
        let span = diagnostics.part(reference, domain);
        let domain = Located { value: domain.to_owned(), span };
        report_unknown(diagnostics, "domain", &domain, self.domains.keys().copied());
        Err(Reported)
    }
}

/// The item of this name; a name that is not there is reported.
pub(super) fn require<'a, T>(
    diagnostics: &mut Diagnostics,
    table: &Table<'a, T>,
    kind: &str,
    name: &Located<String>,
) -> Resolved<Item<'a, T>> {
    if !table.contains(name.as_str()) {
        report_unknown(diagnostics, kind, name, table.names());
    }
    table.get(name.as_str()).ok_or(Reported)
}

/// Domain and name of a reference from `domain`: `name` or `other.name`.
pub(super) fn split<'n>(domain: &'n str, name: &'n str) -> (&'n str, &'n str) {
    name.split_once('.').unwrap_or((domain, name))
}

/// A name of the domain that `reference` is to, written as `reference` is: with the domain before it or without.
fn written_as(reference: &str, name: &str) -> String {
    match reference.split_once('.') {
        Some((domain, _)) => format!("{domain}.{name}"),
        None => name.to_owned(),
    }
}

/// Reports a name that no item has, unless what defines it may stand where a fault kept it from being read.
pub(super) fn report_unknown<'n>(
    diagnostics: &mut Diagnostics,
    kind: &str,
    name: &Located<String>,
    known: impl Iterator<Item = &'n str>,
) {
    let (_, last) = split("", name.as_str());
    if diagnostics.is_unread(last) {
        return;
    }
    let code = match kind {
        "type" => "unknown-type",
        "field" => "unknown-field",
        _ => "unknown-reference",
    };
    let complaint =
        diagnostics.error(name.span, code, format_args!("there is no {kind} named `{name}`"));
    let mut known = known.peekable();
    if known.peek().is_some() {
        complaint.help(advice(name.as_str(), known));
    } else {
        complaint.help(format_args!("the spec defines no {kind}"));
    }
}
