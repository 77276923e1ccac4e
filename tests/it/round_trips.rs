//! Every type of the real spec and of the other platforms is written and read again through serde, if that is asked for: equal,
//! and with all that was read. What each is tried with is made from the ir.

use std::fmt::Debug;

use apiscribe_codegen::ir::{
    Client, Decimal, Enum, Field, Module, Place, Presence, Scalar, Struct, Type, TypePath, Union,
};
use apiscribe_codegen::source::Sources;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::support::{entries, folder, name_of};

/// Reads a value, writes it, and gives what was written.
type RoundTrip = fn(&Value) -> Result<Value, String>;

// For each platform, module and type.
#[allow(deprecated, reason = "deprecated types are read and written, too")]
mod types {
    use super::{RoundTrip, round_trip};

    include!(concat!(env!("OUT_DIR"), "/round_trips.rs"));
}

fn round_trip<T>(json: &Value) -> Result<Value, String>
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let value: T = serde_json::from_str(&json.to_string()).map_err(|error| error.to_string())?;
    let text = serde_json::to_string(&value).map_err(|error| error.to_string())?;
    let again: T = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    match again == value {
        true => serde_json::from_str(&text).map_err(|error| error.to_string()),
        false => Err(format!("{value:?} is read as {again:?}")),
    }
}

