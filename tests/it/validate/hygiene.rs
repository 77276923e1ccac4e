//! Derives in places where names mean something else.

#![allow(dead_code, reason = "the names are there to be in the way")]

use std::borrow::Cow;
use std::marker::PhantomData;

use apiscribe::Validate as _;
use apiscribe::validate::Violations;

/// Shadows all that derived code could mean by a bare name.
mod shadowed {
    struct Option;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Result;
    struct Vec;
    struct String;
    struct Box;
    struct Default;
    struct From;
    struct Report;
    trait Validate {}
    trait Present {}
    trait Into {}
    #[allow(non_camel_case_types)]
    struct usize;
    #[allow(non_camel_case_types)]
    struct str;
    #[allow(non_camel_case_types)]
    struct bool;
    #[allow(non_camel_case_types)]
    struct i64;
    #[allow(non_camel_case_types)]
    struct f64;
    struct Bound;
    struct Segment;
    mod core {}
    mod std {}

    const LEAST: ::core::primitive::i64 = 1;

    fn check(_: &::core::primitive::bool, _: &mut ::apiscribe::validate::Report<'_>) {}

    #[derive(::apiscribe::Validate)]
    pub(super) enum ShadowedEnum {
        Pair(
            #[validate(range(min = LEAST))] ::core::primitive::i64,
            #[validate(range(above = 0.5))] ::core::primitive::f64,
        ),
        Fields {
            #[validate(custom(check))]
            value: ::core::option::Option<::core::primitive::bool>,
            #[validate(same_as(value))]
            report: ::core::option::Option<::core::primitive::bool>,
        },
    }

    #[derive(::apiscribe::Validate)]
    #[validate(exactly_one_of(r#type, flag))]
    pub(super) struct Shadowed {
        #[validate(required, bytes(min = 1), url("https"), pattern = "h.*")]
        pub(super) text: ::std::string::String,
        #[validate(range(min = 1), range_if(flag == true, max = 9), required_if(flag == true))]
        pub(super) r#type: ::core::option::Option<::core::primitive::i64>,
        #[validate(forbidden_if(text in ["a", "b"]))]
        pub(super) flag: ::core::option::Option<::core::primitive::bool>,
        #[validate(items(max = 1), each(chars(max = 1)), secret)]
        pub(super) list: ::std::vec::Vec<::std::string::String>,
        #[validate(nested)]
        pub(super) id: Id,
    }

    #[derive(::apiscribe::WireText)]
    #[validate(utf16(max = 1))]
    pub(super) struct Id(pub(super) ::std::string::String);
}

use shadowed::{Id, Shadowed, ShadowedEnum};

#[test]
fn shadowed_names_do_no_harm() {
    let list = vec!["a".to_owned()];
    let id = Id("a".to_owned());
    let value = Shadowed { text: "https://a".to_owned(), r#type: Some(1), flag: None, list, id };
    assert_eq!(value.validate(), Ok(()));
    assert_eq!(Shadowed { r#type: Some(0), ..value }.validate().map_err(first), Err("type".into()));
    assert_eq!(ShadowedEnum::Pair(1, 0.0).validate().map_err(first), Err("[1]".into()));
    let fields = ShadowedEnum::Fields { value: Some(true), report: Some(false) };
    assert_eq!(fields.validate().map_err(first), Err("report".into()));
}

fn first(violations: Violations) -> String {
    violations.iter().next().unwrap().path.to_string()
}

mod reexport {
    pub(super) mod inner {
        pub(crate) use apiscribe::*;
    }
}

#[derive(apiscribe::Validate)]
#[validate(crate = "reexport::inner", at_least_one_of(id, value))]
struct Renamed {
    #[validate(nested)]
    id: Option<RenamedId>,
    #[validate(required_if(absent(id)))]
    value: Option<i64>,
}

#[derive(apiscribe::WireText)]
#[validate(crate = "reexport::inner", chars(max = 1))]
struct RenamedId(String);

#[derive(apiscribe::Validate)]
struct Generic<'a, T: Clone, U, const N: usize>
where
    U: Clone,
{
    #[validate(nested)]
    one: T,
    #[validate(each(bytes(max = 1)))]
    many: Vec<U>,
    #[validate(nested)]
    more: Vec<Generic<'a, T, U, N>>,
    #[validate(required, chars(max = 2))]
    borrowed: Cow<'a, str>,
    #[validate(items(max = 2), each(chars(max = 1)))]
    slice: &'a [&'a str],
    marker: PhantomData<[T; N]>,
}

#[derive(apiscribe::Validate)]
struct GenericNumbers<T, U> {
    #[validate(range(min = 1, max = 5), same_as(twin))]
    number: T,
    twin: Option<T>,
    #[validate(each(range(max = 0.5)), keys(chars(max = 1)))]
    floats: U,
}

#[test]
fn rules_of_generic_fields_are_bounds_of_the_impl() {
    let floats = [("ab".to_owned(), 1.0)].into();
    let value = GenericNumbers::<u8, std::collections::BTreeMap<String, f64>> {
        number: 6,
        twin: Some(5),
        floats,
    };
    insta::assert_snapshot!(value.validate().unwrap_err(), @r#"
    number: 6, at most 5 allowed
    number: must be the same as twin
    floats["ab"]: 1, at most 0.5 allowed
    floats["ab"]: 2 characters, at most 1 allowed
    "#);
}

#[derive(Clone, apiscribe::WireText)]
#[validate(chars(max = 1))]
struct Borrowed<'a>(Cow<'a, str>);

#[test]
fn generics_and_lifetimes_are_carried_over() {
    let value = |more| Generic::<'_, Box<Borrowed<'_>>, String, 3> {
        one: Box::new(Borrowed::from("ab")),
        many: vec!["ab".to_owned()],
        more,
        borrowed: Cow::Borrowed("abc"),
        slice: &["a", "bc"],
        marker: PhantomData,
    };
    let violations = value(vec![value(Vec::new())]).validate().unwrap_err();
    insta::assert_snapshot!(violations, @r"
    one: 2 characters, at most 1 allowed
    many[0]: 2 bytes, at most 1 allowed
    more[0].one: 2 characters, at most 1 allowed
    more[0].many[0]: 2 bytes, at most 1 allowed
    more[0].borrowed: 3 characters, at most 2 allowed
    more[0].slice[1]: 2 characters, at most 1 allowed
    borrowed: 3 characters, at most 2 allowed
    slice[1]: 2 characters, at most 1 allowed
    ");
    let renamed = Renamed { id: Some(RenamedId::from("ab")), value: None };
    assert_eq!(renamed.validate().map_err(first), Err("id".into()));
}

/// What a macro by example makes is not what its caller wrote.
macro_rules! made {
    ($name:ident, $field:ident, $max:literal) => {
        #[derive(apiscribe::Validate)]
        struct $name {
            #[validate(chars(max = $max), required)]
            $field: String,
            #[validate(required_if(present($field)), forbidden_if(own == 1))]
            other: Option<i64>,
            own: i64,
        }
    };
}

made!(Made, text, 1);

#[test]
fn a_macro_by_example_can_derive() {
    let made = Made { text: "ab".to_owned(), other: None, own: 0 };
    assert_eq!(made.validate().map_err(first), Err("text".into()));
}

#[derive(apiscribe::Validate)]
struct NoRules {
    text: String,
}

#[derive(apiscribe::Validate)]
struct Empty {}

#[test]
fn no_rules_hold_always() {
    assert_eq!(NoRules { text: String::new() }.validate(), Ok(()));
    assert_eq!(Empty {}.validate(), Ok(()));
}
