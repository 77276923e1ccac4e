//! The names that a spec defines, and what each reference to one means.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::source::{Located, Named};
use crate::spec::rules::Rules;
use crate::spec::{
    Auth, CallbackEnvelope, Enum, Envelope, ErrorTable, File, Host, Levels, Setting, Source,
    TypeDef,
};
use crate::spelling::advice;

/// What the domains share, by kind, and the domains.
pub(crate) struct Symbols<'a> {
    pub(crate) sources: Table<'a, Source>,
    pub(crate) hosts: Table<'a, Host>,
    pub(crate) auth: Table<'a, Auth>,
    pub(crate) envelopes: Table<'a, Envelope>,
    pub(crate) callback_envelopes: Table<'a, CallbackEnvelope>,
    pub(crate) settings: Table<'a, Setting>,
    pub(crate) levels: Table<'a, Levels>,
    pub(crate) domains: BTreeMap<&'a str, Domain<'a>>,
}

/// What one domain defines for its own fields and for others.
pub(crate) struct Domain<'a> {
    pub(crate) file: &'a File,
    pub(crate) types: Table<'a, TypeDef>,
    pub(crate) enums: Table<'a, Enum>,
    pub(crate) errors: Table<'a, ErrorTable>,
}

/// Items of one kind by name. An item that could not be read is known but has no value.
pub(crate) struct Table<'a, T> {
    /// What an item is called in a complaint, as `host`.
    kind: &'static str,
    items: BTreeMap<&'a str, (&'a Located<String>, Option<&'a T>)>,
}

/// What a type's name refers to.
#[derive(Clone, Copy)]
pub(crate) enum Item<'a> {
    Type(&'a TypeDef),
    Enum(&'a Enum),
    /// Something whose definition could not be read.
    Broken,
}

impl<'a, T> Table<'a, T> {
    fn new(kind: &'static str) -> Self {
        Table { kind, items: BTreeMap::new() }
    }

    fn add(&mut self, diagnostics: &mut Diagnostics, named: &'a Named<T>) {
        for (name, item) in &named.entries {
            let known = self.items.entry(name.as_str()).or_insert((name, item.as_ref()));
            if known.0.span != name.span {
                let first = diagnostics.place(known.0.span);
                let message = format_args!("a second {} named `{name}`", self.kind);
                diagnostics
                    .error(name.span, "duplicate-name", message)
                    .help(format_args!("the first is at {first}"));
            }
        }
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.items.contains_key(name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a T> {
        self.items.get(name).and_then(|(_, item)| *item)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.items.keys().copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'a Located<String>, &'a T)> {
        self.items.values().filter_map(|(name, item)| Some((*name, (*item)?)))
    }

    /// The item of this name; a name that is not there is reported.
    pub(crate) fn require(
        &self,
        diagnostics: &mut Diagnostics,
        name: &Located<String>,
    ) -> Option<&'a T> {
        if !self.contains(name.as_str()) {
            report_unknown(diagnostics, self.kind, name, self.names());
        }
        self.get(name.as_str())
    }
}

impl<'a> Symbols<'a> {
    /// The error table of this name, of the domain itself or, as `other.name`, of another.
    pub(crate) fn error_table(&self, domain: &str, name: &str) -> Option<&'a ErrorTable> {
        let (domain, name) = split(domain, name);
        self.domains.get(domain)?.errors.get(name)
    }

    /// What the name of a type refers to, if anything.
    pub(crate) fn item(&self, domain: &str, name: &str) -> Option<Item<'a>> {
        let (domain, name) = split(domain, name);
        let domain = self.domains.get(domain)?;
        if domain.types.contains(name) {
            Some(domain.types.get(name).map_or(Item::Broken, Item::Type))
        } else if domain.enums.contains(name) {
            Some(domain.enums.get(name).map_or(Item::Broken, Item::Enum))
        } else {
            None
        }
    }
}

/// Domain and name of a reference from `domain`: `name` or `other.name`.
pub(crate) fn split<'n>(domain: &'n str, name: &'n str) -> (&'n str, &'n str) {
    name.split_once('.').unwrap_or((domain, name))
}

/// A name of the domain that `reference` is to, written as `reference` is: with the domain before it or without.
pub(crate) fn written_as(reference: &str, name: &str) -> String {
    match reference.split_once('.') {
        Some((domain, _)) => format!("{domain}.{name}"),
        None => name.to_owned(),
    }
}

/// Reports a name that no item has, unless what defines it may stand where a fault kept it from being read.
pub(crate) fn report_unknown<'n>(
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

/// Collects the names of all files; a name defined twice is reported.
pub(crate) fn symbols<'a>(diagnostics: &mut Diagnostics, files: &'a [File]) -> Symbols<'a> {
    let mut symbols = Symbols {
        sources: Table::new("source"),
        hosts: Table::new("host"),
        auth: Table::new("way to authenticate"),
        envelopes: Table::new("envelope"),
        callback_envelopes: Table::new("callback envelope"),
        settings: Table::new("setting"),
        levels: Table::new("list of levels"),
        domains: BTreeMap::new(),
    };
    for file in files {
        symbols.sources.add(diagnostics, &file.sources);
        symbols.hosts.add(diagnostics, &file.hosts);
        symbols.auth.add(diagnostics, &file.auth);
        symbols.envelopes.add(diagnostics, &file.envelopes);
        symbols.callback_envelopes.add(diagnostics, &file.callback_envelopes);
        symbols.settings.add(diagnostics, &file.settings);
        symbols.levels.add(diagnostics, &file.levels);
        add_domain(diagnostics, &mut symbols.domains, file);
    }
    symbols
}

fn add_domain<'a>(
    diagnostics: &mut Diagnostics,
    domains: &mut BTreeMap<&'a str, Domain<'a>>,
    file: &'a File,
) {
    let Some(name) = &file.domain else {
        return require_domain(diagnostics, file);
    };
    if let Some(first) = domains.get(name.value.0.as_str()) {
        let first = first.file.domain.as_ref().map(|first| diagnostics.place(first.span));
        diagnostics
            .error(name.span, "duplicate-name", format_args!("a second domain named `{name}`"))
            .help(format_args!("the first is at {}", first.unwrap_or_default()));
        return diagnostics.leave_file_unread(name.span);
    }
    let mut domain = Domain {
        file,
        types: Table::new("type"),
        enums: Table::new("enum"),
        errors: Table::new("error table"),
    };
    domain.types.add(diagnostics, &file.types);
    domain.enums.add(diagnostics, &file.enums);
    domain.errors.add(diagnostics, &file.errors);
    domains.insert(&name.value.0, domain);
}

/// A file without a domain may only hold what the domains share.
fn require_domain(diagnostics: &mut Diagnostics, file: &File) {
    let names = file.types.names().chain(file.enums.names()).chain(file.errors.names());
    let names = names.chain(file.endpoints.names()).chain(file.callbacks.names());
    let rules = file.rules.iter().flat_map(Rules::names);
    if let Some(first) = names.chain(file.js_apis.names()).chain(rules).min_by_key(|name| name.span)
    {
        let message = format_args!("`{first}` belongs to no domain");
        diagnostics
            .error(first.span, "missing-key", message)
            .help("add `domain: name` at the top of the file");
    }
}
