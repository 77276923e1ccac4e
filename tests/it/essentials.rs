//! Every response and every content of a callback in the spec, with any of its fields missing, `null`, of another type
//! or broken: what is essential is read, and so is all else that came.
//!
//! Samples and fields are taken from the ir, and the build script lists the types, so a new endpoint is covered here
//! without code.

use std::fmt::Debug;

use apiscribe::callback::Callback;
use apiscribe::{Endpoint, http};
use apiscribe_codegen::ir::{Client, EnumKind, Envelope, Field, Module, Path, Struct, Type};
use apiscribe_codegen::source::Sources;
use serde_json::{Map, Value, json};

/// The reader of each response and content, by `domain.endpoint` or `domain.callback`.
type Reader = fn(&[u8]) -> Result<Read, String>;

include!(concat!(env!("OUT_DIR"), "/readers.rs"));

/// What was read: the data's `Debug`, and the paths of what could not be.
struct Read {
    data: String,
    unread: Vec<String>,
}

fn response<E: Endpoint<Response: Debug>>(body: &[u8]) -> Result<Read, String> {
    let reply =
        E::from_http(http::Response::new(body.to_vec())).map_err(|error| error.to_string())?;
    Ok(Read { data: format!("{:?}", *reply), unread: reply.unread().to_vec() })
}

fn callback<C: Callback<Content: Debug>>(body: &[u8]) -> Result<Read, String> {
    let event = C::parse(body).map_err(|error| error.to_string())?;
    Ok(Read { data: format!("{:?}", *event), unread: event.unread().to_vec() })
}

/// A sample with every field, each scalar in it a value of its own.
#[derive(Clone)]
struct Sample {
    wrap: Wrap,
    value: Value,
    spots: Vec<Spot>,
    /// What `Debug` shows of each scalar, and where that is.
    marks: Vec<(String, Place)>,
}

/// What stands around the value.
#[derive(Clone)]
enum Wrap {
    /// A response, as the text before the value and behind it.
    Body(String, String),
    /// A callback, of whose body the value is JSON text: the keys of event and content, and the event.
    Text(String, String, String),
}

/// Keys and indexes from the value on, as `/refund_list/0/message`.
type Place = String;

/// A field of the sample.
#[derive(Clone)]
struct Spot {
    place: Place,
    kind: Kind,
    is_essential: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    Number,
    Bool,
    Compound,
    Any,
}

const BROKEN: &str = "@broken@";

