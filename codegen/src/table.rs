//! `ir` → Markdown tables of everything that can be called: a row for each endpoint, callback and JS API; and one for each
//! function that is made of a rule.

mod lifecycle;
mod rules;

use std::collections::BTreeSet;

use crate::ir::{
    Callback, Client, Decimal, Doc, Endpoint, Integer, JsApi, Module, Rule, Struct, Type, TypePath,
};

/// The tables, sorted by domain and name. They depend on the spec's content only.
pub(crate) fn table(client: &Client) -> String {
    let rows = client.modules.iter().flat_map(|module| rows(client, module));
    let rows = rows.map(|row| row.to_string() + "\n");
    HEAD.to_owned() + &rows.collect::<String>() + &rules::table(client)
}

const HEAD: &str = "\
| domain | name | what | call | request | answer | rules | errors | sources |
|---|---|---|---|---|---|---|---|---|
";

/// The cells of a row, as Markdown; an empty one is a dash.
struct Row([String; 9]);

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cells = self.0.iter().map(|cell| if cell.is_empty() { "–" } else { cell });
        write!(f, "| {} |", cells.collect::<Vec<_>>().join(" | "))
    }
}

fn rows(client: &Client, module: &Module) -> Vec<Row> {
    let scope = Scope { client, module };
    let endpoints = module.endpoints.iter().map(|item| (&item.wire, scope.endpoint(item)));
    let callbacks = module.callbacks.iter().map(|item| (&item.wire, scope.callback(item)));
    let js_apis = module.js_apis.iter().map(|item| (&item.name, scope.js_api(item)));
    let mut rows: Vec<(&String, Row)> = endpoints.chain(callbacks).chain(js_apis).collect();
    rows.sort_by_key(|(name, _)| *name);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A module and all that its names may refer to.
struct Scope<'a> {
    client: &'a Client,
    module: &'a Module,
}

impl<'a> Scope<'a> {
    fn endpoint(&self, endpoint: &Endpoint) -> Row {
        let method = endpoint.method.word();
        Row([
            code(&self.module.name),
            code(&endpoint.wire),
            lifecycle::what(&endpoint.title, &endpoint.deprecated, &endpoint.lifecycle),
            code(&format!("{method} {}", endpoint.path)),
            code(&endpoint.request),
            endpoint.response.as_ref().map(code_type).unwrap_or_default(),
            self.count_rules(&endpoint.request).to_string(),
            self.errors(endpoint.error.as_ref()),
            sources(&endpoint.doc),
        ])
    }

    fn callback(&self, callback: &Callback) -> Row {
        Row([
            code(&self.module.name),
            code(&callback.wire),
            lifecycle::what(&callback.title, &callback.deprecated, &callback.lifecycle),
            format!("event {}", code(&callback.event)),
            String::new(),
            code_type(&callback.content),
            String::new(),
            String::new(),
            sources(&callback.doc),
        ])
    }

    fn js_api(&self, api: &JsApi) -> Row {
        Row([
            code(&self.module.name),
            code(&api.name),
            lifecycle::what(api.title.as_deref().unwrap_or(""), &api.deprecated, &api.lifecycle),
            code(&api.wire),
            api.options.as_deref().map(code).unwrap_or_default(),
            api.success.as_deref().map(code).unwrap_or_default(),
            api.options
                .as_deref()
                .map(|name| self.count_rules(name).to_string())
                .unwrap_or_default(),
            self.errors(api.error.as_ref()),
            sources(&api.doc),
        ])
    }

    /// The enum and how many rows it has.
    fn errors(&self, path: Option<&TypePath>) -> String {
        let Some(path) = path else { return String::new() };
        let table = self
            .module_of(path)
            .and_then(|module| module.errors.iter().find(|table| table.name == path.name));
        let rows = table.map_or(0, |table| table.rows.len());
        format!("{} ({rows})", code(&write_path(path)))
    }

