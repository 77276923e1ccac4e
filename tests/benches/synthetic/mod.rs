//! A number of operations → the spec of an API that has as many and is like the real ones.
//!
//! 20 operations are a domain, with one table of errors for all of them.

const DOMAIN: usize = 20;

/// What an operation is like.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// As the largest of the real ones: it sends 8 fields (4 with a limit in bytes, a list of objects, every fourth
    /// time as JSON text, an enum of its own) and gets 6; it fails in 5 ways of its own.
    Rich,
    /// As those of the API that the budgets were set by, which has a schema an operation: it sends 5 fields and gets 5,
    /// and shares its enum and its errors with its domain.
    #[allow(dead_code, reason = "not every benchmark has both")]
    Plain,
}

/// The files of the spec, by name. Always the same for the same number.
pub(crate) fn synthetic(operations: usize, shape: Shape) -> Vec<(String, String)> {
    let shared = [
        ("platform.yaml".to_owned(), include_str!("platform.yaml").to_owned()),
        ("common.yaml".to_owned(), include_str!("common.yaml").to_owned()),
    ];
    let numbers: Vec<usize> = (0..operations).collect();
    let domains = numbers.chunks(DOMAIN).enumerate().map(|(domain, operations)| {
        (format!("domain_{domain:03}.yaml"), write_domain(domain, operations, shape))
    });
    shared.into_iter().chain(domains).collect()
}

fn write_domain(domain: usize, operations: &[usize], shape: Shape) -> String {
    let all =
        |write: fn(usize) -> String| -> String { operations.iter().map(|&of| write(of)).collect() };
    let (enums, endpoints) = match shape {
        Shape::Rich => (all(write_enum), all(write_endpoint)),
        Shape::Plain => (write_enum_of("{domain}"), all(write_plain)),
    };
    let rows: String = (0..DOMAIN).map(|row| write_row(code(domain, row))).collect();
    include_str!("domain.yaml")
        .replace("{rows}", &rows)
        .replace("{enums}", &enums)
        .replace("{endpoints}", &endpoints)
        .replace("{domain}", &format!("{domain:03}"))
}

fn code(domain: usize, row: usize) -> usize {
    20_000 + domain * 100 + row
}

fn write_row(code: usize) -> String {
    include_str!("row.yaml").replace("{code}", &code.to_string())
}

fn write_enum(operation: usize) -> String {
    write_enum_of(&format!("{operation:04}"))
}

fn write_enum_of(name: &str) -> String {
    include_str!("enum.yaml").replace("{operation}", name)
}

fn write_plain(operation: usize) -> String {
    include_str!("plain.yaml").replace("{operation}", &format!("{operation:04}"))
}

fn write_endpoint(operation: usize) -> String {
    let items = match operation % 4 {
        0 => include_str!("json_text.yaml"),
        _ => include_str!("list.yaml"),
    };
    include_str!("endpoint.yaml")
        .replace("{items}\n", items)
        .replace("{codes}", &write_codes(operation))
        .replace("{operation}", &format!("{operation:04}"))
}

/// Four rows of the domain's table, others than those of the operation before.
fn write_codes(operation: usize) -> String {
    let row = |place: usize| (operation + place * 5) % DOMAIN;
    let codes = (0..4).map(|place| code(operation / DOMAIN, row(place)).to_string());
    codes.collect::<Vec<_>>().join(", ")
}