/// Text that is no Unicode: half a character, half a surrogate, a raw line break, GBK.
const BROKEN_TEXTS: [&[u8]; 4] =
    [b"\"a\xE8\xAE\"", br#""a\ud83d""#, b"\"a\nb\"", b"\"\xCF\xB5\xCD\xB3\""];

impl Sample {
    fn body(&self) -> Vec<u8> {
        self.body_with(&self.value, b"null")
    }

    /// The body with another value, in which `broken` stands for the broken text.
    fn body_with(&self, value: &Value, broken: &[u8]) -> Vec<u8> {
        let value = replace(value.to_string().as_bytes(), format!("{BROKEN:?}").as_bytes(), broken);
        match &self.wrap {
            Wrap::Body(before, behind) => [before.as_bytes(), &value, behind.as_bytes()].concat(),
            Wrap::Text(event, content, name) => {
                let text = value.iter().flat_map(|byte| match byte {
                    b'"' | b'\\' => vec![b'\\', *byte],
                    _ => vec![*byte],
                });
                let text: Vec<u8> = text.collect();
                let start = format!(r#"{{"{event}":"{name}","{content}":""#);
                [start.as_bytes(), &text, b"\"}"].concat()
            }
        }
    }

    /// The path of a place, as callers see it.
    fn path(&self, place: &str) -> String {
        let start = match &self.wrap {
            Wrap::Body(..) => "data",
            Wrap::Text(_, content, _) => content,
        };
        let steps = place.split('/').skip(1);
        steps.fold(start.to_owned(), |path, step| match step.parse::<usize>() {
            Ok(index) => format!("{path}[{index}]"),
            Err(_) => format!("{path}.{step}"),
        })
    }

    /// The scalars that are not in the value at a place.
    fn marks_outside<'a>(&'a self, place: &'a str) -> impl Iterator<Item = &'a str> {
        let is_outside = move |at: &str| at != place && !at.starts_with(&format!("{place}/"));
        self.marks.iter().filter(move |(_, at)| is_outside(at)).map(|(mark, _)| &**mark)
    }
}

fn replace(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    match text.windows(from.len()).position(|window| window == from) {
        Some(at) => [&text[..at], to, &text[at + from.len()..]].concat(),
        None => text.to_vec(),
    }
}

/// Makes samples.
struct Maker<'a> {
    client: &'a Client,
    spots: Vec<Spot>,
    marks: Vec<(String, Place)>,
}

impl Maker<'_> {
    fn value(&mut self, ty: &Type, module: &str, place: &str, is_secret: bool) -> (Value, Kind) {
        match ty {
            Type::Bool => (json!(true), Kind::Bool),
            Type::Number(_) | Type::Money(_) | Type::Amount(_) => self.number(place),
            Type::String | Type::Secret => self.text(place, is_secret),
            Type::Json => (self.text(place, is_secret).0, Kind::Any),
            // No domain has one of these, nor has a response of this platform.
            Type::Decimal(_) | Type::Date | Type::DateTime => {
                panic!("a sample of {ty:?} is not made here")
            }
            Type::Nullable(of) | Type::Boxed(of) => self.value(of, module, place, is_secret),
            Type::File => panic!("a file is never received"),
            Type::Binary => panic!("no response of the spec is binary"),
            Type::Named(path) => self.named(path, module, place, is_secret),
            Type::List(of) => {
                let (item, _) = self.value(of, module, &format!("{place}/0"), is_secret);
                (json!([item]), Kind::Compound)
            }
            Type::Map(of) => {
                let (value, _) = self.value(of, module, &format!("{place}/k"), is_secret);
                (json!({ "k": value }), Kind::Compound)
            }
            Type::JsonText(of) => {
                let fields = self.spots.len();
                let (value, _) = self.value(of, module, place, is_secret);
                // What is inside is at no place of its own.
                self.spots.truncate(fields);
                (json!(value.to_string()), Kind::Compound)
            }
        }
    }

    fn named(&mut self, path: &Path, module: &str, place: &str, is_secret: bool) -> (Value, Kind) {
        let module = path.module.as_deref().unwrap_or(module);
        let item = self.client.modules.iter().find(|item| item.name == module).expect("a module");
        if let Some(text) = item.texts.iter().find(|text| text.name == path.name) {
            return self.text(place, is_secret || text.secret);
        }
        match item.enums.iter().find(|item| item.name == path.name).map(|item| item.kind) {
            Some(EnumKind::Int) => self.number(place),
            Some(EnumKind::String) => self.text(place, is_secret),
            None => (Value::Object(self.object(item, &path.name, place)), Kind::Compound),
        }
    }

    fn object(&mut self, module: &Module, name: &str, place: &str) -> Map<String, Value> {
        let object = |item: &&Struct| item.name == name;
        let object = module.structs.iter().find(object).expect("a struct").clone();
        object.fields.iter().map(|field| self.field(field, &module.name, place)).collect()
    }

    fn field(&mut self, field: &Field, module: &str, place: &str) -> (String, Value) {
        let place = format!("{place}/{}", field.wire);
        let (value, kind) = self.value(&field.ty, module, &place, field.ty == Type::Secret);
        self.spots.push(Spot { place, kind, is_essential: field.essential });
        (field.wire.clone(), value)
    }

    fn text(&mut self, place: &str, is_secret: bool) -> (Value, Kind) {
        let text = format!("t{}x", self.spots.len() + self.marks.len() + 10_000);
        if !is_secret {
            self.marks.push((text.clone(), place.to_owned()));
        }
        (json!(text), Kind::Text)
    }

    fn number(&mut self, place: &str) -> (Value, Kind) {
        let number = 7_000_000_000_000_000_000_i64
            + i64::try_from(self.spots.len() + self.marks.len()).expect("few");
        self.marks.push((number.to_string(), place.to_owned()));
        (json!(number), Kind::Number)
    }

    fn sample(self, wrap: Wrap, value: Value) -> Sample {
        Sample { wrap, value, spots: self.spots, marks: self.marks }
    }
}