    fn module_of(&self, path: &TypePath) -> Option<&'a Module> {
        match &path.module {
            None => Some(self.module),
            Some(name) => self.client.modules.iter().find(|module| module.name == *name),
        }
    }

    /// What is checked before the struct is sent: its own rules and those of all types in it, each type once.
    fn count_rules(&self, name: &str) -> usize {
        let root = TypePath { module: Some(self.module.name.clone()), name: name.to_owned() };
        let (mut open, mut seen, mut total) = (vec![root], BTreeSet::new(), 0);
        while let Some(path) = open.pop() {
            let Some(module) = self.module_of(&path) else { continue };
            if !seen.insert((module.name.clone(), path.name.clone())) {
                continue;
            }
            let texts = module.texts.iter().filter(|text| text.name == path.name);
            total += texts.map(|text| count(&text.rules)).sum::<usize>();
            for item in module.structs.iter().filter(|item| item.name == path.name) {
                total += own_rules(item);
                open.extend(named_in(item.fields.iter().map(|field| &field.ty), module));
            }
            for item in module.unions.iter().filter(|item| item.name == path.name) {
                let contents = item.variants.iter().filter_map(|it| Some(&it.content.as_ref()?.ty));
                open.extend(named_in(contents, module));
                let common = item.fields.iter();
                let module = path.module.clone();
                open.extend(
                    common.map(|name| TypePath { module: module.clone(), name: name.clone() }),
                );
            }
        }
        total
    }
}

fn own_rules(item: &Struct) -> usize {
    item.groups.len() + item.fields.iter().map(|field| count(&field.rules)).sum::<usize>()
}

/// Rules that say something by themselves.
fn count(rules: &[Rule]) -> usize {
    let of = |rule: &Rule| match rule {
        Rule::Nested => 0,
        Rule::Each(rules) => count(rules),
        _ => 1,
    };
    rules.iter().map(of).sum()
}

/// What these types are made of, each with its module.
fn named_in<'a>(types: impl Iterator<Item = &'a Type>, module: &Module) -> Vec<TypePath> {
    let qualified = types.filter_map(Type::named).map(|path| TypePath {
        module: path.module.clone().or_else(|| Some(module.name.clone())),
        name: path.name.clone(),
    });
    qualified.collect()
}

fn code_type(ty: &Type) -> String {
    code(&write_type(ty))
}

/// As it is called in Rust, without the paths of what everybody knows.
fn write_type(ty: &Type) -> String {
    let name = match ty {
        Type::String => "String",
        Type::Secret => "Secret",
        Type::Bool => "bool",
        Type::Number(number) => write_number(*number),
        Type::Decimal(Decimal::Text) => "DecimalText",
        Type::Decimal(Decimal::Number) => "DecimalNumber",
        Type::Date => "Date",
        Type::DateTime => "Timestamp",
        Type::Money(money) => &money.name,
        Type::Amount(name) => name,
        Type::Json => "Json",
        Type::File => "File",
        Type::Binary => "Binary",
        Type::Named(path) => return write_path(path),
        Type::List(of) => return format!("Vec<{}>", write_type(of)),
        Type::Map(of) => return format!("BTreeMap<String, {}>", write_type(of)),
        Type::JsonText(of) => return format!("JsonText<{}>", write_type(of)),
        Type::Boxed(of) => return write_type(of),
        Type::Nullable(of) => return format!("Option<{}>", write_type(of)),
    };
    name.to_owned()
}

fn write_number(number: Integer) -> &'static str {
    match number {
        Integer::Int => "i64",
        Integer::Unsigned => "u64",
        Integer::UnixMillis => "UnixMillis",
        Integer::UnixSeconds => "UnixSeconds",
        Integer::Millis => "Millis",
        Integer::Seconds => "Seconds",
    }
}

fn write_path(path: &TypePath) -> String {
    match &path.module {
        None => path.name.clone(),
        Some(module) => format!("{module}::{}", path.name),
    }
}

/// The documents that an item cites, each once.
fn sources(doc: &Doc) -> String {
    let mut names: Vec<&str> = Vec::new();
    for source in &doc.sources {
        let name = source.split(',').next().unwrap_or(source).trim();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    escape(&names.join(", "))
}

/// What Markdown shows as it is, in one cell: longer ticks around ticks, as in prose.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// Text in which nothing is a sign of Markdown, in one line.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for char in text.chars() {
        match char {
            '\n' | '\r' => escaped.push(' '),
            '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '\\' => escaped.extend(['\\', char]),
            _ => escaped.push(char),
        }
    }
    escaped
}
