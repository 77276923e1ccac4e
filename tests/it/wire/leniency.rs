//! What hand-written types read of a response that is not as documented: as much as can be.

use generated_client::platform::Fen;
use std::collections::BTreeMap;

use apiscribe::meta::{Code, Envelope, Host};
use apiscribe::time::UnixMillis;
use apiscribe::{Decode, Encode, Endpoint, Error, Json, Reply, Validate, WireEnum, WireText, http};

const OPEN: Host =
    Host { name: "open", production: "https://a.example", sandbox: None, development: None };

const BASIC: Envelope = Envelope::new("basic")
    .code(&["err_no"])
    .success(Code::Int(0))
    .message(&["err_msg"])
    .log_id("log_id")
    .data("data");

#[derive(Debug, Encode, Validate, Endpoint)]
#[endpoint(POST "/ask", name = "ask", host = OPEN, envelope = BASIC, response = Row)]
struct Ask {}

#[derive(Debug, Default, PartialEq, Decode)]
struct Row {
    #[wire(default)]
    id: String,
    #[wire(default)]
    number: OrderNo,
    #[wire(default)]
    amount: Fen,
    at: Option<UnixMillis>,
    #[wire(default)]
    count: u64,
    small: Option<i8>,
    ratio: Option<f64>,
    flag: Option<bool>,
    status: Option<Status>,
    level: Option<Level>,
    tags: Vec<String>,
    rows: Vec<Row>,
    extra: BTreeMap<String, i64>,
    inner: Option<Inner>,
    any: Option<Json>,
    #[wire(essential)]
    must: Option<i64>,
}

#[derive(Debug, Clone, Default, PartialEq, WireText)]
struct OrderNo(String);

#[derive(Debug, PartialEq, Decode)]
struct Inner {
    name: Option<String>,
    lists: Vec<Vec<Inner>>,
}

#[derive(Debug, Clone, PartialEq, WireEnum)]
enum Status {
    #[wire("DONE")]
    Done,
    #[wire(unknown)]
    Unknown(String),
}

#[derive(Debug, Clone, PartialEq, WireEnum)]
enum Level {
    #[wire(1)]
    One,
    #[wire(unknown)]
    Unknown(i64),
}

fn reply(body: impl Into<Vec<u8>>) -> Result<Reply<Row>, String> {
    Ask::from_http(http::Response::new(body.into())).map_err(|error| error.to_string())
}