#[test]
fn whatever_is_read_is_written_and_read_again() {
    let mut faults = Vec::new();
    for (platform, client) in clients() {
        for (_, module, name, round_trip) in types::TYPES.iter().filter(|row| row.0 == platform) {
            for samples in [Kind::Full, Kind::Least, Kind::Later] {
                let samples = Samples { client: &client, kind: samples };
                let sample = samples.named(&client, module, name, 0);
                let written = round_trip(&sample).map(plain);
                if written.as_ref() != Ok(&plain(sample.clone())) {
                    faults.push(format!("{platform} {module}::{name}: {sample} is {written:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_struct_is_tried_but_requests_that_are_more_than_their_json() {
    for (platform, client) in clients() {
        for module in &client.modules {
            let structs = module.structs.iter().filter(|item| item.read || item.written);
            for item in structs.filter(|item| !is_tried(&platform, &module.name, &item.name)) {
                let is_elsewhere = |place| !matches!(place, Place::Body | Place::Rest);
                let mut places = item.fields.iter().map(|field| field.place);
                assert!(places.any(is_elsewhere), "{platform} {}::{}", module.name, item.name);
            }
            let mut unions = module.unions.iter();
            assert!(unions.all(|item| is_tried(&platform, &module.name, &item.name)));
        }
    }
}

fn is_tried(platform: &str, module: &str, name: &str) -> bool {
    types::TYPES.iter().any(|row| (row.0, row.1, row.2) == (platform, module, name))
}

fn clients() -> Vec<(String, Client)> {
    let ir = |sources: &Sources| apiscribe_codegen::ir(sources).unwrap();
    let platforms = entries(&folder("platforms")).into_iter().filter(|path| path.is_dir());
    let others = platforms.map(|platform| {
        let sources = apiscribe_codegen::folder::read(platform.join("spec")).unwrap();
        (name_of(&platform), ir(&sources))
    });
    let real = ("real".to_owned(), ir(&Sources::new(douyin_spec::files())));
    [real].into_iter().chain(others).collect()
}

/// JSON text inside of strings has its keys in the order of the fields.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            object.into_iter().map(|(key, value)| (key, plain(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::String(text) if text.starts_with(['{', '[']) => {
            serde_json::from_str(&text).map_or(Value::String(text), plain)
        }
        other => other,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Every field.
    Full,
    /// What must be there.
    Least,
    /// Every field, and values that are documented later.
    Later,
}

struct Samples<'a> {
    client: &'a Client,
    kind: Kind,
}

/// How deep objects are nested that may hold themselves.
const DEEPEST: usize = 6;

impl Samples<'_> {
    fn named(&self, client: &Client, module: &str, name: &str, depth: usize) -> Value {
        let module = client.modules.iter().find(|it| it.name == module).expect("a module");
        if let Some(item) = module.unions.iter().find(|item| item.name == name) {
            return self.union(module, item, depth);
        }
        if let Some(item) = module.structs.iter().find(|item| item.name == name) {
            return Value::Object(self.object(module, item, depth));
        }
        let item = module.enums.iter().find(|item| item.name == name);
        item.map_or_else(|| "text-1".into(), |item| self.value(item))
    }

    fn value(&self, item: &Enum) -> Value {
        match (&item.variants[0].value, self.kind) {
            (Scalar::Int(_), Kind::Later) => 471_101.into(),
            (_, Kind::Later) => "LATER".into(),
            (value, _) => scalar(value),
        }
    }

    fn union(&self, module: &Module, item: &Union, depth: usize) -> Value {
        let fields = item.fields.iter().map(|name| find(module, name));
        let mut object: Map<String, Value> =
            fields.flat_map(|item| self.object(module, item, depth)).collect();
        if self.kind == Kind::Later {
            object.extend([(item.tag.clone(), "later".into()), ("later".to_owned(), json!([1]))]);
            return Value::Object(object);
        }
        let variant = &item.variants[0];
        object.insert(item.tag.clone(), scalar(&variant.value));
        if let Some(content) = &variant.content {
            let value = self.value_of(module, &content.ty, depth);
            match (&content.key, value) {
                (Some(key), value) => drop(object.insert(key.clone(), value)),
                (None, Value::Object(beside)) => object.extend(beside),
                (None, other) => panic!("{other} is no object"),
            }
        }
        Value::Object(object)
    }

    fn object(&self, module: &Module, item: &Struct, depth: usize) -> Map<String, Value> {
        let constants = item.constants.iter().filter(|constant| constant.place == Place::Body);
        let constants = constants.map(|constant| (constant.wire.clone(), scalar(&constant.value)));
        let fields = item.fields.iter().filter(|field| self.is_there(field, depth));
        let fields = fields.flat_map(|field| match field.place {
            Place::Body => vec![(field.wire.clone(), self.field(module, field, depth))],
            Place::Rest => match self.field(module, field, depth) {
                Value::Object(rest) => rest.into_iter().collect(),
                other => panic!("{other} is no map"),
            },
            _ => Vec::new(),
        });
        constants.chain(fields).collect()
    }

    fn is_there(&self, field: &Field, depth: usize) -> bool {
        let is_required = matches!(field.presence, Presence::Required | Presence::Nullable);
        is_required || (self.kind != Kind::Least && depth < DEEPEST)
    }

    fn field(&self, module: &Module, field: &Field, depth: usize) -> Value {
        match field.presence {
            Presence::Nullable if self.kind == Kind::Least => Value::Null,
            _ => self.value_of(module, &field.ty, depth + 1),
        }
    }

    fn value_of(&self, module: &Module, ty: &Type, depth: usize) -> Value {
        match ty {
            Type::String => "text \"1\"".into(),
            Type::Secret => "secret-1".into(),
            Type::Bool => true.into(),
            Type::Number(_) | Type::Money(_) | Type::Amount(_) => 648.into(),
            Type::Decimal(Decimal::Text) => "12.50".into(),
            Type::Decimal(Decimal::Number) => 12.5.into(),
            Type::Date => "2024-02-29".into(),
            Type::DateTime => "2024-06-19T19:22:45Z".into(),
            Type::Json => json!({"free": [1, null]}),
            Type::File | Type::Binary => panic!("not in an object"),
            Type::Named(TypePath { module: other, name }) => {
                let module = other.as_ref().unwrap_or(&module.name);
                self.named(self.client, module, name, depth)
            }
            Type::List(_) if depth > DEEPEST => json!([]),
            Type::List(of) => json!([self.value_of(module, of, depth)]),
            Type::Map(_) if depth > DEEPEST => json!({}),
            Type::Map(of) => json!({"key-1": self.value_of(module, of, depth)}),
            Type::JsonText(of) => self.value_of(module, of, depth).to_string().into(),
            Type::Nullable(of) | Type::Boxed(of) => self.value_of(module, of, depth),
        }
    }
}

fn find<'a>(module: &'a Module, name: &str) -> &'a Struct {
    module.structs.iter().find(|item| item.name == name).expect("a struct")
}

fn scalar(value: &Scalar) -> Value {
    match value {
        Scalar::Bool(bool) => (*bool).into(),
        Scalar::Int(int) => (*int).into(),
        Scalar::String(text) => text.as_str().into(),
    }
}
