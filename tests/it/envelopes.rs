//! How responses of different platforms say what has become of a request: by codes in one place or several, numbers or
//! texts, beside the data, around them or among them; or by the HTTP status alone.

use apiscribe::endpoint::Binary;
use apiscribe::error::{DecodeFault, RawCode, UndocumentedError, UndocumentedText};
use apiscribe::meta::{Code, EndpointMeta, Envelope, Host, Method, ResponseKind};
use apiscribe::{Decode, Encode, Endpoint, Error, Reply, Validate, http};
use apiscribe_codegen::source::Sources;

const OPEN: Host =
    Host { name: "open", production: "https://open.example.com", sandbox: None, development: None };

/// `{"err":{"err_code":0,"err_msg":""},"extra":{"logid":"L1"},"data":{…}}`
const DEEP: Envelope = Envelope::new("deep")
    .code(&["err.err_code"])
    .success(Code::Int(0))
    .message(&["err.err_msg"])
    .log_id("extra.logid")
    .data("data");
/// `{"data":{"error_code":0,"description":"","data":{…}},"extra":{"error_code":0,"sub_description":""}}`
const TWICE: Envelope = Envelope::new("twice")
    .code(&["extra.error_code", "data.error_code"])
    .success(Code::Int(0))
    .message(&["extra.description", "data.description"])
    .data("data.data");
/// `{"err_no":0,"err_tips":"","name":"n"}`
const FLAT: Envelope =
    Envelope::new("flat").code(&["err_no"]).success(Code::Int(0)).message(&["err_tips"]);
/// `{"status":"OK","result":{…}}`
const WORDS: Envelope =
    Envelope::new("words").code(&["status"]).success(Code::Text("OK")).data("result");
/// `{"reply":{"result":{…}}}`, `{"reply":{"error":{"code":"BAD"}}}`
const BESIDE: Envelope =
    Envelope::new("beside").code(&["reply.error.code"]).success_without_code().data("reply.result");
/// `{"Response":{"name":"n"}}`, `{"Response":{"Error":{"Code":"BAD"}}}`
const AROUND: Envelope =
    Envelope::new("around").code(&["Response.Error.Code"]).success_without_code();
/// The data under 2xx, `{"code":"PARAM_ERROR","message":"…"}` otherwise.
const REST: Envelope = Envelope::new("rest").code(&["code"]).message(&["message"]);
/// The data under 2xx, `{"message":"Not Found"}` under a status that is the code.
const STATUS: Envelope = Envelope::new("status").message(&["message"]);

#[derive(Debug, Decode, PartialEq)]
struct Named {
    #[wire(essential)]
    name: String,
}

#[derive(Debug, Decode, PartialEq)]
struct Wrapped {
    #[wire(essential, name = "Response")]
    response: Named,
}

macro_rules! endpoints {
    ($($name:ident: $envelope:ident, $response:ty, $error:ty;)*) => {$(
        #[derive(Encode, Validate, Endpoint)]
        #[endpoint(POST "/", name = "call", host = OPEN, envelope = $envelope, response = $response, error = $error)]
        struct $name {}
    )*};
}

endpoints! {
    Deep: DEEP, Named, UndocumentedError;
    Twice: TWICE, Named, UndocumentedError;
    Flat: FLAT, Named, UndocumentedError;
    Words: WORDS, Named, UndocumentedText;
    Beside: BESIDE, Named, UndocumentedText;
    Around: AROUND, Wrapped, UndocumentedText;
    Rest: REST, Named, UndocumentedText;
    RestList: REST, Vec<String>, UndocumentedText;
    RestNothing: REST, (), UndocumentedText;
    Status: STATUS, Named, UndocumentedError;
}

type Answer<E> = Result<Reply<<E as Endpoint>::Response>, Error<<E as Endpoint>::Error>>;

fn answer<E: Endpoint>(status: u16, body: &str) -> Answer<E> {
    let response = http::Response::builder().status(status).body(body.as_bytes().to_vec());
    E::from_http(response.unwrap())
}

