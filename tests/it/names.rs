//! Names in the form of Rust are those that `heck` makes, whatever short cut the generator takes to them.

use apiscribe_codegen::source::Sources;
use heck::ToUpperCamelCase;
use proptest::prelude::*;

/// The variant that a value is made of.
fn variant(value: &str) -> String {
    let spec = format!(
        "domain: demo\n\
         sources: {{ page: {{ title: Page, trust: official }} }}\n\
         enums: {{ State: {{ type: string, values: [{{ value: \"{value}\" }}], source: page }} }}\n"
    );
    let client = apiscribe_codegen::ir(&Sources::new([("demo.yaml".to_owned(), spec)]));
    let client = client.unwrap_or_else(|faults| panic!("{faults}"));
    client.modules[0].enums[0].variants[0].name.clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn variants_are_those_of_heck(
        value in "[a-z][a-z0-9]{0,3}(_[a-z0-9]{1,3}){0,3}|[A-Z][A-Z0-9]{0,3}(_[A-Z0-9]{1,3}){0,3}|([A-Z][a-z0-9]{0,2}){1,4}|[a-zA-Z][a-zA-Z0-9_]{0,8}"
    ) {
        let expected = value.to_upper_camel_case();
        // A word of the language gets a `_` behind it.
        let found = variant(&value);
        prop_assert_eq!(found.trim_end_matches('_'), expected, "{}", value);
    }
}
