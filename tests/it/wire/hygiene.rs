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

    #[derive(elsewhere::Decode)]
    #[wire(crate = "elsewhere")]
    pub(super) struct Simple {
        pub(super) __deserializer: ::core::primitive::i64,
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
    assert_eq!(read::<shadowed::Simple>(r#"{"__deserializer":3}"#).__deserializer, 3);
    assert_eq!(read::<shadowed::Text>(r#""x""#).value(), "x");
    assert_eq!(shadowed::Pair::from_code((-1, 20000)).meaning(), Some("m"));
    let paths = shadowed::Options { r#in: Some(1) }.requirements();
    assert_eq!(paths[1].path, "pay.in");
    let request = shadowed::Request { r#in: "a b".to_owned() };
    let request = apiscribe::Endpoint::to_http(&request, "https://h", None).unwrap();
    assert_eq!(request.uri(), "https://h/a%20b");
}

/// A derive that is made by a macro sees its types in groups without delimiters.
macro_rules! parcel {
    ($vis:vis $name:ident: $item:ty, $length:expr) => {
        #[derive(Debug, apiscribe::Encode, apiscribe::Validate)]
        #[required(ParcelRequired)]
        pub(crate) struct Parcel<'a> {
            #[validate(required)]
            $vis $name: $item,
            #[deprecated]
            pub(in crate::wire) path: self::Item<'a, 3>,
            r#type: [u8; $length],
            pub pair: (u8, &'a str),
            #[wire(optional)]
            note: Option<$item>,
            /// Said of it.
            #[doc = concat!("And", " more.")]
            ///
            /// Not of the method.
            #[wire(optional,)]
            r#in: ::core::option::Option<std::vec::Vec<Option<<u8 as ToOwned>::Owned>>>
        }
    };
}

type Item<'a, const N: usize> = [&'a str; N];

parcel!(pub(super) name: std::borrow::Cow<'a, str>, 1 + 1);

#[test]
#[allow(deprecated)]
fn a_type_may_be_written_in_any_way() {
    let required =
        ParcelRequired { name: "n".into(), path: ["a", "b", "c"], r#type: [1, 2], pair: (3, "p") };
    let parcel = Parcel::new(required).with_note("x").with_in(vec![Some(4), None]);
    let text =
        r#"{"name":"n","path":["a","b","c"],"type":[1,2],"pair":[3,"p"],"note":"x","in":[4,null]}"#;
    assert_eq!(json(&parcel), text);
}