fn read(data: &str) -> Row {
    let reply = reply(format!(r#"{{"err_no":0,"data":{data}}}"#)).unwrap();
    assert_eq!(reply.unread(), Vec::<String>::new(), "{data}");
    reply.into_data()
}

fn unread(data: &str) -> Vec<String> {
    reply(format!(r#"{{"err_no":0,"data":{data}}}"#)).unwrap().unread().to_vec()
}

#[test]
fn text_may_come_as_a_number_or_as_yes_and_no() {
    let row =
        |id: &str| Row { id: id.to_owned(), number: OrderNo(id.to_owned()), ..Row::default() };
    for id in ["12", "-1", "0", "7291862380517001234", "72918623805170012340000", "3.0", "true"] {
        assert_eq!(read(&format!(r#"{{"id":{id},"number":{id}}}"#)), row(id));
    }
    let row = read(r#"{"tags":[1,"a",false],"inner":{"name":1},"status":7}"#);
    assert_eq!(row.tags, ["1", "a", "false"]);
    assert_eq!(row.inner.unwrap().name.as_deref(), Some("1"));
    assert_eq!(row.status, Some(Status::Unknown("7".to_owned())));
}

/// `1.23457e+06` may have been any number of 7 digits.
#[test]
fn a_number_with_an_exponent_is_no_text_and_no_whole_number() {
    for number in ["7.29E18", "1e3", "1.23457e+06"] {
        let data =
            format!(r#"{{"id":{number},"at":{number},"small":"{number}","ratio":{number}}}"#);
        assert_eq!(unread(&data), ["data.id", "data.at", "data.small"]);
    }
}

#[test]
fn a_whole_number_may_be_text_and_have_zeros_behind_its_point() {
    for five in ["5", "5.0", "5.00", r#""5""#, r#"" 5 ""#, r#""+5""#, r#""5.00""#, r#""005""#] {
        let data = format!(
            r#"{{"amount":{five},"at":{five},"count":{five},"small":{five},"level":{five},"extra":{{"a":{five}}},"must":{five}}}"#
        );
        let expected = Row {
            amount: Fen(5),
            at: Some(UnixMillis(5)),
            count: 5,
            small: Some(5),
            level: Some(Level::Unknown(5)),
            extra: BTreeMap::from([("a".to_owned(), 5)]),
            must: Some(5),
            ..Row::default()
        };
        assert_eq!(read(&data), expected, "{five}");
    }
}

#[test]
fn no_digit_is_lost() {
    for (text, number) in [
        ("9007199254740993.0", 9_007_199_254_740_993),
        (r#""9007199254740993.00""#, 9_007_199_254_740_993),
        ("-9223372036854775808.0", i64::MIN),
        (r#""9223372036854775807""#, i64::MAX),
        ("-0", 0),
        ("-0.0", 0),
    ] {
        let row = read(&format!(r#"{{"amount":{text},"must":{text}}}"#));
        assert_eq!((row.amount, row.must), (Fen(number), Some(number)), "{text}");
    }
    assert_eq!(read(r#"{"count":18446744073709551615.0}"#).count, u64::MAX);
}

#[test]
fn what_is_no_whole_number_is_not_made_one() {
    for other in
        ["1.5", "0.01", r#""1.5""#, r#""5.""#, r#"".0""#, r#""1,000""#, r#""0x1""#, r#""５""#]
    {
        assert_eq!(unread(&format!(r#"{{"amount":{other}}}"#)), ["data.amount"], "{other}");
    }
    for other in ["true", "[5]", r#"{"a":5}"#, "9223372036854775808", r#""--1""#, r#""- 1""#] {
        assert_eq!(unread(&format!(r#"{{"amount":{other}}}"#)), ["data.amount"], "{other}");
    }
    assert_eq!(unread(r#"{"small":128,"count":-1}"#), ["data.small", "data.count"]);
}

#[test]
fn yes_and_no_may_be_numbers_or_text() {
    for (text, flag) in [("1", true), ("0", false), ("1.0", true), (r#""1""#, true)] {
        assert_eq!(read(&format!(r#"{{"flag":{text}}}"#)).flag, Some(flag), "{text}");
    }
    for (text, flag) in [(r#""true""#, true), (r#""False""#, false), (r#"" 0 ""#, false)] {
        assert_eq!(read(&format!(r#"{{"flag":{text}}}"#)).flag, Some(flag), "{text}");
    }
    for other in ["2", "-1", r#""yes""#, r#""y""#, "[1]"] {
        assert_eq!(unread(&format!(r#"{{"flag":{other}}}"#)), ["data.flag"], "{other}");
    }
}

#[test]
fn a_fraction_may_be_text() {
    assert_eq!(read(r#"{"ratio":"0.6"}"#).ratio, Some(0.6));
    assert_eq!(read(r#"{"ratio":"1e-3"}"#).ratio, Some(0.001));
    for other in [r#""inf""#, r#""NaN""#, r#""0x1""#] {
        assert_eq!(unread(&format!(r#"{{"ratio":{other}}}"#)), ["data.ratio"], "{other}");
    }
}

#[test]
fn null_and_what_stands_for_nothing_is_empty_at_every_depth() {
    for nothing in ["null", "[]", "{}", "[ ]", "{\n}", r#""""#] {
        let fields = ["tags", "rows", "extra"].map(|key| format!(r#""{key}":{nothing}"#)).join(",");
        assert_eq!(read(&format!("{{{fields}}}")), Row::default(), "{nothing}");
        let row = read(&format!(r#"{{"rows":[{{{fields}}}],"inner":{{"lists":{nothing}}}}}"#));
        assert_eq!(row.rows, [Row::default()], "{nothing}");
        assert_eq!(row.inner, Some(Inner { name: None, lists: vec![] }), "{nothing}");
    }
    let row = read(r#"{"inner":{"lists":[null,[[],null,""]]}}"#);
    let empty = || Inner { name: None, lists: vec![] };
    assert_eq!(row.inner.unwrap().lists, [vec![], vec![empty(), empty(), empty()]]);
    let absent = r#"{"at":"","small":"","ratio":"","flag":"","count":"","amount":"","level":""}"#;
    assert_eq!(read(absent), Row::default());
    assert_eq!(read(r#"{"inner":""}"#).inner, Some(empty()));
    assert_eq!(read(r#"{"inner":[]}"#).inner, Some(empty()));
    assert_eq!(read(r#"{"inner":null,"any":null}"#), Row::default());
    assert_eq!(read(r#"{"id":[],"at":{},"flag":[],"status":[],"rows":[]}"#), Row::default());
}

#[test]
fn data_that_are_nothing_are_an_empty_object_if_that_will_do() {
    for data in ["", r#","data":null"#, r#","data":[]"#, r#","data":"""#, r#","data":{}"#] {
        assert_eq!(reply(format!(r#"{{"err_no":0{data}}}"#)).unwrap().into_data(), Row::default());
    }
}

#[test]
fn what_cannot_be_read_leaves_its_field_empty_and_is_named() {
    let data = r#"{"id":["a"],"tags":"a,b","rows":[{"small":[1,{}],"amount":3},{"rows":[{"at":1.5}]}],
        "inner":{"name":{"text":"x"}},"extra":{"a":"x"},"level":"HIGH","count":7}"#;
    let reply = reply(format!(r#"{{"data":{data},"err_no":0,"log_id":"L"}}"#)).unwrap();
    let expected = [
        "data.id",
        "data.tags",
        "data.rows[0].small",
        "data.rows[1].rows[0].at",
        "data.inner.name",
        "data.extra",
        "data.level",
    ];
    assert_eq!(reply.unread(), expected);
    assert_eq!((reply.count, reply.rows[0].amount), (7, Fen(3)));
    assert_eq!(reply.log_id(), Some("L"));
}

/// What is passed over as a whole is named as a whole.
#[test]
fn nothing_inside_of_what_was_passed_over_is_named() {
    let row = r#"{"err_no":0,"data":{"rows":[{"small":1.5},{"must":"x"}],"id":"a"}}"#;
    let reply = reply(row).unwrap();
    assert_eq!((reply.unread(), reply.id.as_str()), (&["data.rows".to_owned()][..], "a"));
}

#[test]
fn an_essential_option_may_be_absent_and_must_be_readable() {
    assert_eq!(read(r#"{"must":null}"#).must, None);
    let error = reply(r#"{"err_no":0,"data":{"rows":[],"must":1.5}}"#).unwrap_err();
    assert!(error.contains("data.must: invalid type: floating point `1.5`"), "{error}");
}

#[test]
fn of_what_comes_twice_the_last_counts() {
    assert_eq!(read(r#"{"id":"a","id":"b","tags":["a"],"tags":null}"#).tags, Vec::<String>::new());
    let twice = |first: &str, second: &str| {
        let reply = reply(format!(r#"{{"err_no":0,"data":{first},"data":{second}}}"#)).unwrap();
        (reply.id.clone(), reply.unread().to_vec())
    };
    assert_eq!(twice(r#"{"id":"a"}"#, r#"{"id":"b"}"#).0, "b");
    assert_eq!(twice(r#"{"id":"a"}"#, "null").0, "");
    assert_eq!(twice("null", r#"{"id":"b"}"#).0, "b");
    assert_eq!(twice(r#"{"id":[1]}"#, "{}"), (String::new(), vec![]));
}

#[test]
fn a_body_that_breaks_off_is_no_success_whatever_is_missing() {
    let whole =
        r#"{"err_no":0,"data":{"id":"a","small":[1.5,{"a":null}],"rows":[{"at":true}],"any":"b"}}"#;
    assert_eq!(reply(whole).unwrap().unread(), ["data.small", "data.rows[0].at"]);
    for length in 0..whole.len() {
        assert!(reply(&whole[..length]).is_err(), "{}", &whole[..length]);
    }
}

#[test]
fn a_code_that_is_unmistakably_zero_is_success() {
    let code = |code: &str| reply(format!(r#"{{"err_no":{code},"data":{{}}}}"#)).map(drop);
    for zero in ["0", "-0", "0.0", "0.00", "-0.0"] {
        assert_eq!(code(zero), Ok(()), "{zero}");
        assert_eq!(code(&format!(r#""{zero}""#)), Ok(()), "{zero}");
    }
    for zero in [r#"" 0""#, r#""0\n""#, r#""+0""#, r#""00""#, r#""\u00a00""#] {
        assert_eq!(code(zero), Ok(()), "{zero}");
    }
    for (other, shown) in [("9.0", "9"), (r#"" 9 ""#, "9"), (r#""-1""#, "-1"), ("-1.0", "-1")] {
        let error = code(other).unwrap_err();
        assert!(error.starts_with(&format!("ask: {shown} (HTTP 200)")), "{other}: {error}");
    }
    for none in ["null", r#""""#] {
        assert!(code(none).unwrap_err().contains("`err_no` is missing"), "{none}");
    }
    for none in ["0.5", "0e0", "false", "[0]", "{}", r#""zero""#, r#""０""#] {
        assert!(code(none).unwrap_err().contains("err_no"), "{none}");
    }
}

/// As [`reply`], with the raw error.
fn refusal(body: &[u8]) -> (i64, String, Option<String>) {
    match Ask::from_http(http::Response::new(body.to_vec())) {
        Err(Error::Api(error)) => (error.code.0, error.message.clone(), error.log_id.clone()),
        other => panic!("{other:?}: {}", String::from_utf8_lossy(body)),
    }
}

#[test]
fn a_refusal_whose_text_is_no_unicode_is_that_refusal() {
    let texts: [(&[u8], &str); 12] = [
        (br"name \ud83d too long", "name \u{fffd} too long"),
        (br"\ude00\ud83d", "\u{fffd}\u{fffd}"),
        (br"\ud83dA\ud83d\u0041", "\u{fffd}A\u{fffd}A"),
        (br"\uD83D\uDE00 \u6296", "\u{1f600} \u{6296}"),
        (b"\xE8\xAE\xA2\xE5\x8D", "\u{8ba2}\u{fffd}"),
        (b"\xE8\xAE\xA2\xE5\x8D\\n", "\u{8ba2}\u{fffd}\n"),
        (b"a\nb\tc\0", "a\u{fffd}b\u{fffd}c\u{fffd}"),
        (b"\xCF\xB5\xCD\xB3", "\u{3f5}\u{373}"),
        // GBK of which the second byte is a backslash, at the end and before letters.
        (b"\x81\x5C", "\u{fffd}"),
        (b"\xB2\xCE\xCA\xFD\x81\x5C\x81\x5C", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
        (b"\x81\x5Cxyz", "\u{fffd}xyz"),
        (b"\xFF\xFE", "\u{fffd}\u{fffd}"),
    ];
    for (text, expected) in texts {
        let bodies = [
            [br#"{"err_no":23111,"err_msg":""#, text, br#"","log_id":"L"}"#].concat(),
            [br#"{"log_id":"L","err_msg":""#, text, br#"" , "err_no":23111}"#].concat(),
            [
                br#"{"log_id":"L","other":{"a":[""#,
                text,
                br#""]},"err_msg":""#,
                text,
                br#"","err_no":23111}"#,
            ]
            .concat(),
        ];
        for body in bodies {
            let (code, message, log_id) = refusal(&body);
            assert_eq!((code, message.as_str()), (23111, expected));
            assert_eq!(log_id.as_deref(), Some("L"), "{expected}");
        }
    }
}

#[test]
fn keys_and_values_of_a_success_that_are_no_unicode_are_read() {
    let body = b"\xEF\xBB\xBF{\"err_no\":0,\"data\":{\"id\":\"a\\ud83d\",\"\xB2\xCE\":\"\xCA\xFD\",\"tags\":[\"\x81\x5C\"],\"count\":7}}";
    let reply = reply(body.to_vec()).unwrap();
    assert_eq!((reply.id.as_str(), reply.count), ("a\u{fffd}", 7));
    assert_eq!((reply.tags.len(), reply.unread().len()), (1, 0));
}

#[test]
fn an_escape_that_does_not_exist_is_no_json() {
    for text in [r"\x", r"\u12G4", r"\u12", r"\"] {
        let error = reply(format!(r#"{{"err_no":0,"data":{{"id":"{text}"}}}}"#)).unwrap_err();
        assert!(error.contains("HTTP 200"), "{error}");
    }
}

/// Serde's own accesses panic if they are asked twice, so only the reader here is.
#[test]
fn inside_of_what_serde_has_read_before_a_wrong_type_is_an_error() {
    #[derive(Debug, serde::Deserialize)]
    #[serde(untagged)]
    enum Either {
        Row(Inner),
        Number(i64),
    }
    #[derive(Debug, Encode, Validate, Endpoint)]
    #[endpoint(POST "/ask", name = "ask", host = OPEN, envelope = BASIC, response = Either)]
    struct AskEither {}

    let read = |data: &str| {
        let body = format!(r#"{{"err_no":0,"data":{data}}}"#);
        AskEither::from_http(http::Response::new(body.into_bytes()))
    };
    assert!(matches!(
        read(r#"{"name":"a"}"#).unwrap().into_data(),
        Either::Row(Inner { name: Some(_), .. })
    ));
    assert!(matches!(read("7").unwrap().into_data(), Either::Number(7)));
    assert!(read(r#"{"name":[1]}"#).is_err());
    assert!(serde_json::from_str::<Inner>(r#"{"name":[1]}"#).is_err());
    assert!(serde_json::from_value::<Inner>(serde_json::json!({ "name": [1] })).is_err());
}

#[test]
fn a_long_list_of_which_no_row_can_be_read_whole_takes_no_long_time() {
    let rows = r#"{"small":[1],"amount":3},"#.repeat(20_000);
    let body = format!(r#"{{"err_no":0,"data":{{"rows":[{rows}{{}}]}}}}"#);
    let reply = reply(body).unwrap();
    assert_eq!((reply.rows.len(), reply.unread().len()), (20_001, 20_000));
    assert_eq!(reply.unread().last().unwrap(), "data.rows[19999].small");
}
