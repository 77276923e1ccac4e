//! Where a fact comes from, what disputes it and what is missing is told in the documentation; code is as without.

use super::api::demo::Id;

#[test]
fn a_type_is_the_same_whatever_is_said_of_it() {
    assert_eq!(Id::from("a1").to_string(), "a1");
}