/// Samples of all that is received, by name.
fn samples() -> Vec<(String, Sample)> {
    let client = apiscribe_codegen::ir(&Sources::new(douyin_spec::files()))
        .unwrap_or_else(|faults| panic!("{faults}"));
    let modules = client.modules.iter();
    modules.flat_map(|module| responses(&client, module).chain(contents(&client, module))).collect()
}

fn responses<'a>(
    client: &'a Client,
    module: &'a Module,
) -> impl Iterator<Item = (String, Sample)> + 'a {
    module.endpoints.iter().filter_map(move |endpoint| {
        let mut maker = Maker { client, spots: vec![], marks: vec![] };
        let ty = endpoint.response.as_ref()?;
        let (mut value, _) = maker.value(ty, &module.name, "", false);
        let envelopes = &client.platform.envelopes;
        let envelope = envelopes.iter().find(|item| item.name == endpoint.envelope)?;
        let (before, after) = around(envelope, &mut value);
        let name = format!("{}.{}", module.name, endpoint.wire);
        Some((name, maker.sample(Wrap::Body(before, after), value)))
    })
}

/// The text before and behind the data of a success. Codes that stand in the data are put into them.
fn around(envelope: &Envelope, data: &mut Value) -> (String, String) {
    const HERE: &str = "$data";
    let place = envelope.data.as_deref().unwrap_or_default();
    let mut body = json!({});
    put(&mut body, place, json!(HERE));
    for code in &envelope.code {
        let inner =
            code.strip_prefix(place).filter(|rest| place.is_empty() || rest.starts_with('.'));
        match inner.map(|inner| inner.trim_start_matches('.')) {
            Some(inner) => put(data, inner, json!(envelope.success)),
            None => put(&mut body, code, json!(envelope.success)),
        }
    }
    let body = body.to_string();
    let (before, after) = body.split_once(&format!("{HERE:?}")).unwrap();
    (before.to_owned(), after.to_owned())
}

/// Puts a value at a path of keys.
fn put(body: &mut Value, place: &str, value: Value) {
    let keys = place.split('.').filter(|key| !key.is_empty());
    *keys.fold(body, |body, key| &mut body[key]) = value;
}

fn contents<'a>(
    client: &'a Client,
    module: &'a Module,
) -> impl Iterator<Item = (String, Sample)> + 'a {
    module.callbacks.iter().filter_map(move |callback| {
        let mut maker = Maker { client, spots: vec![], marks: vec![] };
        let (value, _) = maker.value(&callback.content, &module.name, "", false);
        let envelopes = &client.platform.callback_envelopes;
        let envelope = envelopes.iter().find(|item| item.name == callback.envelope)?;
        let (event, content) = (envelope.event.clone(), envelope.content.clone());
        let wrap = Wrap::Text(event, content, callback.event.clone());
        Some((format!("{}.{}", module.name, callback.wire), maker.sample(wrap, value)))
    })
}

/// Runs `check` for each type that is received, with its reader.
fn for_each(check: impl Fn(&str, &Sample, Reader)) {
    let samples = samples();
    assert!(samples.len() == READERS.len() && samples.len() > 25, "all that is received");
    for (name, sample) in samples {
        check(&name, &sample, reader(&name));
    }
}

fn reader(name: &str) -> Reader {
    let (_, reader) = READERS.iter().find(|(known, _)| *known == name).expect("a reader");
    *reader
}

/// Reads the sample with another value at a place; everything outside of it must be read.
#[track_caller]
fn read_with(name: &str, sample: &Sample, reader: Reader, spot: &Spot, other: &Value) -> Read {
    let mut value = sample.value.clone();
    *value.pointer_mut(&spot.place).expect("a place of the sample") = other.clone();
    check_rest(name, sample, reader, spot, &sample.body_with(&value, b"null"))
}