#[test]
fn parts_may_stand_inside_of_others() {
    let body =
        r#"{"err":{"err_code":0,"err_msg":""},"extra":{"logid":"L1","now":1},"data":{"name":"n"}}"#;
    let reply = answer::<Deep>(200, body).unwrap();
    assert_eq!((reply.name.as_str(), reply.log_id()), ("n", Some("L1")));
    let body = r#"{"data":{},"extra":{"logid":"L2"},"err":{"err_msg":"no","err_code":"28001"}}"#;
    let error = answer::<Deep>(200, body).unwrap_err();
    let refusal = error.api().unwrap();
    assert_eq!((refusal.code.0, refusal.message.as_str()), (28001, "no"));
    assert_eq!(error.log_id(), Some("L2"));
    let error = answer::<Deep>(200, r#"{"err":null,"data":{"name":"n"}}"#).unwrap_err();
    assert!(
        matches!(&error, Error::Decode(error) if matches!(error.fault, DecodeFault::NoCode { key: "err.err_code" })),
        "{error}"
    );
}

/// A dot is between two keys, and in none, lest what a user of the platform may name is taken for what it says.
#[test]
fn a_key_with_a_dot_is_no_place() {
    let code = |body: &str| match answer::<Deep>(200, body).unwrap_err() {
        Error::Api(error) => error.code.0,
        other => panic!("{other}"),
    };
    assert_eq!(code(r#"{"err":{"err_code":5},"err.err_code":0,"data":{"name":"n"}}"#), 5);
    let body = r#"{"err":{"err_code":0},"err.err_code":5,"extra":{"logid":"L1"},"extra.logid":"L2","data":{"name":"n"}}"#;
    let reply = answer::<Deep>(200, body).unwrap();
    assert_eq!((reply.name.as_str(), reply.log_id()), ("n", Some("L1")));
    let error = answer::<Deep>(200, r#"{"err.err_code":0,"data":{"name":"n"}}"#).unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");

    // Neither is it on the way to one.
    let body = r#"{"reply":{"result":{"name":"n"}},"reply.error":{"code":"BAD"}}"#;
    assert_eq!(answer::<Beside>(200, body).unwrap().name, "n");
    let body = r#"{"Response":{"Error":{"Code":"BAD"}},"Response.Error":{"Code":"WORSE"}}"#;
    let error = answer::<Around>(200, body).unwrap_err();
    assert_eq!(error.api().unwrap().code.0, "BAD");

    // Nor are data.
    let body = r#"{"data":{"error_code":0,"data":{"name":"n"}},"data.data":{"name":"m"}}"#;
    assert_eq!(answer::<Twice>(200, body).unwrap().name, "n");
}

#[test]
fn of_several_codes_each_must_be_that_of_a_success() {
    let body = |outer: &str, inner: &str| {
        format!(
            r#"{{"data":{{"error_code":{inner},"description":"inner","data":{{"name":"n"}}}},"extra":{{"error_code":{outer},"description":"outer"}}}}"#
        )
    };
    assert_eq!(answer::<Twice>(200, &body("0", "0")).unwrap().name, "n");
    let refusal = |outer, inner| match answer::<Twice>(200, &body(outer, inner)).unwrap_err() {
        Error::Api(error) => error.code.0,
        other => panic!("{other}"),
    };
    assert_eq!((refusal("0", "7"), refusal("8", "0"), refusal("8", "7")), (7, 8, 8));
    // One of them may be missing.
    let body = r#"{"data":{"error_code":0,"data":{"name":"n"}}}"#;
    assert_eq!(answer::<Twice>(200, body).unwrap().name, "n");
    assert!(answer::<Twice>(200, r#"{"data":{"data":{"name":"n"}}}"#).is_err());
}

#[test]
fn data_may_stand_beside_the_code() {
    let reply = answer::<Flat>(200, r#"{"err_no":0,"err_tips":"","name":"n"}"#).unwrap();
    assert_eq!(reply.name, "n");
    let error = answer::<Flat>(200, r#"{"err_tips":"no such user","err_no":5}"#).unwrap_err();
    assert_eq!(error.api().unwrap().message, "no such user");
    let error = answer::<Flat>(200, r#"{"err_no":0}"#).unwrap_err();
    assert!(error.to_string().contains("missing field `name`"), "{error}");
}

#[test]
fn what_is_around_a_success_as_well_says_nothing_of_an_error() {
    let reply = answer::<Beside>(200, r#"{"reply":{"result":{"name":"n"}}}"#).unwrap();
    assert_eq!(reply.name, "n");
    let reply = answer::<Around>(200, r#"{"Response":{"name":"n"}}"#).unwrap();
    assert_eq!(reply.response.name, "n");
    let bad = answer::<Beside>(200, r#"{"reply":{"error":{"code":"BAD"}}}"#).unwrap_err();
    assert_eq!(&*bad.api().unwrap().code.0, "BAD");
    let bad = answer::<Around>(200, r#"{"Response":{"Error":{"Code":"BAD"}}}"#).unwrap_err();
    assert_eq!(&*bad.api().unwrap().code.0, "BAD");
    // Without its code an error is none that is known, and no success.
    answer::<Beside>(200, r#"{"reply":{"error":{}}}"#).unwrap_err();
    answer::<Around>(200, r#"{"Response":{"Error":{}}}"#).unwrap_err();
}

#[test]
fn a_code_may_be_a_text() {
    assert_eq!(answer::<Words>(200, r#"{"status":"OK","result":{"name":"n"}}"#).unwrap().name, "n");
    let error = answer::<Words>(200, r#"{"status":"QUOTA","result":null}"#).unwrap_err();
    assert_eq!(error.api().unwrap().code.0, "QUOTA");
    assert!(error.to_string().starts_with("call: QUOTA (HTTP 200): not documented"), "{error}");
}

#[test]
fn a_status_may_say_what_is_a_success() {
    assert_eq!(answer::<Rest>(200, r#"{"name":"n","code":"X"}"#).unwrap().name, "n");
    assert_eq!(answer::<Rest>(201, r#"{"name":"n"}"#).unwrap().http_status().as_u16(), 201);
    assert_eq!(answer::<RestList>(200, r#"["a","b"]"#).unwrap().into_data(), ["a", "b"]);
    answer::<RestNothing>(204, "").unwrap();
    answer::<RestNothing>(200, r#"{"id":1}"#).unwrap();
    let body = r#"{"code":"PARAM_ERROR","message":"no amount","detail":{"field":"amount"}}"#;
    let error = answer::<Rest>(400, body).unwrap_err();
    let refusal = error.api().unwrap();
    assert_eq!((refusal.code.0.as_str(), refusal.message.as_str()), ("PARAM_ERROR", "no amount"));
    assert!(!error.may_have_taken_effect());
}

#[test]
fn a_status_may_be_the_code() {
    let error = answer::<Status>(404, r#"{"message":"Not Found"}"#).unwrap_err();
    let refusal = error.api().unwrap();
    assert_eq!((refusal.code.0, refusal.message.as_str()), (404, "Not Found"));
    assert_eq!(answer::<Status>(401, "").unwrap_err().api().unwrap().code.0, 401);
}

#[test]
fn an_answer_of_a_proxy_is_no_word_of_the_platform() {
    let page = "<html>502 Bad Gateway</html>";
    for error in [
        answer::<Status>(502, page).unwrap_err().to_string(),
        answer::<Rest>(502, page).unwrap_err().to_string(),
    ] {
        assert!(error.starts_with("call: HTTP 502: the server cannot be reached"), "{error}");
    }
    let error = answer::<Rest>(500, r#"{"trace":"x"}"#).unwrap_err();
    assert!(matches!(&error, Error::Decode(error) if matches!(error.fault, DecodeFault::Http)));
}

#[test]
fn a_success_without_its_data_is_told_so() {
    let fault = |error: Error<UndocumentedText>| match error {
        Error::Decode(error) => (error.fault, error.path),
        other => panic!("{other}"),
    };
    assert!(matches!(fault(answer::<Rest>(200, "").unwrap_err()), (DecodeFault::Empty, _)));
    assert!(matches!(
        fault(answer::<Rest>(200, r#"{"name":[]}"#).unwrap_err()),
        (DecodeFault::Json { .. }, path) if path == "name"
    ));
    assert!(matches!(
        fault(answer::<Rest>(200, "null").unwrap_err()),
        (DecodeFault::NoData { key: "" }, _)
    ));
}

/// A picture, or `{"err_no":5,"err_tips":"…"}` as JSON.
#[derive(Encode, Validate)]
struct Picture {}

impl Endpoint for Picture {
    type Response = Binary;
    type Error = UndocumentedError;
    const META: EndpointMeta = EndpointMeta::new("picture", Method::Post, "/", &OPEN, &FLAT)
        .response(ResponseKind::Binary);
}

#[test]
fn a_body_may_be_no_json_and_a_refusal_is_json_all_the_same() {
    let answer = |kind: &str, body: &[u8]| {
        let response = http::Response::builder().header("content-type", kind);
        Picture::from_http(response.body(body.to_vec()).unwrap())
    };
    let reply = answer("image/png", b"\x89PNG\xff").unwrap();
    assert_eq!(&reply[..], b"\x89PNG\xff");
    assert_eq!(format!("{:?}", reply.into_data()), "Binary(5 bytes)");
    let body = br#"{"err_no":5,"err_tips":"no such page"}"#;
    let error = answer("application/json; charset=utf-8", body).unwrap_err();
    assert_eq!(error.api().unwrap().message, "no such page");
}

/// Some platforms refuse in JSON that they call something else.
#[test]
fn a_refusal_in_place_of_a_file_is_no_file() {
    let answer = |kind: &str, body: &str| {
        let response = http::Response::builder().header("content-type", kind);
        Picture::from_http(response.body(body.as_bytes().to_vec()).unwrap())
    };
    let refusal = r#"{"err_no":5,"err_tips":"no such page"}"#;
    for kind in ["text/plain", "image/png", "application/octet-stream", ""] {
        for before in ["", "\u{feff}", " \r\n"] {
            let error = answer(kind, &format!("{before}{refusal}")).unwrap_err();
            assert_eq!(
                error.api().map(|api| (api.code.0, &*api.message)),
                Some((5, "no such page"))
            );
        }
        // A file may be JSON.
        for file in [
            r#"{"err_no":0,"err_tips":""}"#,
            r#"{"name":"a"}"#,
            r#"[{"err_no":5}]"#,
            r#"{"err_no":5"#,
            r#"{"err_no":5}{"err_no":5}"#,
            r#"{"rows":[{"err_no":5}]}"#,
        ] {
            assert_eq!(&answer(kind, file).unwrap()[..], file.as_bytes());
        }
    }
}

/// `{"ok":true,…}`, `{"ok":false,"error":"no_such_user"}` or `{"ok":false,"error":5,"detail":"no such user"}`
const FLAG: Envelope =
    Envelope::new("flag").ok("ok").code(&["error"]).message(&["error", "detail"]);

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/", name = "call", host = OPEN, envelope = FLAG, response = Named, error = UndocumentedText)]
struct Flagged {}

#[test]
fn a_code_is_its_own_text_unless_it_is_a_number() {
    let refusal = |body: &str| match answer::<Flagged>(200, body).unwrap_err() {
        Error::Api(error) => (error.code.0, error.message),
        other => panic!("{other}"),
    };
    let expected = |code: &str, message: &str| (code.to_owned(), message.to_owned());
    let body = r#"{"ok":false,"detail":"no such user","error":"no_such_user"}"#;
    assert_eq!(refusal(body), expected("no_such_user", "no_such_user"));
    let body = r#"{"ok":false,"error":5,"detail":"no such user"}"#;
    assert_eq!(refusal(body), expected("5", "no such user"));
    // Cut off behind what counts.
    let body = r#"{"ok":false,"error":"no_such_user","det"#;
    assert_eq!(refusal(body), expected("no_such_user", "no_such_user"));
}

#[test]
fn a_code_is_the_same_as_a_number_and_as_text() {
    assert_eq!(RawCode::from("23000"), Code::Int(23000));
    assert_eq!(RawCode::from(23000), Code::Text("23000"));
    assert_eq!(RawCode::from("OK"), Code::Text("OK"));
    assert_ne!(RawCode::from("OK"), Code::Int(0));
    assert_ne!(RawCode::from("0"), Code::Text("00"));
}

/// The generator does not name the runtime, so each has the number.
#[test]
fn a_spec_may_name_as_many_codes_as_the_runtime_reads() {
    let spec = |codes: usize| {
        let codes: Vec<String> = (0..codes).map(|code| format!("code{code}")).collect();
        let codes = codes.join(", ");
        let text = format!(
            "domain: demo\nsources: {{ page: {{ title: Page, trust: official }} }}\nenvelopes:\n  \
             plain: {{ code: [{codes}], success: 0, source: page }}\n"
        );
        apiscribe_codegen::generate(&Sources::new([("demo.yaml", text)]))
    };
    assert!(spec(Envelope::MOST_CODES).is_ok());
    let refused = spec(Envelope::MOST_CODES + 1).expect_err("one more").rows();
    let messages: Vec<&str> = refused.iter().map(|row| row.message.as_str()).collect();
    assert_eq!(messages, [format!("more than {} codes", Envelope::MOST_CODES)]);
}
