//! The spec that the benchmarks make clients of: nobody runs them as often as the format changes.

#[path = "../../benches/synthetic/mod.rs"]
mod made;

use apiscribe_codegen::source::Sources;

use self::made::Shape;

#[test]
fn the_spec_of_the_benchmarks_has_no_faults() {
    for shape in [Shape::Plain, Shape::Rich] {
        let files = made::synthetic(40, shape);
        let generated = apiscribe_codegen::generate(&Sources::new(files));
        let generated = generated.unwrap_or_else(|faults| panic!("{faults}"));
        assert!(generated.contains_key("domain_001.rs"), "{:?}", generated.keys());
    }
}