#[track_caller]
fn check_rest(name: &str, sample: &Sample, reader: Reader, spot: &Spot, body: &[u8]) -> Read {
    let shown = String::from_utf8_lossy(body);
    let read =
        reader(body).unwrap_or_else(|error| panic!("{name} {}: {error}: {shown}", spot.place));
    for mark in sample.marks_outside(&spot.place) {
        assert!(read.data.contains(mark), "{name} {}: no {mark} in {}", spot.place, read.data);
    }
    read
}

fn secondary(sample: &Sample) -> impl Iterator<Item = &Spot> {
    sample.spots.iter().filter(|spot| !spot.is_essential)
}

fn without(sample: &Sample, place: &str) -> Vec<u8> {
    let mut value = sample.value.clone();
    let (parent, key) = place.rsplit_once('/').expect("a field is in an object");
    let parent = value.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    parent.remove(key).expect("a field of the sample");
    sample.body_with(&value, b"null")
}

#[test]
fn every_sample_is_read_whole() {
    for_each(|name, sample, reader| {
        let read = reader(&sample.body()).unwrap_or_else(|error| panic!("{name}: {error}"));
        for (mark, place) in &sample.marks {
            assert!(read.data.contains(mark), "{name} {place}: no {mark} in {}", read.data);
        }
        assert_eq!(read.unread, Vec::<String>::new(), "{name}");
    });
}

#[test]
fn any_field_that_is_not_essential_may_be_missing_or_null() {
    for_each(|name, sample, reader| {
        for spot in secondary(sample) {
            let read = check_rest(name, sample, reader, spot, &without(sample, &spot.place));
            assert_eq!(read.unread, Vec::<String>::new(), "{name} {}", spot.place);
            let read = read_with(name, sample, reader, spot, &Value::Null);
            assert_eq!(read.unread, Vec::<String>::new(), "{name} {}", spot.place);
        }
    });
}

#[test]
fn a_response_without_what_is_essential_is_none() {
    for_each(|name, sample, reader| {
        // Inside of what is not essential, that is lost instead.
        let is_in_place = |spot: &&Spot| spot.is_essential && !spot.place[1..].contains('/');
        for spot in sample.spots.iter().filter(is_in_place) {
            assert!(reader(&without(sample, &spot.place)).is_err(), "{name} {}", spot.place);
        }
    });
}

#[test]
fn a_number_as_text_and_text_as_a_number_are_the_same() {
    for_each(|name, sample, reader| {
        for spot in &sample.spots {
            let value = sample.value.pointer(&spot.place).expect("a place of the sample");
            let (other, mark) = match spot.kind {
                Kind::Text => {
                    (json!(6_000_000_000_000_000_001_i64), "6000000000000000001".to_owned())
                }
                Kind::Number => (json!(format!(" {value}.00 ")), value.to_string()),
                Kind::Bool => (json!("TRUE"), "true".to_owned()),
                Kind::Compound | Kind::Any => continue,
            };
            let read = read_with(name, sample, reader, spot, &other);
            assert_eq!(read.unread, Vec::<String>::new(), "{name} {}", spot.place);
            let is_shown = sample.marks.iter().any(|(_, place)| *place == spot.place);
            assert!(!is_shown || read.data.contains(&mark), "{name} {}: {}", spot.place, read.data);
        }
    });
}

#[test]
fn text_that_is_no_unicode_costs_nothing_but_itself() {
    for_each(|name, sample, reader| {
        for spot in sample.spots.iter().filter(|spot| spot.kind == Kind::Text || !spot.is_essential)
        {
            let mut value = sample.value.clone();
            *value.pointer_mut(&spot.place).expect("a place of the sample") = json!(BROKEN);
            for broken in BROKEN_TEXTS {
                let body = sample.body_with(&value, broken);
                let read = check_rest(name, sample, reader, spot, &body);
                let is_text = matches!(spot.kind, Kind::Text | Kind::Any);
                let expected = if is_text { vec![] } else { vec![sample.path(&spot.place)] };
                assert_eq!(read.unread, expected, "{name} {}", spot.place);
            }
        }
    });
}

