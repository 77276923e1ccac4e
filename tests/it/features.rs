//! What the format can say, and the two cases that prove it: one that uses it, one that gets it wrong.

use std::collections::BTreeSet;

use crate::support::cases;

const FEATURES: &[(&str, &str, &str)] = &[
    // What, accept, reject.
    ("hosts and environments", "hosts_and_environments", "bad_address"),
    ("authentication", "authentication", "bad_authentication"),
    ("tokens in responses", "issued_tokens", "token_that_is_not_in_the_response"),
    ("envelopes", "envelopes", "bad_envelope"),
    ("error tables, shared and narrowed", "error_tables", "bad_choice_of_errors"),
    ("objects, lists, maps, free JSON", "nested_types", "parts_of_another_type"),
    ("JSON text inside a string", "json_text", "json_text_of_a_single_value"),
    (
        "lengths in bytes, characters, UTF-16 units",
        "text_limits",
        "limits_of_two_units_that_exclude_each_other",
    ),
    ("ranges of numbers", "ranges", "limit_min_over_max"),
    ("ranges that hold on a condition", "ranges_on_a_condition", "bad_range_on_a_condition"),
    ("whole numbers without a sign", "unsigned", "bad_range"),
    ("exact decimals", "decimals", "bad_range"),
    ("days and times by RFC 3339", "dates", "value_that_is_not_compared"),
    ("numbers of items", "items", "limit_below_zero"),
    ("patterns", "patterns", "bad_pattern"),
    ("schemes of URLs", "url_schemes", "bad_url_scheme"),
    ("price levels, of an amount and of a product", "price_levels", "level_of_no_amount"),
    ("required, optional, nullable", "required_optional_nullable", "required_and_more"),
    ("absent, null and given, told apart", "optional_and_nullable", "bad_idempotency"),
    ("conditions", "conditions", "condition_on_a_value_that_cannot_be"),
    ("rules between a list and its object", "items_and_sums", "rules_on_items_that_are_none"),
    ("exactly one of, at least one of, precedence", "groups", "group_that_cannot_be_kept"),
    ("enums over strings and over integers", "enums", "bad_enum"),
    ("defaults", "defaults", "default_that_cannot_be"),
    ("lowest versions of the platform", "versions", "bad_js_api"),
    ("rows with cells that are unknown or lost", "incomplete_rows", "incomplete_error_row"),
    ("errors told by a pair", "pairs_of_codes", "bad_error_table"),
    ("one code with several meanings", "cases_of_one_code", "bad_error_table"),
    ("callbacks with their acknowledgement", "callbacks", "bad_callback"),
    ("callbacks told apart, and read by one enum", "callback_events", "bad_identity"),
    ("when a platform calls again", "callback_delivery", "bad_delivery"),
    ("callbacks that are answered", "callback_answers", "bad_callback_answer"),
    ("JS APIs", "js_apis", "js_api_name"),
    ("options that are signed", "js_api_signature", "bad_signature"),
    ("how messages are signed and encrypted", "signature_schemes", "bad_signature_scheme"),
    ("templates of what is signed", "signature_schemes", "bad_template"),
    ("how calls are made and acknowledged", "callback_schemes", "bad_callback_scheme"),
    ("functions as options", "js_apis", "function_outside_options"),
    ("money with its unit", "money", "level_of_no_amount"),
    ("units of money", "units", "bad_units"),
    ("what is essential in a response", "essential_fields", "essential_that_cannot_be"),
    ("names in Rust", "names_in_rust", "name_clash_in_rust"),
    ("limits on a condition", "ranges_on_a_condition", "bad_range_on_a_condition"),
    ("times with their unit", "times", "unknown_type"),
    (
        "sources, conflicts, what is unknown, what is lost",
        "provenance",
        "conflict_follows_no_reading",
    ),
    ("path and query", "get_with_query_and_path", "path_parameter"),
    ("names that are words of Rust", "names_of_rust", "name_clash"),
    ("references to another domain", "other_domain", "unknown_reference"),
    ("types that nothing names", "unused_types", "unknown_type"),
    ("fields named as parts of a reply", "fields_named_as_parts_of_a_reply", "name_clash_in_rust"),
    ("types that hold themselves, by a list", "recursive_type", "type_that_holds_itself"),
    (
        "types that hold themselves, by an optional field",
        "optional_recursion",
        "type_that_holds_itself",
    ),
    ("lists and maps with nothing in a place", "nullable_items", "null_that_cannot_be"),
    ("objects of several kinds", "unions", "bad_union"),
    ("keys that always have the same value", "constants", "bad_constant"),
    ("keys that no field has", "other_keys", "bad_rest"),
    ("secrets", "secrets", "secret_that_is_no_string"),
    ("idempotency", "idempotency", "bad_idempotency"),
    ("responses that are not signed", "unsigned_responses", "unsigned_without_schemes"),
    ("calls that change nothing", "safe_calls", "safe_and_idempotent"),
    ("limits of how often", "rate_limits", "bad_rate_limit"),
    ("methods, and requests without a body", "methods", "method_without_a_body"),
    ("headers, of fields and the same in each request", "headers", "bad_header"),
    ("lists and objects in queries and forms", "spellings", "bad_spelling"),
    ("where a token travels", "token_places", "token_that_travels_nowhere"),
    ("bodies that are one value", "whole_bodies", "bad_whole_body"),
    ("lists that come page by page", "paging", "bad_paging"),
    ("what is deprecated, and its replacement", "deprecated", "bad_deprecation"),
    ("when and for whom something can be called", "lifecycle", "bad_lifecycle"),
    ("codes that are strings", "text_codes", "bad_code"),
    ("errors told apart by their status", "errors_by_status", "bad_status"),
    ("what is around the data, in each place", "envelope_shapes", "bad_envelope"),
    ("responses that are text or bytes", "response_kinds", "text_and_binary"),
    ("successes of several shapes", "responses_by_status", "bad_responses"),
    ("headers of responses", "response_headers", "bad_response_header"),
    ("bodies that are forms", "forms", "body_that_cannot_hold_its_fields"),
    ("bodies in parts, with files", "files", "file_outside_a_multipart_request"),
    ("figures, lists, formulas and decisions", "rules", "bad_rule_expression"),
    ("quantities that must agree", "quantities_that_agree", "bad_rule_requirement"),
    ("every rule on every type that has it", "rules_on_every_type", "limit_of_another_type"),
];

#[test]
fn every_feature_has_a_case_that_uses_it_and_one_that_gets_it_wrong() {
    let (accepts, rejects) = (cases("accept"), cases("reject"));
    for (what, accept, reject) in FEATURES {
        assert!(accepts.iter().any(|case| case == accept), "{what}: no accept/{accept}");
        assert!(rejects.iter().any(|case| case == reject), "{what}: no reject/{reject}");
    }
    let listed: BTreeSet<&str> = FEATURES.iter().map(|(_, accept, _)| *accept).collect();
    assert_eq!(listed, accepts.iter().map(String::as_str).collect(), "every case shows a feature");
}
