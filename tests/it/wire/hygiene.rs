//! Derives in places where names mean something else.

#![allow(dead_code, reason = "the names are there to be in the way")]

use apiscribe::{ErrorCode as _, JsApi as _, WireEnum as _};

use super::{json, read};

/// Shadows all that derived code could mean by a bare name, and knows the runtime by another.
mod shadowed {
    use ::apiscribe as elsewhere;

    struct Option;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Result;
    struct Vec;
    struct String;
    struct Default;
    struct From;
    struct Self_;
    trait Serialize {}
    trait Deserialize {}
    trait WireEnum {}
    trait ErrorCode {}
    trait Display {}
    #[allow(non_camel_case_types)]
    struct usize;
    #[allow(non_camel_case_types)]
    struct str;
    #[allow(non_camel_case_types)]
    struct bool;
    #[allow(non_camel_case_types)]
    struct i64;
    #[allow(non_camel_case_types)]
    struct u32;
    mod core {}
    mod std {}
    mod apiscribe {}
    mod serde {}

    #[derive(elsewhere::Encode, elsewhere::Decode, elsewhere::Validate)]
    #[wire(crate = "elsewhere")]
    #[validate(crate = "elsewhere")]
    pub(super) struct Object<'de, 'a, __T> {
        pub(super) r#type: ::core::option::Option<&'a ::core::primitive::str>,
        #[wire(lenient)]
        pub(super) object: ::core::primitive::i64,
        pub(super) __serializer: &'de ::core::primitive::str,
        pub(super) __0: __T,
        #[wire(skip)]
        pub(super) skipped: ::core::primitive::bool,
    }

    #[derive(elsewhere::WireEnum)]
    #[wire(crate = "elsewhere")]
    pub(super) enum Text {
        #[wire("self", default)]
        r#Type,
        #[wire("Err")]
        Err,
        #[wire(unknown)]
        Value(::std::string::String),
    }

    #[derive(Debug, elsewhere::ErrorCode)]
    #[error_code(crate = "elsewhere")]
    pub(super) enum Pair {
        #[error_code(-1, 20000, retry = changed, meaning = "m")]
        Ok,
        #[error_code(-2, 20000)]
        Code,
        #[error_code(unknown)]
        Err(::core::primitive::i64, ::core::primitive::i64),
    }

    #[derive(elsewhere::Encode, elsewhere::Validate, elsewhere::JsApi)]
    #[wire(crate = "elsewhere")]
    #[validate(crate = "elsewhere")]
    #[js_api(name = "tt.pay", since = "1.0.0", concurrency = 1, error = Pair, crate = "elsewhere")]
    pub(super) struct Options {
        #[js_api(since = "2.0.0")]
        pub(super) r#in: ::core::option::Option<::core::primitive::i64>,
    }

    const HOST: elsewhere::meta::Host = elsewhere::meta::Host {
        name: "h",
        production: "https://h",
        sandbox: ::core::option::Option::None,
        development: ::core::option::Option::None,
    };
    const ENVELOPE: elsewhere::meta::Envelope = elsewhere::meta::Envelope::new("e")
        .code(&["err_no"])
        .success(elsewhere::meta::Code::Int(0))
        .message(&["err_msg"])
        .data("data");

    #[derive(elsewhere::Encode, elsewhere::Validate, elsewhere::Endpoint)]
    #[wire(crate = "elsewhere")]
    #[validate(crate = "elsewhere")]
    #[endpoint(GET "/{in}", name = "get", host = HOST, envelope = self::ENVELOPE, crate = "elsewhere")]
    #[endpoint(idempotency_key = r#in, duplicate = -5)]
    pub(super) struct Request {
        #[wire(skip)]
        #[endpoint(path)]
        pub(super) r#in: ::std::string::String,
    }
}

#[test]
fn derived_code_says_what_it_means_in_full() {
    let text = r#"{"type":"t","object":5,"__serializer":"s","__0":[1]}"#;
    let object: shadowed::Object<'_, '_, Vec<u8>> = serde_json::from_str(text).unwrap();
    assert_eq!(object.object, 5);
    assert_eq!(json(&object), text);
    assert_eq!(read::<shadowed::Text>(r#""x""#).value(), "x");
    assert_eq!(shadowed::Pair::from_code((-1, 20000)).meaning(), Some("m"));
    let paths = shadowed::Options { r#in: Some(1) }.requirements();
    assert_eq!(paths[1].path, "pay.in");
    let request = shadowed::Request { r#in: "a b".to_owned() };
    let request = apiscribe::Endpoint::to_http(&request, "https://h", None).unwrap();
    assert_eq!(request.uri(), "https://h/a%20b");
}
