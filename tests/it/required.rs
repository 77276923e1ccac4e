//! `#[required]` on hand-written structs, whatever their parameters are.

use apiscribe::Encode;

#[derive(Debug, Encode)]
#[required(BatchRequired)]
struct Batch<'a, 'b: 'a, T: Into<U>, U: Clone, V, const N: usize>
where
    V: Copy,
    T: Clone,
{
    name: &'b str,
    parts: Vec<T>,
    inner: Vec<Self>,
    note: Option<&'a str>,
    mark: Option<V>,
    other: Option<U>,
}

#[derive(Debug, PartialEq, Encode)]
#[required]
struct Filter<T> {
    only: Option<T>,
}

/// The struct of the fields that must be given has the parameters that they speak of, and no other.
#[test]
fn parameters_of_what_may_be_left_out_are_none_of_what_must_be_given() {
    let inner = Vec::new();
    let required: BatchRequired<'_, '_, i32, i64, u8, 2> =
        BatchRequired { name: "b", parts: vec![1], inner };
    let batch: Batch<'_, '_, i32, i64, u8, 2> = Batch::new(required).with_mark(4).with_note("n");
    assert_eq!((batch.name, &batch.parts[..], batch.inner.len()), ("b", &[1][..], 0));
    assert_eq!((batch.note, batch.mark, batch.other), (Some("n"), Some(4), None));
    assert_eq!(Filter::<i64>::new().with_only(1), Filter { only: Some(1) });
}

#[derive(Debug, Encode)]
#[required(PageRequired)]
struct Page<'a, T> {
    title: &'a str,
    item: Option<T>,
}

#[test]
fn a_parameter_is_that_of_the_struct() {
    let page: Page<'_, u16> = Page::new(PageRequired { title: "t" });
    assert_eq!((page.title, page.with_item(80u16).item), ("t", Some(80)));
}