#[test]
fn what_cannot_be_read_is_named_and_costs_nothing_else() {
    for_each(|name, sample, reader| {
        for spot in secondary(sample).filter(|spot| spot.kind != Kind::Any) {
            let others = match spot.kind {
                Kind::Text => [json!({ "code": 1, "text": "x" }), json!([1])],
                Kind::Number => [json!(1.5), json!("x")],
                _ => [json!(7), json!("x")],
            };
            for other in others {
                let read = read_with(name, sample, reader, spot, &other);
                assert_eq!(read.unread, [sample.path(&spot.place)], "{name} with {other}");
            }
        }
    });
}

#[test]
fn what_senders_write_for_nothing_is_nothing() {
    for_each(|name, sample, reader| {
        for spot in secondary(sample).filter(|spot| spot.kind != Kind::Any) {
            let nothing: &[Value] = match spot.kind {
                Kind::Compound => &[json!([]), json!({}), json!("")],
                _ => &[json!("")],
            };
            for nothing in nothing {
                let read = read_with(name, sample, reader, spot, nothing);
                assert_eq!(read.unread, Vec::<String>::new(), "{name} {} {nothing}", spot.place);
            }
        }
    });
}

/// Seen of the platform, of servers in Go, which write `null` for an empty list, and of older editions of the pages.
#[test]
fn what_real_servers_leave_out_costs_nothing() {
    let bodies = [
        ("refund.refund_query", r#"{"refund_list":null}"#),
        ("refund.refund_query", "{}"),
        ("refund.refund_create", r#"{"refund_id":"1"}"#),
        ("tag.tag_query", r#"{"tag_detail_list":null}"#),
        ("tag.tag_query", r#"{"tag_detail_list":[{"tag_group_id":"1","rule_list":null}]}"#),
        ("order.query_cps", r#"{"order_id":"1","total_commission_amount":0,"cps_item_list":null}"#),
        ("bill.bills", r#"{"bill_list":null}"#),
        ("bill.fund_bills", r#"{"fund_bill_list":null}"#),
        ("merchant.query_merchant_status", r#"{"merchant_status_info":null}"#),
        ("merchant.query_merchant_status", "[]"),
        (
            "settle.settle_query",
            r#"[{"out_settle_no":"1","order_id":1,"settle_id":"1","settle_status":"SUCCESS","settle_amount":"5"}]"#,
        ),
        ("settle.settle_create", r#"{"settle_id":"1"}"#),
        ("withdraw.merchant_withdraw", r#"{"order_id":"1"}"#),
    ];
    for (name, data) in bodies {
        let read = reader(name)(format!(r#"{{"err_no":0,"data":{data}}}"#).as_bytes());
        let read = read.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read.unread, Vec::<String>::new(), "{name} of {data}");
    }
}

#[test]
fn an_event_comes_in_whatever_it_leaves_out() {
    let refund = r#"{"status":"SUCCESS","order_id":"1","refund_id":"2","refund_total_amount":100"#;
    let asked = r#"{"order_id":"1","refund_id":"2","refund_total_amount":"100""#;
    let bodies = [
        ("refund.refund_result", "refund", format!("{refund}}}"), None),
        (
            "refund.refund_result",
            "refund",
            format!(r#"{refund},"refund_item_detail":{{"item_order_detail":null}}}}"#),
            None,
        ),
        ("refund.pre_create_refund", "pre_create_refund", format!("{asked}}}"), None),
        (
            "refund.pre_create_refund",
            "pre_create_refund",
            format!(r#"{asked},"refund_reason":{{"code":1,"text":"x"}}}}"#),
            Some("msg.refund_reason"),
        ),
    ];
    for (name, event, content, unread) in bodies {
        let body = json!({ "type": event, "msg": content }).to_string();
        let read = reader(name)(body.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read.unread, Vec::from_iter(unread), "{name} of {content}");
    }
}
